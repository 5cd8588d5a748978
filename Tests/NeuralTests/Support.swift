import Catalog
import JSON
import Platform
import Tensors
import TestSupport

@testable import Neural

/// A session's contexts, and the shorthands that tests need.
struct Bench {
  let context: NeuralContext

  init(seed: Int = 0, threads: Int = 1) throws {
    let tensors = TensorContext(
      interruption: Interruption(), threads: threads, byteLimit: 1 << 30)
    try tensors.setSeed(seed)
    context = NeuralContext(tensors)
  }

  var tensors: TensorContext { context.tensors }

  /// A float32 tensor.
  func tensor(_ values: [Double], _ extents: [Int]) throws -> Tensor {
    try Tensor(floats: values.map { Float($0) }, shape: Shape(extents), tensors)
  }

  /// An int64 tensor.
  func labels(_ values: [Int], _ extents: [Int]) throws -> Tensor {
    try Tensor(integers: values, shape: Shape(extents), tensors)
  }

  /// A tensor of numbers that differ from place to place.
  func wave(_ extents: [Int]) throws -> Tensor {
    let count = extents.reduce(1, *)
    return try tensor((0..<count).map { Double(($0 * 37) % 19) / 19 - 0.45 }, extents)
  }

  /// A layer by the name of its class.
  func layer(_ kind: String, _ arguments: JSONObject = JSONObject()) throws -> any Layer {
    guard let record = LayerTable.all.first(where: { $0.entry.name == kind }) else {
      throw NeuralError.internal("no layer \(kind)")
    }
    return try record.make(arguments, context)
  }

  func layer(_ kind: String, _ arguments: [(String, JSONValue)]) throws -> any Layer {
    try layer(kind, JSONObject(arguments))
  }

  func optimizer(_ kind: String, _ arguments: [(String, JSONValue)]) throws -> any Optimizer {
    guard let record = OptimizerTable.all.first(where: { $0.entry.name == kind }) else {
      throw NeuralError.internal("no optimizer \(kind)")
    }
    return try record.make(JSONObject(arguments))
  }

  func input(_ shape: Int...) throws -> Symbol {
    try Symbol.input(shape: shape, context)
  }

  /// Calls a layer on symbols.
  func connect(_ layer: any Layer, _ symbols: Symbol...) throws -> Symbol {
    for case .symbol(let symbol) in try layer.call(symbols.map { .symbol($0) }, context) {
      return symbol
    }
    throw NeuralError.internal("no symbol came back")
  }

  func loss(_ name: String) throws -> LossRecord {
    for record in LossTable.all where [record.entry.name, record.classEntry.name].contains(name) {
      return record
    }
    throw NeuralError.internal("no loss \(name)")
  }

  func metric(_ name: String) throws -> MetricRecord {
    for record in MetricTable.all where record.entry.name == name { return record }
    throw NeuralError.internal("no metric \(name)")
  }

  /// The autoencoder of the first founding problem.
  func autoencoder(alternative: Bool = false, activation: String = "tanh") throws -> Autoencoder {
    let start = try input(10, 5)
    let code = try connect(layer("LSTM", [("units", 20)]), start)
    let encoder = try Model(inputs: [start], outputs: [code], context)
    let second = try input(20)
    let steps = try connect(layer("Reshape", [("target_shape", [10, 2])]), second)
    let last: Symbol
    if alternative {
      let flat = try connect(layer("LSTM", [("units", 50)]), steps)
      last = try connect(layer("Reshape", [("target_shape", [10, 5])]), flat)
    } else {
      last = try connect(layer("LSTM", [("units", 5), ("return_sequences", true)]), steps)
    }
    let out =
      activation == "tanh"
      ? last
      : try connect(
        layer("Activation", [("activation", .string(activation))]), last)
    let decoder = try Model(inputs: [second], outputs: [out], context)
    let joined = try connect(decoder, connect(encoder, encoder.inputs[0]))
    let whole = try Model(inputs: encoder.inputs, outputs: [joined], context)
    return Autoencoder(encoder: encoder, decoder: decoder, whole: whole)
  }
}

struct Autoencoder {
  let encoder: Model
  let decoder: Model
  let whole: Model
}

/// The recorded cases that lie beside these tests.
enum Recorded {
  static let tensors = Result {
    try RecordedTensors(path: Repository.path("Tests/NeuralTests/Fixtures/parity.safetensors"))
  }

  static let cases: [String: JSONValue] = {
    let path = "Tests/NeuralTests/Fixtures/parity.json"
    guard let text = try? Repository.text(path), let index = try? JSONValue(parsing: text)
    else { return [:] }
    var cases: [String: JSONValue] = [:]
    for record in index["cases"]?.array ?? [] {
      if let id = record["id"]?.string { cases[id] = record }
    }
    return cases
  }()

  static func ids(_ belongs: (JSONValue) -> Bool) -> [String] {
    cases.filter { belongs($0.value) }.map(\.key).sorted()
  }

  static func values(_ name: String) throws -> [Double] { try tensors.get().tensor(name).values }
}

extension Bench {
  func recorded(_ name: String) throws -> Tensor {
    let tensor = try Recorded.tensors.get().tensor(name)
    return try self.tensor(tensor.values, tensor.shape)
  }

  func recordedLabels(_ name: String) throws -> Tensor {
    let tensor = try Recorded.tensors.get().tensor(name)
    return try labels(tensor.values.map { Int($0) }, tensor.shape)
  }

  /// A recorded matrix with rows and columns exchanged, as PyTorch keeps weights.
  func transposed(_ name: String) throws -> Tensor {
    try Ops.transpose(recorded(name), tensors)
  }
}

extension JSONValue {
  var strings: [String] { array?.compactMap(\.string) ?? [] }
}
