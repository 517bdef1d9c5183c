import Foundation
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// Packages with native parts, restored from a snapshot.
  @Suite struct PackageSnapshotTests {
    private static let sandbox = Sandbox(
      cache: SandboxUnderTest.cache, dependencies: Dependencies(["pandas"]),
      environment: SandboxUnderTest.environment)

    private static func run(_ code: String, keep: Bool = false) async throws -> Ran {
      let interpreter = try await sandbox.startInterpreter(report: { _ in })
      let written = Recorder<OutputChunk>()
      let result = await interpreter.run(code, keep: keep) { written.append($0) }
      await interpreter.stop()
      return Ran(result: result, output: written.values)
    }

    @Test func theyAreThereWithoutWork() async throws {
      let image = try await Self.sandbox.prepare { _ in }.image
      #expect(image.manifest.snapshotFailure == nil)
      let ran = try await Self.run(
        """
        import sys, time
        before = "pandas" in sys.modules or "numpy" in sys.modules
        start = time.perf_counter()
        import pandas
        (before, "numpy" in sys.modules, time.perf_counter() - start < 1)
        """)
      #expect(ran.end == "(False, True, True)")
    }

    @Test func theyWork() async throws {
      let ran = try await Self.run(
        """
        import io
        import numpy as np, pandas as pd
        frame = pd.read_csv(io.StringIO("a,b,when\\nx,1,2024-01-01\\ny,2,2024-01-02\\nx,3,2024-01-03"), parse_dates=["when"])
        print(frame.groupby("a").b.sum().to_dict())
        print(frame.set_index("when").b.resample("2D").sum().tolist())
        print(frame.merge(frame, on="a").shape)
        print(frame.b.rolling(2).mean().tolist(), frame.sort_values("b", ascending=False).a.tolist())
        print(np.linalg.svd(np.eye(3) * 2)[1].tolist(), np.fft.fft([1, 0, 0, 0]).real.tolist())
        try: pd.Timestamp("no date")
        except ValueError as error: print(type(error).__name__)
        print(pd.DataFrame({"n": np.arange(1_000_000)}).n.sum())
        print(np.random.default_rng(1).integers(0, 9, 3).tolist(), np.dtype("M8[ns]"))
        """)
      #expect(
        ran.stdout == """
          {'x': 4, 'y': 2}
          [3, 3]
          (5, 5)
          [nan, 1.5, 2.5] ['x', 'y', 'x']
          [2.0, 2.0, 2.0] [1.0, 1.0, 1.0, 1.0]
          DateParseError
          499999500000
          [4, 4, 6] datetime64[ns]

          """, "\(ran.end)")
    }

    /// A library that an interpreter loads later is put beside what the snapshot brought.
    @Test func furtherLibrariesCanBeLoaded() async throws {
      let ran = try await Self.run(
        """
        import numpy.random.mtrand, numpy.polynomial, pandas._libs.testing, pandas.plotting, ctypes, sqlite3
        import pydantic
        class Model(pydantic.BaseModel):
            x: int
        sqlite3.connect(":memory:").execute("select 1 + 1").fetchone()[0] + Model(x="40").x
        """)
      #expect(ran.end == "42")
    }

    @Test func twoInterpretersHaveDifferentRandomNumbers() async throws {
      let code = """
        import numpy
        (numpy.random.random(), numpy.random.default_rng().random(), numpy.random.RandomState().rand())
        """
      let (one, other) = (try await Self.run(code).end, try await Self.run(code).end)
      #expect(one.hasPrefix("(") && other.hasPrefix("("))
      for (a, b) in zip(one.split(separator: ","), other.split(separator: ",")) { #expect(a != b) }
    }
  }
}
