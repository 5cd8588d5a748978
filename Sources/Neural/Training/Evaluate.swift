import Platform
public import Tensors

extension Model {
  /// Samples at once when nothing is learnt: large enough to keep the kernels busy.
  private static let inferenceBatch = 256

  /// The outputs for samples, computed in batches and put together; nothing is recorded.
  public func predict(_ x: [Tensor], batchSize: Int? = nil, _ context: NeuralContext)
    throws(NeuralError) -> [Tensor]
  {
    let samples = try Samples(x, nil, call: "predict", context)
    try check(x, call: "predict")
    let size = batchSize ?? Model.inferenceBatch
    guard size >= 1 else {
      throw .value(owner: "predict", expected: "batch_size of at least 1", received: "\(size)")
    }
    return try context.tensors.withRecording(false) { () throws(NeuralError) in
      var parts: [[Tensor]] = outputs.map { _ in [] }
      for number in 0..<samples.batches(of: size) {
        let end = min((number + 1) * size, samples.count)
        let batch = try samples.slice(number * size..<end, context)
        for (index, result) in try run(batch.x, context).enumerated() {
          parts[index].append(result)
        }
      }
      return try parts.map { (parts) throws(NeuralError) in
        if parts.count == 1 { return parts[0] }
        return try tensorWork { () throws(TensorError) in
          try Ops.concat(parts, axis: 0, context.tensors)
        }
      }
    }
  }

  /// The loss and the metrics over samples, without learning.
  ///
  /// - Throws: ``NeuralError/notCompiled(call:)``.
  public func evaluate(
    _ x: [Tensor], _ y: Tensor, batchSize: Int? = nil, _ context: NeuralContext
  ) throws(NeuralError) -> Logs {
    guard let compilation else { throw .notCompiled(call: "evaluate") }
    if let batchSize, batchSize < 1 {
      throw .value(
        owner: "evaluate", expected: "batch_size of at least 1", received: "\(batchSize)")
    }
    let samples = try Samples(x, y, call: "evaluate", loss: compilation.loss, context)
    try check(x, call: "evaluate")
    compilation.reset()
    try evaluate(samples, batchSize: batchSize, compilation, context)
    return compilation.logs()
  }

  /// Takes all samples into the means of `compilation`.
  func evaluate(
    _ samples: Samples, batchSize: Int?, _ compilation: Compilation, _ context: NeuralContext
  ) throws(NeuralError) {
    let size = batchSize ?? Model.inferenceBatch
    try context.tensors.withRecording(false) { () throws(NeuralError) in
      for number in 0..<samples.batches(of: size) {
        if context.tensors.interruption.isRequested { throw .interrupted }
        let end = min((number + 1) * size, samples.count)
        let batch = try samples.slice(number * size..<end, context)
        guard let target = batch.y else { return }
        let prediction = try run(batch.x, context)[0]
        let loss = try compilation.loss(target, prediction, context)
        try compilation.update(
          loss: loss.doubles().first ?? .nan, target, prediction, context)
      }
    }
  }
}
