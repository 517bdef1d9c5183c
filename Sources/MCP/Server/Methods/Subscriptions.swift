extension MethodTable {
  /// Keeps a channel open for notifications outside any request (2026-07-28, `subscriptions/listen`). Nothing
  /// here ever changes, and no capability says otherwise. So the acknowledgement names no subscription.
  @Sendable static func listen(_ request: Request, _ context: CallContext) async throws -> JSONObject {
    guard request.params["notifications"]?.objectValue != nil else {
      throw RPCError.invalidParams("\"notifications\" must be an object.")
    }
    let meta: JSON = [MetaKey.subscriptionID: request.id.json]
    await context.connection.send(
      .notification(
        method: "notifications/subscriptions/acknowledged", params: ["_meta": meta, "notifications": [:]]),
      as: context.role)
    await context.connection.shutdown.pass()
    return ["_meta": meta]
  }
}
