/// A parsed format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
///
/// The grammar is Python's ("Format Specification Mini-Language" of its library reference).
struct FormatSpec {
  var fill: Unicode.Scalar = " "
  var align: Unicode.Scalar?
  /// True for a `0` before the width: numbers are filled behind their sign.
  private var fillsWithZeros = false
  /// What is asked for in place of a sign before numbers that have none; nil when nothing is.
  var sign: Unicode.Scalar?
  var normalizesZero = false
  var isAlternate = false
  var width = 0
  var grouping: Unicode.Scalar?
  var precision: Int?
  var type: Unicode.Scalar?

  /// Widths and precisions beyond this are refused: they come from mistakes.
  static let limit = 1_000_000

  init() {}

  /// Reads a specification.
  ///
  /// - Throws: `ValueError` when the text does not fit the grammar.
  init(_ text: String) throws(Fault) {
    var rest = text.unicodeScalars[...]
    func isAlign(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "<" || scalar == ">" || scalar == "=" || scalar == "^"
    }
    var hasFill = false
    if let second = rest.dropFirst().first, isAlign(second), let first = rest.first {
      fill = first
      align = second
      hasFill = true
      rest = rest.dropFirst(2)
    } else if let first = rest.first, isAlign(first) {
      align = first
      rest = rest.dropFirst()
    }
    if let first = rest.first, first == "+" || first == "-" || first == " " {
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

  private static func number(_ rest: inout Substring.UnicodeScalarView) throws(Fault) -> Int? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    return try length(Int(Substring(digits)))
  }

  /// A width or precision that was read, unless it is too large.
  static func length(_ number: Int?) throws(Fault) -> Int {
    guard let number, number.magnitude <= UInt(limit) else {
      throw Fault.value("format width or precision is too large: at most \(limit)")
    }
    return number
  }

  /// Writes an integer when nothing but width, sign and an ASCII fill is asked for, the common
  /// case; false leaves it to ``NumberFormat``.
  func write(_ number: Int, to text: TextBuffer) -> Bool {
    guard type == nil || type == "d", grouping == nil, precision == nil, fill.isASCII,
      !normalizesZero
    else { return false }
    if width == 0, !showsSign {
      IntegerText.write(number, to: text)
      return true
    }
    var mark: UInt8?
    if number < 0 {
      mark = UInt8(ascii: "-")
    } else if showsSign, let sign {
      mark = UInt8(truncatingIfNeeded: sign.value)
    }
    let digits = IntegerText.digits(of: number.magnitude)
    let count = mark == nil ? digits : digits + 1
    let fillsBehindMark = alignment(">") == "="
    if fillsBehindMark, let mark { text.append(mark) }
    pad(count, defaultAlign: ">", to: text) {
      if !fillsBehindMark, let mark { text.append(mark) }
      text.append(number.magnitude, digits: digits)
    }
    return true
  }

  /// Writes a string, as much of it as the precision allows, into the width.
  func write(_ string: StringObject, defaultAlign: Unicode.Scalar, to text: TextBuffer) {
    let shown = precision.map { string.slice(0, $0) } ?? string
    pad(shown.count, defaultAlign: defaultAlign, to: text) { text.append(shown.bytes) }
    extendLifetime(shown)
  }

  /// Writes a text of `count` characters into the width.
  @inline(__always)
  func pad(
    _ count: Int, defaultAlign: Unicode.Scalar, to text: TextBuffer, _ write: () -> Void
  ) {
    let missing = Swift.max(width - count, 0)
    let before =
      switch alignment(defaultAlign) {
      case "<": 0
      case "^": missing / 2
      default: missing
      }
    self.write(fillings: before, to: text)
    write()
    self.write(fillings: missing - before, to: text)
  }

  private func write(fillings count: Int, to text: TextBuffer) {
    for _ in 0..<max(count, 0) { text.append(fill) }
  }

  /// Puts `text` into the width; `defaultAlign` holds where the specification names none.
  ///
  /// With `=`, the fill goes between `prefix` (sign and radix) and the text.
  func pad(prefix: String = "", _ text: String, defaultAlign: Unicode.Scalar) -> String {
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

  private func alignment(_ defaultAlign: Unicode.Scalar) -> Unicode.Scalar {
    align ?? (fillsWithZeros && defaultAlign == ">" ? "=" : defaultAlign)
  }

  /// The sign shown before a number.
  func signText(isNegative: Bool) -> String {
    guard showsSign, let sign else { return isNegative ? "-" : "" }
    return isNegative ? "-" : String(sign)
  }

  /// True when numbers without a sign get a mark in its place.
  private var showsSign: Bool { sign == "+" || sign == " " }

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
      if index > 0, (whole.count - index).isMultiple(of: size) {
        grouped.unicodeScalars.append(grouping)
      }
      grouped.append(digit)
    }
    return grouped + rest
  }
}
