import Syntax

/// What an operation on numbers gives; unlike a ``Value`` it never holds a reference.
enum Number {
  case int(Int)
  case float(Double)

  @inline(__always)
  var value: Value {
    switch self {
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    }
  }
}

/// An operator whose common cases are one machine operation.
protocol Arithmetic {
  static var op: BinaryOperator { get }
  /// The result for two numbers; nil leaves the case to ``Interpreter/binary(_:_:_:)``.
  static func apply(_ a: Int, _ b: Int) -> Number?
  static func apply(_ a: Double, _ b: Double) -> Number?
}

extension Arithmetic {
  /// The result for the numbers in two slots.
  @inline(__always)
  static func apply(_ left: Int, _ right: Int, _ frame: Frame) -> Number? {
    if let a = frame.int(left) {
      if let b = frame.int(right) { return apply(a, b) }
      if let b = frame.float(right) { return apply(Double(a), b) }
    } else if let a = frame.float(left) {
      if let b = frame.float(right) { return apply(a, b) }
      if let b = frame.int(right) { return apply(a, Double(b)) }
    }
    return nil
  }

  /// The result for two values.
  @inline(__always)
  static func apply(_ a: Value, _ b: Value) -> Number? {
    switch a {
    case .int(let x):
      if case .int(let y) = b { return apply(x, y) }
      if case .float(let y) = b { return apply(Double(x), y) }
    case .float(let x):
      if case .float(let y) = b { return apply(x, y) }
      if case .int(let y) = b { return apply(x, Double(y)) }
    default: break
    }
    return nil
  }

  /// The result for the number in a slot and an integer.
  @inline(__always)
  static func apply(_ left: Int, number: Int, _ frame: Frame) -> Number? {
    if let a = frame.int(left) { return apply(a, number) }
    if let a = frame.float(left) { return apply(a, Double(number)) }
    return nil
  }

  /// The result for the number in a slot and a float.
  @inline(__always)
  static func apply(_ left: Int, float: Double, _ frame: Frame) -> Number? {
    if let a = frame.float(left) { return apply(a, float) }
    if let a = frame.int(left) { return apply(Double(a), float) }
    return nil
  }
}

enum Addition: Arithmetic {
  static let op = BinaryOperator.add
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Number? {
    let (result, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : .int(result)
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Number? { .float(a + b) }
}

enum Subtraction: Arithmetic {
  static let op = BinaryOperator.subtract
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Number? {
    let (result, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? nil : .int(result)
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Number? { .float(a - b) }
}

enum Multiplication: Arithmetic {
  static let op = BinaryOperator.multiply
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Number? {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : .int(result)
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Number? { .float(a * b) }
}

enum Division: Arithmetic {
  static let op = BinaryOperator.divide
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Number? {
    // Within 2⁵³ both are exact as floats, so that the quotient is rounded once.
    guard b != 0, a.magnitude <= 1 << 53, b.magnitude <= 1 << 53 else { return nil }
    return .float(Double(a) / Double(b))
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Number? { b == 0 ? nil : .float(a / b) }
}

enum FloorDivision: Arithmetic {
  static let op = BinaryOperator.floorDivide
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Number? {
    IntegerArithmetic.floorDivide(a, b).map { .int($0) }
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Number? { nil }
}

enum Modulo: Arithmetic {
  static let op = BinaryOperator.modulo
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Number? {
    IntegerArithmetic.modulo(a, b).map { .int($0) }
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Number? { nil }
}
