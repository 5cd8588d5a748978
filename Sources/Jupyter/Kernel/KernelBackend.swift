import JSON
import Notebook
import Platform

/// What the kernel needs of a session, on the evaluator thread.
protocol KernelSession {
  /// The number of the last cell that counted; 0 at first.
  var executionCount: Int { get }
  /// Runs a cell; what it shows goes to the session's events.
  func run(_ cell: Cell) -> Outcome
  /// Writes to the history's file what was run; the front end need not wait for that.
  func keepHistory()
  /// Frees what interrupted cells have left, until `shouldStop`, asked often, says so.
  func tidyUp(until shouldStop: @escaping () -> Bool)
  /// As ``CodeTools``, but with the values themselves at hand.
  func complete(_ code: String, cursor: Int) -> CompleteReply
  /// As ``CodeTools``, but with the values themselves at hand.
  func inspect(_ code: String, cursor: Int, detail: Int) -> JSONObject?
  /// Evaluates each expression by itself; one that fails leaves the others alone.
  func evaluate(expressions: [(name: String, source: String)])
    -> [(name: String, result: Result<JSONObject, ErrorReport>)]
}

/// What the kernel asks about text while a cell may be running; called on the wire thread.
protocol CodeTools: Sendable {
  func completeness(of code: String) -> CellCompleteness
  /// `cursor` lies in the text and counts code points, as the reply's bounds do.
  func complete(_ code: String, cursor: Int) -> CompleteReply
  /// Nil when nothing is known of what stands at the cursor.
  func inspect(_ code: String, cursor: Int, detail: Int) -> JSONObject?
  func history(_ access: HistoryRequest.Access) -> [HistoryLine]
  /// As ``KernelSession/keepHistory()``; waits until it is done.
  func keepHistory()
}

/// What connects a session with the wire.
struct SessionContext: Sendable {
  let interruption: Interruption
  let emit: @Sendable (Event) -> Void
  let ask: @Sendable (InputRequest) throws(InputFailure) -> String
}

/// The language behind a kernel: how to make its session, and its tools for text.
public struct KernelBackend: Sendable {
  /// Called once, on the evaluator thread.
  let makeSession: @Sendable (SessionContext) -> any KernelSession
  let tools: any CodeTools

  init(
    tools: any CodeTools, makeSession: @escaping @Sendable (SessionContext) -> any KernelSession
  ) {
    self.makeSession = makeSession
    self.tools = tools
  }
}
