public import Catalog
public import JSON

/// What there is to know about one kind of layer: its entry and how to make it.
public struct LayerRecord: Sendable {
  /// The record for people: signature, summary, example.
  public let entry: Entry
  private let initialize: @Sendable (Settings, NeuralContext) throws(NeuralError) -> any Layer

  init(
    _ entry: Entry,
    make: @escaping @Sendable (Settings, NeuralContext) throws(NeuralError) -> any Layer
  ) {
    self.entry = entry
    self.initialize = make
  }

  /// Makes a layer from plain arguments, by the names of the entry's parameters.
  ///
  /// - Throws: ``NeuralError/value(owner:expected:received:help:)`` for an argument that will not do.
  public func make(_ arguments: JSONObject, _ context: NeuralContext) throws(NeuralError)
    -> any Layer
  {
    try initialize(Settings(entry, arguments), context)
  }
}

/// The layers there are; a new one is a file beside this and its name in the list.
public enum LayerTable {
  /// All of them.
  public static let all: [LayerRecord] = [
    Dense.record, LSTM.record, SimpleRNN.record, Reshape.record, Flatten.record,
    RepeatVector.record, Activation.record,
  ]
}
