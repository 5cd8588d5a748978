/// The names of one function while it is walked.
struct ScopeFrame {
  /// Where a name was found, seen from this frame.
  enum Place {
    case slot(Int)
    case free(Int)
    case freeValue(Int)
  }

  /// True for the frame of the module, whose own names are globals.
  let isTopLevel: Bool
  /// Loops around the present statement.
  var loops = 0
  /// Branches and loops around the present statement.
  var depth = 0
  /// Names that one place of the function binds, so that they are final when they are bound.
  var boundOnce: Set<String> = []
  /// Names that the functions around it have as well.
  var hiding: Set<String> = []
  private(set) var slotNames: [String] = []
  private var slots: [String: Int] = [:]
  private var isCell: [Bool] = []
  /// True for variables that keep the value that they have.
  private var isFinal: [Bool] = []
  private(set) var captures: [Binding] = []
  private var captureIndex: [Binding: Int] = [:]
  /// Variables of the comprehensions around the present expression, innermost last.
  private var comprehensions: [[String: Int]] = []
  /// Names found in a slot, to be written when it is known which slots are cells.
  private(set) var found: [(name: Int, slot: Int)] = []

  init(isTopLevel: Bool) { self.isTopLevel = isTopLevel }

  /// Gives a name of the function a slot; false if it has one.
  @discardableResult
  mutating func declare(_ name: String) -> Bool {
    guard slots[name] == nil else { return false }
    slots[name] = newSlot(name)
    return true
  }

  private mutating func newSlot(_ name: String) -> Int {
    slotNames.append(name)
    isCell.append(false)
    isFinal.append(false)
    return slotNames.count - 1
  }

  /// Starts a comprehension with variables of its own.
  mutating func enterComprehension(_ names: [String]) {
    var scope: [String: Int] = [:]
    for name in names where scope[name] == nil { scope[name] = newSlot(name) }
    comprehensions.append(scope)
  }

  mutating func leaveComprehension() { _ = comprehensions.popLast() }

  /// The slot that a name has here.
  func slot(of name: String) -> Int? {
    for scope in comprehensions.reversed() {
      if let slot = scope[name] { return slot }
    }
    return slots[name]
  }

  /// Notes that the present statement binds a variable.
  mutating func bind(slot: Int) {
    if depth == 0, boundOnce.contains(slotNames[slot]), slots[slotNames[slot]] == slot {
      isFinal[slot] = true
    }
  }

  /// Gives the home of a variable that a function within captures: the variable itself when it is
  /// final, else it becomes a cell.
  mutating func capture(slot: Int) -> Binding {
    if isFinal[slot], !isCell[slot] { return .local(slot) }
    isCell[slot] = true
    return .cell(slot)
  }

  /// The index of a captured variable, which is added if it is new.
  mutating func free(_ home: Binding) -> Int {
    if let index = captureIndex[home] { return index }
    captures.append(home)
    captureIndex[home] = captures.count - 1
    return captures.count - 1
  }

  mutating func note(_ name: Int, in slot: Int) { found.append((name, slot)) }

  func binding(of slot: Int) -> Binding { isCell[slot] ? .cell(slot) : .local(slot) }

  var layout: FrameLayout {
    FrameLayout(
      slotNames: slotNames, cells: isCell.indices.filter { isCell[$0] }, captures: captures,
      hiding: hiding)
  }
}
