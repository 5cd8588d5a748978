import Catalog

extension Ops {
  /// The cross-entropy of scores against class numbers, `log Σ eˣ - x[label]`, recorded as one.
  ///
  /// - Parameters:
  ///   - logits: `[..., classes]`, float32.
  ///   - labels: `[...]`, int64.
  ///   - context: The session's.
  /// - Returns: The losses `[...]`.
  /// - Throws: ``TensorError/value(op:expected:received:help:)`` for a class that does not exist.
  public static func sparseCrossentropy(
    logits: Tensor, labels: Tensor, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try applyAll(.sparseCrossentropy, [logits, labels], .none, context)[0]
  }

  /// The binary cross-entropy of probabilities, the mean along the last axis, recorded as one.
  ///
  /// - Parameters:
  ///   - target: What is wanted, float32.
  ///   - prediction: Probabilities of the same shape, float32; cut to [ε, 1 - ε].
  ///   - epsilon: Where they are cut.
  ///   - context: The session's.
  /// - Returns: The losses, without the last axis.
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` for different shapes.
  public static func binaryCrossentropy(
    target: Tensor, prediction: Tensor, epsilon: Double, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try applyAll(
      .binaryCrossentropy, [target, prediction], ["epsilon": .float(epsilon)], context)[0]
  }
}

// The losses of `Neural` call these; they are no names of the language, so no table has them.
extension OpSpec {
  /// Results: the losses, and the shares of the classes for the gradient.
  ///
  /// Fused: ten recorded operations and their gradients took 36 % of a step of the burst detector.
  static let sparseCrossentropy = OpSpec(
    Entry(
      "sparse_categorical_crossentropy", [.tensor("logits"), .tensor("labels")], group: "Losses",
      summary: "The cross-entropy of scores against class numbers."),
    isMethod: false,
    forwardMany: { call, context throws(TensorError) in
      let (logits, labels) = (call[0], call[1])
      guard logits.dtype == .float32, labels.dtype == .int64 else {
        throw .dtype(
          op: call.name, expected: "float32 scores and int64 classes",
          received: [logits.dtype, labels.dtype])
      }
      guard logits.rank == labels.rank + 1, let classes = logits.shape.extents.last, classes > 0,
        logits.shape.extents.dropLast().elementsEqual(labels.shape.extents)
      else {
        throw .shapeMismatch(
          op: call.name, expected: "scores [..., classes] and a class for each row",
          received: [logits.shape, labels.shape])
      }
      if let stray = try Kernels.strayLabel(labels, classes: classes, context) {
        throw .value(
          op: call.name, expected: "class numbers from 0 to \(classes - 1)",
          received: "\(stray)")
      }
      let (losses, shares) = try Kernels.sparseCrossentropy(logits, labels: labels, context)
      return [losses, shares]
    },
    gradient: .rule { c throws(TensorError) in
      // By the scores x: g·(s - hot) for the losses, s·(h - Σ s·h) for the shares s.
      if !c.context.recording, c.incomings[1] == nil, let incoming = c.incomings[0] {
        // One pass instead of four recorded calls; the slope of the slope needs those.
        let slope = try Kernels.rows(
          of: c.node.outputs[1], times: incoming, lessAt: c.inputs[1], c.context)
        return [slope, nil]
      }
      let shares = c.output(1)
      var total: Tensor?
      if let incoming = c.incomings[0] {
        let hot = try Ops.oneHot(c.inputs[1], depth: shares.shape[shares.rank - 1], c.context)
        let distance = try Ops.subtract(shares, hot, c.context)
        total = try Ops.multiply(
          Ops.expandDims(incoming, axis: -1, c.context), distance, c.context)
      }
      if let incoming = c.incomings[1] {
        let products = try Ops.multiply(shares, incoming, c.context)
        let mean = try Ops.sum(products, axes: [-1], keepDims: true, c.context)
        let part = try Ops.subtract(
          products, Ops.multiply(shares, mean, c.context), c.context)
        total =
          try total.map { (total) throws(TensorError) in
            try Ops.add(total, part, c.context)
          } ?? part
      }
      return [total, nil]
    }, samples: [])

  /// Results: the losses, and their slopes by the prediction for the gradient.
  ///
  /// Fused: ten recorded operations and their gradients took 15 % of a step of the autoencoder.
  static let binaryCrossentropy = OpSpec(
    Entry(
      "binary_crossentropy", [.tensor("target"), .tensor("prediction")],
      group: "Losses", summary: "The binary cross-entropy of probabilities."),
    isMethod: false,
    forwardMany: { call, context throws(TensorError) in
      let (target, prediction) = (call[0], call[1])
      guard target.dtype == .float32, prediction.dtype == .float32 else {
        throw .dtype(
          op: call.name, expected: "float32", received: [target.dtype, prediction.dtype])
      }
      guard target.shape == prediction.shape else {
        throw .shapeMismatch(
          op: call.name, expected: "one shape", received: [target.shape, prediction.shape])
      }
      let epsilon = try call.attributes.float("epsilon", op: call.name) ?? 0
      let rows = try Shape(Array(prediction.shape.extents.dropLast()))
      let (losses, slopes) = try Kernels.binaryCrossentropy(
        target, prediction, epsilon: Float(epsilon), rows: rows, context)
      return [losses, slopes]
    },
    gradient: .rule { c throws(TensorError) in
      let (target, prediction) = (c.inputs[0], c.inputs[1])
      if c.needs(0) {
        throw .noGradient(
          target: "y_true", reason: "binary_crossentropy has a gradient by y_pred alone")
      }
      if !c.context.recording, c.incomings[1] == nil, let incoming = c.incomings[0] {
        return [nil, try Kernels.rows(of: c.node.outputs[1], times: incoming, c.context)]
      }
      var total: Tensor?
      if let incoming = c.incomings[0] {
        let spread =
          prediction.rank == 0 ? incoming : try Ops.expandDims(incoming, axis: -1, c.context)
        total = try Ops.multiply(spread, c.output(1), c.context)
      }
      if let incoming = c.incomings[1] {
        // The slope of the slope: (t/q² + (1 - t)/(1 - q)²)/n where p was not cut.
        let epsilon = try c.attributes.float("epsilon", op: "binary_crossentropy") ?? 0
        let one = try Tensor.scalar(1.0, weak: true, c.context)
        let low = try Tensor.scalar(epsilon, weak: true, c.context)
        let high = try Tensor.scalar(1 - epsilon, weak: true, c.context)
        let q = try Ops.clip(prediction, from: epsilon, to: 1 - epsilon, c.context)
        let rest = try Ops.subtract(one, q, c.context)
        let hit = try Ops.divide(target, Ops.square(q, c.context), c.context)
        let miss = try Ops.divide(
          Ops.subtract(one, target, c.context), Ops.square(rest, c.context), c.context)
        let count = Double(prediction.rank == 0 ? 1 : prediction.shape[prediction.rank - 1])
        let inside = try Ops.multiply(
          Ops.cast(Ops.greaterEqual(prediction, low, c.context), to: .float32, c.context),
          Ops.cast(Ops.lessEqual(prediction, high, c.context), to: .float32, c.context),
          c.context)
        let scale = try Tensor.scalar(1 / count, weak: true, c.context)
        let curve = try Ops.multiply(
          Ops.multiply(Ops.add(hit, miss, c.context), inside, c.context), scale, c.context)
        let part = try Ops.multiply(incoming, curve, c.context)
        total =
          try total.map { (total) throws(TensorError) in
            try Ops.add(total, part, c.context)
          } ?? part
      }
      return [nil, total]
    }, samples: [])
}
