import Diagnostics

/// The global names of one module: the session's, or a loaded file's.
///
/// Compiled code holds the slots themselves, so that using a global costs one load. A slot is made
/// when a name is first mentioned and may be unbound; then the builtin of that name counts.
public final class Globals {
  private var slots: [String: GlobalSlot] = [:]
  private let builtins: Builtins
  /// The slots in the order of their first binding.
  private var order: [GlobalSlot] = []
  /// Objects that names have lost since the last statement at the top level began.
  private var lost: [Value] = []
  /// Grows whenever a name is bound for the first time.
  public private(set) var bindingCount = 0

  init(builtins: Builtins) { self.builtins = builtins }

  /// The slot of a name, made on first mention.
  func slot(_ name: String) -> GlobalSlot {
    if let slot = slots[name] { return slot }
    let slot = GlobalSlot(name, builtin: builtins.slot(name))
    slots[name] = slot
    return slot
  }

  /// Notes that a slot was bound, so that it is listed.
  func noteBinding(_ slot: GlobalSlot) {
    guard !slot.isListed else { return }
    slot.isListed = true
    order.append(slot)
    bindingCount += 1
  }

  /// The value of a global, nil when it is unbound; builtins do not count.
  ///
  /// Setting nil unbinds.
  public subscript(name: String) -> Value? {
    get { slots[name]?.value }
    set {
      let slot = slot(name)
      keep(slot.value)
      slot.value = newValue
      if newValue != nil { noteBinding(slot) }
    }
  }

  /// The bound names with their values, in order of first binding.
  public var items: [(name: String, value: Value)] {
    order.compactMap { slot in slot.value.map { (slot.name, $0) } }
  }

  /// Unbinds every name.
  public func removeAll() {
    for slot in order {
      keep(slot.value)
      slot.value = nil
    }
  }

  /// Keeps an object that a name loses while it may be in use: calls of it, and of its methods, count
  /// no reference to it.
  private func keep(_ value: Value?) {
    if let value, value.object != nil { lost.append(value) }
  }

  /// Lets go of the objects that names have lost, when no code runs.
  func forgetLost() { lost = [] }

  /// What other languages write, and what it is here.
  private static let wordsOfOthers = [
    "null": "None", "nil": "None", "undefined": "None", "true": "True", "false": "False",
  ]

  /// What to write instead of a name that nothing binds: of the variables of its function, or else of
  /// the names that all code knows; nil when nothing is near.
  public static func help(
    forUnbound name: String, variables: [String], known: some Sequence<String>
  ) -> String? {
    if let word = wordsOfOthers[name] { return "write `\(word)`" }
    let near =
      Spelling.nearest(to: name, among: variables) ?? Spelling.nearest(to: name, among: known)
    return near.map { "did you mean '\($0)'?" }
  }

  /// The fault for a name that nothing binds.
  func unbound(_ slot: GlobalSlot, variables: [String]) -> Fault {
    Fault(
      "NameError", "name '\(slot.name)' is not defined",
      help: Self.help(forUnbound: slot.name, variables: variables, known: candidates))
  }

  /// The names that a misspelt one may have meant.
  var candidates: [String] { items.map(\.name) + builtins.names }
}

/// The place of one global name.
final class GlobalSlot {
  let name: String
  let place = ValuePlace()
  /// Nil while the name is unbound.
  var value: Value? {
    @inline(__always) get { place.value }
    @inline(__always) set { place.value = newValue }
  }
  /// What the name means while it is unbound.
  let builtin: BuiltinSlot
  var isListed = false

  /// The place of the value that the name means now.
  @inline(__always)
  var meaning: ValuePlace { place.isBound ? place : builtin.place }

  /// True when the name means something.
  @inline(__always)
  var isBound: Bool {
    place.isBound || builtin.place.isBound
  }

  init(_ name: String, builtin: BuiltinSlot) {
    self.name = name
    self.builtin = builtin
  }

  deinit { place.free() }
}

/// The place of one name that is bound without a program's doing; `_` among them changes its value.
final class BuiltinSlot {
  let place = ValuePlace()
  var value: Value? {
    get { place.value }
    set { place.value = newValue }
  }

  deinit { place.free() }
}

/// The names that are defined before any program runs, shared by all modules of an interpreter.
final class Builtins {
  private var slots: [String: BuiltinSlot] = [:]
  private(set) var names: [String] = []

  /// The values of all names.
  var values: [Value] { slots.values.compactMap(\.value) }

  /// The slot of a name, made on first mention.
  func slot(_ name: String) -> BuiltinSlot {
    if let slot = slots[name] { return slot }
    let slot = BuiltinSlot()
    slots[name] = slot
    return slot
  }

  func define(_ name: String, _ value: Value) {
    let slot = slot(name)
    if slot.value == nil { names.append(name) }
    slot.value = value
  }

  func value(_ name: String) -> Value? { slots[name]?.value }

  func remove(_ name: String) {
    guard let slot = slots[name], slot.value != nil else { return }
    slot.value = nil
    names.removeAll { $0 == name }
  }
}
