/// The width of text in the metrics that Arial, Helvetica and Liberation Sans share.
enum TextMeasure {
  /// The advances of U+0020 to U+007E in thousandths of the size.
  private static let advances: [Int] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  /// The width in pixels at a size; bold text is 1.06 times as wide.
  static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    var sum = 0
    for scalar in text.unicodeScalars { sum += advance(scalar) }
    return Double(sum) / 1000 * size * (bold ? 1.06 : 1)
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7e: advances[Int(scalar.value) - 0x20]
    case 0x2212: 584
    case 0x202f: 280
    case 0x300...0x36f, 0x200b...0x200f, 0xfe00...0xfe0f: 0
    case 0x2e80...: 1000
    default: 600
    }
  }

  /// The text in one line, or in two if it is too wide for one.
  ///
  /// Parts that a raised dot joins stay whole if they can. What does not fit the second line is left
  /// to ``shortened(_:to:size:bold:)``.
  static func lines(_ text: String, width limit: Double, size: Double, bold: Bool = false)
    -> [String]
  {
    let fits = { (line: Substring) in width(String(line), size: size, bold: bold) <= limit }
    guard shortened(text, to: limit, size: size, bold: bold) != text else { return [text] }
    // A line holds fewer characters; a text may have a million.
    let head = text.prefix(2000)
    for joint in [" \u{b7} ", " "] {
      let breaks = head.ranges(of: joint).filter {
        $0.lowerBound > head.startIndex && fits(text[..<$0.lowerBound])
      }
      guard let last = breaks.last, joint == " " || fits(text[last.upperBound...]) else { continue }
      return [String(text[..<last.lowerBound]), String(text[last.upperBound...])]
    }
    return [text]
  }

  /// The text in two lines of nearly equal width, parted where ``lines(_:width:size:bold:)`` may; as
  /// that gives it if no such lines fit.
  static func evenLines(_ text: String, width limit: Double, size: Double, bold: Bool = false)
    -> [String]
  {
    let measure = { (line: Substring) in width(String(line), size: size, bold: bold) }
    guard measure(text[...]) <= 2 * limit else {
      return lines(text, width: limit, size: size, bold: bold)
    }
    for joint in [" \u{b7} ", " "] {
      let pairs = text.ranges(of: joint).map { range in
        (first: text[..<range.lowerBound], second: text[range.upperBound...])
      }.filter { !$0.first.isEmpty && !$0.second.isEmpty }
      let widths = pairs.map { max(measure($0.first), measure($0.second)) }
      guard let best = widths.min(), best <= limit, let place = widths.firstIndex(of: best) else {
        continue
      }
      return [String(pairs[place].first), String(pairs[place].second)]
    }
    return lines(text, width: limit, size: size, bold: bold)
  }

  /// The longest beginning that fits, ended by an ellipsis; the whole text if it fits.
  static func shortened(_ text: String, to limit: Double, size: Double, bold: Bool = false)
    -> String
  {
    let ellipsis = width("\u{2026}", size: size, bold: bold)
    var used = 0.0
    var kept = ""
    var fitting = ""
    for character in text {
      used += width(String(character), size: size, bold: bold)
      if used > limit { return fitting + "\u{2026}" }
      kept.append(character)
      if used + ellipsis <= limit { fitting = kept }
    }
    return text
  }
}
