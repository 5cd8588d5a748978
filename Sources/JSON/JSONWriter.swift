/// How a JSON text is laid out.
public struct JSONLayout: Sendable {
  /// What stands once for each level at the beginning of a line, or nil for one line.
  public var indent: String?
  /// What each line but the first begins with, in front of that.
  public var linePrefix: String
  /// Between elements.
  public var itemSeparator: String
  /// Between a key and its value.
  public var keySeparator: String
  /// Sorts keys by code point instead of keeping their order.
  public var sortsKeys: Bool
  /// Writes `\uXXXX` for everything outside ASCII.
  public var escapesNonASCII: Bool
  /// Ends the text with a newline.
  public var endsWithNewline: Bool
  /// Writes `NaN` and `Infinity`, as Python does, where JSON only has `null`.
  public var namesNonFinite: Bool

  /// Describes a layout; the defaults are the shortest text.
  public init(
    indent: String? = nil, linePrefix: String = "", itemSeparator: String = ",",
    keySeparator: String = ":", sortsKeys: Bool = false, escapesNonASCII: Bool = false,
    endsWithNewline: Bool = false,
    namesNonFinite: Bool = false
  ) {
    self.indent = indent
    self.linePrefix = linePrefix
    self.itemSeparator = itemSeparator
    self.keySeparator = keySeparator
    self.sortsKeys = sortsKeys
    self.escapesNonASCII = escapesNonASCII
    self.endsWithNewline = endsWithNewline
    self.namesNonFinite = namesNonFinite
  }

  /// One line without spaces.
  public static let compact = JSONLayout()

  /// What Python's `json.dumps(value)` writes.
  public static let python = JSONLayout(
    itemSeparator: ", ", keySeparator: ": ", escapesNonASCII: true, namesNonFinite: true)

  /// What Python's `nbformat.write` writes.
  public static let notebook = JSONLayout(
    indent: " ", keySeparator: ": ", sortsKeys: true, endsWithNewline: true, namesNonFinite: true)
}

extension JSONValue {
  /// The JSON text in UTF-8.
  public func bytes(_ layout: JSONLayout = .compact) -> [UInt8] {
    var writer = JSONWriter(layout)
    writer.write(.value(self))
    return writer.finish()
  }

  /// The JSON text.
  public func text(_ layout: JSONLayout = .compact) -> String {
    String(decoding: bytes(layout), as: UTF8.self)
  }
}

/// Writes a JSON text.
public struct JSONWriter {
  /// An array or object that has not ended.
  private struct Level {
    let closing: UInt8
    var isEmpty = true
  }

  private let layout: JSONLayout
  private let isCancelled: () -> Bool
  private var output: [UInt8] = []
  private var levels: [Level] = []
  private var followsKey = false

  /// Describes how a text is written.
  ///
  /// `isCancelled` is asked now and then in long strings; when it is true, their rest is left out.
  public init(_ layout: JSONLayout = .compact, isCancelled: @escaping () -> Bool = { false }) {
    self.layout = layout
    self.isCancelled = isCancelled
  }

  /// How many bytes are written so far.
  public var count: Int { output.count }

  /// How many arrays and objects have not ended.
  public var depth: Int { levels.count }

  /// The text in UTF-8, when all parts are written.
  public consuming func finish() -> [UInt8] {
    if layout.endsWithNewline { output.append(0x0A) }
    return output
  }

  /// Writes the next part.
  ///
  /// Keys that come as parts stay in their order; those of a whole value are sorted if the layout
  /// says so.
  public mutating func write(_ part: JSONPart) {
    switch part {
    case .startArray: start("[", closing: UInt8(ascii: "]"))
    case .startObject: start("{", closing: UInt8(ascii: "}"))
    case .key(let key):
      startItem()
      write(key)
      put(layout.keySeparator)
      followsKey = true
    case .value(let value): write(value)
    case .end:
      guard let level = levels.popLast() else { return }
      if !level.isEmpty { startLine() }
      output.append(level.closing)
    }
  }

  private mutating func start(_ opening: String, closing: UInt8) {
    startItem()
    put(opening)
    levels.append(Level(closing: closing))
  }

  private mutating func startItem() {
    if followsKey {
      followsKey = false
    } else if !levels.isEmpty {
      if !levels[levels.count - 1].isEmpty { put(layout.itemSeparator) }
      levels[levels.count - 1].isEmpty = false
      startLine()
    }
  }

  private mutating func startLine() {
    guard let indent = layout.indent else { return }
    output.append(0x0A)
    put(layout.linePrefix)
    for _ in levels { put(indent) }
  }

  private mutating func write(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      write(.startArray)
      for element in elements { write(element) }
      write(.end)
    case .object(let object):
      write(.startObject)
      for (key, value) in members(of: object) {
        write(.key(key))
        write(value)
      }
      write(.end)
    case .null: putItem("null")
    case .bool(let flag): putItem(flag ? "true" : "false")
    case .int(let number): putItem(String(number))
    case .bigInteger(let digits): putItem(digits)
    case .double(let number): putItem(text(of: number))
    case .string(let text):
      startItem()
      write(text)
    }
  }

  private func members(of object: JSONObject) -> [(key: String, value: JSONValue)] {
    guard layout.sortsKeys else { return Array(object) }
    // The order of UTF-8 bytes is the order of code points.
    return object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  private mutating func put(_ text: String) { output += text.utf8 }

  private mutating func putItem(_ text: String) {
    startItem()
    put(text)
  }

  private func text(of number: Double) -> String {
    if number.isFinite { return JSONNumber.text(of: number) }
    guard layout.namesNonFinite else { return "null" }
    return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
  }

  private mutating func write(_ text: String) {
    output.append(0x22)
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      if count & 0xFFFF == 0, isCancelled() { break }
      switch scalar {
      case "\"": put("\\\"")
      case "\\": put("\\\\")
      case "\n": put("\\n")
      case "\r": put("\\r")
      case "\t": put("\\t")
      case "\u{08}": put("\\b")
      case "\u{0C}": put("\\f")
      case "\u{00}"..."\u{1F}": escape(UInt16(scalar.value))
      case "\u{20}"..."\u{7E}": output.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        if layout.escapesNonASCII {
          for unit in UTF16.encode(scalar) ?? .init() { escape(unit) }
        } else {
          output += UTF8.encode(scalar) ?? .init()
        }
      }
    }
    output.append(0x22)
  }

  private mutating func escape(_ unit: UInt16) {
    let digits = String(unit, radix: 16)
    put("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
  }
}
