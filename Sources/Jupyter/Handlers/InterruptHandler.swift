extension HandlerRow {
  /// Asks the running cell to stop; without one nothing happens.
  static let interrupt = HandlerRow.wire("interrupt_request", on: [.shell, .control]) {
    (_: EmptyRequest, _) in
    [.interrupt, .reply(InterruptReply())]
  }
}
