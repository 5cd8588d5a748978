import Syntax

/// A comparison whose common cases are one machine operation.
protocol Comparison {
  static var op: ComparisonOperator { get }
  static func apply(_ a: Int, _ b: Int) -> Bool
  static func apply(_ a: Double, _ b: Double) -> Bool
}

extension Comparison {
  /// The answer for the numbers in two slots.
  @inline(__always)
  static func apply(_ left: Int, _ right: Int, _ frame: Frame) -> Bool? {
    if let a = frame.int(left) {
      if let b = frame.int(right) { return apply(a, b) }
    } else if let a = frame.float(left) {
      if let b = frame.float(right) { return apply(a, b) }
    }
    return nil
  }

  /// The answer for two values.
  @inline(__always)
  static func apply(_ a: Value, _ b: Value) -> Bool? {
    switch a {
    case .int(let x): if case .int(let y) = b { return apply(x, y) }
    case .float(let x): if case .float(let y) = b { return apply(x, y) }
    default: break
    }
    return nil
  }

  /// The answer for the number in a slot and another.
  @inline(__always)
  static func apply(_ left: Int, number: Int, _ frame: Frame) -> Bool? {
    frame.int(left).map { apply($0, number) }
  }
}

enum Equal: Comparison {
  static let op = ComparisonOperator.equal
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a == b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a == b }
}

enum NotEqual: Comparison {
  static let op = ComparisonOperator.notEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a != b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a != b }
}

enum Less: Comparison {
  static let op = ComparisonOperator.less
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a < b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a < b }
}

enum LessEqual: Comparison {
  static let op = ComparisonOperator.lessEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a <= b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a <= b }
}

enum Greater: Comparison {
  static let op = ComparisonOperator.greater
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a > b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a > b }
}

enum GreaterEqual: Comparison {
  static let op = ComparisonOperator.greaterEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a >= b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a >= b }
}
