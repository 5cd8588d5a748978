public import Tensors

/// What the layers, models and training of one session share beyond its tensors.
///
/// One evaluator thread owns it, as it owns the ``TensorContext`` inside.
public final class NeuralContext {
  /// Memory, threads, seed and recording.
  public let tensors: TensorContext
  /// Where advice goes; nil when nobody wants it.
  public var advise: ((Advice) -> Void)?
  private var namesGiven: [String: Int] = [:]
  private var nodesMade = 0

  /// Wraps the tensors' context of a session.
  public init(_ tensors: TensorContext) { self.tensors = tensors }

  /// A name that no layer of the session has: `lstm`, then `lstm_1`, as Keras counts.
  func uniqueName(for kind: String) -> String {
    let base = NeuralContext.snakeCase(kind)
    let count = namesGiven[base, default: 0]
    namesGiven[base] = count + 1
    return count == 0 ? base : "\(base)_\(count)"
  }

  /// The order of creation of graph nodes, which is a topological order.
  func nextNodeSequence() -> Int {
    nodesMade += 1
    return nodesMade
  }

  /// `SimpleRNN` → `simple_rnn`, `LSTM` → `lstm`, `InputLayer` → `input_layer`.
  static func snakeCase(_ kind: String) -> String {
    let letters = Array(kind)
    var result = ""
    for (index, letter) in letters.enumerated() {
      let before = index > 0 ? letters[index - 1] : nil
      let after = index + 1 < letters.count ? letters[index + 1] : nil
      let startsWord =
        letter.isUppercase && before != nil
        && (before?.isLowercase == true || after?.isLowercase == true)
      if startsWord { result += "_" }
      result += letter.lowercased()
    }
    return result
  }
}

/// A hint about code that runs but seldom does what was meant.
///
/// Shown as a warning once for each place and key, never raised.
public struct Advice: Sendable, Hashable {
  /// Which trap this is: the same for every occurrence.
  public let key: String
  /// What was met, in one line.
  public let message: String
  /// Why it matters.
  public let note: String?
  /// An edit that works.
  public let help: String?

  /// Puts a hint into words.
  public init(key: String, message: String, note: String? = nil, help: String? = nil) {
    self.key = key
    self.message = message
    self.note = note
    self.help = help
  }
}
