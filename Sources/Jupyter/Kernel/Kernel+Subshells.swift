/// Subshells: queues of cells beside the main shell's.
extension Kernel {
  /// Refuses a request for a subshell that does not exist.
  func checkSubshell(_ id: String?) throws(ContentError) {
    guard let id, !subshells.contains(id) else { return }
    throw ContentError(
      field: "subshell_id", expected: "the name of a subshell", received: KernelLog.quoted(id))
  }

  /// Ends a subshell, and with it the cells that wait there.
  func deleteSubshell(_ id: String, _ request: Request, _ channel: Channel) {
    do throws(ContentError) {
      try checkSubshell(id)
    } catch {
      return refuse(request, channel, error)
    }
    subshells.removeAll { $0 == id }
    let aborted = removeWaiting(in: id)
    send(writer.frames(DeleteSubshellReply(), to: request), on: channel)
    refuse(aborted)
  }
}
