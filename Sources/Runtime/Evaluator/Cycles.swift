import Platform

/// The objects that may hold themselves, and when to look for those that nothing else holds.
///
/// References are counted, so a list that contains itself would stay for ever. Such a circle can only
/// be closed by putting a value into an object that was there before, therefore these objects, and
/// no others, are registered; weakly, so that most of them are freed at once as ever.
struct CycleRegistry {
  private struct Entry {
    weak var object: Object?
  }

  /// Fewer objects are not worth a look.
  private let least: Int
  private var entries: [Entry] = []
  /// How many entries there may be until those of freed objects are dropped.
  private var room: Int
  /// How many living objects make a sweep due: twice those that the last one left.
  private var limit: Int
  /// Numbers the sweeps: an object that bears the number of this sweep has been reached.
  private(set) var round: UInt32 = 0
  /// True when there are so many that a sweep should be made as soon as no statement runs.
  private(set) var isDue = false
  /// How many programs have been compiled since the last look at their number.
  private var programs = 0

  /// A circle may hold the code of its cell, which is larger than many objects: after so many cells
  /// that each left something, a sweep is worth its time.
  private let programLimit: Int

  init(least: Int = 100_000, programs: Int = 5000) {
    self.least = least
    programLimit = programs
    room = least
    limit = least
  }

  /// The registered objects, some of which may be freed by now.
  var count: Int { entries.count }

  mutating func register(_ object: Object) {
    object.isRegistered = true
    entries.append(Entry(object: object))
    if entries.count >= room { dropFreed() }
  }

  private mutating func dropFreed() {
    entries.removeAll { $0.object == nil }
    room = max(least, 2 * entries.count)
    isDue = entries.count >= limit
  }

  mutating func noteProgram() {
    programs += 1
    guard programs >= programLimit else { return }
    programs = 0
    dropFreed()
    isDue = isDue || entries.count >= programLimit
  }

  mutating func beginSweep() { round &+= 1 }

  /// The registered objects that this sweep has not reached.
  mutating func takeUnreached() -> [Object] {
    let unreached = entries.compactMap { entry in
      entry.object.flatMap { $0.reachedIn == round ? nil : $0 }
    }
    isDue = false
    entries.removeAll { $0.object?.reachedIn != round }
    room = max(least, 2 * entries.count)
    limit = room
    return unreached
  }
}

extension Interpreter {
  /// Notes that `holder` now holds `value`, which may close a circle.
  ///
  /// Whatever puts a value into an object that others may hold already calls it.
  @inline(__always)
  func note(_ value: Value, putInto holder: Object) {
    guard !holder.isRegistered, case .object(let object) = value, object.kind.holdsValues else {
      return
    }
    noteHolder(object, putInto: holder)
  }

  @inline(never)
  private func noteHolder(_ object: Object, putInto holder: Object) {
    // A tuple of plain values never changes, so no circle goes through it; many are keys.
    if object.borrowed.tuple?.read({ $0.count <= 8 && $0.isPlain }) == true { return }
    cycles.register(holder)
  }

  /// Frees what only holds itself, when there is enough of it to be worth a look.
  ///
  /// To be called while no statement runs: what only a half-done expression holds is not seen.
  func sweepIfDue() {
    guard cycles.isDue, depth == 1, loader.running.isEmpty else { return }
    cycles.beginSweep()
    // A sweep that was interrupted knows too little to free anything, and stays due.
    guard markReachable() else { return }
    var held: [Value] = []
    for object in cycles.takeUnreached() { object.letGo(into: &held) }
    release(&held)
  }

  /// Marks what can be reached from names, modules and frames; false when interrupted.
  private func markReachable() -> Bool {
    var pending: [Value] = builtins.values + modules.values.map { .object($0) }
    for names in [globals] + loader.modules { pending += names.items.map(\.value) }
    stack.visitValues { pending.append($0) }
    let round = cycles.round
    while let value = pending.popLast() {
      guard case .object(let object) = value, object.kind.holdsValues, object.reachedIn != round
      else { continue }
      if interruption.isRequested { return false }
      object.reachedIn = round
      object.visitReferences { pending.append($0) }
    }
    return true
  }
}

extension Object.Kind {
  /// True for the kinds that keep other values.
  @inline(__always)
  var holdsValues: Bool {
    switch self {
    case .list, .tuple, .dict, .set, .function, .boundMethod, .module, .structure, .cell, .host:
      true
    case .string, .bigInt, .bytes, .range, .slice, .ellipsis, .builtin, .walk: false
    }
  }
}

extension Object {
  /// Hands over what a registered object holds, which opens the circle that it is part of.
  fileprivate func letGo(into held: inout [Value]) {
    if let list = asList {
      held += list.storage
      list.storage = []
    } else if let dict = asDict {
      dict.table.empty(into: &held)
    } else if let set = asSet {
      set.table.empty(into: &held)
    } else if let cell = asCell, let value = cell.value {
      held.append(value)
      cell.value = nil
    }
  }
}
