extension Tensor {
  /// One element, as the language sees it.
  public enum Item: Sendable, Hashable {
    case bool(Bool)
    case int(Int)
    case float32(Float)
    case float64(Double)
  }

  /// The elements as float32, converted when they are of another dtype.
  public func floats() -> [Float] {
    switch dtype {
    case .float32: storage.array(of: Float.self, count: count)
    case .float64: storage.array(of: Double.self, count: count).map { Float($0) }
    case .int64: storage.array(of: Int.self, count: count).map { Float($0) }
    case .int32: storage.array(of: Int32.self, count: count).map { Float($0) }
    case .bool: storage.array(of: UInt8.self, count: count).map { $0 == 0 ? 0 : 1 }
    }
  }

  /// The elements as float64, converted when they are of another dtype.
  public func doubles() -> [Double] {
    switch dtype {
    case .float32: storage.array(of: Float.self, count: count).map { Double($0) }
    case .float64: storage.array(of: Double.self, count: count)
    case .int64: storage.array(of: Int.self, count: count).map { Double($0) }
    case .int32: storage.array(of: Int32.self, count: count).map { Double($0) }
    case .bool: storage.array(of: UInt8.self, count: count).map { $0 == 0 ? 0 : 1 }
    }
  }

  /// The elements as float64 like ``doubles()``, which an interrupt can end.
  ///
  /// - Throws: ``TensorError/interrupted``.
  public func doubles(_ context: TensorContext) throws(TensorError) -> [Double] {
    var list: [Double] = []
    switch dtype {
    case .float32:
      try context.append(count, to: &list) { Double(storage.element(at: $0, as: Float.self)) }
    case .float64:
      try context.append(count, to: &list) { storage.element(at: $0, as: Double.self) }
    case .int64:
      try context.append(count, to: &list) { Double(storage.element(at: $0, as: Int.self)) }
    case .int32:
      try context.append(count, to: &list) { Double(storage.element(at: $0, as: Int32.self)) }
    case .bool:
      try context.append(count, to: &list) { storage.element(at: $0, as: UInt8.self) == 0 ? 0 : 1 }
    }
    return list
  }

  /// The elements as whole numbers: floats lose their fraction, and stop at the ends of `Int`.
  public func integers() -> [Int] {
    switch dtype {
    case .float32:
      storage.array(of: Float.self, count: count).map { Tensor.whole(Double($0)) }
    case .float64: storage.array(of: Double.self, count: count).map(Tensor.whole)
    case .int64: storage.array(of: Int.self, count: count)
    case .int32: storage.array(of: Int32.self, count: count).map { Int($0) }
    case .bool: storage.array(of: UInt8.self, count: count).map { $0 == 0 ? 0 : 1 }
    }
  }

  /// The elements as whole numbers like ``integers()``, which an interrupt can end.
  ///
  /// - Throws: ``TensorError/interrupted``.
  public func integers(_ context: TensorContext) throws(TensorError) -> [Int] {
    var list: [Int] = []
    switch dtype {
    case .float32:
      try context.append(count, to: &list) {
        Tensor.whole(Double(storage.element(at: $0, as: Float.self)))
      }
    case .float64:
      try context.append(count, to: &list) {
        Tensor.whole(storage.element(at: $0, as: Double.self))
      }
    case .int64: try context.append(count, to: &list) { storage.element(at: $0, as: Int.self) }
    case .int32:
      try context.append(count, to: &list) { Int(storage.element(at: $0, as: Int32.self)) }
    case .bool:
      try context.append(count, to: &list) { storage.element(at: $0, as: UInt8.self) == 0 ? 0 : 1 }
    }
    return list
  }

  /// The elements as truth values: false where 0.
  public func booleans() -> [Bool] {
    switch dtype {
    case .bool: storage.array(of: UInt8.self, count: count).map { $0 != 0 }
    case .int32, .int64: integers().map { $0 != 0 }
    case .float32, .float64: doubles().map { $0 != 0 }
    }
  }

  /// The only element.
  ///
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` unless there is exactly one.
  public func item() throws(TensorError) -> Item {
    guard count == 1 else {
      throw .shapeMismatch(op: "item", expected: "a tensor of one element", received: [shape])
    }
    return item(at: 0)
  }

  /// The element at a place in row-major order; the first one when there is no such place.
  func item(at place: Int) -> Item {
    switch dtype {
    case .bool: .bool(storage.element(at: place, as: UInt8.self) != 0)
    case .int32: .int(Int(storage.element(at: place, as: Int32.self)))
    case .int64: .int(storage.element(at: place, as: Int.self))
    case .float32: .float32(storage.element(at: place, as: Float.self))
    case .float64: .float64(storage.element(at: place, as: Double.self))
    }
  }

  private static func whole(_ value: Double) -> Int {
    if value.isNaN { return 0 }
    return Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
  }
}
