/// A part of a JSON text.
///
/// ``JSONReader`` hands parts on and ``JSONWriter`` takes them, both in the order of the text, so that
/// no tree of values has to lie between a text and what is made of it.
public enum JSONPart: Sendable {
  /// The start of an array, whose elements follow.
  case startArray
  /// The start of an object, whose keys and values follow in turn.
  case startObject
  /// A key; its value follows.
  case key(String)
  /// A whole value; one that is read is neither an array nor an object.
  case value(JSONValue)
  /// The end of the array or object that was started last.
  case end
}

extension JSONValue {
  /// Reads a JSON text as ``JSONReader`` does; of equal keys the last wins.
  ///
  /// - Throws: ``JSONError`` at the first byte that does not fit.
  public init(parsing bytes: [UInt8], depthLimit: Int = 1000) throws(JSONError) {
    var builder = JSONBuilder()
    var reader = JSONReader(bytes, depthLimit: depthLimit) { builder.take($0) }
    try reader.read()
    self = builder.value
  }

  /// Reads a JSON text by the same rules.
  public init(parsing text: String, depthLimit: Int = 1000) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), depthLimit: depthLimit)
  }
}

/// Puts parts together.
private struct JSONBuilder {
  /// An array or object that has not ended.
  private struct Level {
    var elements: [JSONValue] = []
    var object: JSONObject?
    var key = ""
  }

  private var levels: [Level] = []
  /// What the parts were, when the last has been taken.
  private(set) var value: JSONValue = .null

  mutating func take(_ part: JSONPart) {
    switch part {
    case .startArray: levels.append(Level())
    case .startObject: levels.append(Level(object: JSONObject()))
    case .key(let key): levels[levels.count - 1].key = key
    case .value(let value): add(value)
    case .end:
      guard let level = levels.popLast() else { return }
      add(level.object.map(JSONValue.object) ?? .array(level.elements))
    }
  }

  private mutating func add(_ value: JSONValue) {
    let last = levels.count - 1
    if last < 0 {
      self.value = value
    } else if levels[last].object == nil {
      levels[last].elements.append(value)
    } else {
      let key = levels[last].key
      levels[last].object?[key] = value
    }
  }
}
