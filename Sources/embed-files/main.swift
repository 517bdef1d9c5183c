// This writes one Swift file that has the text of other files: `embed-files OUTPUT FOLDER PATH...`. The paths start
// at the folder.
import Foundation

/// The text as a literal that needs no escapes, since the text has no such delimiter.
///
/// Literals cost the compiler far less time than arrays of bytes.
func literal(_ text: String) -> String {
  var (longest, run) = (0, 0)
  for byte in text.utf8 {
    run = byte == UInt8(ascii: "#") ? run + 1 : 0
    longest = max(longest, run)
  }
  let hashes = String(repeating: "#", count: longest + 1)
  return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
}

/// True for a text that a literal can have as it is. The compiler changes CR, and refuses other control characters.
func isPlain(_ text: String) -> Bool {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\t") }
}

func fail(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("error: \(reason)\n".utf8))
  exit(1)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2 else { fail("usage: embed-files OUTPUT FOLDER PATH...") }
let folder = URL(fileURLWithPath: arguments[2])
var code = """
  /// The guest's files, as a plugin found them.
  enum GuestFiles {
    static let all: [(path: String, text: String)] = [

  """
for path in arguments.dropFirst(2) {
  let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  guard isPlain(text) else { fail("\(path) has a control character, so it cannot be embedded") }
  code += "(\"\(path)\", \(literal(text))),\n"
}
try Data((code + "  ]\n}\n").utf8).write(to: URL(fileURLWithPath: arguments[1]))
