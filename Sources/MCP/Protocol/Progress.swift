/// The progress of a request: the parameters of `notifications/progress` but for the token.
public struct Progress: Sendable, Hashable {
  /// A number that grows from one notification to the next.
  public var progress: Double
  /// The value of ``progress`` at the end, if known.
  public var total: Double?
  /// A sentence for people; known from 2025-03-26.
  public var message: String?

  static let method = "notifications/progress"

  public init(progress: Double, total: Double? = nil, message: String? = nil) {
    self.progress = progress
    self.total = total
    self.message = message
  }

  /// Reads the parameters; nil when there is no number `progress`.
  public init?(params: JSONObject) {
    guard let progress = params["progress"]?.doubleValue else { return nil }
    self.init(
      progress: progress, total: params["total"]?.doubleValue, message: params["message"]?.stringValue)
  }

  func params(token: JSON, for revision: Revision) -> JSONObject {
    var params: JSONObject = ["progressToken": token, "progress": Self.json(progress)]
    if let total { params["total"] = Self.json(total) }
    if revision >= .v2025_03_26, let message { params["message"] = .string(message) }
    return params
  }

  private static func json(_ number: Double) -> JSON {
    Int(exactly: number).map(JSON.integer) ?? .number(number)
  }
}
