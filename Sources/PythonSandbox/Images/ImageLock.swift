internal import SystemPackage
import SystemSupport

/// What the resolver found: `pyodide-lock.json` in the image.
struct ImageLock: Decodable {
  struct Package: Decodable {
    let name: String
    let version: String
    let depends: [String]
    /// Modules that can be imported.
    let imports: [String]
  }

  let packages: [String: Package]
  /// Names of the packages that were asked for.
  let requested: [String]

  init(of image: FilePath) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: image.appending("pyodide-lock.json").string))
    self = try JSONDecoder().decode(Self.self, from: data)
  }

  /// The modules of what was asked for; those of a package that another one needs come first.
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

  /// Modules that nobody imports by name.
  private static func isPrivate(_ module: String) -> Bool {
    module.hasPrefix("_") || ["test", "tests", "docs", "examples", "benchmarks"].contains(module)
  }
}
