extension HandlerRow {
  /// Reads cells that were run before, in this session or others.
  static let history = HandlerRow.wire("history_request") {
    (request: HistoryRequest, context) in
    let lines = context.tools.history(request.access)
    return [.reply(HistoryReply(lines: lines, withOutput: request.output))]
  }
}
