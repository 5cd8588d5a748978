/// NumPy's legacy generator, `numpy.random.RandomState`, bit for bit.
public struct RandomState: Sendable {
  var twister: MersenneTwister

  /// The state that `numpy.random.seed(seed)` gives.
  public init(seed: UInt32) { twister = MersenneTwister(seed: seed) }
}
