internal import MCP
internal import Pictures
import SystemSupport

extension PNGFile {
  /// As a tool's result has it.
  var content: Content { .image(base64: Data(bytes).base64EncodedString(), mimeType: Self.mimeType) }
}
