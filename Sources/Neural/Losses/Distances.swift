import Catalog
import JSON
import Tensors

extension LossRecord {
  /// mean((p - t)²) along the last axis.
  static let meanSquaredError = LossRecord(
    "mean_squared_error", class: "MeanSquaredError", aliases: ["mse", "MSE"],
    summary: "The mean of the squared differences along the last axis.",
    example: Example(
      "mean_squared_error(tensor([1.0, 0.0]), tensor([0.5, 0.0]))", prints: "0.125")
  ) { call throws(NeuralError) in
    let call = try call.matched()
    let (target, prediction) = (call.target, call.prediction)
    let context = call.context.tensors
    return try tensorWork { () throws(TensorError) in
      let difference = try Ops.subtract(prediction, target, context)
      return try call.meanOfLastAxis(Ops.multiply(difference, difference, context))
    }
  }

  /// mean(|p - t|) along the last axis.
  static let meanAbsoluteError = LossRecord(
    "mean_absolute_error", class: "MeanAbsoluteError", aliases: ["mae", "MAE"],
    summary: "The mean of the absolute differences along the last axis.",
    example: Example(
      "mean_absolute_error(tensor([1.0, 0.0]), tensor([0.5, 0.0]))", prints: "0.25")
  ) { call throws(NeuralError) in
    let call = try call.matched()
    let (target, prediction) = (call.target, call.prediction)
    let context = call.context.tensors
    return try tensorWork { () throws(TensorError) in
      try call.meanOfLastAxis(
        Ops.absolute(Ops.subtract(prediction, target, context), context))
    }
  }
}
