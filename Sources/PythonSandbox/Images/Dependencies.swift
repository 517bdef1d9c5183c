internal import SystemPackage
internal import SystemSupport

/// The requested packages in the form that names an image: without blanks, doubles and order.
public struct Dependencies: Sendable, Hashable, CustomStringConvertible {
  /// The requirements in micropip's form: PEP 508, or the address of a wheel.
  public let requirements: [String]

  /// Takes each option's value, with requirements separated by commas.
  ///
  /// A comma inside brackets, or before a further version condition (`pandas>=2,<4`), separates nothing.
  public init(_ options: [String]) {
    requirements = Array(Set(options.flatMap(Self.split))).sorted()
  }

  public var description: String { requirements.joined(separator: ", ") }

  private static func split(_ option: String) -> [String] {
    var found: [String] = []
    var depth = 0
    for piece in option.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = piece.trimmingWhitespace()
      if let last = found.last, depth > 0 || trimmed.first.map({ "<>=!~".contains($0) }) == true {
        found[found.count - 1] = last + "," + trimmed
      } else {
        found.append(trimmed)
      }
      depth += piece.count { $0 == "[" || $0 == "(" } - piece.count { $0 == "]" || $0 == ")" }
    }
    return found.filter { !$0.isEmpty }
  }
}

/// The packages that the resolver found, in the image's file `pyodide-lock.json`.
struct ImageLock: Decodable {
  struct Package: Decodable {
    let name: String
    let version: String
    let depends: [String]
    /// The modules that can be imported.
    let imports: [String]
  }

  let packages: [String: Package]
  /// The names of the packages that the user asked for.
  let requested: [String]

  init(of image: FilePath) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: image.appending("pyodide-lock.json").string))
    self = try JSONDecoder().decode(Self.self, from: data)
  }

  /// The modules of the packages that the user asked for. A package's modules come before those of packages that
  /// need it.
  var imports: [String] {
    var ordered: [String] = []
    var seen: Set<String> = []
    func visit(_ name: String) {
      guard seen.insert(name).inserted, let package = packages[name] else { return }
      for needed in package.depends.sorted() { visit(needed) }
      if requested.contains(name) { ordered += package.imports.filter { !Self.isPrivate($0) } }
    }
    for name in requested.sorted() { visit(name) }
    return ordered
  }

  /// True for modules that no user imports by name.
  private static func isPrivate(_ module: String) -> Bool {
    module.hasPrefix("_") || ["test", "tests", "docs", "examples", "benchmarks"].contains(module)
  }
}
