import JSON
import MCP

/// A value that is read can be written, and reads back as the same.
func takeJSON(_ bytes: [UInt8]) {
  guard let value = try? JSON(parsing: bytes) else { return }
  for written in [Array(value.text.utf8), value.encoded, Array(value.pretty().utf8)] {
    guard let again = try? JSON(parsing: written) else {
      return require(false, "\(value.text) cannot be read again")
    }
    // Strings that look alike are equal, so the bytes are compared.
    require(again.text.utf8.elementsEqual(value.text.utf8), "\(value.text) reads back as \(again.text)")
  }
  require(!value.encoded.contains(UInt8(ascii: "\n")), "\(value.text) is more than a line")
  guard let message = try? Message(value) else { return }
  require((try? Message(message.json)) == message, "\(message) reads back as another message")
}
