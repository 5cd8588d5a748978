import JSON
import Notebook
import Platform

extension HandlerRow {
  /// Runs a cell.
  static let execute = HandlerRow.evaluator("execute_request") { (request: ExecuteRequest) in
    Job(isSilent: request.silent) { context in ExecuteJob(request: request).run(context) }
  }
}

/// One cell, on the evaluator thread.
private struct ExecuteJob {
  let request: ExecuteRequest

  func run(_ context: EvaluatorContext) -> JobResult {
    let started = Clocks.timestamp()
    let number = context.session.executionCount + (request.storeHistory ? 1 : 0)
    context.input.allow(request.allowInput)
    context.post(.broadcast(ExecuteInput(code: request.code, count: number)))
    let outcome = context.session.run(
      Cell(
        code: request.code, name: request.storeHistory ? "cell \(number)" : "cell",
        storeHistory: request.storeHistory, silent: request.silent,
        allowInput: request.allowInput))
    let reply = ExecuteReply(status: status(of: outcome, context), count: outcome.count)
    let failed = reply.statusWord != "ok"
    return JobResult(
      reply: reply, metadata: Self.metadata(started: started, status: reply.statusWord),
      abortsQueue: failed && request.stopOnError)
  }

  private func status(of outcome: Outcome, _ context: EvaluatorContext) -> ExecuteReply.Status {
    switch outcome.status {
    case .ok:
      // Only now: expressions see what the cell has bound.
      let results = context.session.evaluate(expressions: request.userExpressions)
      return .ok(
        expressions: results.map { name, result in (name, result.mapError(ErrorContent.init)) })
    case .error(let report): return .error(ErrorContent(report))
    case .aborted: return .aborted
    }
  }

  /// What ipykernel tells of a run; front ends show when a cell started.
  static func metadata(started: String, status: String) -> JSONObject {
    ["started": .string(started), "dependencies_met": true, "status": .string(status)]
  }
}

extension JobResult {
  /// The end of a request that was never begun, since one before it failed.
  static var aborted: JobResult {
    let reply = ExecuteReply(status: .aborted, count: nil)
    return JobResult(
      reply: reply,
      metadata: ExecuteJob.metadata(started: Clocks.timestamp(), status: reply.statusWord),
      abortsQueue: false)
  }
}
