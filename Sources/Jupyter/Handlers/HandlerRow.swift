import JSON

/// What the dispatcher shall do for a request that the wire thread serves.
enum WireAction: Sendable {
  /// Answer it.
  case reply(any OutgoingContent)
  /// Tell all front ends.
  case broadcast(any OutgoingContent)
  /// Ask the running cell to stop.
  case interrupt
  /// End the kernel.
  case stop
  /// Answer with what the process and its machine use.
  case reportUsage
  /// Open a subshell and answer with its name.
  case createSubshell
  /// Close a subshell and answer whether there was one.
  case deleteSubshell(String)
  /// Answer with the names of the subshells.
  case listSubshells
  /// Write a line to the kernel's log.
  case log(String)
}

/// What handlers on the wire thread know.
struct WireContext: Sendable {
  /// Linnet's version.
  let version: String
  let tools: any CodeTools
}

/// One request type: where it may come from, where it is served, and how.
struct HandlerRow: Sendable {
  /// Where a request is served.
  enum Place: Sendable {
    /// At once, on the wire thread, whatever the evaluator does.
    case wire(@Sendable (ContentReader, WireContext) throws(ContentError) -> [WireAction])
    /// In order, on the evaluator thread.
    case evaluator(@Sendable (ContentReader) throws(ContentError) -> Job)
    /// On the evaluator thread when it is idle, else at once on the wire thread.
    case either(@Sendable (ContentReader) throws(ContentError) -> (job: Job, serve: Serve))
  }

  /// How the wire thread serves a request whose content has been read.
  typealias Serve = @Sendable (WireContext) -> [WireAction]

  let type: String
  let channels: Set<Channel>
  let place: Place

  /// A request that the wire thread serves at once.
  static func wire<Content: IncomingContent>(
    _ type: String, on channels: Set<Channel> = [.shell],
    serve: @escaping @Sendable (Content, WireContext) -> [WireAction]
  ) -> HandlerRow {
    HandlerRow(
      type: type, channels: channels,
      place: .wire { content, context throws(ContentError) in
        serve(try Content(content), context)
      })
  }

  /// A question about the session: its values are asked when no cell runs, else a snapshot.
  static func either<Content: IncomingContent, Reply: OutgoingContent>(
    _ type: String, idle: @escaping @Sendable (Content, any KernelSession) -> Reply,
    busy: @escaping @Sendable (Content, any CodeTools) -> Reply
  ) -> HandlerRow {
    HandlerRow(
      type: type, channels: [.shell],
      place: .either { reader throws(ContentError) in
        let content = try Content(reader)
        let job = Job(isSilent: true) { context in
          JobResult(reply: idle(content, context.session), metadata: [:], abortsQueue: false)
        }
        return (job, { context in [.reply(busy(content, context.tools))] })
      })
  }

  /// A request that waits for the evaluator.
  static func evaluator<Content: IncomingContent>(
    _ type: String, on channels: Set<Channel> = [.shell],
    prepare: @escaping @Sendable (Content) -> Job
  ) -> HandlerRow {
    HandlerRow(
      type: type, channels: channels,
      place: .evaluator { content throws(ContentError) in prepare(try Content(content)) })
  }
}
