extension HandlerRow {
  /// Describes the kernel; on control too, so that it can be asked while a cell runs.
  static let kernelInfo = HandlerRow.wire("kernel_info_request", on: [.shell, .control]) {
    (_: EmptyRequest, context) in
    [.reply(KernelInfoReply(version: context.version))]
  }
}
