// A Swift program that runs Python in the sandbox: what it prints as it prints it, then what it came to.
// In a package of one's own: .product(name: "MCPRunPython", package: "mcp-run-python").
import MCPRunPython

struct Statistics: Decodable {
  var mean: Double
  var deviation: Double
}

let code = """
  import statistics
  print(f"{len(ages)} ages")
  {"mean": statistics.mean(ages), "deviation": statistics.pstdev(ages)}
  """

let statistics = try await codeSandbox(
  logHandler: { entry in if entry.logger == "stdout" { print("Python says: \(entry.text)") } }
) { sandbox in
  let result = try await sandbox.eval(code, globals: ["ages": [36, 85, 82]])
  return try result.get().value.decode(Statistics.self)
}
print("mean \(statistics.mean), deviation \(statistics.deviation)")
