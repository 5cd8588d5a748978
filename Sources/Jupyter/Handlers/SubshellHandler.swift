extension HandlerRow {
  /// Opens a queue of cells beside the main shell's.
  ///
  /// There is one evaluator, so a cell of a subshell runs when the cell before it has ended; what
  /// a subshell gains is that an error in one queue does not abort the other.
  static let createSubshell = HandlerRow.wire("create_subshell_request", on: [.control]) {
    (_: EmptyRequest, _) in
    [.createSubshell]
  }

  /// Ends a subshell; its cells that wait are aborted.
  static let deleteSubshell = HandlerRow.wire("delete_subshell_request", on: [.control]) {
    (request: SubshellReference, _) in
    [.deleteSubshell(request.id)]
  }

  /// Lists the subshells.
  static let listSubshell = HandlerRow.wire("list_subshell_request", on: [.control]) {
    (_: EmptyRequest, _) in
    [.listSubshells]
  }
}
