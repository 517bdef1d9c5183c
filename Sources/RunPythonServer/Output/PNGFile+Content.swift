internal import MCP
internal import Pictures
import SystemSupport

extension PNGFile {
  /// The image in the form of a tool's result.
  var content: Content { .image(base64: Data(bytes).base64EncodedString(), mimeType: Self.mimeType) }
}
