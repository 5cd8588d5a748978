/// How a series looks; what is nil is chosen when the figure is drawn.
public struct SeriesStyle: Sendable, Hashable {
  /// The name shown at the line's end or in the legend.
  public var label: String?
  /// The colour; nil takes the next of the cycle.
  public var color: Paint?
  /// The width of a line in pixels.
  public var lineWidth: Double?
  /// The pattern of a line; `.none` draws markers only.
  public var dash: Dash?
  /// The sign at each point.
  public var marker: Marker?
  /// The extent of a marker in pixels.
  public var markerSize: Double?
  /// 0 is clear, 1 is opaque.
  public var alpha: Double?

  /// Makes a style of the parts that are given.
  public init(
    label: String? = nil, color: Paint? = nil, lineWidth: Double? = nil, dash: Dash? = nil,
    marker: Marker? = nil, markerSize: Double? = nil, alpha: Double? = nil
  ) {
    self.label = label
    self.color = color
    self.lineWidth = lineWidth
    self.dash = dash
    self.marker = marker
    self.markerSize = markerSize
    self.alpha = alpha
  }
}

/// The pattern of a line.
public enum Dash: String, Sendable, CaseIterable {
  /// matplotlib's four patterns, and no line at all.
  case solid = "-"
  case dashed = "--"
  case dotted = ":"
  case dashDot = "-."
  case none = ""

  /// The lengths of strokes and gaps in pixels, as SVG writes them; nil for an unbroken line.
  var pattern: String? {
    switch self {
    case .solid, .none: nil
    case .dashed: "6 4.5"
    case .dotted: "0 4"
    case .dashDot: "7 4 0 4"
    }
  }

  /// Reads a pattern by its sign or by its long name.
  init?(text: String) {
    switch text {
    case "solid": self = .solid
    case "dashed": self = .dashed
    case "dotted": self = .dotted
    case "dashdot": self = .dashDot
    case "none", "None", " ": self = .none
    default:
      guard let dash = Dash(rawValue: text) else { return nil }
      self = dash
    }
  }
}

/// The sign drawn at a point.
public enum Marker: String, Sendable, CaseIterable {
  /// matplotlib's signs.
  case point = "."
  case circle = "o"
  case square = "s"
  case triangle = "^"
  case triangleDown = "v"
  case cross = "x"
  case plus = "+"
  case star = "*"
  case diamond = "D"

  /// The extent in pixels unless a size is given.
  var defaultSize: Double { self == .point ? 4 : 6.5 }

  /// True for signs drawn by lines rather than filled.
  var isStroked: Bool { self == .cross || self == .plus || self == .star }
}

/// A colour, a marker and a pattern in one short string: `"r-"`, `"go"`, `"k--"`.
struct FormatString {
  var color: Paint?
  var marker: Marker?
  var dash: Dash?

  /// Reads the three parts in any order.
  ///
  /// - Throws: ``PlotError/unknownFormat(function:format:character:)`` at the first strange character.
  init(_ text: String, function: String) throws(PlotError) {
    var rest = Substring(text)
    if text.count > 2, let paint = Paint(named: text) {
      color = paint
      return
    }
    while let character = rest.first {
      let pair = String(rest.prefix(2))
      if pair.count == 2, let found = Dash(rawValue: pair) {
        dash = found
        rest = rest.dropFirst(2)
        continue
      }
      if let found = Dash(rawValue: String(character)) {
        dash = found
      } else if let found = Marker(rawValue: String(character)) {
        marker = found
      } else if let ink = Ink(letter: character) {
        color = .ink(ink)
      } else if pair.count == 2, let paint = Paint(named: pair) {
        color = paint
        rest = rest.dropFirst(2)
        continue
      } else {
        throw .unknownFormat(function: function, format: text, character: character)
      }
      rest = rest.dropFirst()
    }
    // As in matplotlib, a marker alone means no line.
    if marker != nil, dash == nil { dash = Dash.none }
  }
}
