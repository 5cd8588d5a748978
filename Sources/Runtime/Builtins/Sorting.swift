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
    let places = try order(keys, isReversed: isReversed, interpreter)
    return try interpreter.gather(capacity: values.count) { sorted throws(Fault) in
      for place in places {
        try interpreter.checkInterruption()
        sorted.append(values[place])
      }
    }
  }

  /// A key as a number that orders as it does, and the place of the value.
  private struct Item {
    let lead: UInt64
    let place: Int
  }

  /// Places in the order of their keys; keys of one plain type are sorted as numbers.
  static func order(_ keys: [Value], isReversed: Bool, _ interpreter: Interpreter)
    throws(Fault) -> [Int]
  {
    if var items = try items(keys, isReversed, interpreter, { $0.asInt.map(lead(of:)) }) {
      try sort(&items, interpreter)
      return items.map(\.place)
    }
    if var items = try items(
      keys, isReversed, interpreter, { $0.object?.asString.map(lead(of:)) })
    {
      // Only asked for where the first bytes are the same.
      lazy var texts = keys.compactMap(\.asString)
      try sort(&items, interpreter)
      try sortEquals(&items, interpreter) { left, right in
        isReversed
          ? texts[right.place].precedes(texts[left.place])
          : texts[left.place].precedes(texts[right.place])
      }
      return items.map(\.place)
    }
    // Reversing before and after keeps equal elements in order.
    var items = Array(keys.indices)
    if isReversed { items.reverse() }
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
    if isReversed { items.reverse() }
    return items
  }

  /// The keys as numbers; nil when one of them has none.
  @inline(__always)
  private static func items(
    _ keys: [Value], _ isReversed: Bool, _ interpreter: Interpreter,
    _ lead: (Value) -> UInt64?
  ) throws(Fault) -> [Item]? {
    var items: [Item] = []
    for place in keys.indices {
      guard let lead = lead(keys[place]) else { return nil }
      if place == 0 { items.reserveCapacity(keys.count) }
      if place & 0xFFFF == 0 { try interpreter.checkInterruption() }
      items.append(Item(lead: isReversed ? ~lead : lead, place: place))
    }
    return items
  }

  private static func lead(of number: Int) -> UInt64 {
    UInt64(bitPattern: Int64(number)) ^ (1 << 63)
  }

  /// The first eight bytes as a number that orders as they do; a shorter text ends in zeros.
  private static func lead(of text: StringObject) -> UInt64 {
    var lead: UInt64 = 0
    for place in 0..<8 { lead = lead << 8 | UInt64(text.bytes[place]) }
    return lead
  }

  /// Sorts items by their numbers.
  ///
  /// Many are dealt into heaps, by a byte of the number after the other from the lowest on, which
  /// keeps those with the same byte in order.
  private static func sort(_ items: inout [Item], _ interpreter: Interpreter) throws(Fault) {
    guard items.count >= 512 else {
      return try sort(&items, interpreter) { $0.lead < $1.lead }
    }
    // What lies in order stays, and where all bytes are the same nothing is to be dealt.
    var differing: UInt64 = 0
    var isSorted = true
    for place in 1..<items.count {
      if place & 0xFFFF == 0 { try interpreter.checkInterruption() }
      differing |= items[place].lead ^ items[0].lead
      isSorted = isSorted && items[place - 1].lead <= items[place].lead
    }
    if isSorted { return }
    // A copy has no large pages. With them heaps at equal distances meet in the same lines of the
    // cache, and sorting took 1.3 times as long.
    var other = try interpreter.copy(of: items)
    for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 0xFF != 0 {
      var dealt = other.mutableSpan
      try deal(items.span, to: &dealt, shift, interpreter)
      swap(&items, &other)
    }
  }

  private static func deal(
    _ items: Span<Item>, to dealt: inout MutableSpan<Item>, _ shift: UInt64,
    _ interpreter: Interpreter
  ) throws(Fault) {
    var starts = [Int](repeating: 0, count: 256)
    var heaps = starts.mutableSpan
    for place in items.indices { heaps[Int((items[place].lead &>> shift) & 0xFF)] &+= 1 }
    var start = 0
    for heap in heaps.indices {
      let count = heaps[heap]
      heaps[heap] = start
      start += count
    }
    for place in items.indices {
      if place & 0xFFFF == 0 { try interpreter.checkInterruption() }
      let heap = Int((items[place].lead &>> shift) & 0xFF)
      dealt[heaps[heap]] = items[place]
      heaps[heap] &+= 1
    }
  }

  /// Sorts each run of items with the same number.
  private static func sortEquals(
    _ items: inout [Item], _ interpreter: Interpreter, _ precedes: (Item, Item) -> Bool
  ) throws(Fault) {
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, items[end].lead == items[start].lead { end += 1 }
      if end - start > 1 {
        var run = Array(items[start..<end])
        try sort(&run, interpreter, precedes)
        items.replaceSubrange(start..<end, with: run)
      }
      try interpreter.checkInterruption()
      start = end
    }
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
    var other = try interpreter.copy(of: items)
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
      // Two runs that are one already are copied as they lie.
      if middle < high, !precedes(items[middle], items[middle - 1]) { right = high }
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
