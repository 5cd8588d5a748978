/// What Adam has gathered for one parameter.
public struct AdamMoments {
  var mean: Tensor
  var square: Tensor

  /// Zeros in the shape and dtype of a value.
  public init(like value: Tensor, _ context: TensorContext) throws(TensorError) {
    mean = try Kernels.full(value.shape, value.dtype, 0, context)
    square = try Kernels.full(value.shape, value.dtype, 0, context)
  }
}

extension Parameter {
  /// One step of Adam in place: `value -= rate · m / (√v + epsilon)` with the moments brought up to
  /// date first; `rate` holds the correction for the number of the step already.
  public func adamStep(
    _ moments: inout AdamMoments, gradient: Tensor, rate: Double, beta1: Double, beta2: Double,
    epsilon: Double, _ context: TensorContext
  ) throws(TensorError) {
    let gradient = try Ops.cast(gradient.detached, to: value.dtype, context)
    try update { (value) throws(TensorError) in
      try Kernels.adam(
        &value, &moments.mean, &moments.square, gradient: gradient, rate: rate, beta1: beta1,
        beta2: beta2, epsilon: epsilon, context)
    }
  }

  /// One step of gradient descent in place; `velocity` is nil without momentum.
  public func descentStep(
    _ velocity: inout Tensor?, gradient: Tensor, rate: Double, momentum: Double, nesterov: Bool,
    _ context: TensorContext
  ) throws(TensorError) {
    let gradient = try Ops.cast(gradient.detached, to: value.dtype, context)
    try update { (value) throws(TensorError) in
      try Kernels.sgd(
        &value, &velocity, gradient: gradient, rate: rate, momentumFactor: momentum,
        nesterov: nesterov, context)
    }
  }
}

extension Tensor {
  /// True when both are over the same bytes: one is the other, reshaped or detached perhaps.
  public func sharesStorage(with other: Tensor) -> Bool { storage === other.storage }
}
