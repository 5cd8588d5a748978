public import Platform

/// What one session's tensor work shares: memory, threads, random numbers, and whether it is recorded.
///
/// One evaluator thread owns it; it is an argument of every forward and of every gradient rule.
public final class TensorContext {
  /// The flag that kernels read between chunks.
  public let interruption: Interruption
  /// Where the bytes of tensors come from.
  public let pool: BufferPool
  /// The threads that large kernels use.
  public let workers: Workers
  /// The generator behind `random`.
  public var random = RandomState(seed: 0)
  /// The seed that layer, shuffle and dropout streams are keyed by.
  public private(set) var seed = 0
  /// How many layers have drawn weights since the seed was set.
  public private(set) var layersCreated = 0
  /// Whether operations on tracked values are recorded.
  public var recording = true
  /// What is held by graphs.
  let ledger = GraphLedger()

  /// Makes the context of a session.
  ///
  /// - Parameters:
  ///   - interruption: The flag that stops running work.
  ///   - threads: How many threads large kernels may use, at least 1.
  ///   - byteLimit: The most bytes that tensors may take together.
  ///   - level: The instruction set that kernels use.
  public init(
    interruption: Interruption, threads: Int, byteLimit: Int, level: KernelLevel = .selected
  ) {
    self.interruption = interruption
    self.pool = BufferPool(byteLimit: byteLimit)
    self.workers = Workers(threads: threads, level: level)
  }

  /// Throws when somebody has asked to stop.
  ///
  /// - Throws: ``TensorError/interrupted``.
  @inline(__always)
  public func checkInterruption() throws(TensorError) {
    if interruption.isRequested { throw .interrupted }
  }

  /// Appends elements in portions, so that many of them can be interrupted.
  ///
  /// - Throws: ``TensorError/interrupted``, and what `element` throws.
  @inline(__always)
  public func append<Element>(
    _ count: Int, to list: inout [Element], _ element: (Int) throws(TensorError) -> Element
  ) throws(TensorError) {
    list.reserveCapacity(list.count + max(count, 0))
    var done = 0
    while done < count {
      try checkInterruption()
      let end = min(done + 1 << 18, count)
      for index in done..<end { list.append(try element(index)) }
      done = end
    }
  }

  /// The most bytes that tensors may take together.
  public var byteLimit: Int { pool.byteLimit }

  /// Bytes of the outputs that recorded nodes keep.
  public var graphBytes: Int { ledger.bytes }

  /// How many recorded nodes are alive.
  public var graphNodes: Int { ledger.nodes }

  /// Sets every seed: `random` as NumPy's legacy generator does, and the streams of layers.
  ///
  /// - Throws: ``TensorError/value(op:expected:received:help:)`` unless 0 ≤ seed < 2³².
  public func setSeed(_ seed: Int) throws(TensorError) {
    guard seed >= 0, seed <= Int(UInt32.max) else {
      throw .value(op: "seed", expected: "a whole number from 0 to 4294967295", received: "\(seed)")
    }
    random = RandomState(seed: UInt32(seed))
    self.seed = seed
    layersCreated = 0
  }

  /// The creation index of the next layer since the seed was set.
  public func nextLayerIndex() -> Int {
    layersCreated += 1
    return layersCreated - 1
  }

  /// Runs `body` with recording switched to `recording`, and switches back.
  public func withRecording<R, E: Error>(_ recording: Bool, _ body: () throws(E) -> R) throws(E)
    -> R
  {
    let before = self.recording
    self.recording = recording
    defer { self.recording = before }
    return try body()
  }
}
