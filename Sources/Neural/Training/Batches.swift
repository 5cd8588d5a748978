import Tensors

/// Samples with their targets, and the batches that they are cut into.
struct Samples {
  let x: [Tensor]
  let y: Tensor?
  let count: Int

  /// Takes arrays that have a sample for each element of their first axis.
  ///
  /// Inputs become float32; targets too, unless the loss takes class numbers.
  init(
    _ x: [Tensor], _ y: Tensor?, call: String, loss: Loss? = nil, _ context: NeuralContext
  ) throws(NeuralError) {
    guard let first = x.first, first.rank >= 1 else {
      throw .value(owner: call, expected: "x with a first axis of samples", received: "none")
    }
    count = first.shape[0]
    for other in x.dropFirst() + (y.map { [$0] } ?? []) {
      guard other.rank >= 1, other.shape[0] == count else {
        throw .value(
          owner: call, expected: "as many samples everywhere; x has \(count)",
          received: other.rank == 0 ? "a single number" : "\(other.shape[0])")
      }
    }
    guard count > 0 else {
      throw .value(owner: call, expected: "at least 1 sample", received: "none")
    }
    self.x = try x.map { (tensor) throws(NeuralError) in
      try tensor.asFloat32(context).detached
    }
    if loss?.takesClassNumbers == true {
      self.y = y?.detached
    } else {
      self.y = try y?.asFloat32(context).detached
    }
  }

  /// The name of one of several inputs: `x` alone, or `x[1]`.
  static func argument(_ place: Int, of count: Int) -> String {
    count == 1 ? "x" : "x[\(place)]"
  }

  /// The first number that is not finite, and where; looked for only once a loss is not.
  var unusable: UnusableData? {
    var named = x.enumerated().map { (Self.argument($0.offset, of: x.count), $0.element) }
    if let y { named.append(("y", y)) }
    for (argument, tensor) in named {
      guard let value = tensor.doubles().first(where: { !$0.isFinite }) else { continue }
      return UnusableData(
        argument: argument, value: value.isNaN ? "nan" : value < 0 ? "-inf" : "inf")
    }
    return nil
  }

  private init(x: [Tensor], y: Tensor?, count: Int) {
    self.x = x
    self.y = y
    self.count = count
  }

  /// How many batches of `size` there are, the last perhaps smaller.
  func batches(of size: Int) -> Int { (count - 1) / size + 1 }

  /// The samples of a range, in their own order.
  func slice(_ range: Range<Int>, _ context: NeuralContext) throws(NeuralError) -> Samples {
    if range.count == count { return self }
    let index = [TensorIndex.slice(start: range.lowerBound, stop: range.upperBound, step: nil)]
    func part(_ tensor: Tensor) throws(NeuralError) -> Tensor {
      try tensorWork { () throws(TensorError) in try tensor.indexed(index, context.tensors) }
    }
    return Samples(
      x: try x.map(part), y: try y.map(part), count: range.count)
  }

  /// The samples at these places, in this order.
  func picked(_ places: ArraySlice<Int>, _ context: NeuralContext) throws(NeuralError)
    -> Samples
  {
    let indices = try tensorWork { () throws(TensorError) in
      try Tensor(
        integers: Array(places), shape: Shape([places.count]), dtype: .int64, context.tensors)
    }
    func part(_ tensor: Tensor) throws(NeuralError) -> Tensor {
      try tensorWork { () throws(TensorError) in
        try Ops.take(tensor, indices, axis: 0, context.tensors)
      }
    }
    let picked = try x.map(part)
    // An autoencoder's targets are its inputs, which are picked already.
    if let y, y.dtype == x[0].dtype, y.shape == x[0].shape, y.sharesStorage(with: x[0]) {
      return Samples(x: picked, y: picked[0], count: places.count)
    }
    return Samples(x: picked, y: try y.map(part), count: places.count)
  }
}
