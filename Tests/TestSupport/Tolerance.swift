/// How far numbers that are computed in different orders may lie apart.
///
/// A tolerance is relative to the expected number, with an absolute floor for those near zero.
public struct Tolerance: Sendable {
  /// The part of the expected magnitude that may be missed.
  public let relative: Double
  /// What may be missed in any case.
  public let absolute: Double

  /// States both.
  public init(relative: Double, absolute: Double) {
    self.relative = relative
    self.absolute = absolute
  }

  /// True when a number is near enough; NaN and infinities must be equal.
  public func accepts(_ actual: Double, for expected: Double) -> Bool {
    if actual == expected || (actual.isNaN && expected.isNaN) { return true }
    guard actual.isFinite, expected.isFinite else { return false }
    return abs(actual - expected) <= absolute + relative * abs(expected)
  }

  /// Says where and by how much lists differ most; nil when all their numbers are near enough.
  public func difference(_ actual: [Double], from expected: [Double]) -> String? {
    guard actual.count == expected.count else {
      return "expected \(expected.count) numbers; received \(actual.count)"
    }
    var misses = 0
    var worst: (index: Int, size: Double)?
    for index in actual.indices where !accepts(actual[index], for: expected[index]) {
      misses += 1
      let size = abs(actual[index] - expected[index])
      if let worst, !(size > worst.size) { continue }
      worst = (index, size)
    }
    guard let worst else { return nil }
    return "\(misses) of \(actual.count) numbers differ, most at index \(worst.index): "
      + "expected \(expected[worst.index]); received \(actual[worst.index])"
  }
}
