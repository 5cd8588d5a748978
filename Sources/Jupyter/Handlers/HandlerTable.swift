/// All requests that the kernel serves; a type that is not here is logged and dropped.
enum HandlerTable {
  static let rows: [HandlerRow] = [
    .kernelInfo,
    .execute,
    .isComplete,
    .complete,
    .inspect,
    .history,
    .usage,
    .createSubshell, .deleteSubshell, .listSubshell,
    .commInfo, .commOpen, .commMessage, .commClose,
    .interrupt,
    .shutdown,
  ]

  /// The row of a type, if it may come on that channel.
  static func row(_ type: String, on channel: Channel) -> HandlerRow? {
    byType[type].flatMap { $0.channels.contains(channel) ? $0 : nil }
  }

  private static let byType = Dictionary(
    rows.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
}
