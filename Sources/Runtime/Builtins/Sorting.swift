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
      keys = try interpreter.gather(capacity: values.count) { keys throws(Fault) in
        for value in values { keys.append(try interpreter.call(key, [value])) }
      }
    }
    // Reversing before and after keeps equal elements in order.
    var places = Array(keys.indices)
    if isReversed { places.reverse() }
    places = try order(places, keys, interpreter)
    if isReversed { places.reverse() }
    return try interpreter.gather(capacity: values.count) { sorted throws(Fault) in
      for place in places {
        try interpreter.checkInterruption()
        sorted.append(values[place])
      }
    }
  }

  /// Places in the order of their keys; keys of one plain type are compared without a dispatch.
  private static func order(_ places: [Int], _ keys: [Value], _ interpreter: Interpreter)
    throws(Fault) -> [Int]
  {
    let integers = keys.compactMap { if case .int(let number) = $0 { number } else { nil } }
    try interpreter.checkInterruption()
    if integers.count == keys.count {
      var items = places.map { (key: integers[$0], place: $0) }
      try sort(&items, interpreter) { $0.key < $1.key }
      return items.map(\.place)
    }
    let texts = keys.compactMap(\.asString)
    try interpreter.checkInterruption()
    if texts.count == keys.count {
      var items = places.map { (lead: lead(of: texts[$0]), place: $0) }
      try sort(&items, interpreter) { left, right in
        left.lead == right.lead
          ? texts[left.place].precedes(texts[right.place]) : left.lead < right.lead
      }
      return items.map(\.place)
    }
    var items = places
    // The sort asks a function that cannot fail; the first fault ends all further comparisons.
    var fault: Fault?
    try sort(&items, interpreter) { left, right in
      guard fault == nil else { return false }
      do throws(Fault) {
        try interpreter.tick()
        return try interpreter.sortsBefore(keys[left], keys[right])
      } catch {
        fault = error
        return false
      }
    }
    if let fault { throw fault }
    return items
  }

  /// The first eight bytes as a number that orders as they do; a shorter text ends in zeros.
  private static func lead(of text: StringObject) -> UInt64 {
    var lead: UInt64 = 0
    for place in 0..<8 {
      lead = lead << 8 | (place < text.bytes.count ? UInt64(text.bytes[place]) : 0)
    }
    return lead
  }

  /// Sorts items: insertion within short runs, then merges of doubling width.
  @inline(__always)
  private static func sort<Item>(
    _ items: inout [Item], _ interpreter: Interpreter, _ precedes: (Item, Item) -> Bool
  ) throws(Fault) {
    let run = 12
    var span = items.mutableSpan
    try sortRuns(of: run, &span, interpreter, precedes)
    var width = run
    var other = items
    while width < items.count {
      var merged = other.mutableSpan
      try merge(items.span, into: &merged, width: width, interpreter, precedes)
      swap(&items, &other)
      width *= 2
    }
  }

  @inline(__always)
  private static func sortRuns<Item>(
    of width: Int, _ items: inout MutableSpan<Item>, _ interpreter: Interpreter,
    _ precedes: (Item, Item) -> Bool
  ) throws(Fault) {
    var start = 0
    while start < items.count {
      try interpreter.tick()
      let end = Swift.min(start + width, items.count)
      for index in (start + 1)..<Swift.max(end, start + 1) {
        let item = items[index]
        var target = index
        while target > start, precedes(item, items[target - 1]) {
          items[target] = items[target - 1]
          target -= 1
        }
        items[target] = item
      }
      start = end
    }
  }

  /// Merges each two neighbouring runs of `width` sorted items.
  @inline(__always)
  private static func merge<Item>(
    _ items: Span<Item>, into merged: inout MutableSpan<Item>, width: Int,
    _ interpreter: Interpreter, _ precedes: (Item, Item) -> Bool
  ) throws(Fault) {
    var low = 0
    while low < items.count {
      let middle = Swift.min(low + width, items.count)
      let high = Swift.min(middle + width, items.count)
      var (left, right, place) = (low, middle, low)
      while left < middle, right < high {
        // Long merges are stopped in between, too.
        if place & 0xFFF == 0 { try interpreter.checkInterruption() }
        let takesRight = precedes(items[right], items[left])
        merged[place] = items[takesRight ? right : left]
        // Sums rather than branches, which no processor could foresee.
        right += takesRight ? 1 : 0
        left += takesRight ? 0 : 1
        place += 1
      }
      // One of the two is used up.
      let ahead = (left < middle ? left : right) - place
      while place < high {
        if place & 0xFFF == 0 { try interpreter.checkInterruption() }
        merged[place] = items[place + ahead]
        place += 1
      }
      low = high
    }
  }
}
