/// A template of `%` formatting, cut into its pieces.
///
/// A program formats with the same template again and again, so the pieces are kept: see
/// ``TemplateCache``.
final class PercentTemplate: ParsedTemplate {
  /// No piece refers to an object, so that walking over them counts no references.
  enum Piece {
    /// Bytes of the template.
    case text(Range<Int>)
    /// A conversion by its number.
    case conversion(Int)
  }

  /// One conversion: `%(key)-8.3f`.
  final class Conversion {
    var key: StringObject?
    /// Sign, alternate form, fill and, where they stand in the text, width and precision.
    var spec = FormatSpec()
    /// `*`: the next value is the width.
    var takesWidth = false
    /// `.*`: the next value is the precision.
    var takesPrecision = false
    var isLeft = false
    var isZero = false
    var type: Unicode.Scalar = "s"

    /// True for `%s` and nothing else asked for.
    var isBareText = false

    var takesLength: Bool { takesWidth || takesPrecision }

    /// True when it takes the next value, and no other.
    var isPlain: Bool { key == nil && !takesLength }

    /// Left alignment and zeros, which depend on each other and on the type.
    func align(_ spec: inout FormatSpec, isLeft: Bool) {
      if isLeft {
        spec.align = "<"
      } else if isZero, type != "s", type != "r", type != "a", type != "c" {
        spec.align = "="
        spec.fill = "0"
      }
    }
  }

  let source: StringObject
  let pieces: [Piece]
  let conversions: Pool<Conversion>
  /// What is wrong with the template behind the pieces, found when formatting comes so far.
  let fault: Fault?
  /// True when a conversion names its value.
  let usesKeys: Bool

  init(_ template: StringObject) {
    source = template
    var reader = Reader(template: template, bytes: template.bytes.array)
    do throws(Fault) {
      try reader.read()
      fault = nil
    } catch {
      fault = error
    }
    pieces = reader.pieces
    conversions = Pool(reader.conversions)
    usesKeys = reader.conversions.contains { $0.key != nil }
  }

  /// Reads bytes from left to right.
  ///
  /// Marks are bytes, so what combines with them does not matter.
  private struct Reader {
    let template: StringObject
    let bytes: [UInt8]
    var pieces: [Piece] = []
    var conversions: [Conversion] = []
    var place = 0

    var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
      guard next == byte else { return false }
      place += 1
      return true
    }

    mutating func read() throws(Fault) {
      var start = 0
      func flush(to end: Int, _ pieces: inout [Piece]) {
        if start < end { pieces.append(.text(start..<end)) }
      }
      while let byte = next {
        place += 1
        guard byte == UInt8(ascii: "%") else { continue }
        // Of two marks the first is text.
        let isText = next == byte
        flush(to: isText ? place : place - 1, &pieces)
        if isText {
          place += 1
        } else {
          let conversion = try conversion()
          pieces.append(.conversion(conversions.count))
          conversions.append(conversion)
        }
        start = place
      }
      flush(to: place, &pieces)
    }

    private mutating func conversion() throws(Fault) -> Conversion {
      let result = Conversion()
      if take(UInt8(ascii: "(")) {
        guard let close = bytes[place...].firstIndex(of: UInt8(ascii: ")")) else {
          throw Fault.value("incomplete format key in '\(template.text)'")
        }
        result.key = StringObject(utf8: Array(bytes[place..<close]))
        place = close + 1
      }
      flags: while let flag = next {
        switch flag {
        case UInt8(ascii: "#"): result.spec.isAlternate = true
        case UInt8(ascii: "0"): result.isZero = true
        case UInt8(ascii: "-"): result.isLeft = true
        case UInt8(ascii: "+"): result.spec.sign = "+"
        case UInt8(ascii: " "): if result.spec.sign == nil { result.spec.sign = " " }
        default: break flags
        }
        place += 1
      }
      result.takesWidth = take(UInt8(ascii: "*"))
      if !result.takesWidth { result.spec.width = try number() ?? 0 }
      if take(UInt8(ascii: ".")) {
        result.takesPrecision = take(UInt8(ascii: "*"))
        if !result.takesPrecision { result.spec.precision = try number() ?? 0 }
      }
      while let size = next,
        size == UInt8(ascii: "h") || size == UInt8(ascii: "l") || size == UInt8(ascii: "L")
      { place += 1 }
      guard let lead = next else { throw Fault.value("incomplete format") }
      let end = min(place + StringObject.width(of: lead), bytes.count)
      result.type = String(decoding: bytes[place..<end], as: UTF8.self).unicodeScalars.first ?? "s"
      place = end
      result.align(&result.spec, isLeft: result.isLeft)
      result.isBareText =
        result.type == "s" && result.spec.width == 0 && result.spec.precision == nil
        && !result.takesLength
      return result
    }

    private mutating func number() throws(Fault) -> Int? {
      var number: Int?
      while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
        // One digit more than the limit has is enough to be too large.
        number = min((number ?? 0) * 10 + Int(digit - UInt8(ascii: "0")), 10 * FormatSpec.limit)
        place += 1
      }
      return try number.map(FormatSpec.length)
    }
  }
}

/// The templates that were used last, parsed.
///
/// A literal is one object however often it is used, so templates are known by identity; one that
/// shares its place with another takes it over.
struct TemplateCache<Parsed: ParsedTemplate> {
  private var entries = [Parsed?](repeating: nil, count: 64)

  /// The parsed template, from here or new.
  ///
  /// The next templates may take its place: see ``keeping(_:_:)``.
  mutating func parsed(_ template: StringObject) -> Borrowed<Parsed> {
    let place = template.hashValue & 63
    let entry = Borrowed(of: entries[place])
    if let entry, entry.read({ $0.source === template }) { return entry }
    let parsed = Parsed(template)
    entries[place] = parsed
    return Borrowed(of: parsed)
  }
}

/// What a template was cut into.
protocol ParsedTemplate: AnyObject {
  /// The template.
  var source: StringObject { get }

  init(_ template: StringObject)
}
