/// How a JSON text is laid out.
public struct JSONLayout: Sendable {
  /// Spaces for each level, or nil for one line.
  public var indent: Int?
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
    indent: Int? = nil, itemSeparator: String = ",", keySeparator: String = ":",
    sortsKeys: Bool = false, escapesNonASCII: Bool = false, endsWithNewline: Bool = false,
    namesNonFinite: Bool = false
  ) {
    self.indent = indent
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
    indent: 1, keySeparator: ": ", sortsKeys: true, endsWithNewline: true, namesNonFinite: true)
}

extension JSONValue {
  /// The JSON text in UTF-8.
  ///
  /// `isCancelled` is asked now and then; when it is true, the rest of the text is left out.
  public func bytes(
    _ layout: JSONLayout = .compact, isCancelled: @escaping () -> Bool = { false }
  ) -> [UInt8] {
    var writer = JSONWriter(layout: layout, isCancelled: isCancelled)
    writer.write(self, level: 0)
    if layout.endsWithNewline { writer.output.append(0x0A) }
    return writer.output
  }

  /// The JSON text.
  public func text(_ layout: JSONLayout = .compact) -> String {
    String(decoding: bytes(layout), as: UTF8.self)
  }
}

private struct JSONWriter {
  let layout: JSONLayout
  let isCancelled: () -> Bool
  var output: [UInt8] = []

  mutating func write(_ value: JSONValue, level: Int) {
    switch value {
    case .null: put("null")
    case .bool(let flag): put(flag ? "true" : "false")
    case .int(let number): put(String(number))
    case .bigInteger(let digits): put(digits)
    case .double(let number): write(number)
    case .string(let text): write(text)
    case .array(let elements):
      guard !elements.isEmpty else { return put("[]") }
      put("[")
      for (index, element) in elements.enumerated() {
        guard startItem(index, level: level + 1) else { return }
        write(element, level: level + 1)
      }
      startLine(level)
      put("]")
    case .object(let object):
      guard !object.isEmpty else { return put("{}") }
      put("{")
      for (index, (key, value)) in members(of: object).enumerated() {
        guard startItem(index, level: level + 1) else { return }
        write(key)
        put(layout.keySeparator)
        write(value, level: level + 1)
      }
      startLine(level)
      put("}")
    }
  }

  private func members(of object: JSONObject) -> [(key: String, value: JSONValue)] {
    guard layout.sortsKeys else { return Array(object) }
    // The order of UTF-8 bytes is the order of code points.
    return object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// False when the work was cancelled.
  private mutating func startItem(_ index: Int, level: Int) -> Bool {
    if index > 0 { put(layout.itemSeparator) }
    startLine(level)
    return index & 0xFFF != 0xFFF || !isCancelled()
  }

  private mutating func startLine(_ level: Int) {
    guard let indent = layout.indent else { return }
    output.append(0x0A)
    for _ in 0..<max(0, indent * level) { output.append(0x20) }
  }

  private mutating func put(_ text: String) { output += text.utf8 }

  private mutating func write(_ number: Double) {
    if number.isFinite {
      put(JSONNumber.text(of: number))
    } else if !layout.namesNonFinite {
      put("null")
    } else {
      put(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
    }
  }

  private mutating func write(_ text: String) {
    output.append(0x22)
    for scalar in text.unicodeScalars {
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
