import Catalog

/// The arguments of one call, bound to the parameters of a record and read by type.
struct Arguments {
  let function: String
  /// What `*args` took.
  let rest: [PlotArgument]
  private let values: [String: PlotArgument]

  /// Short forms of keywords that matplotlib takes everywhere.
  private static let shortForms = [
    "c": "color", "lw": "linewidth", "ls": "linestyle", "ms": "markersize",
  ]

  init(
    _ entry: Entry, positional: [PlotArgument], keywords: [(name: String, value: PlotArgument)]
  ) throws(PlotError) {
    var values: [String: PlotArgument] = [:]
    let places = entry.parameters.filter { $0.passing == .positional || $0.passing == .either }
    let takesRest = entry.parameters.contains { $0.passing == .variadic }
    if positional.count > places.count, !takesRest {
      throw .tooManyArguments(
        function: entry.name, expected: places.count, received: positional.count)
    }
    for (place, value) in zip(places, positional) { values[place.name] = value }
    for (name, value) in keywords {
      let full = try Self.fullName(name, of: entry)
      guard values.updateValue(value, forKey: full) == nil else {
        throw .repeatedArgument(function: entry.name, name: full)
      }
    }
    for parameter in entry.parameters where !parameter.isOptional && values[parameter.name] == nil {
      throw .missingArgument(function: entry.name, name: parameter.name)
    }
    function = entry.name
    rest = Array(positional.dropFirst(places.count))
    self.values = values
  }

  /// The parameter that a keyword means.
  static func fullName(_ keyword: String, of entry: Entry) throws(PlotError) -> String {
    let known = entry.parameters.filter { $0.passing == .either || $0.passing == .keyword }
      .map(\.name)
    if known.contains(keyword) { return keyword }
    guard let full = shortForms[keyword], known.contains(full) else {
      throw .unknownKeyword(function: entry.name, name: keyword, known: known)
    }
    return full
  }

  /// The value given for a parameter; nil if there is none or it is `None`.
  subscript(name: String) -> PlotArgument? {
    if case .some(.none) = values[name] { return nil }
    return values[name]
  }

  func wrongType(_ name: String, _ expected: String, _ value: PlotArgument) -> PlotError {
    .wrongType(
      function: function, argument: name, expected: expected, received: value.typeName)
  }

  /// A string.
  func text(_ name: String) throws(PlotError) -> String? {
    guard let value = self[name] else { return nil }
    guard case .text(let text) = value else { throw wrongType(name, "a string", value) }
    return text
  }

  /// A string, or a number as it reads: titles and labels accept both.
  func label(_ name: String) throws(PlotError) -> String? {
    switch self[name] {
    case nil: nil
    case .text(let text): Self.bounded(text)
    case .number(let number, _): Numeral.short(number)
    case .some(let value): throw wrongType(name, "a string", value)
    }
  }

  /// Text of a length that a figure can hold.
  static func bounded(_ text: String) -> String {
    text.utf8.count <= 400 ? text : String(text.unicodeScalars.prefix(200)) + "\u{2026}"
  }

  /// A finite number.
  func number(_ name: String) throws(PlotError) -> Double? {
    guard let value = self[name] else { return nil }
    switch value {
    case .number(let number, _) where number.isFinite: return number
    case .bool(let flag): return flag ? 1 : 0
    case .numbers(let array) where array.values.count == 1 && array.values[0].isFinite:
      return array.values[0]
    case .number(let number, _):
      throw .badValue(
        function: function, argument: name, expected: "a finite number", received: "\(number)")
    default: throw wrongType(name, "a number", value)
    }
  }

  /// A number within bounds; `words` names them.
  func number(_ name: String, in bounds: ClosedRange<Double>, _ words: String) throws(PlotError)
    -> Double?
  {
    guard let value = try number(name) else { return nil }
    guard bounds.contains(value) else {
      throw .badValue(
        function: function, argument: name, expected: words, received: Numeral.short(value))
    }
    return value
  }

  /// A count within bounds.
  func count(_ name: String, in bounds: ClosedRange<Int>) throws(PlotError) -> Int? {
    guard let value = try number(name) else { return nil }
    guard let whole = Int(exactly: value), bounds.contains(whole) else {
      throw .badValue(
        function: function, argument: name,
        expected: "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
        received: Numeral.short(value))
    }
    return whole
  }

  /// A truth value.
  func flag(_ name: String) throws(PlotError) -> Bool? {
    guard let value = self[name] else { return nil }
    switch value {
    case .bool(let flag): return flag
    case .number(let number, _): return number != 0
    default: throw wrongType(name, "True or False", value)
    }
  }

