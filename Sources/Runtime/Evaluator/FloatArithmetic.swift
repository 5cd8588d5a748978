import Glibc
import Syntax

/// Float operations with Python's answers: division by zero is an error, `%` takes the divisor's
/// sign.
enum FloatArithmetic {
  /// `a op b`; nil for operators that floats do not have.
  static func binary(_ op: BinaryOperator, _ a: Double, _ b: Double) throws(Fault) -> Value? {
    switch op {
    case .add: return .float(a + b)
    case .subtract: return .float(a - b)
    case .multiply: return .float(a * b)
    case .divide:
      guard b != 0 else { throw IntegerArithmetic.zeroDivision("float division by zero") }
      return .float(a / b)
    case .floorDivide:
      guard b != 0 else { throw IntegerArithmetic.zeroDivision("float floor division by zero") }
      return .float(divMod(a, b).quotient)
    case .modulo:
      guard b != 0 else { throw IntegerArithmetic.zeroDivision("float modulo by zero") }
      return .float(divMod(a, b).remainder)
    case .power:
      if a == 0, b < 0 {
        throw IntegerArithmetic.zeroDivision("0.0 cannot be raised to a negative power")
      }
      if a < 0, b.isFinite, a.isFinite, b != b.rounded() {
        throw Fault.value("a negative number has no real power that is not whole")
      }
      let result = power(a, b)
      if result.isInfinite, a.isFinite, b.isFinite {
        throw Fault("OverflowError", "the power is too large for a float")
      }
      return .float(result)
    case .matmul, .and, .or, .xor, .shiftLeft, .shiftRight: return nil
    }
  }

  static func power(_ a: Double, _ b: Double) -> Double { pow(a, b) }

  /// Python's `divmod` of floats, whose quotient agrees with the remainder.
  ///
  /// `b` is not 0.
  static func divMod(_ a: Double, _ b: Double) -> (quotient: Double, remainder: Double) {
    var remainder = fmod(a, b)
    var quotient = (a - remainder) / b
    if remainder != 0 {
      if (b < 0) != (remainder < 0) {
        remainder += b
        quotient -= 1
      }
    } else {
      remainder = copysign(0, b)
    }
    if quotient != 0 {
      let whole = floor(quotient)
      quotient = quotient - whole > 0.5 ? whole + 1 : whole
    } else {
      quotient = copysign(0, a / b)
    }
    return (quotient, remainder)
  }
}
