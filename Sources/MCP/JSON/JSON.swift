// Every user of MCP works with `JSONObject`, so its members come along.
@_exported public import OrderedCollections

/// The members of a JSON object, in the order in which they were written.
public typealias JSONObject = OrderedDictionary<String, JSON>

/// Any JSON value (RFC 8259), exact enough to be written back as it was read.
///
/// The order of members is kept. A number without fraction and exponent that fits an `Int` is an
/// ``integer(_:)`` and keeps all its digits. A whole number beyond that, and one beyond the range of a
/// `Double`, keeps its text as ``digits(_:)``. Every other number is a ``number(_:)``. The last of several
/// members with the same name counts.
///
/// Equality is structural and strict: `.integer(1)` and `.number(1)` differ, and so do two objects with the
/// same members in another order.
public enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// The text of a number that no Swift number holds.
  case digits(String)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}
