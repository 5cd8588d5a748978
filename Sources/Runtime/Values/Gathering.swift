import Platform

/// What arrays hold that move to a larger place in portions.
protocol MovedInPortions {
  /// Stands in a place while what belongs there is elsewhere, and costs nothing to copy or to end.
  static var filler: Self { get }
  /// Ends an array in portions.
  static func letGo(of array: inout [Self])
}

extension Value: MovedInPortions {
  static var filler: Value { .none }
  static func letGo(of array: inout [Value]) { release(&array) }
}

/// Making long arrays of values so that an interrupt ends it soon.
extension Interpreter {
  /// The values that `body` appends to an empty array.
  ///
  /// What it has made until it fails is freed as the end of a list frees its values: in portions.
  @inline(__always)
  public func gather(
    capacity: Int = 0, _ body: (inout [Value]) throws(Fault) -> Void
  ) throws(Fault) -> [Value] {
    try collect(capacity: capacity, body)
  }

  /// As ``gather(capacity:_:)``, for elements that may be bytes.
  @inline(__always)
  func collect<Element>(
    capacity: Int = 0, _ body: (inout [Element]) throws(Fault) -> Void
  ) throws(Fault) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(capacity)
    if capacity >= Interpreter.long { MachineMemory.preferLargePages(for: elements) }
    do throws(Fault) { try body(&elements) } catch {
      if var values = elements as? [Value] {
        elements = []
        release(&values)
      }
      throw error
    }
    return elements
  }

  /// A new array of elements that are copied in portions.
  func copy<Elements: RandomAccessCollection>(
    of elements: Elements
  ) throws(Fault) -> [Elements.Element] {
    try collect { copy throws(Fault) in try append(elements, to: &copy) }
  }

  /// Adds elements at the end of an array that may be long, in portions.
  func extend(_ array: inout [Value], by elements: [Value]) throws(Fault) {
    try reserve(array.count + elements.count, in: &array)
    try append(elements, to: &array)
  }

  /// Adds elements at the end of an array in portions, so that it can be interrupted.
  @inline(__always)
  func append<Elements: RandomAccessCollection>(
    _ elements: Elements, to array: inout [Elements.Element]
  ) throws(Fault) {
    array.reserveCapacity(array.count + elements.count)
    var rest = elements[...]
    while rest.count > Interpreter.copiedAtOnce {
      array.append(contentsOf: rest.prefix(Interpreter.copiedAtOnce))
      rest = rest.dropFirst(Interpreter.copiedAtOnce)
      try checkInterruption()
    }
    array.append(contentsOf: rest)
  }

  /// Arrays from so many elements on look for room before they grow.
  static let long = 1 << 18

  private static let copiedAtOnce = 1 << 18

  /// Adds an element at the end of an array that may become long.
  @inline(__always)
  func append(_ element: Value, to array: inout [Value]) throws(Fault) {
    if array.count >= Interpreter.long, array.count == array.capacity {
      try grow(&array, "a list")
    }
    array.append(element)
  }

  /// Gives an array room; a long one moves there in portions, so that an interrupt ends it.
  private func reserve<Element: MovedInPortions>(_ capacity: Int, in array: inout [Element])
    throws(Fault)
  {
    guard array.count > Interpreter.copiedAtOnce else { return array.reserveCapacity(capacity) }
    guard capacity > array.capacity else { return }
    var moved: [Element] = []
    moved.reserveCapacity(max(capacity, array.count + array.count / 2))
    MachineMemory.preferLargePages(for: moved)
    // Exchanged, since to copy elements counts their references.
    while moved.count < array.count {
      let start = moved.count
      let end = min(start + Interpreter.copiedAtOnce, array.count)
      moved.append(contentsOf: repeatElement(.filler, count: end - start))
      for place in start..<end { swap(&moved[place], &array[place]) }
      if interruption.isRequested {
        for place in 0..<end { swap(&moved[place], &array[place]) }
        Element.letGo(of: &moved)
        throw interruptionFault()
      }
    }
    swap(&moved, &array)
    Element.letGo(of: &moved)
  }

  /// True when a large step finds so many bytes below the limit.
  ///
  /// It first frees what programs before it have left: where one is interrupted after the other, that
  /// would pile up to the limit, and take many seconds then.
  func hasRoom(for bytes: Int) throws(Fault) -> Bool {
    leftovers.free { self.interruption.isRequested }
    try checkInterruption()
    if bytes <= memoryLimit - MachineMemory.resident() { return true }
    MachineMemory.giveBack()
    return bytes <= memoryLimit - MachineMemory.resident()
  }

  /// Moves a full array to twice its size, or throws when that would not find the memory.
  ///
  /// The watch over the memory looks too late: for a moment both places count, and where the system
  /// refuses the new one, the process ends.
  @inline(never)
  func grow<Element: MovedInPortions>(_ array: inout [Element], _ what: String) throws(Fault) {
    try checkInterruption()
    let held = array.count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !held.overflow, held.partialValue <= memoryLimit / 2,
      try hasRoom(for: held.partialValue)
    else {
      throw Fault.memory(
        "\(what) of \(array.count) elements has no room to grow within \(memoryLimit) bytes",
        help: "free what is no longer needed, or raise --max-memory")
    }
    try reserve(array.count * 2, in: &array)
  }
}
