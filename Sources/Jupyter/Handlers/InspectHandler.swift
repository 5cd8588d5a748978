extension HandlerRow {
  /// Explains a name from the last snapshot of names, so that it never waits for a cell.
  static let inspect = HandlerRow.wire("inspect_request") {
    (request: InspectRequest, context) in
    let data = context.tools.inspect(request.code, cursor: request.cursor, detail: request.detail)
    return [.reply(InspectReply(data: data))]
  }
}
