/// A colour of the sRGB space, 8 bits a channel.
public struct RGB: Sendable, Hashable {
  /// The channels, 0 to 255.
  public let red: UInt8, green: UInt8, blue: UInt8

  /// Makes a colour of three channels.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Makes a colour of the digits `0xRRGGBB`.
  public init(_ hex: UInt32) {
    self.init(
      UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8),
      UInt8(truncatingIfNeeded: hex))
  }

  /// The shortest form that SVG reads: `#rgb` where it is exact, else `#rrggbb`.
  var svg: String {
    let digits = [red, green, blue].flatMap { [$0 >> 4, $0 & 15] }
    let isShort = stride(from: 0, to: 6, by: 2).allSatisfy { digits[$0] == digits[$0 + 1] }
    let kept = isShort ? [digits[0], digits[2], digits[4]] : digits
    return "#" + kept.map { String($0, radix: 16) }.joined()
  }

  /// The colour `share` of the way to another, channel by channel.
  func mixed(with other: RGB, _ share: Double) -> RGB {
    func channel(_ a: UInt8, _ b: UInt8) -> UInt8 {
      let value = (Double(a) + (Double(b) - Double(a)) * share).rounded()
      return UInt8(exactly: min(255, max(0, value))) ?? 0
    }
    return RGB(
      channel(red, other.red), channel(green, other.green), channel(blue, other.blue))
  }
}

/// The colours that change with the theme: matplotlib's letters, tuned for two papers.
public enum Ink: Int, Sendable, Hashable, CaseIterable {
  /// The letters `b r g m y c k w`, in the order in which series take them.
  case blue, red, green, magenta, yellow, cyan, black, white

  /// The letter that a format string uses.
  var letter: Character { Array("brgmyckw")[rawValue] }

  /// The ink of a letter.
  init?(letter: Character) {
    guard let ink = Ink.allCases.first(where: { $0.letter == letter }) else { return nil }
    self = ink
  }

  /// The colour on light paper; at least 3:1 against white but for white itself.
  var light: RGB {
    let colors: [UInt32] = [
      0x0072b2, 0xd55e00, 0x009e73, 0xb6488b, 0x835206, 0x2697e6, 0x222222, 0xffffff,
    ]
    return RGB(colors[rawValue])
  }

  /// The colour on dark paper; at least 4.8:1 against `#111` but for `w`.
  var dark: RGB {
    let colors: [UInt32] = [
      0x4aa3df, 0xf0803c, 0x2fbf8f, 0x9c748f, 0xddcb34, 0x9cdcfc, 0xdddddd, 0x111111,
    ]
    return RGB(colors[rawValue])
  }

  /// The inks that series without a colour take in turn.
  static let cycle: [Ink] = [.blue, .red, .green, .magenta, .yellow, .cyan]
}

/// What a mark is painted with.
public enum Paint: Sendable, Hashable {
  /// A colour that follows the theme.
  case ink(Ink)
  /// A colour that is the same on every paper.
  case exact(RGB)

  /// Reads a colour as matplotlib does: a letter, a name, `C0` to `C9`, `#rgb`, `#rrggbb`, a grey.
  public init?(named name: String) {
    if name.count == 1, let letter = name.first, let ink = Ink(letter: letter) {
      self = .ink(ink)
    } else if let rgb = RGB(cssText: name) {
      self = .exact(rgb)
    } else {
      return nil
    }
  }

  /// The colour on light or dark paper.
  func color(dark: Bool) -> RGB {
    switch self {
    case .ink(let ink): dark ? ink.dark : ink.light
    case .exact(let rgb): rgb
    }
  }
}

extension RGB {
  /// Reads an exact colour: a name, `C0` to `C9`, `#rgb`, `#rrggbb` or a grey level such as `0.5`.
  init?(cssText text: String) {
    let lower = text.lowercased()
    if let named = NamedColors.all.first(where: { $0.name == lower }) {
      self.init(named.hex)
    } else if lower.first == "#" {
      let digits = lower.dropFirst()
      guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
        return nil
      }
      if digits.count == 6 {
        self.init(value)
      } else if digits.count == 3 {
        let channels = [value >> 8, (value >> 4) & 15, value & 15]
        self.init(channels.reduce(0) { $0 << 8 | $1 * 17 })
      } else {
        return nil
      }
    } else if lower.count == 2, lower.first == "c", let digit = lower.last?.wholeNumberValue {
      self.init(NamedColors.tab10[digit % 10])
    } else if let grey = Double(lower), (0...1).contains(grey) {
      let level = UInt8(exactly: (grey * 255).rounded()) ?? 0
      self.init(level, level, level)
    } else {
      return nil
    }
  }
}

/// The names of exact colours.
enum NamedColors {
  /// matplotlib's `C0` to `C9`.
  static let tab10: [UInt32] = [
    0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22,
    0x17becf,
  ]

  /// The CSS names in common use.
  static let all: [(name: String, hex: UInt32)] = [
    ("black", 0x000000), ("white", 0xffffff), ("gray", 0x808080), ("grey", 0x808080),
    ("silver", 0xc0c0c0), ("lightgray", 0xd3d3d3), ("lightgrey", 0xd3d3d3),
    ("darkgray", 0xa9a9a9), ("darkgrey", 0xa9a9a9), ("dimgray", 0x696969), ("red", 0xff0000),
    ("darkred", 0x8b0000), ("firebrick", 0xb22222), ("crimson", 0xdc143c), ("tomato", 0xff6347),
    ("coral", 0xff7f50), ("salmon", 0xfa8072), ("orange", 0xffa500), ("darkorange", 0xff8c00),
    ("gold", 0xffd700), ("yellow", 0xffff00), ("khaki", 0xf0e68c), ("green", 0x008000),
    ("lime", 0x00ff00), ("darkgreen", 0x006400), ("forestgreen", 0x228b22),
    ("seagreen", 0x2e8b57), ("limegreen", 0x32cd32), ("lightgreen", 0x90ee90),
    ("olive", 0x808000), ("teal", 0x008080), ("cyan", 0x00ffff), ("aqua", 0x00ffff),
    ("turquoise", 0x40e0d0), ("blue", 0x0000ff), ("navy", 0x000080), ("darkblue", 0x00008b),
    ("royalblue", 0x4169e1), ("steelblue", 0x4682b4), ("dodgerblue", 0x1e90ff),
    ("skyblue", 0x87ceeb), ("lightblue", 0xadd8e6), ("slateblue", 0x6a5acd),
    ("indigo", 0x4b0082), ("purple", 0x800080), ("violet", 0xee82ee), ("orchid", 0xda70d6),
    ("magenta", 0xff00ff), ("fuchsia", 0xff00ff), ("pink", 0xffc0cb), ("hotpink", 0xff69b4),
    ("brown", 0xa52a2a), ("maroon", 0x800000), ("chocolate", 0xd2691e), ("sienna", 0xa0522d),
    ("tan", 0xd2b48c), ("beige", 0xf5f5dc),
  ]
}
