extension Message {
  /// The id of a message whose envelope may be invalid, so that an error can be matched to it.
  public static func identifier(in json: JSON) -> RequestID? {
    json["id"].flatMap(RequestID.init)
  }

  /// Whether an invalid message was meant as a response. Answering one would let two programs trade errors
  /// forever.
  static func looksLikeResponse(_ json: JSON) -> Bool {
    json["method"] == nil && (json["result"] != nil || json["error"] != nil)
  }
}
