extension HandlerRow {
  /// Completes from the last snapshot of names, so that it never waits for a cell.
  static let complete = HandlerRow.wire("complete_request") {
    (request: CompleteRequest, context) in
    [.reply(context.tools.complete(request.code, cursor: request.cursor))]
  }
}
