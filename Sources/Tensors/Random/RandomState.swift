import Glibc
public import Platform

/// NumPy's legacy generator, `numpy.random.RandomState`, bit for bit.
///
/// Same seed, same calls in the same order: the same numbers as NumPy, whose legacy stream is frozen.
public struct RandomState: Sendable {
  private var twister: MersenneTwister
  /// The second number of the last pair of normals.
  private var spareNormal: Double?

  /// The state that `numpy.random.seed(seed)` gives.
  public init(seed: UInt32) { twister = MersenneTwister(seed: seed) }

  /// `random()`: a double in [0, 1) of 53 bits.
  public mutating func random() -> Double { twister.nextDouble() }

  /// `uniform(low, high)`: a double in [low, high).
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * twister.nextDouble()
  }

  /// `randn()`: a standard normal by the polar method, which draws in pairs.
  public mutating func gauss() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * twister.nextDouble() - 1
      let y = 2 * twister.nextDouble() - 1
      let square = x * x + y * y
      if square >= 1 || square == 0 { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spareNormal = factor * x
      return factor * y
    }
  }

  /// `normal(mean, deviation)`.
  public mutating func normal(_ mean: Double, _ deviation: Double) -> Double {
    mean + deviation * gauss()
  }

  /// `randint(low, high)`: a whole number in [low, high).
  ///
  /// - Throws: ``TensorError/value(op:expected:received:help:)`` unless low < high.
  public mutating func integer(from low: Int, to high: Int) throws(TensorError) -> Int {
    guard low < high else {
      throw .value(op: "randint", expected: "low < high", received: "low \(low), high \(high)")
    }
    let range = UInt64(bitPattern: Int64(high &- 1 &- low))
    return low &+ Int(truncatingIfNeeded: below(range))
  }

  /// A whole number from 0 to `range`, both included: bits under a mask until they fit.
  private mutating func below(_ range: UInt64) -> UInt64 {
    if range == 0 { return 0 }
    let mask = UInt64.max >> UInt64(range.leadingZeroBitCount)
    while true {
      let bits = range <= UInt64(UInt32.max) ? UInt64(twister.next()) : twister.next64()
      if bits & mask <= range { return bits & mask }
    }
  }

  /// `permutation(n)`: the whole numbers below `count` in random order.
  ///
  /// - Throws: ``TensorError/interrupted``.
  public mutating func permutation(_ count: Int, _ interruption: Interruption)
    throws(TensorError) -> [Int]
  {
    var order: [Int] = []
    order.reserveCapacity(max(count, 0))
    while order.count < count {
      if interruption.isRequested { throw .interrupted }
      order += order.count..<min(order.count + 1 << 20, count)
    }
    try shuffle(&order, interruption)
    return order
  }

  /// `shuffle(x)`: puts the elements in random order.
  ///
  /// - Throws: ``TensorError/interrupted``, with some of them in place.
  public mutating func shuffle<Element>(
    _ elements: inout [Element], _ interruption: Interruption
  ) throws(TensorError) {
    var index = elements.count - 1
    while index > 0 {
      if interruption.isRequested { throw .interrupted }
      elements.swapAt(index, Int(below(UInt64(index))))
      index -= 1
    }
  }

  /// `choice(n, count, replace, p)`: positions below `population`.
  ///
  /// - Parameters:
  ///   - population: How many there are to choose from.
  ///   - count: How many are drawn.
  ///   - replace: Whether one may be drawn twice.
  ///   - weights: The share of each, adding up to 1; nil for equal shares.
  ///   - tolerance: How far from 1 that may be: the root of the precision of what the weights were.
  ///   - interruption: What may ask to stop.
  /// - Returns: The positions drawn.
  /// - Throws: ``TensorError/value(op:expected:received:help:)`` when too many are asked for, or the
  ///   weights are not shares; ``TensorError/interrupted``.
  public mutating func choice(
    _ population: Int, count: Int, replace: Bool = true, weights: [Double]? = nil,
    tolerance: Double = 1.5e-8, _ interruption: Interruption
  ) throws(TensorError) -> [Int] {
    guard population > 0 || count == 0 else {
      throw .value(op: "choice", expected: "something to choose from", received: "nothing")
    }
    guard replace || count <= population else {
      throw .value(
        op: "choice", expected: "at most \(population) without replacement", received: "\(count)")
    }
    guard let weights else {
      if !replace { return Array(try permutation(population, interruption).prefix(count)) }
      return try integers(count, from: 0, to: population, interruption)
    }
    try check(weights, population, replace ? 0 : count, tolerance)
    return replace
      ? try drawn(count, weights, interruption) : try distinct(count, weights, interruption)
  }

  private func check(
    _ weights: [Double], _ population: Int, _ distinct: Int, _ tolerance: Double
  ) throws(TensorError) {
    guard weights.count == population else {
      throw .value(
        op: "choice", expected: "\(population) weights", received: "\(weights.count)")
    }
    let total = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }), (total - 1).magnitude <= tolerance else {
      throw .value(
        op: "choice", expected: "weights of at least 0 that add up to 1", received: "\(total)")
    }
    guard weights.filter({ $0 > 0 }).count >= distinct else {
      throw .value(
        op: "choice", expected: "at least \(distinct) weights above 0",
        received: "\(weights.filter { $0 > 0 }.count)")
    }
  }

  /// Each draw falls into one step of the cumulated weights.
  private mutating func drawn(_ count: Int, _ weights: [Double], _ interruption: Interruption)
    throws(TensorError) -> [Int]
  {
    var sums: [Double] = []
    for weight in weights { sums.append((sums.last ?? 0) + weight) }
    let total = sums.last ?? 1
    sums = sums.map { $0 / total }
    var result: [Int] = []
    while result.count < count {
      if interruption.isRequested { throw .interrupted }
      result.append(RandomState.place(of: twister.nextDouble(), in: sums))
    }
    return result
  }

  /// NumPy draws what is missing, drops repeats, takes the weight from what was found, and goes on.
  private mutating func distinct(_ count: Int, _ weights: [Double], _ interruption: Interruption)
    throws(TensorError) -> [Int]
  {
    var weights = weights
    var found: [Int] = []
    var places: Set<Int> = []
    while found.count < count {
      let draws = (found.count..<count).map { _ in twister.nextDouble() }
      for index in found { weights[index] = 0 }
      var sums: [Double] = []
      for weight in weights { sums.append((sums.last ?? 0) + weight) }
      let total = sums.last ?? 1
      sums = sums.map { $0 / total }
      for draw in draws {
        if interruption.isRequested { throw .interrupted }
        let place = RandomState.place(of: draw, in: sums)
        if places.insert(place).inserted { found.append(place) }
      }
    }
    return found
  }

  /// The first place whose sum exceeds the draw.
  private static func place(of draw: Double, in sums: [Double]) -> Int {
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if draw < sums[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// `random(size)`: that many doubles in [0, 1).
  public mutating func doubles(_ count: Int) -> [Double] {
    (0..<max(count, 0)).map { _ in twister.nextDouble() }
  }

  /// `randn(size)`: that many standard normals.
  public mutating func gausses(_ count: Int) -> [Double] {
    (0..<max(count, 0)).map { _ in gauss() }
  }

  /// `randint(low, high, size)`: that many whole numbers in [low, high).
  ///
  /// - Throws: ``TensorError/value(op:expected:received:help:)`` unless low < high;
  ///   ``TensorError/interrupted``.
  public mutating func integers(
    _ count: Int, from low: Int, to high: Int, _ interruption: Interruption
  ) throws(TensorError) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(max(count, 0))
    while result.count < count {
      if interruption.isRequested { throw .interrupted }
      result.append(try integer(from: low, to: high))
    }
    return result
  }
}
