import HTTPTypes
import MCP
import Testing

@testable import MCPHTTP

@Suite struct HeaderTests {
  // The examples of 2026-07-28, Streamable HTTP, Value Encoding.
  @Test(arguments: [
    ("us-west1", "us-west1"), ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="),
    (" padded ", "=?base64?IHBhZGRlZCA=?="), ("line1\nline2", "=?base64?bGluZTEKbGluZTI=?="),
    ("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="), ("", ""), ("=?base64?=", "=?base64?="),
  ])
  func valuesAreEncoded(_ text: String, _ header: String) {
    #expect(HeaderValue.encode(text) == header)
    #expect(HeaderValue.decode(header) == text)
  }

  @Test(arguments: ["=?base64?*?=", "=?base64?YQ?=", "=?base64?YR==?=", "=?base64?/w==?="])
  func whatIsNoBase64OfTextIsNothing(_ header: String) { #expect(HeaderValue.decode(header) == nil) }

  @Test(arguments: ["=?BASE64?YQ==?=", "x=?base64?YQ==?="])
  func marksAreExact(_ header: String) { #expect(HeaderValue.decode(header) == header) }

  @Test(arguments: [
    ("application/json, text/event-stream", true, true), ("*/*", true, true),
    ("application/json", true, false),
    ("text/*;q=0.1,application/*", true, true), ("*/*, text/event-stream;q=0", true, false),
    ("", false, false),
    ("APPLICATION/JSON ; q=1.0 , Text/Event-Stream", true, true), ("application/jsonx", false, false),
    ("application/json;q=0.0, */*", false, true),
  ])
  func mediaRanges(_ header: String, _ json: Bool, _ events: Bool) {
    let ranges = MediaRanges(header)
    #expect(ranges.allow("application", "json") == json)
    #expect(ranges.allow("text", "event-stream") == events)
  }

  @Test(arguments: [
    ("application/json", true), ("Application/JSON;charset=utf-8", true), (" application/json ", true),
    ("", false),
    ("application/json-rpc", false), ("text/plain", false), ("text/plain; application/json", false),
  ])
  func contentTypes(_ header: String, _ isJSON: Bool) { #expect(MediaRanges.isJSON(header) == isJSON) }

  @Test(arguments: [
    ("Bearer secret", true), ("bearer  secret ", true), ("BEARER secret", true), ("Bearer secre", false),
    ("Bearer secret2", false), ("Bearer", false), ("Basic secret", false), ("secret", false),
    ("Bearer Secret", false),
  ])
  func tokens(_ authorization: String, _ isRight: Bool) throws {
    let token = try #require(BearerToken(" secret\n"))
    #expect(token.isPresented(by: authorization) == isRight)
    #expect(!token.isPresented(by: nil))
  }

  @Test(arguments: ["", " \n", "two words", "é", "a\nb"])
  func whatNoHeaderCarriesIsNoToken(_ text: String) { #expect(BearerToken(text) == nil) }

  @Test(arguments: [
    (String(repeating: "a", count: 32), true), (String(repeating: "Z", count: 128), true),
    ("0-_" + String(repeating: "9", count: 40), true),
    (String(repeating: "a", count: 31), false), (String(repeating: "a", count: 129), false),
    (String(repeating: "a", count: 40) + "é", false), (String(repeating: "a", count: 40) + " ", false),
  ])
  func proposedIDs(_ id: String, _ isAcceptable: Bool) { #expect(SessionID.isAcceptable(id) == isAcceptable) }
}
