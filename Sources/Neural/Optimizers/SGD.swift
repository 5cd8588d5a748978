import Catalog
import JSON
import Tensors

/// Plain gradient descent, with momentum if asked: w -= rate·g, or v = μ·v - rate·g and w += v
/// (Nesterov: w += μ·v - rate·g).
final class SGD: Optimizer {
  let kind = "SGD"
  var learningRate: Double
  let momentum: Double
  let nesterov: Bool
  private(set) var iterations = 0
  private var velocities = WeightSlots<Tensor?>()

  static let record = OptimizerRecord(
    Entry(
      "SGD",
      [
        .optional("learning_rate", .float, default: "0.01"),
        .optional("momentum", .float, default: "0.0"),
        .optional("nesterov", .bool, default: "False"),
      ], kind: .type, group: "Optimizers",
      summary: "Gradient descent: each weight moves against its gradient by learning_rate, with "
        + "momentum if asked. apply(gradients, weights) makes one step.",
      examples: [
        Example(
          "w = variable(tensor([1.0]))\nSGD(0.5).apply([tensor([1.0])], [w])\nw",
          prints: "variable(tensor([0.5]))")
      ]), alias: "sgd"
  ) { settings throws(NeuralError) in try SGD(settings) }

  init(_ settings: Settings) throws(NeuralError) {
    let high = Double.greatestFiniteMagnitude
    learningRate = try settings.number("learning_rate", default: 0.01, in: 0...high)
    momentum = try settings.number("momentum", default: 0, in: 0...1)
    nesterov = try settings.bool("nesterov", default: false)
  }

  func apply(
    _ gradients: [Tensor], _ weights: [Tensors.Parameter], _ context: NeuralContext
  ) throws(NeuralError) {
    try check(gradients, weights)
    for (index, weight) in weights.enumerated() where weight.isTrainable {
      let place = try velocities.place(of: weight, hint: index) { () throws(NeuralError) in
        if momentum == 0 { return nil }
        return try tensorWork { () throws(TensorError) in
          try Ops.multiply(weight.value, .weak(0, context.tensors), context.tensors)
        }
      }
      try tensorWork { () throws(TensorError) in
        try weight.descentStep(
          &velocities[place], gradient: gradients[index], rate: learningRate,
          momentum: momentum, nesterov: nesterov, context.tensors)
      }
    }
    iterations += 1
  }

  var configuration: JSONObject {
    JSONObject([
      ("learning_rate", .double(learningRate)), ("momentum", .double(momentum)),
      ("nesterov", .bool(nesterov)),
    ])
  }
}
