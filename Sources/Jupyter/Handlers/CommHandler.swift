extension HandlerRow {
  /// Lists the open comms: none, since the kernel has no targets.
  static let commInfo = HandlerRow.wire("comm_info_request", on: [.shell, .control]) {
    (_: CommInfoRequest, _) in
    [.reply(CommInfoReply())]
  }

  /// Closes what is opened to an unknown target at once, as the protocol demands.
  static let commOpen = HandlerRow.wire("comm_open", on: [.shell, .control]) {
    (request: CommOpen, _) in
    [
      .log("no comm target is named \(KernelLog.quoted(request.target))"),
      .broadcast(CommClose(id: request.id)),
    ]
  }

  /// Messages to comms that were never open are of no interest.
  static let commMessage = HandlerRow.wire("comm_msg", on: [.shell, .control]) {
    (request: CommReference, _) in
    [.log("no comm has the id \(KernelLog.quoted(request.id))")]
  }

  /// Closing what is not open changes nothing.
  static let commClose = HandlerRow.wire("comm_close", on: [.shell, .control]) {
    (_: CommReference, _) in []
  }
}
