/// `name?` and `name??`, as IPython has them.
struct Inspection: Hashable {
  var name: String
  var withSource: Bool

  init?(_ text: String) {
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    let marks = text[...last].reversed().prefix { $0 == "?" }.count
    let name = text[...last].dropLast(marks).split(whereSeparator: \.isWhitespace)
    guard marks == 1 || marks == 2, name.count == 1, let name = name.first, name.first?.isNumber == false,
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    else { return nil }
    self.name = String(name)
    withSource = marks == 2
  }
}
