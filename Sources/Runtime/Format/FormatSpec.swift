/// A parsed format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
///
/// The grammar is Python's ("Format Specification Mini-Language" of its library reference).
struct FormatSpec {
  var fill: Character = " "
  var align: Character?
  /// True for a `0` before the width: numbers are filled behind their sign.
  private var fillsWithZeros = false
  var sign: Character = "-"
  var normalizesZero = false
  var isAlternate = false
  var width = 0
  var grouping: Character?
  var precision: Int?
  var type: Character?

  /// Widths and precisions beyond this are refused: they come from mistakes.
  static let limit = 1_000_000

  init() {}

  /// Reads a specification.
  ///
  /// - Throws: `ValueError` when the text does not fit the grammar.
  init(_ text: String) throws(Fault) {
    var rest = Substring(text)
    let aligns: Set<Character> = ["<", ">", "=", "^"]
    var hasFill = false
    if let second = rest.dropFirst().first, aligns.contains(second), let first = rest.first {
      fill = first
      align = second
      hasFill = true
      rest = rest.dropFirst(2)
    } else if let first = rest.first, aligns.contains(first) {
      align = first
      rest = rest.dropFirst()
    }
    if let first = rest.first, "+- ".contains(first) {
      sign = first
      rest = rest.dropFirst()
    }
    if rest.first == "z" {
      normalizesZero = true
      rest = rest.dropFirst()
    }
    if rest.first == "#" {
      isAlternate = true
      rest = rest.dropFirst()
    }
    if rest.first == "0", !hasFill {
      fill = "0"
      fillsWithZeros = align == nil
      rest = rest.dropFirst()
    }
    width = try Self.number(&rest) ?? 0
    if let first = rest.first, first == "," || first == "_" {
      grouping = first
      rest = rest.dropFirst()
    }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard let digits = try Self.number(&rest) else {
        throw Fault.value("format specifier missing precision")
      }
      precision = digits
    }
    type = rest.popFirst()
    if type == "n", let grouping {
      throw Fault.value("'\(grouping)' does not go with 'n' in a format specification")
    }
    guard rest.isEmpty else {
      throw Fault.value(
        "invalid format specifier '\(text)'",
        note: "the form is [[fill]align][sign][#][0][width][,][.precision][type]")
    }
  }

  private static func number(_ rest: inout Substring) throws(Fault) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    guard let value = Int(digits), value <= limit else {
      throw Fault.value("format width or precision is too large: at most \(limit)")
    }
    return value
  }

  /// Puts `text` into the width; `defaultAlign` holds where the specification names none.
  ///
  /// With `=`, the fill goes between `prefix` (sign and radix) and the text.
  func pad(prefix: String = "", _ text: String, defaultAlign: Character) -> String {
    let missing = width - prefix.unicodeScalars.count - text.unicodeScalars.count
    guard missing > 0 else { return prefix + text }
    func filler(_ count: Int) -> String { String(repeating: String(fill), count: count) }
    return switch alignment(defaultAlign) {
    case "<": prefix + text + filler(missing)
    case "^": filler(missing / 2) + prefix + text + filler(missing - missing / 2)
    case "=": prefix + filler(missing) + text
    default: filler(missing) + prefix + text
    }
  }

  private func alignment(_ defaultAlign: Character) -> Character {
    align ?? (fillsWithZeros && defaultAlign == ">" ? "=" : defaultAlign)
  }

  /// The sign shown before a number.
  func signText(isNegative: Bool) -> String {
    isNegative ? "-" : sign == "-" ? "" : String(sign)
  }

  /// Groups the digits before the point; zero fill is grouped too, as in Python.
  func group(_ digits: String, prefixWidth: Int, every size: Int = 3) -> String {
    guard let grouping else { return digits }
    let end = digits.firstIndex { !$0.isHexDigit } ?? digits.endIndex
    // Hexadecimal digits group every four; only decimals have a point or an exponent behind them.
    var whole = Array(digits[..<(size == 3 ? digits.firstIndex { !$0.isNumber } ?? end : end)])
    let rest = String(digits.dropFirst(whole.count))
    if fill == "0", alignment(">") == "=" {
      func length(_ count: Int) -> Int { count + (count - 1) / size }
      var count = whole.count
      while length(count) + rest.count + prefixWidth < width { count += 1 }
      whole.insert(contentsOf: repeatElement("0", count: count - whole.count), at: 0)
    }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: size) { grouped.append(grouping) }
      grouped.append(digit)
    }
    return grouped + rest
  }
}
