import BigInt
import Glibc
import Syntax

/// Integer operations with Python's answers: unbounded, floor division, limits instead of crashes.
enum IntegerArithmetic {
  /// Integers are limited to a million bits.
  static let bitLimit = 1_000_000

  /// `a op b` for two machine integers.
  static func binary(_ op: BinaryOperator, _ a: Int, _ b: Int, _ interpreter: Interpreter)
    throws(Fault) -> Value
  {
    switch op {
    case .add:
      let (sum, overflow) = a.addingReportingOverflow(b)
      if !overflow { return .int(sum) }
    case .subtract:
      let (difference, overflow) = a.subtractingReportingOverflow(b)
      if !overflow { return .int(difference) }
    case .multiply:
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return .int(product) }
    case .divide: return .float(try divide(a, b))
    case .floorDivide:
      if let quotient = floorDivide(a, b) { return .int(quotient) }
    case .modulo:
      if let remainder = modulo(a, b) { return .int(remainder) }
    case .and: return .int(a & b)
    case .or: return .int(a | b)
    case .xor: return .int(a ^ b)
    case .shiftRight:
      guard b >= 0 else { throw negativeShift }
      return .int(a >> b)
    case .shiftLeft:
      guard b >= 0 else { throw negativeShift }
      if b < 63, case let shifted = a << b, shifted >> b == a { return .int(shifted) }
    case .power:
      if b >= 0, let power = power(a, b) { return .int(power) }
    case .matmul: break
    }
    return try binary(op, LongInteger(a), LongInteger(b), interpreter)
  }

  /// `a op b` for integers of any size.
  static func binary(
    _ op: BinaryOperator, _ a: LongInteger, _ b: LongInteger, _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    let long = LongArithmetic(interpreter)
    switch op {
    case .add: return try checked(a + b)
    case .subtract: return try checked(a - b)
    case .multiply:
      try checkBits(a.bitWidth.addingReportingOverflow(b.bitWidth))
      return try long.product(a, b).value
    case .divide:
      guard !b.isZero else { throw zeroDivision("division by zero") }
      return .float(try divide(a.bigInt, b.bigInt))
    case .floorDivide:
      guard !b.isZero else { throw zeroDivision("integer division by zero") }
      return try long.floorDivMod(a, b).quotient.value
    case .modulo:
      guard !b.isZero else { throw zeroDivision("integer modulo by zero") }
      return try long.floorDivMod(a, b).remainder.value
    case .and: return IntegerBits.and(a, b).value
    case .or: return IntegerBits.or(a, b).value
    case .xor: return IntegerBits.xor(a, b).value
    case .shiftRight:
      guard !b.isNegative else { throw negativeShift }
      guard let count = b.small, count <= bitLimit * 2 else {
        return .int(a.isNegative ? -1 : 0)
      }
      return IntegerBits.shiftRight(a, count).value
    case .shiftLeft:
      guard !b.isNegative else { throw negativeShift }
      if a.isZero { return .int(0) }
      guard let count = b.small else { throw tooLarge }
      try checkBits(a.bitWidth.addingReportingOverflow(count))
      return LongInteger(IntegerBits.shiftLeft(a.words, count), isNegative: a.isNegative).value
    case .power: return try power(a, b, long)
    case .matmul: throw Fault.type("'@' is not defined for 'int' and 'int'")
    }
  }

  /// Floor division; nil when the quotient does not fit or the divisor is 0.
  @inline(__always)
  static func floorDivide(_ a: Int, _ b: Int) -> Int? {
    if b == 0 || b == -1 && a == Int.min { return nil }
    let quotient = a / b
    return (a % b != 0) && ((a < 0) != (b < 0)) ? quotient - 1 : quotient
  }

  /// The remainder with the sign of the divisor; nil when the divisor is 0.
  @inline(__always)
  static func modulo(_ a: Int, _ b: Int) -> Int? {
    if b == 0 { return nil }
    if b == -1 { return 0 }
    let remainder = a % b
    return remainder != 0 && ((remainder < 0) != (b < 0)) ? remainder + b : remainder
  }

  /// True division, rounded once.
  static func divide(_ a: Int, _ b: Int) throws(Fault) -> Double {
    guard b != 0 else { throw zeroDivision("division by zero") }
    // Both are exact as floats below 2⁵³, and then the quotient is rounded once.
    if a.magnitude <= 1 << 53, b.magnitude <= 1 << 53 { return Double(a) / Double(b) }
    return try divide(BigInt(a), BigInt(b))
  }

  /// True division of any integers, rounded once: the quotient is computed to at least 55 bits
  /// with a sticky last bit, and only then turned into a float.
  static func divide(_ a: BigInt, _ b: BigInt) throws(Fault) -> Double {
    let shift = 66 - (a.magnitude.bitWidth - b.magnitude.bitWidth)
    var top = a.magnitude
    var bottom = b.magnitude
    if shift > 0 { top <<= shift } else { bottom <<= -shift }
    var (quotient, remainder) = top.quotientAndRemainder(dividingBy: bottom)
    if remainder != 0 { quotient |= 1 }
    let magnitude = scaled(quotient, -shift)
    guard magnitude.isFinite else {
      throw Fault("OverflowError", "integer division result too large for a float")
    }
    return (a.sign == .minus) != (b.sign == .minus) ? -magnitude : magnitude
  }

  /// `number · 2^exponent` with one rounding where the result is normal.
  private static func scaled(_ number: BigUInt, _ exponent: Int) -> Double {
    let excess = max(0, number.bitWidth - 63)
    var head = number >> excess
    if excess > 0, head << excess != number { head |= 1 }
    return scalbn(Double(UInt64(clamping: head)), exponent + excess)
  }

  /// The nearest float.
  ///
  /// - Throws: `OverflowError` beyond the largest float.
  static func double(_ number: BigInt) throws(Fault) -> Double {
    // The conversion of the integer library cuts where this rounds.
    let magnitude = scaled(number.magnitude, 0)
    guard magnitude.isFinite else {
      throw Fault("OverflowError", "the int is too large for a float")
    }
    return number.sign == .minus ? -magnitude : magnitude
  }

  /// A power that fits 64 bits; nil when it does not.
  private static func power(_ base: Int, _ exponent: Int) -> Int? {
    var result = 1
    var base = base
    var exponent = exponent
    while exponent > 0 {
      if exponent & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: base)
        if overflow { return nil }
        result = product
      }
      exponent >>= 1
      if exponent > 0 {
        let (square, overflow) = base.multipliedReportingOverflow(by: base)
        if overflow { return nil }
        base = square
      }
    }
    return result
  }

  private static func power(_ base: LongInteger, _ exponent: LongInteger, _ long: LongArithmetic)
    throws(Fault) -> Value
  {
    if exponent.isNegative {
      guard !base.isZero else {
        throw zeroDivision("0 cannot be raised to a negative power")
      }
      return .float(
        FloatArithmetic.power(try double(base.bigInt), try double(exponent.bigInt)))
    }
    let isEven = (exponent.words.first ?? 0) & 1 == 0
    if exponent.isZero || base.words == [1] { return .int(base.isNegative && !isEven ? -1 : 1) }
    if base.isZero { return .int(0) }
    guard let count = exponent.small else { throw tooLarge }
    // Refused early where even the highest bits of the factors make too large a power.
    let least = (base.bitWidth - 1).multipliedReportingOverflow(by: count)
    if least.overflow || least.partialValue >= bitLimit { throw tooLarge }
    return try checked(try long.power(base, count))
  }

  private static func checked(_ number: LongInteger) throws(Fault) -> Value {
    try checkBits((number.bitWidth, false))
    return number.value
  }

  static func checkBits(_ bits: (partialValue: Int, overflow: Bool)) throws(Fault) {
    // The product of widths is up to one factor's width above the true one.
    if bits.overflow || bits.partialValue > bitLimit + 64 { throw tooLarge }
  }

  private static var tooLarge: Fault {
    Fault.memory("the int is too large: expected at most \(bitLimit) bits")
  }

  private static var negativeShift: Fault {
    Fault.value("negative shift count: expected 0 or more")
  }

  static func zeroDivision(_ message: String) -> Fault { Fault("ZeroDivisionError", message) }
}
