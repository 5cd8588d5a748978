/// Text and numbers as XML holds them.
enum Markup {
  /// The text with the five entities, without what XML 1.0 forbids.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // Line ends are spaces here: a lone CR would be read back as another character.
      case "\n", "\r", "\t": result += " "
      default:
        let isAllowed =
          (0x20...0xd7ff).contains(scalar.value) && !(0x7f...0x9f).contains(scalar.value)
          || (0xe000...0xfffd).contains(scalar.value) || scalar.value >= 0x10000
        if isAllowed { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// Pixels as whole tenths, within what any figure holds.
  static func tenths(_ pixels: Double) -> Int {
    guard pixels.isFinite else { return 0 }
    return Int(exactly: (max(-1e6, min(1e6, pixels)) * 10).rounded()) ?? 0
  }

  /// Tenths of a pixel in the shortest form: `12.5`, `.5`, `-3`.
  static func number(_ tenths: Int) -> String {
    let whole = tenths.magnitude / 10
    let part = tenths.magnitude % 10
    let sign = tenths < 0 ? "-" : ""
    if part == 0 { return sign + String(whole) }
    return sign + (whole == 0 ? "" : String(whole)) + "." + String(part)
  }

  /// Pixels in the shortest form.
  static func pixels(_ value: Double) -> String { number(tenths(value)) }

  /// A share of 0 to 1 with at most two decimals: `.2`, `1`.
  static func share(_ value: Double) -> String {
    let hundredths = Int(exactly: (max(0, min(1, value)) * 100).rounded()) ?? 100
    if hundredths == 100 { return "1" }
    if hundredths % 10 == 0 { return hundredths == 0 ? "0" : ".\(hundredths / 10)" }
    return hundredths < 10 ? ".0\(hundredths)" : ".\(hundredths)"
  }

  /// A width in pixels with at most two decimals.
  static func width(_ value: Double) -> String {
    let hundredths = Int(exactly: (max(0, min(1000, value)) * 100).rounded()) ?? 0
    let whole = hundredths / 100
    var text = whole == 0 && hundredths > 0 ? "" : String(whole)
    let part = hundredths % 100
    if part > 0 {
      text += part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
    }
    return text
  }
}
