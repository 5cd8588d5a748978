public import Platform
public import Runtime

// Between cells the values themselves can be asked, which tells more than a snapshot of names.

extension Session {
  /// What could stand at a cursor, given in code points.
  public func complete(_ code: String, cursor: Int, files: FileAccess? = nil) -> CompletionList {
    Completer.complete(code, cursor: cursor, publisher.current, files: files) { path in
      publisher.value(at: path).map { publisher.describe(path.last ?? "", $0) }
    }
  }

  /// The page about the name at a cursor, given in code points; nil when nothing is known of it.
  ///
  /// Detail 1 tells more: the source of a function, the choices of its parameters, the values of a
  /// tensor.
  public func inspect(_ code: String, cursor: Int, detail: Int) -> MimeBundle? {
    Inspector.inspect(code, cursor: cursor) { path in
      publisher.value(at: path).map { HelpPage.bundle(for: $0, interpreter, detail: detail) }
    }
  }
}
