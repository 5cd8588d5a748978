import Catalog
import Diagnostics
import JSON

/// The plain arguments of a layer, loss, metric or optimizer, read with checks that teach.
///
/// One form serves calls, configurations and model files: a JSON object by the names of the entry's
/// parameters, with null for None. A name that the entry lacks is an error.
struct Settings {
  /// Who is spoken of in errors: `LSTM`.
  let owner: String
  private let values: JSONObject

  init(_ entry: Entry, _ values: JSONObject) throws(NeuralError) {
    owner = entry.name
    self.values = values
    let known = entry.parameters.map(\.name)
    for name in values.keys where !known.contains(name) {
      throw .value(
        owner: owner, expected: "arguments among " + known.joined(separator: ", "),
        received: name)
    }
  }

  private func value(_ name: String) -> JSONValue? {
    guard let value = values[name], !value.isNull else { return nil }
    return value
  }

  private func wrong(
    _ name: String, _ expected: String, _ received: JSONValue, help: String? = nil
  ) -> NeuralError {
    .value(
      owner: owner, expected: "\(expected) for \(name)", received: Settings.text(received),
      help: help)
  }

  /// A whole number; nil when absent or None.
  func int(_ name: String, atLeast low: Int, atMost high: Int = .max) throws(NeuralError) -> Int? {
    guard let value = value(name) else { return nil }
    let range = high == .max ? "of at least \(low)" : "from \(low) to \(high)"
    guard let number = value.int, number >= low, number <= high else {
      throw wrong(name, "a whole number \(range)", value)
    }
    return number
  }

  /// A whole number that must be given.
  func requiredInt(_ name: String, atLeast low: Int, atMost high: Int = .max) throws(NeuralError)
    -> Int
  {
    guard let number = try int(name, atLeast: low, atMost: high) else {
      throw .value(owner: owner, expected: "an argument \(name)", received: "none")
    }
    return number
  }

  func bool(_ name: String, default fallback: Bool) throws(NeuralError) -> Bool {
    guard let value = value(name) else { return fallback }
    guard let bool = value.bool else { throw wrong(name, "True or False", value) }
    return bool
  }

  /// A finite number in a range; `fallback` when absent or None.
  func number(_ name: String, default fallback: Double, in range: ClosedRange<Double>)
    throws(NeuralError) -> Double
  {
    guard let value = value(name) else { return fallback }
    guard let number = value.double, range.contains(number) else {
      let words =
        range.upperBound == .greatestFiniteMagnitude
        ? "a number of at least \(range.lowerBound)"
        : "a number from \(range.lowerBound) to \(range.upperBound)"
      throw wrong(name, words, value)
    }
    return number
  }

  func text(_ name: String) throws(NeuralError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.string else { throw wrong(name, "a string", value) }
    return text
  }

  /// One of the closed set of strings.
  func choice(_ name: String, _ choices: [String], default fallback: String) throws(NeuralError)
    -> String
  {
    guard let value = value(name) else { return fallback }
    guard let text = value.string, choices.contains(text) else {
      throw wrong(
        name, "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", "), value,
        help: value.string.flatMap { suggestion(for: $0, among: choices) })
    }
    return text
  }

  /// A tuple of whole numbers; one number stands for a tuple of one.
  func extents(_ name: String, atLeast low: Int) throws(NeuralError) -> [Int] {
    guard let value = value(name) else {
      throw .value(owner: owner, expected: "an argument \(name)", received: "none")
    }
    var result: [Int] = []
    for element in value.array ?? [value] {
      guard let extent = element.int, extent >= low else {
        throw wrong(name, "a tuple of whole numbers of at least \(low)", value)
      }
      result.append(extent)
    }
    return result
  }

  /// Refuses an argument that changes what happens and that nothing acts on yet.
  func refuse(_ name: String, unless harmless: JSONValue) throws(NeuralError) {
    guard let value = value(name), value != harmless else { return }
    if let number = value.double, number == harmless.double { return }
    throw .notBuilt(owner: owner, feature: "\(name)=\(Settings.text(value))")
  }

  /// A value as the language writes it.
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "None"
    case .bool(let bool): bool ? "True" : "False"
    case .int(let int): "\(int)"
    case .bigInteger(let text): text
    case .double(let double): "\(double)"
    case .string(let text): "\"\(text)\""
    case .array(let values):
      "(" + values.map(Settings.text).joined(separator: ", ") + (values.count == 1 ? ",)" : ")")
    case .object: "a dict"
    }
  }
}

/// A hint at the name that is meant by a nearly right one.
func suggestion(for name: String, among names: [String]) -> String? {
  let near = names.first { $0.hasPrefix(name) } ?? Spelling.nearest(to: name, among: names)
  return near.map { "did you mean \"\($0)\"?" }
}
