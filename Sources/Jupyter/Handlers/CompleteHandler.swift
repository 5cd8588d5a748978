extension HandlerRow {
  /// Completes; while a cell runs from the last snapshot of names, so that it never waits.
  static let complete = HandlerRow.either("complete_request") {
    (request: CompleteRequest, session) in
    session.complete(request.code, cursor: request.cursor)
  } busy: { request, tools in
    tools.complete(request.code, cursor: request.cursor)
  }
}
