extension HandlerRow {
  /// Ends the kernel; other front ends learn it from iopub, as with ipykernel.
  static let shutdown = HandlerRow.wire("shutdown_request", on: [.shell, .control]) {
    (request: ShutdownRequest, _) in
    let reply = ShutdownReply(restart: request.restart)
    return [.reply(reply), .broadcast(reply), .stop]
  }
}
