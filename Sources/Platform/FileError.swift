import Glibc

/// Why a file cannot be used.
public enum FileError: Error, Sendable, Equatable {
  /// The file lies outside the folders that the program may use.
  case notAllowed(path: String, folder: String)
  case notFound(path: String)
  case permissionDenied(path: String)
  /// A folder, a device or a pipe where a file is needed.
  case notAFile(path: String)
  case tooLarge(path: String, limit: Int)
  /// Bytes that are no UTF-8; the first of them stands at this line and column, from 1.
  case notText(path: String, line: Int, column: Int)
  /// Anything else that the system reports.
  case system(path: String, problem: String)

  /// Translates `errno`.
  init(_ code: Int32, path: String) {
    switch code {
    case ENOENT, ENOTDIR: self = .notFound(path: path)
    case EACCES, EPERM, EROFS: self = .permissionDenied(path: path)
    case EISDIR: self = .notAFile(path: path)
    default:
      self = .system(path: path, problem: unsafe String(cString: strerror(code)))
    }
  }
}

extension FileError {
  /// The error for a file whose bytes are no text.
  public static func notText(path: String, _ bytes: [UInt8]) -> FileError {
    var (line, column) = (1, 1)
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    return .notText(path: path, line: line, column: column)
  }
}

extension FileError: CustomStringConvertible {
  /// What is wrong, in one line without a final period.
  public var description: String {
    switch self {
    case .notAllowed(let path, _): "'\(path)' lies outside the working directory"
    case .notFound(let path): "there is no file '\(path)'"
    case .permissionDenied(let path): "no permission to use '\(path)'"
    case .notAFile(let path): "'\(path)' is not a file"
    case .tooLarge(let path, let limit): "'\(path)' is larger than \(limit) bytes"
    case .notText(let path, let line, let column):
      "'\(path)' is not valid UTF-8 text: see line \(line), column \(column)"
    case .system(let path, let problem): "cannot use '\(path)': \(problem)"
    }
  }

  /// An edit or an option that helps; nil when there is none.
  public var help: String? {
    switch self {
    case .notAllowed(_, let folder):
      "start linnet with --allow '\(folder)', or set LINNET_ALLOW='\(folder)'"
    default: nil
    }
  }
}
