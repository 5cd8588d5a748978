extension HandlerRow {
  /// Tells what the kernel uses of the machine.
  static let usage = HandlerRow.wire("usage_request", on: [.control]) {
    (_: EmptyRequest, _) in
    [.reportUsage]
  }
}
