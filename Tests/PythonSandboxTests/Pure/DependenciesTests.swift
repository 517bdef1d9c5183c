import Testing

@testable import PythonSandbox

@Suite struct DependenciesTests {
  @Test(arguments: [
    ([], []),
    (["numpy"], ["numpy"]),
    (["numpy,pandas"], ["numpy", "pandas"]),
    ([" pandas , numpy "], ["numpy", "pandas"]),
    (["numpy", "numpy", ""], ["numpy"]),
    (["pandas>=2,<4,numpy"], ["numpy", "pandas>=2,<4"]),
    (["httpx[http2,brotli]>=0.27,rich"], ["httpx[http2,brotli]>=0.27", "rich"]),
    (["a==1.2,b~=3,!=3.1"], ["a==1.2", "b~=3,!=3.1"]),
    (["b (>1,<2),a"], ["a", "b (>1,<2)"]),
    (
      ["https://example.invalid/a-1-py3-none-any.whl,b"],
      ["b", "https://example.invalid/a-1-py3-none-any.whl"]
    ),
  ])
  func splitsAtCommasBetweenRequirements(options: [String], requirements: [String]) {
    #expect(Dependencies(options).requirements == requirements)
  }
}
