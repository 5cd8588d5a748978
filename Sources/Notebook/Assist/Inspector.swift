public import Runtime

/// Inspection: what is known of the name at the cursor, without running anything.
public enum Inspector {
  /// The page about the name at a cursor, given in code points; nil when nothing is known of it.
  ///
  /// Inside the arguments of a call, where the cursor touches no known name, it is the function's.
  public static func inspect(_ code: String, cursor: Int, detail: Int, _ snapshot: NameSnapshot)
    -> MimeBundle?
  {
    inspect(code, cursor: cursor) { page($0, detail, snapshot) }
  }

  static func inspect(_ code: String, cursor: Int, page: ([String]) -> MimeBundle?)
    -> MimeBundle?
  {
    let context = CursorContext(code, cursor: endOfName(code, cursor))
    if context.stringPrefix == nil, let bundle = page(context.path) { return bundle }
    return context.call.flatMap(page)
  }

  /// The end of the name that the cursor is in.
  private static func endOfName(_ code: String, _ cursor: Int) -> Int {
    let scalars = Array(code.unicodeScalars)
    var end = min(max(cursor, 0), scalars.count)
    while end < scalars.count, scalars[end] == "_" || scalars[end].properties.isXIDContinue {
      end += 1
    }
    return end
  }

  private static func page(_ path: [String], _ detail: Int, _ snapshot: NameSnapshot)
    -> MimeBundle?
  {
    guard path != [""], let name = snapshot.find(path) else { return nil }
    if let entry = name.record.entry { return HelpPage.bundle(of: entry, detail: detail) }
    guard path.count == 1 else { return nil }
    return MimeBundle(text: "\(name.record.type)\n\n  \(name.summary)")
  }
}
