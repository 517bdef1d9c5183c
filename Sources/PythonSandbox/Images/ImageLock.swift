internal import SystemPackage
import SystemSupport

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
