extension HandlerRow {
  /// Says whether a text can run as it stands.
  static let isComplete = HandlerRow.wire("is_complete_request") {
    (request: IsCompleteRequest, context) in
    [.reply(IsCompleteReply(completeness: context.tools.completeness(of: request.code)))]
  }
}
