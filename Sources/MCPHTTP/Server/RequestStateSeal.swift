internal import Hashing
internal import MCP
internal import SystemSupport

/// Makes and checks what a client has to bring back with its answer to a question (2026-07-28, Multi Round-Trip
/// Requests): the name of the waiting call with an expiry, signed, and good only for the same caller and request. Pure
/// but for the clock that it is given.
struct RequestStateSeal: Sendable {
  private let key: [UInt8]
  private let lifetime: Duration

  /// - Parameter key: Secret; a new one at each start of the server will do, since calls do not outlive it.
  init(key: [UInt8] = HMAC.randomKey(), lifetime: Duration) {
    self.key = key
    self.lifetime = lifetime
  }

  /// - Parameters:
  ///   - name: Only letters, digits and hyphens.
  ///   - principal: Who calls, such as the `Authorization` header.
  ///   - now: Seconds since 1970.
  func seal(_ name: String, principal: String, method: String, params: JSONObject, now: Int) -> String {
    // A part of a second counts as one: who waits for the answer sees to the exact time.
    let expiry = now + Int((lifetime / .seconds(1)).rounded(.up))
    let payload = "\(name).\(expiry)"
    return "\(payload).\(signature(payload, principal, method, params))"
  }

  /// The name of the call.
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

  /// What is signed: digests have a fixed length, so no two inputs read the same.
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
  /// With the members of all objects in the order of their names: a client may write them in another one again.
  fileprivate var sorted: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        JSONObject(
          uniqueKeysWithValues: members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted) }))
    default: self
    }
  }
}
