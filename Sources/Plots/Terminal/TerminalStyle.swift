/// What a terminal can show.
public struct TerminalStyle: Sendable, Hashable {
  /// The width in characters.
  public var columns: Int
  /// The height in characters.
  public var rows: Int
  /// How many colours there are.
  public var colors: Colors
  /// True if braille and block characters are shown.
  public var unicode: Bool

  /// The colours of a terminal.
  public enum Colors: Sendable, Hashable {
    /// No colour, the 16 of ANSI, the 256 of xterm, or all.
    case none, ansi16, ansi256, truecolor
  }

  /// Describes a terminal.
  public init(columns: Int, rows: Int, colors: Colors = .none, unicode: Bool = true) {
    self.columns = columns
    self.rows = rows
    self.colors = colors
    self.unicode = unicode
  }

  /// The width to draw in: no wider than is pleasant to read.
  var width: Int { max(24, min(columns, 100)) }

  /// The height of a whole figure.
  var height: Int { max(8, min(20, rows - 4)) }

  /// The escape sequence that sets colours of the text and of its ground; empty for none.
  func escape(foreground: RGB?, background: RGB?) -> String {
    guard colors != .none, foreground != nil || background != nil else { return "" }
    var codes: [String] = []
    if let foreground { codes.append(code(foreground, isBackground: false)) }
    if let background { codes.append(code(background, isBackground: true)) }
    return "\u{1b}[\(codes.joined(separator: ";"))m"
  }

  private func code(_ color: RGB, isBackground: Bool) -> String {
    switch colors {
    case .none: ""
    case .truecolor: "\(isBackground ? 48 : 38);2;\(color.red);\(color.green);\(color.blue)"
    case .ansi256: "\(isBackground ? 48 : 38);5;\(Self.cubeIndex(color))"
    case .ansi16: "\(Self.basicIndex(color) + (isBackground ? 40 : 30))"
    }
  }

  /// The nearest colour of xterm's cube of six levels, or of its greys.
  private static func cubeIndex(_ color: RGB) -> Int {
    let levels = [0, 95, 135, 175, 215, 255]
    let channels = [color.red, color.green, color.blue].map { Int($0) }
    let nearest = channels.map { channel in
      levels.indices.min { abs(levels[$0] - channel) < abs(levels[$1] - channel) } ?? 0
    }
    let mean = channels.reduce(0, +) / 3
    let grey = max(0, min(23, (mean - 3) / 10))
    func distance(_ other: [Int]) -> Int {
      zip(channels, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let greyLevel = 8 + 10 * grey
    if distance([greyLevel, greyLevel, greyLevel]) < distance(nearest.map { levels[$0] }) {
      return 232 + grey
    }
    return 16 + 36 * nearest[0] + 6 * nearest[1] + nearest[2]
  }

  /// The hue among red, green, yellow, blue, magenta and cyan: brightness is left to the terminal.
  private static func basicIndex(_ color: RGB) -> Int {
    let channels = [Int(color.red), Int(color.green), Int(color.blue)]
    let high = channels.max() ?? 0
    let low = channels.min() ?? 0
    if high - low < 40 { return high < 128 ? 0 : 7 }
    let middle = (high + low) / 2
    return channels.enumerated().reduce(0) { $0 | ($1.element > middle ? 1 << $1.offset : 0) }
  }
}
