import Platform

/// Requests: how they are read, to whom they go, and what surrounds their answers.
extension Kernel {
  /// Serves what has come on a channel, but no more than a burst: a client that sends without end
  /// must not keep the others waiting.
  func serve(_ channel: Channel) {
    for _ in 0..<Self.burst {
      guard ending == nil, let frames = transport.receive(channel) else { return }
      guard let request = read(frames, channel) else { continue }
      if channel == .shell, gate.holds(request) { continue }
      dispatch(request, channel)
    }
  }

  /// Reads a message; a bad one is dropped with a line in the log.
  func read(_ frames: [Frame], _ channel: Channel) -> Request? {
    do throws(Rejection) {
      return try reader.read(frames)
    } catch {
      log.add("dropped a message on \(channel.rawValue): \(error)")
      return nil
    }
  }

  /// Finds who serves a request, and has it served or queued.
  func dispatch(_ request: Request, _ channel: Channel) {
    guard let row = HandlerTable.row(request.type, on: channel) else {
      return bracket(request) {
        let type = KernelLog.quoted(request.type)
        log.add("dropped a message on \(channel.rawValue): no handler for \(type)")
      }
    }
    let content = ContentReader(request.content)
    do throws(ContentError) {
      if channel == .shell { try checkSubshell(request.subshell) }
      switch row.place {
      case .wire(let serve):
        let actions = try serve(content, context)
        bracket(request) { for action in actions { perform(action, for: request, channel) } }
      case .evaluator(let prepare):
        waiting.append(Work(request: request, job: try prepare(content)))
        beginNext()
      case .either(let prepare):
        let (job, serve) = try prepare(content)
        if running == nil, waiting.isEmpty {
          waiting.append(Work(request: request, job: job))
          return beginNext()
        }
        bracket(request) {
          for action in serve(context) { perform(action, for: request, channel) }
        }
      }
    } catch {
      bracket(request) { refuse(request, channel, error) }
    }
  }

  /// Answers a request whose content is wrong; messages that are no requests get no answer.
  func refuse(_ request: Request, _ channel: Channel, _ error: ContentError) {
    if request.type.hasSuffix("_request") {
      let reply = ErrorReply(to: request.type, ErrorContent(error))
      send(writer.frames(reply, to: request), on: channel)
    } else {
      log.add("dropped a message on \(channel.rawValue): \(error)")
    }
  }

  private func perform(_ action: WireAction, for request: Request, _ channel: Channel) {
    switch action {
    case .reply(let content): send(writer.frames(content, to: request), on: channel)
    case .broadcast(let content): broadcast(content, for: request)
    case .interrupt: if running != nil { evaluator.interrupt() }
    case .stop: ending = .shutdown
    case .reportUsage:
      let percent = load.processorPercent()
      send(
        writer.frames(
          UsageReply(kernelProcessor: percent.process, machineProcessor: percent.machine),
          to: request), on: channel)
    case .createSubshell:
      subshells.append(RandomID.uuid())
      send(
        writer.frames(CreateSubshellReply(id: subshells[subshells.count - 1]), to: request),
        on: channel)
    case .deleteSubshell(let id): deleteSubshell(id, request, channel)
    case .listSubshells:
      send(writer.frames(ListSubshellReply(ids: subshells), to: request), on: channel)
    case .log(let line): log.add(line)
    }
  }

  /// Does something between *busy* and *idle* of a request.
  ///
  /// Front ends show the last status that they received. When a cell runs, that must not be the
  /// idle of a small request, so the cell's *busy* is said again.
  private func bracket(_ request: Request, _ body: () -> Void) {
    broadcast(Status.busy, for: request)
    defer {
      broadcast(Status.idle, for: request)
      if let running { broadcast(Status.busy, for: running.request) }
    }
    body()
  }
}
