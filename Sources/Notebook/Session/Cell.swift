/// One piece of source to run, and how.
public struct Cell: Sendable {
  /// The source.
  public let code: String
  /// What errors call it: `cell 3`, or a path.
  public let name: String
  /// False keeps the cell out of `In`, `Out`, the history and the count.
  public let storeHistory: Bool
  /// False runs the last expression without showing its value, as in a script.
  public let showsResult: Bool
  /// True shows nothing, not even a result.
  public let silent: Bool
  /// False makes `input` an error.
  public let allowInput: Bool

  /// Describes a cell.
  public init(
    code: String, name: String, storeHistory: Bool = true, showsResult: Bool = true,
    silent: Bool = false, allowInput: Bool = true
  ) {
    self.code = code
    self.name = name
    self.storeHistory = storeHistory
    self.showsResult = showsResult
    self.silent = silent
    self.allowInput = allowInput
  }
}

/// How a cell ended.
public struct Outcome: Sendable {
  /// The ways to end.
  public enum Status: Sendable {
    /// Every statement was run.
    case ok
    /// A statement failed, or the source could not be read.
    case error(ErrorReport)
    /// It was never started.
    case aborted
  }

  /// How it ended.
  public let status: Status
  /// The number of the cell, or of the last one counted when it does not count.
  public let count: Int

  /// Describes an end.
  public init(status: Status, count: Int) {
    self.status = status
    self.count = count
  }
}

/// What `input` asks of the front end.
public struct InputRequest: Sendable, Equatable {
  /// The text in front of the answer.
  public let prompt: String
  /// True when the answer must not be shown.
  public let password: Bool

  /// Describes a question.
  public init(prompt: String, password: Bool) {
    self.prompt = prompt
    self.password = password
  }
}

/// Why there is no answer to an ``InputRequest``.
public enum InputFailure: Error, Sendable, Equatable {
  /// The user ended the input.
  case endOfFile
  /// The front end takes no questions.
  case notAllowed
  /// The question did not reach the front end; says why.
  case undeliverable(String)
  /// Work should stop.
  case interrupted
}
