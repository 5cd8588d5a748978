import Catalog
import JSON
import Tensors

/// Keras' epsilon: probabilities are cut to [ε, 1 - ε] before their logarithm is taken.
private let epsilon = 1e-7

extension LossRecord {
  /// mean(-t·log p - (1 - t)·log(1 - p)), p cut to [1e-7, 1 - 1e-7]; no gradient where it was cut.
  ///
  /// From logits: max(x, 0) - x·t + log(1 + e^-|x|), which overflows nowhere.
  static let binaryCrossentropy = LossRecord(
    "binary_crossentropy", class: "BinaryCrossentropy", aliases: ["bce", "BCE"],
    options: [.fromLogits],
    summary: "How far probabilities are from 0/1 targets: the mean of -t·log(p) - (1-t)·log(1-p) "
      + "along the last axis. p is cut to [1e-7, 1 - 1e-7]; where it was cut the gradient is 0.",
    example: Example(
      "binary_crossentropy(tensor([1.0, 0.0]), tensor([0.5, 0.5]))", prints: "0.6931472")
  ) { call throws(NeuralError) in
    let fromLogits = try call.options.bool("from_logits", default: false)
    let call = try call.matched()
    let (target, prediction) = (call.target, call.prediction)
    let context = call.context.tensors
    return try tensorWork { () throws(TensorError) in
      if fromLogits {
        let hinge = try Ops.subtract(
          Ops.relu(prediction, context), Ops.multiply(prediction, target, context), context)
        let size = try Ops.absolute(prediction, context)
        let small = try Ops.exp(Ops.negative(size, context), context)
        let tail = try Ops.log(Ops.add(small, .one(context), context), context)
        return try call.meanOfLastAxis(Ops.add(hinge, tail, context))
      }
      if prediction.dtype == .float32, !target.isTracked {
        return try Ops.binaryCrossentropy(
          target: target, prediction: prediction, epsilon: epsilon, context)
      }
      let one = try Tensor.one(context)
      let p = try Ops.clip(prediction, from: epsilon, to: 1 - epsilon, context)
      let hit = try Ops.multiply(target, Ops.log(p, context), context)
      let miss = try Ops.multiply(
        Ops.subtract(one, target, context),
        Ops.log(Ops.subtract(one, p, context), context), context)
      return try Ops.negative(call.meanOfLastAxis(Ops.add(hit, miss, context)), context)
    }
  }

  /// -Σ t·log p along the last axis, with p scaled to a sum of 1 and cut to [1e-7, 1 - 1e-7].
  static let categoricalCrossentropy = LossRecord(
    "categorical_crossentropy", class: "CategoricalCrossentropy", options: [.fromLogits],
    summary: "How far probabilities along the last axis are from one-hot targets: -Σ t·log(p). "
      + "from_logits=True takes scores and applies softmax.",
    example: Example(
      "categorical_crossentropy(tensor([0.0, 1.0]), tensor([0.5, 0.5]))", prints: "0.6931472")
  ) { call throws(NeuralError) in
    let fromLogits = try call.options.bool("from_logits", default: false)
    let call = try call.matched()
    let (target, prediction) = (call.target, call.prediction)
    let context = call.context.tensors
    guard prediction.rank >= 1 else {
      throw .shape(
        layer: call.owner, expected: "at least 1 axis [..., classes]",
        received: [SymbolicShape(prediction.shape)])
    }
    return try tensorWork { () throws(TensorError) in
      let logs: Tensor
      if fromLogits {
        logs = try Ops.logSoftmax(prediction, context)
      } else {
        logs = try Ops.log(.cutShares(prediction, context), context)
      }
      let products = try Ops.multiply(target, logs, context)
      return try Ops.negative(Ops.sum(products, axes: [-1], context), context)
    }
  }

  /// -log p of the class that the target names.
  static let sparseCategoricalCrossentropy = LossRecord(
    "sparse_categorical_crossentropy", class: "SparseCategoricalCrossentropy",
    options: [.fromLogits], takesClassNumbers: true,
    summary: "How far probabilities along the last axis of y_pred are from the class numbers in "
      + "y_true: -log(p[class]). from_logits=True takes scores and applies softmax.",
    example: Example(
      "sparse_categorical_crossentropy(tensor([1]), tensor([[0.5, 0.5]]))",
      prints: "tensor([0.6931472])")
  ) { call throws(NeuralError) in
    let fromLogits = try call.options.bool("from_logits", default: false)
    let prediction = call.prediction
    let isFused = fromLogits && prediction.dtype == .float32
    let labels = try call.classNumbers(checked: !isFused)
    let context = call.context.tensors
    let classes = prediction.shape[prediction.rank - 1]
    return try tensorWork { () throws(TensorError) in
      if isFused {
        return try Ops.sparseCrossentropy(logits: prediction, labels: labels, context)
      }
      let logs: Tensor
      if fromLogits {
        logs = try Ops.logSoftmax(prediction, context)
      } else {
        logs = try Ops.log(.cutShares(prediction, context), context)
      }
      let hot = try Ops.oneHot(labels, depth: classes, context)
      let products = try Ops.multiply(hot, logs, context)
      return try Ops.negative(Ops.sum(products, axes: [-1], context), context)
    }
  }
}

extension LossCall {
  /// The labels as class numbers, one for each row of the prediction, which has room for them if
  /// they are `checked`.
  func classNumbers(checked: Bool = true) throws(NeuralError) -> Tensor {
    let shape = prediction.shape
    guard shape.rank >= 1, shape[shape.rank - 1] >= 1 else {
      throw .shape(
        layer: owner, expected: "y_pred with axes [..., classes]",
        received: [SymbolicShape(shape)])
    }
    let rows = Array(shape.extents.dropLast())
    var labels = target
    if labels.shape.extents == rows + [1] {
      labels = try tensorWork { () throws(TensorError) in
        try Ops.reshape(labels, rows, context.tensors)
      }
    }
    guard labels.shape.extents == rows else {
      throw .shape(
        layer: owner,
        expected: "y_true of shape \(SymbolicShape(rows).text), a class number for "
          + "each row of y_pred \(shape.text)",
        received: [SymbolicShape(target.shape)])
    }
    if labels.dtype != .int64 {
      labels = try tensorWork { () throws(TensorError) in
        try Ops.cast(labels, to: .int64, context.tensors)
      }
    }
    let classes = shape[shape.rank - 1]
    if checked, let wrong = labels.integers().first(where: { $0 < 0 || $0 >= classes }) {
      throw .value(
        owner: owner, expected: "class numbers from 0 to \(classes - 1)", received: "\(wrong)",
        help: "the last layer needs a unit for each class")
    }
    return labels
  }
}

extension Tensor {
  /// Probabilities scaled to a sum of 1 along the last axis and cut to [1e-7, 1 - 1e-7].
  fileprivate static func cutShares(_ x: Tensor, _ context: TensorContext) throws(TensorError)
    -> Tensor
  {
    let total = try Ops.sum(x, axes: [-1], keepDims: true, context)
    return try Ops.clip(Ops.divide(x, total, context), from: epsilon, to: 1 - epsilon, context)
  }
}
