import Platform

/// Large containers that nobody holds any more and that were not yet freed.
///
/// To free ten million objects takes a second, in which a program could not be interrupted. So the
/// end of a large container lets its values go in portions; when an interrupt is asked for between
/// two of them, it leaves the rest here, for the time when the session has nothing else to do.
final class Leftovers {
  /// Those of the session that runs on a thread: the end of an object can ask nobody else.
  private static let ofThread = ThreadLocal<Leftovers>()

  /// Those of the calling thread, if a session runs on it.
  static var current: Leftovers? { ofThread.value }

  /// So many values are let go between two looks at the time.
  static let portion = 8192
  /// So few values are let go of one by one, which is cheaper than with their array.
  static let few = 32

  private let interruption: Interruption
  private var objects: [Object] = []
  /// While leftovers are freed: true when that should end.
  fileprivate var shouldStop: (() -> Bool)?

  /// Makes those of the calling thread.
  init(_ interruption: Interruption) {
    self.interruption = interruption
    Leftovers.ofThread.value = self
  }

  /// True when freeing should wait.
  ///
  /// It does not wait for the end of a program that has taken too much memory.
  var isWaiting: Bool {
    if let shouldStop { return shouldStop() }
    return switch interruption.reason {
    case .interrupt, .timeout: true
    case .none, .memory: false
    }
  }

  /// Keeps an object that holds values.
  func keep(_ object: Object) { objects.append(object) }

  /// Frees what is left until all is freed or `shouldStop`, asked after each portion, says so.
  func free(until shouldStop: @escaping () -> Bool) {
    guard self.shouldStop == nil else { return }
    self.shouldStop = shouldStop
    defer { self.shouldStop = nil }
    // The end of an object keeps what it leaves by itself.
    while !objects.isEmpty {
      objects.removeLast()
      if shouldStop() { return }
    }
  }
}

extension Interpreter {
  /// Frees what interrupted programs have left, until `shouldStop` says so.
  ///
  /// To be called while no program runs.
  public func tidyUp(until shouldStop: @escaping () -> Bool) { leftovers.free(until: shouldStop) }
}

/// Lets go of values up to the first that nests; false when there is one.
private func releaseFew(_ values: inout [Value]) -> Bool {
  var span = values.mutableSpan
  for place in span.indices {
    if span[place].nests() { return false }
    letGo(&span[place])
  }
  return true
}

/// Lets values go without recursion, however deep they nest, and in portions when they are many.
///
/// Releasing a list releases its elements; a million nested lists would need a million native
/// frames. So containers take out nested containers that nobody else holds and empty these first,
/// unless what they hold holds nothing in turn, as most do. A long array that something else holds
/// too is left as it is.
func release(_ values: inout [Value]) {
  if values.count <= Leftovers.few, releaseFew(&values) { return }
  guard isHeldOnce(&values) else { return }
  // From the end, so that each time some of it goes.
  while true {
    let start = max(0, values.count - Leftovers.portion)
    if nests(values.span.extracting(start...)) {
      var pending = values
      values = []
      return unravel(&pending)
    }
    // The last of them go with the array.
    if start == 0 { return }
    values.removeLast(values.count - start)
    if let leftovers = Leftovers.current, leftovers.isWaiting {
      leftovers.keep(ListObject(values))
      values = []
    }
  }
}

/// True when one of the values nests.
private func nests(_ values: Span<Value>) -> Bool {
  for place in values.indices where values[place].nests() { return true }
  return false
}

private func unravel(_ pending: inout [Value]) {
  var turn = 0
  while var value = pending.popLast() {
    dismantle(&value, into: &pending)
    turn &+= 1
    guard turn % Leftovers.portion == 0 else { continue }
    if let leftovers = Leftovers.current, leftovers.isWaiting {
      leftovers.keep(ListObject(pending))
      pending = []
    }
  }
}

/// Moves what a container holds to `pending` if `value` is the only reference to it.
private func dismantle(_ value: inout Value, into pending: inout [Value]) {
  guard case .object(var object) = value else { return }
  value = .none
  guard isKnownUniquelyReferenced(&object) else { return }
  switch object.kind {
  case .list:
    guard let list = object.asList else { return }
    pending.append(contentsOf: list.storage)
    list.storage = []
  case .tuple:
    guard let tuple = object.asTuple else { return }
    tuple.empty(into: &pending)
  case .dict:
    guard let dict = object.asDict else { return }
    dict.table.empty(into: &pending)
  case .set:
    guard let set = object.asSet else { return }
    set.table.empty(into: &pending)
  case .cell:
    guard let cell = object.asCell, let held = cell.value else { return }
    cell.value = nil
    pending.append(held)
  case .function: object.asFunction?.empty(into: &pending)
  case .structure: object.asStruct?.empty(into: &pending)
  case .boundMethod: object.asBoundMethod?.empty(into: &pending)
  default: return
  }
}
