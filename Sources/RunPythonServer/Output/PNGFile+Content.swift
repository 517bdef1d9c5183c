internal import MCP
internal import Pictures

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PNGFile {
  /// As a tool's result has it.
  var content: Content { .image(base64: Data(bytes).base64EncodedString(), mimeType: Self.mimeType) }
}
