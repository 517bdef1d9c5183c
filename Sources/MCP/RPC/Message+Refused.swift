extension Message {
  /// Finds the id of a message whose envelope may be invalid, so that an error can be matched to it.
  public static func identifier(in json: JSON) -> RequestID? {
    json["id"].flatMap(RequestID.init)
  }

  /// True when an invalid message was meant as a response. Two programs could trade errors forever if one
  /// were answered.
  static func looksLikeResponse(_ json: JSON) -> Bool {
    json["method"] == nil && (json["result"] != nil || json["error"] != nil)
  }
}