  /// One of a closed set of names.
  func choice(_ name: String, _ known: [String]) throws(PlotError) -> String? {
    guard let text = try text(name) else { return nil }
    guard known.contains(text) else {
      throw .unknownChoice(function: function, argument: name, received: text, known: known)
    }
    return text
  }

  /// Numbers of any shape.
  func array(_ name: String) throws(PlotError) -> PlotArray? {
    guard let value = self[name] else { return nil }
    return try array(value, name)
  }

  func array(_ value: PlotArgument, _ name: String) throws(PlotError) -> PlotArray {
    switch value {
    case .numbers(let array): return array
    case .number(let number, let isInteger):
      return PlotArray(shape: [1], values: [number], isInteger: isInteger)
    case .bool(let flag): return PlotArray(shape: [1], values: [flag ? 1 : 0], isInteger: true)
    case .list(let items):
      let isRagged = items.allSatisfy {
        switch $0 {
        case .numbers, .number, .bool, .list: true
        default: false
        }
      }
      if isRagged { throw .ragged(function: function, argument: name) }
      throw wrongType(name, "numbers", value)
    default: throw wrongType(name, "numbers", value)
    }
  }

  /// Numbers along one axis; axes of extent 1 are dropped.
  func series(_ name: String) throws(PlotError) -> PlotArray? {
    guard let array = try array(name)?.squeezed else { return nil }
    guard array.shape.count == 1 else {
      throw .wrongRank(
        function: function, argument: name, expected: "one axis of numbers", shape: array.shape)
    }
    return array
  }

  /// A pair `(low, high)`, either of which may be None.
  func pair(_ name: String) throws(PlotError) -> (Double?, Double?)? {
    guard let value = self[name] else { return nil }
    switch value {
    case .numbers(let array) where array.shape == [2]:
      return (array.values[0], array.values[1])
    case .list(let items) where items.count == 2:
      var ends: [Double?] = []
      for item in items {
        switch item {
        case .none: ends.append(nil)
        case .number(let number, _): ends.append(number)
        default: throw wrongType(name, "a pair of numbers", value)
        }
      }
      return (ends[0], ends[1])
    default: throw wrongType(name, "a pair of numbers", value)
    }
  }

  /// A colour.
  func paint(_ name: String) throws(PlotError) -> Paint? {
    switch self[name] {
    case nil: return nil
    case .text(let text):
      guard let paint = Paint(named: text) else {
        throw .unknownColor(function: function, name: text)
      }
      return paint
    case .numbers(let array)
    where array.shape == [3] && array.values.allSatisfy { (0...1).contains($0) }:
      let channels = array.values.map { UInt8(exactly: ($0 * 255).rounded()) ?? 0 }
      return .exact(RGB(channels[0], channels[1], channels[2]))
    case .some(let value): throw wrongType(name, "a colour", value)
    }
  }

  /// The keywords that all series share, over what a format string says.
  func style(format: FormatString? = nil) throws(PlotError) -> SeriesStyle {
    var style = SeriesStyle()
    style.label = try label("label")
    style.color = try paint("color") ?? format?.color
    style.lineWidth = try number("linewidth", in: 0...100, "a width of 0 to 100")
    style.alpha = try number("alpha", in: 0...1, "a share of 0 to 1")
    style.markerSize = try number("markersize", in: 0...200, "a size of 0 to 200")
    style.dash = format?.dash
    style.marker = format?.marker
    if let text = try text("linestyle") {
      guard let dash = Dash(text: text) else {
        throw .unknownChoice(
          function: function, argument: "linestyle", received: text,
          known: ["-", "--", ":", "-.", "none"])
      }
      style.dash = dash
    }
    if let text = try text("marker"), text != "none" {
      guard let marker = Marker(rawValue: text) else {
        throw .unknownChoice(
          function: function, argument: "marker", received: text,
          known: Marker.allCases.map(\.rawValue))
      }
      style.marker = marker
    }
    return style
  }
}

extension Parameter {
  /// The keywords that all line series share.
  static let lineStyle: [Parameter] = [
    .keyword("label", .string), .keyword("color", .color), .keyword("linewidth", .float),
    .keyword("linestyle", .string, choices: ["-", "--", ":", "-.", "none"]),
    .keyword("marker", .string, choices: Marker.allCases.map(\.rawValue)),
    .keyword("markersize", .float), .keyword("alpha", .float),
  ]
}
