/// One argument of an operation that is not a tensor.
public enum Attribute: Sendable {
  case absent
  case bool(Bool)
  case int(Int)
  case ints([Int])
  case float(Double)
  case floats([Double])
  case text(String)
  case dtype(DType)
  case index([TensorIndex])
}

/// The arguments of an operation that are not tensors, by the names of its entry's parameters.
///
/// A handful of pairs, searched in order: shorter than hashing, and free when empty.
public struct Attributes: Sendable, ExpressibleByDictionaryLiteral {
  @usableFromInline var items: [(name: String, value: Attribute)]

  /// The named arguments, as written.
  public init(dictionaryLiteral elements: (String, Attribute)...) {
    items = elements.map { (name: $0.0, value: $0.1) }
  }

  /// No arguments.
  public static let none = Attributes(items: [])

  init(items: [(name: String, value: Attribute)]) { self.items = items }

  /// The argument of that name; nil when it was not given.
  public subscript(name: String) -> Attribute? {
    get {
      for item in items where item.name == name { return item.value }
      return nil
    }
    set {
      items.removeAll { $0.name == name }
      if let newValue { items.append((name: name, value: newValue)) }
    }
  }

  /// The whole number called `name`; nil when it is absent or None.
  public func int(_ name: String, op: String) throws(TensorError) -> Int? {
    switch self[name] {
    case nil, .absent: return nil
    case .int(let value): return value
    case .ints(let values) where values.count == 1: return values[0]
    default: throw .value(op: op, expected: "a whole number for \(name)", received: "another kind")
    }
  }

  /// The whole numbers called `name`, one or several; nil when absent or None.
  public func ints(_ name: String, op: String) throws(TensorError) -> [Int]? {
    switch self[name] {
    case nil, .absent: return nil
    case .int(let value): return [value]
    case .ints(let values): return values
    default: throw .value(op: op, expected: "whole numbers for \(name)", received: "another kind")
    }
  }

  /// The number called `name`; nil when absent or None.
  public func float(_ name: String, op: String) throws(TensorError) -> Double? {
    switch self[name] {
    case nil, .absent: return nil
    case .int(let value): return Double(value)
    case .float(let value): return value
    default: throw .value(op: op, expected: "a number for \(name)", received: "another kind")
    }
  }

  /// The numbers called `name`, and whether there is one that stands alone.
  ///
  /// - Throws: ``TensorError/missing(op:argument:)`` when absent or None.
  func floats(_ name: String, op: String) throws(TensorError) -> (values: [Double], isOne: Bool) {
    switch self[name] {
    case nil, .absent: throw .missing(op: op, argument: name)
    case .int(let value): return ([Double(value)], true)
    case .float(let value): return ([value], true)
    case .ints(let values): return (values.map { Double($0) }, false)
    case .floats(let values): return (values, false)
    default: throw .value(op: op, expected: "numbers for \(name)", received: "another kind")
    }
  }

  /// The truth value called `name`; `fallback` when absent or None.
  public func bool(_ name: String, default fallback: Bool = false) -> Bool {
    switch self[name] {
    case .bool(let value): value
    case .int(let value): value != 0
    default: fallback
    }
  }

  /// The string called `name`; nil when absent or None.
  public func text(_ name: String) -> String? {
    if case .text(let value) = self[name] { return value }
    return nil
  }

  /// The dtype called `name`, as a dtype or by its name; nil when absent or None.
  public func dtype(_ name: String = "dtype", op: String) throws(TensorError) -> DType? {
    switch self[name] {
    case nil, .absent: return nil
    case .dtype(let value): return value
    case .text(let text):
      guard let dtype = DType(named: text) else {
        let names = DType.allCases.map(\.name).joined(separator: ", ")
        throw .value(op: op, expected: "one of \(names) for \(name)", received: text)
      }
      return dtype
    default: throw .value(op: op, expected: "a dtype for \(name)", received: "another kind")
    }
  }
}
