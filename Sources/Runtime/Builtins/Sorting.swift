/// Sorting of values: a stable merge sort with comparisons that may fail.
enum Sorting {
  /// The values in ascending order of their keys.
  ///
  /// `key` is a function of an element, or nil or None for the element itself. With `reverse` the
  /// order is descending; equal elements keep their order all the same. It takes O(n log n)
  /// comparisons and throws `TypeError` when two keys cannot be compared.
  static func sorted(_ values: [Value], key: Value?, reverse: Value?, _ interpreter: Interpreter)
    throws(Fault) -> [Value]
  {
    let isReversed = try reverse.map { flag throws(Fault) in try interpreter.truth(flag) } ?? false
    var keys = values
    if let key, !key.isNone {
      keys = []
      keys.reserveCapacity(values.count)
      for value in values { keys.append(try interpreter.call(key, [value])) }
    }
    // Reversing before and after keeps equal elements in order.
    var order = Array(keys.indices)
    if isReversed { order.reverse() }
    try sort(&order, keys, interpreter)
    if isReversed { order.reverse() }
    return order.map { values[$0] }
  }

  /// Sorts places by their keys: insertion within short runs, then merges of doubling width.
  private static func sort(_ order: inout [Int], _ keys: [Value], _ interpreter: Interpreter)
    throws(Fault)
  {
    let precedes = comparison(of: keys, interpreter)
    let run = 12
    var start = 0
    while start < order.count {
      try interpreter.tick()
      let end = Swift.min(start + run, order.count)
      for index in (start + 1)..<Swift.max(end, start + 1) {
        let place = order[index]
        var target = index
        while target > start, try precedes(place, order[target - 1]) {
          order[target] = order[target - 1]
          target -= 1
        }
        order[target] = place
      }
      start = end
    }
    var width = run
    var other = order
    while width < order.count {
      var low = 0
      while low < order.count {
        let middle = Swift.min(low + width, order.count)
        let high = Swift.min(middle + width, order.count)
        try interpreter.checkInterruption()
        try merge(order, into: &other, low, middle, high) { left, right throws(Fault) in
          try interpreter.tick()
          return try precedes(left, right)
        }
        low = high
      }
      swap(&order, &other)
      width *= 2
    }
  }

  private static func merge(
    _ source: [Int], into target: inout [Int], _ low: Int, _ middle: Int, _ high: Int,
    _ precedes: (Int, Int) throws(Fault) -> Bool
  ) throws(Fault) {
    var (left, right) = (low, middle)
    for place in low..<high {
      let takesRight =
        left == middle ? true : right == high ? false : try precedes(source[right], source[left])
      if takesRight {
        target[place] = source[right]
        right += 1
      } else {
        target[place] = source[left]
        left += 1
      }
    }
  }

  /// How two places compare; keys of one plain type need no dispatch a comparison.
  private static func comparison(of keys: [Value], _ interpreter: Interpreter)
    -> (Int, Int) throws(Fault) -> Bool
  {
    let integers = keys.compactMap { if case .int(let number) = $0 { number } else { nil } }
    if integers.count == keys.count { return { integers[$0] < integers[$1] } }
    let strings = keys.compactMap { $0.asString }
    if strings.count == keys.count { return { strings[$0].precedes(strings[$1]) } }
    return { left, right throws(Fault) in try interpreter.sortsBefore(keys[left], keys[right]) }
  }
}
