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

// A live generator, gone on with twice from the same place: by a fork beside the sandbox, and by another process later.
let (saved, numbers) = try await codeSandbox(state: .keep) { sandbox in
  _ = try await sandbox.eval("squares = (n * n for n in range(100)); next(squares); next(squares)").get()
  let fork = try await sandbox.fork()
  let values = try await [
    sandbox.eval("next(squares)").get().value, fork.eval("next(squares) + next(squares)").get().value,
  ]
  return (try await sandbox.checkpoint(), values)
}
let later = try await codeSandbox(resuming: saved) { try await $0.eval("next(squares)").get().value }
print("the sandbox \(numbers[0]), its fork \(numbers[1]), another process \(later)")
