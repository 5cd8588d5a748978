/// The global names of one module: the session's, or a loaded file's.
///
/// Compiled code holds the slots themselves, so that using a global costs one load. A slot is made
/// when a name is first mentioned and may be unbound; then the builtin of that name counts.
public final class Globals {
  private var slots: [String: GlobalSlot] = [:]
  private let builtins: Builtins
  /// The slots in the order of their first binding.
  private var order: [GlobalSlot] = []
  /// Grows whenever a name is bound for the first time.
  public private(set) var bindingCount = 0

  init(builtins: Builtins) { self.builtins = builtins }

  /// The slot of a name, made on first mention.
  func slot(_ name: String) -> GlobalSlot {
    if let slot = slots[name] { return slot }
    let slot = GlobalSlot(name, builtin: builtins.value(name))
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

  /// Looks for a builtin that was defined after the slot was made.
  func refresh(_ slot: GlobalSlot) -> Value? {
    slot.builtin = builtins.value(slot.name)
    return slot.builtin
  }

  /// The value of a global, nil when it is unbound; builtins do not count.
  ///
  /// Setting nil unbinds.
  public subscript(name: String) -> Value? {
    get { slots[name]?.value }
    set {
      let slot = slot(name)
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
    for slot in order { slot.value = nil }
  }

  /// The names that a misspelt one may have meant.
  var candidates: [String] { items.map(\.name) + builtins.names }
}

/// The place of one global name.
final class GlobalSlot {
  let name: String
  /// Nil while the name is unbound.
  var value: Value?
  /// What the name means while it is unbound.
  var builtin: Value?
  var isListed = false

  init(_ name: String, builtin: Value?) {
    self.name = name
    self.builtin = builtin
  }
}

/// The names that are defined before any program runs, shared by all modules of an interpreter.
final class Builtins {
  private var values: [String: Value] = [:]
  private(set) var names: [String] = []

  func define(_ name: String, _ value: Value) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }

  func value(_ name: String) -> Value? { values[name] }

  func remove(_ name: String) {
    if values.removeValue(forKey: name) != nil { names.removeAll { $0 == name } }
  }
}
