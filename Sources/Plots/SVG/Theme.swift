/// Which paper a figure is drawn on.
public enum Theme: String, Sendable, CaseIterable {
  /// Light, with a rule that turns it dark where the reader prefers that.
  case auto
  /// Light on every screen.
  case light
  /// Dark on every screen.
  case dark
}

/// The parts of a figure that change together with its paper.
enum Tone: Int, CaseIterable {
  case paper, text, muted, grid, axis

  var light: RGB {
    RGB([0xffffff, 0x222222, 0x555555, 0xe8e8e8, 0x999999][rawValue] as UInt32)
  }

  var dark: RGB {
    RGB([0x111111, 0xdddddd, 0xaaaaaa, 0x2c2c2c, 0x777777][rawValue] as UInt32)
  }

  /// The class that the dark rule names.
  var name: String { "ln-" + ["p", "t", "m", "g", "a"][rawValue] }

  /// Lines are stroked, all else is filled.
  var property: String { self == .grid || self == .axis ? "stroke" : "fill" }
}

/// Writes paints as attributes, and keeps which rules the dark theme needs.
struct Palette {
  let theme: Theme
  private var tones: Set<Tone> = []
  private var strokes: Set<Ink> = []
  private var fills: Set<Ink> = []

  init(_ theme: Theme) { self.theme = theme }

  /// The attributes of a part of the figure.
  mutating func attributes(_ tone: Tone) -> String {
    tones.insert(tone)
    let color = theme == .dark ? tone.dark : tone.light
    return "\(classAttribute(tone.name)) \(tone.property)=\"\(color.svg)\""
  }

  mutating func stroke(_ paint: Paint) -> String { attributes(paint, "stroke", "s", \.strokes) }
  mutating func fill(_ paint: Paint) -> String { attributes(paint, "fill", "f", \.fills) }

  private mutating func attributes(
    _ paint: Paint, _ property: String, _ prefix: String, _ used: WritableKeyPath<Self, Set<Ink>>
  ) -> String {
    var name = ""
    if case .ink(let ink) = paint {
      self[keyPath: used].insert(ink)
      name = classAttribute("ln-\(prefix)\(ink.letter)")
    }
    return "\(name) \(property)=\"\(paint.color(dark: theme == .dark).svg)\""
  }

  private func classAttribute(_ name: String) -> String {
    theme == .auto ? " class=\"\(name)\"" : ""
  }

  /// The rules for dark paper; empty for a fixed theme.
  var style: String {
    guard theme == .auto else { return "" }
    var rules = ""
    for tone in Tone.allCases where tones.contains(tone) {
      rules += ".\(tone.name){\(tone.property):\(tone.dark.svg)}"
    }
    for ink in Ink.allCases {
      if strokes.contains(ink) { rules += ".ln-s\(ink.letter){stroke:\(ink.dark.svg)}" }
      if fills.contains(ink) { rules += ".ln-f\(ink.letter){fill:\(ink.dark.svg)}" }
    }
    return "<style>@media(prefers-color-scheme:dark){\(rules)}</style>"
  }
}
