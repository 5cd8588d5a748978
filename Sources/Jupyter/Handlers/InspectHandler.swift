extension HandlerRow {
  /// Explains a name; while a cell runs from the last snapshot of names, so that it never waits.
  static let inspect = HandlerRow.either("inspect_request") {
    (request: InspectRequest, session) in
    InspectReply(
      data: session.inspect(request.code, cursor: request.cursor, detail: request.detail))
  } busy: { request, tools in
    InspectReply(data: tools.inspect(request.code, cursor: request.cursor, detail: request.detail))
  }
}
