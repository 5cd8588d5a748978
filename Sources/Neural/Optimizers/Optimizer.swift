public import Catalog
public import JSON
public import Tensors

/// Changes weights by their gradients.
public protocol Optimizer: AnyObject {
  /// The name of the class in the language: `Adam`.
  var kind: String { get }
  /// How far a step goes; may be changed between steps.
  var learningRate: Double { get set }
  /// How many steps were made.
  var iterations: Int { get }
  /// The arguments that make the same optimizer again, without what it has gathered.
  var configuration: JSONObject { get }
  /// Makes one step: every weight is changed, or none if the lists do not fit.
  func apply(_ gradients: [Tensor], _ weights: [Tensors.Parameter], _ context: NeuralContext)
    throws(NeuralError)
}

extension Optimizer {
  /// One gradient for each weight, of its shape.
  func check(_ gradients: [Tensor], _ weights: [Tensors.Parameter]) throws(NeuralError) {
    guard gradients.count == weights.count else {
      throw .value(
        owner: "\(kind).apply", expected: "\(weights.count) gradients, one for each weight",
        received: "\(gradients.count)")
    }
    for (gradient, weight) in zip(gradients, weights)
    where gradient.shape != weight.value.shape {
      throw .value(
        owner: "\(kind).apply",
        expected: "a gradient of shape \(weight.value.shape.text) for \(weight.name)",
        received: gradient.shape.text)
    }
  }
}

/// What there is to know about one optimizer: its entry and how to make it.
public struct OptimizerRecord: Sendable {
  /// The record for people: signature, summary, example.
  public let entry: Entry
  /// The name that `compile` takes: `adam`.
  public let alias: String
  private let initialize: @Sendable (Settings) throws(NeuralError) -> any Optimizer

  init(
    _ entry: Entry, alias: String,
    make: @escaping @Sendable (Settings) throws(NeuralError) -> any Optimizer
  ) {
    self.entry = entry
    self.alias = alias
    self.initialize = make
  }

  /// Makes an optimizer from plain arguments, by the names of the entry's parameters.
  public func make(_ arguments: JSONObject = JSONObject()) throws(NeuralError) -> any Optimizer {
    try initialize(Settings(entry, arguments))
  }
}

/// The optimizers there are; a new one is a file beside this and its name in the list.
public enum OptimizerTable {
  /// All of them.
  public static let all: [OptimizerRecord] = [Adam.record, SGD.record]

  /// An optimizer with its defaults, by name: `adam` or `Adam`.
  public static func named(_ name: String) throws(NeuralError) -> any Optimizer {
    if let record = all.first(where: { $0.alias == name || $0.entry.name == name }) {
      return try record.make()
    }
    let known = all.map(\.alias)
    throw .value(
      owner: "compile", expected: "an optimizer among " + known.joined(separator: ", "),
      received: "\"\(name)\"", help: suggestion(for: name, among: known))
  }
}

/// What an optimizer has gathered for each weight, found by the weight's identity.
///
/// The weights come in the same order step after step, so the place is tried first.
struct WeightSlots<State> {
  private var weights: [Tensors.Parameter] = []
  private var states: [State] = []

  /// The place of a weight's state; `make` makes the state when the weight is new.
  mutating func place(
    of weight: Tensors.Parameter, hint: Int, make: () throws(NeuralError) -> State
  ) throws(NeuralError) -> Int {
    if hint < weights.count, weights[hint] === weight { return hint }
    if let found = weights.firstIndex(where: { $0 === weight }) { return found }
    states.append(try make())
    weights.append(weight)
    return weights.count - 1
  }

  /// The state at a place given by ``place(of:hint:make:)``.
  subscript(place: Int) -> State {
    _read { yield states[place] }
    _modify { yield &states[place] }
  }
}
