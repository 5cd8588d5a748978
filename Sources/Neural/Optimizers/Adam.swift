import Catalog
import JSON
import Tensors

/// Adam as Keras computes it.
///
/// With step t from 1: α = rate·√(1 - β₂ᵗ)/(1 - β₁ᵗ), m += (g - m)(1 - β₁), v += (g² - v)(1 - β₂),
/// w -= α·m/(√v + ε). One fused kernel a weight.
final class Adam: Optimizer {
  let kind = "Adam"
  var learningRate: Double
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  private(set) var iterations = 0
  private var moments = WeightSlots<AdamMoments>()

  static let record = OptimizerRecord(
    Entry(
      "Adam",
      [
        .optional("learning_rate", .float, default: "0.001"),
        .optional("beta_1", .float, default: "0.9"),
        .optional("beta_2", .float, default: "0.999"),
        .optional("epsilon", .float, default: "1e-07"),
      ], kind: .type, group: "Optimizers",
      summary: "Steps of a size that suits each weight, from running means of its gradient and of "
        + "the gradient's square. apply(gradients, weights) makes one step.",
      examples: [
        Example(
          "w = variable(tensor([1.0]))\nAdam(0.1).apply([tensor([2.0])], [w])\nround(w, 4)",
          prints: "tensor([0.9])")
      ]), alias: "adam"
  ) { settings throws(NeuralError) in try Adam(settings) }

  init(_ settings: Settings) throws(NeuralError) {
    let high = Double.greatestFiniteMagnitude
    learningRate = try settings.number("learning_rate", default: 0.001, in: 0...high)
    beta1 = try settings.number("beta_1", default: 0.9, in: 0...1)
    beta2 = try settings.number("beta_2", default: 0.999, in: 0...1)
    epsilon = try settings.number("epsilon", default: 1e-7, in: 0...high)
  }

  func apply(
    _ gradients: [Tensor], _ weights: [Tensors.Parameter], _ context: NeuralContext
  ) throws(NeuralError) {
    try check(gradients, weights)
    let rate = Double(correctedRate(step: iterations + 1))
    for (index, weight) in weights.enumerated() where weight.isTrainable {
      let place = try moments.place(of: weight, hint: index) { () throws(NeuralError) in
        try tensorWork { () throws(TensorError) in
          try AdamMoments(like: weight.value, context.tensors)
        }
      }
      try tensorWork { () throws(TensorError) in
        try weight.adamStep(
          &moments[place], gradient: gradients[index], rate: rate, beta1: beta1, beta2: beta2,
          epsilon: epsilon, context.tensors)
      }
    }
    iterations += 1
  }

  /// α of step t, in float32 throughout as Keras computes it: rounding βᵗ moves the first steps by a
  /// hundred-thousandth, which a chaotic trajectory does not forget.
  private func correctedRate(step: Int) -> Float {
    let mean = 1 - power(beta1, step)
    let square = 1 - power(beta2, step)
    return Float(learningRate) * square.squareRoot() / mean
  }

  /// βᵗ by squaring: multiplications alone, so that the bits are those of every machine.
  private func power(_ base: Double, _ exponent: Int) -> Float {
    var (result, factor, rest) = (1.0, Double(Float(base)), exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return Float(result)
  }

  var configuration: JSONObject {
    JSONObject([
      ("learning_rate", .double(learningRate)), ("beta_1", .double(beta1)),
      ("beta_2", .double(beta2)), ("epsilon", .double(epsilon)),
    ])
  }
}
