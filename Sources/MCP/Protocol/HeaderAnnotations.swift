/// The annotations `x-mcp-header` of a tool's input schema: by them clients repeat arguments as headers
/// (2026-07-28, Streamable HTTP, Custom Headers from Tool Parameters). Pure.
public enum HeaderAnnotations {
  public static let key = "x-mcp-header"

  /// The first annotation that the revision does not allow, in a sentence; nil when all are right.
  public static func problem(in schema: JSON) -> String? {
    var names: Set<String> = []
    return problem(in: schema, isProperty: false, isReachable: true, &names)
  }

  /// - Parameters:
  ///   - isProperty: True when the schema is that of a property, the only place for an annotation.
  ///   - isReachable: True when only properties lead to it.
  private static func problem(
    in schema: JSON, isProperty: Bool, isReachable: Bool, _ names: inout Set<String>
  ) -> String? {
    guard let members = schema.objectValue else {
      for element in schema.arrayValue ?? [] {
        if let found = problem(in: element, isProperty: false, isReachable: false, &names) { return found }
      }
      return nil
    }
    if let annotation = members[key] {
      guard isProperty, isReachable else { return "\(key) stands where no argument is." }
      if let found = problem(of: annotation, type: members["type"], &names) { return found }
    }
    for (name, member) in members where name != key && !values.contains(name) {
      if name == "properties", let properties = member.objectValue {
        for property in properties.values {
          let found = problem(in: property, isProperty: true, isReachable: isReachable, &names)
          if let found { return found }
        }
      } else if let found = problem(in: member, isProperty: false, isReachable: false, &names) {
        return found
      }
    }
    return nil
  }

  /// The members of a schema that hold values and no schemas.
  private static let values: Set<String> = ["default", "const", "enum", "examples", "required"]

  private static func problem(of annotation: JSON, type: JSON?, _ names: inout Set<String>) -> String? {
    guard let name = annotation.stringValue, !name.isEmpty else {
      return "\(key) must be a name that is not empty."
    }
    guard name.utf8.allSatisfy(isTokenCharacter) else { return "\(key) \"\(name)\" is no name of a header." }
    guard names.insert(name.lowercased()).inserted else { return "\(key) \"\(name)\" stands there twice." }
    guard let type = type?.stringValue, ["string", "integer", "boolean"].contains(type) else {
      return "\(key) \"\(name)\" is for a string, an integer or a boolean only."
    }
    return nil
  }

  /// True for a `tchar` of RFC 9110, 5.6.2.
  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
