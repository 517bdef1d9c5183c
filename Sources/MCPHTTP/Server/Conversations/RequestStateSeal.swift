internal import Hashing
internal import MCP
internal import SystemSupport

/// Makes and checks the text that a client has to bring back with its answer to a question (2026-07-28, Multi
/// Round-Trip Requests).
///
/// The text has the name of the waiting call, an expiry and a signature. It is good for the same caller and request
/// only. The type is pure.
struct RequestStateSeal: Sendable {
  private let key: [UInt8]
  private let lifetime: Duration

  /// - Parameters:
  ///   - key: A secret. A new one at each start of the server is enough, since calls do not outlive the server.
  ///   - lifetime: The time for which a state is good.
  init(key: [UInt8] = HMAC.randomKey(), lifetime: Duration) {
    self.key = key
    self.lifetime = lifetime
  }

  /// - Parameters:
  ///   - name: The name of the call, of letters, digits and hyphens only.
  ///   - principal: The caller, such as the `Authorization` header.
  ///   - now: The present time, in seconds since 1970.
  func seal(_ name: String, principal: String, method: String, params: JSONObject, now: Int) -> String {
    // A part of a second counts as one: the task that waits for the answer keeps the exact time.
    let expiry = now + Int((lifetime / .seconds(1)).rounded(.up))
    let payload = "\(name).\(expiry)"
    return "\(payload).\(signature(payload, principal, method, params))"
  }

  /// Gives the name of the waiting call.
  ///
  /// - Throws: `invalidParams` for a state that was not made here for this caller and request, or has expired.
  func open(
    _ state: String, principal: String, method: String, params: JSONObject, now: Int
  ) throws(RPCError) -> String {
    let parts = state.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let expiry = Int(parts[1]), let code = Data(base64URL: parts[2]),
      isEqualInConstantTime(
        [UInt8](code), HMAC.code(for: input("\(parts[0]).\(parts[1])", principal, method, params), key: key))
    else { throw .invalidParams("\"requestState\" is not one that was given for this request.") }
    guard now < expiry else {
      throw .invalidParams("\"requestState\" has expired: the call that waited for input was ended.")
    }
    return parts[0]
  }

  private func signature(
    _ payload: String, _ principal: String, _ method: String, _ params: JSONObject
  ) -> String {
    Data(HMAC.code(for: input(payload, principal, method, params), key: key)).base64URL
  }

  /// The bytes that are signed. The digests have a fixed length, so no two requests give the same bytes.
  private func input(_ payload: String, _ principal: String, _ method: String, _ params: JSONObject)
    -> [UInt8]
  {
    let request: JSON = [.string(method), params["name"] ?? .null, (params["arguments"] ?? .null).sorted]
    return SHA256.hash(Array(principal.utf8)) + SHA256.hash(request.encoded) + Array(payload.utf8)
  }
}

extension Data {
  fileprivate var base64URL: String {
    base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  fileprivate init?(base64URL text: String) {
    let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
    self.init(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
  }
}

extension JSON {
  /// The value with all members in the order of their names, since a client may repeat them in another order.
  fileprivate var sorted: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        JSONObject(
          uniqueKeysWithValues: members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted) }))
    case .null, .bool, .integer, .number, .digits, .string: self
    }
  }
}
