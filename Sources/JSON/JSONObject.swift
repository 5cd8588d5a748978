/// The members of a JSON object, in the order in which they were first set.
///
/// Keys are compared byte by byte, as JSON and Python do and `String` does not (it takes `é` and
/// `e` + accent for one). Small objects are searched in line; larger ones keep an index.
public struct JSONObject: Sendable {
  /// The names, in order.
  public private(set) var keys: [String] = []
  /// The values, in the order of ``keys``.
  public private(set) var values: [JSONValue] = []
  private var index: [ExactKey: Int] = [:]

  /// Below this many members a search in line is faster than hashing.
  private static let indexThreshold = 12

  /// Makes an object without members.
  public init() {}

  /// Takes members in order; of equal keys the last value wins, at the place of the first.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    for (key, value) in members { self[key] = value }
  }

  /// The number of members.
  public var count: Int { keys.count }

  /// True when there are no members.
  public var isEmpty: Bool { keys.isEmpty }

  /// The value of a member; setting nil removes it.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key).map { values[$0] } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): values[position] = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(key, value)
      case (nil, nil): break
      }
    }
  }

  private func position(of key: String) -> Int? {
    if keys.count >= Self.indexThreshold { return index[ExactKey(text: key)] }
    return keys.firstIndex { $0.utf8.count == key.utf8.count && $0.utf8.elementsEqual(key.utf8) }
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    keys.append(key)
    values.append(value)
    if keys.count == Self.indexThreshold {
      rebuildIndex()
    } else if keys.count > Self.indexThreshold {
      index[ExactKey(text: key)] = keys.count - 1
    }
  }

  private mutating func remove(at position: Int) {
    keys.remove(at: position)
    values.remove(at: position)
    rebuildIndex()
  }

  private mutating func rebuildIndex() {
    index = [:]
    guard keys.count >= Self.indexThreshold else { return }
    for (position, key) in keys.enumerated() { index[ExactKey(text: key)] = position }
  }
}

extension JSONObject: Equatable {
  /// Compares by content, regardless of order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    for (key, value) in left where right[key] != value { return false }
    return true
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Makes an object with its keys in the order written; of equal keys the last wins.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Sequence {
  /// Goes through the members in order.
  public func makeIterator() -> some IteratorProtocol<(key: String, value: JSONValue)> {
    zip(keys, values).lazy.map { (key: $0, value: $1) }.makeIterator()
  }
}

/// A text that equals another only if all bytes do.
private struct ExactKey: Hashable {
  let text: String

  static func == (left: ExactKey, right: ExactKey) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
