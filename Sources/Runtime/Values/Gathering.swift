import Platform

/// Making long arrays of values so that an interrupt ends it soon.
extension Interpreter {
  /// The values that `body` appends to an empty array.
  ///
  /// What it has made until it fails is freed as the end of a list frees its values: in portions.
  @inline(__always)
  func gather(
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
    do throws(Fault) { try body(&elements) } catch {
      if var values = elements as? [Value] {
        elements = []
        release(&values)
      }
      throw error
    }
    return elements
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

  /// Throws when a full array would not find the memory to move to twice its size.
  ///
  /// The watch over the memory looks too late: for a moment both places count, and where the system
  /// refuses the new one, the process ends.
  @inline(never)
  func checkGrowth<Element>(of array: [Element], _ what: String) throws(Fault) {
    try checkInterruption()
    let held = array.count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    if !held.overflow, held.partialValue <= memoryLimit / 2 {
      if held.partialValue <= memoryLimit - MachineMemory.resident() { return }
      leftovers.free { false }
      if held.partialValue <= memoryLimit - MachineMemory.resident() { return }
    }
    throw Fault.memory(
      "\(what) of \(array.count) elements has no room to grow within \(memoryLimit) bytes",
      help: "free what is no longer needed, or raise --max-memory")
  }
}
