/// One value of a call, in terms of numbers and text.
public enum PlotArgument: Sendable {
  /// The absence of a value.
  case none
  /// A truth value.
  case bool(Bool)
  /// One number.
  case number(Double, isInteger: Bool)
  /// One string.
  case text(String)
  /// A tensor, or a list that is as regular as one.
  case numbers(PlotArray)
  /// A list of strings.
  case texts([String])
  /// A list that is none of the above: of figures, mixed, or ragged.
  case list([PlotArgument])
  /// A figure.
  case figure(Figure)
  /// A value that no plot function takes.
  case other(typeName: String)

  /// A list or tuple of the language, collapsed to the most regular case that holds it.
  public static func sequence(_ items: [PlotArgument]) -> PlotArgument {
    guard let first = items.first else {
      return .numbers(PlotArray(shape: [0], values: [], isInteger: true))
    }
    switch first {
    case .number, .bool:
      var values: [Double] = []
      var isInteger = true
      values.reserveCapacity(items.count)
      for item in items {
        switch item {
        case .number(let value, let whole):
          values.append(value)
          isInteger = isInteger && whole
        case .bool(let value): values.append(value ? 1 : 0)
        default: return .list(items)
        }
      }
      return .numbers(PlotArray(shape: [values.count], values: values, isInteger: isInteger))
    case .text:
      var texts: [String] = []
      for item in items {
        guard case .text(let text) = item else { return .list(items) }
        texts.append(text)
      }
      return .texts(texts)
    case .numbers(let head):
      var values: [Double] = []
      var isInteger = true
      for item in items {
        guard case .numbers(let array) = item, array.shape == head.shape else {
          return .list(items)
        }
        values += array.values
        isInteger = isInteger && array.isInteger
      }
      return .numbers(
        PlotArray(shape: [items.count] + head.shape, values: values, isInteger: isInteger))
    default: return .list(items)
    }
  }

  /// The type as an error names it.
  var typeName: String {
    switch self {
    case .none: "None"
    case .bool: "bool"
    case .number(_, let isInteger): isInteger ? "int" : "float"
    case .text: "string"
    case .numbers(let array): "numbers of shape \(shapeText(array.shape))"
    case .texts: "a list of strings"
    case .list: "a mixed list"
    case .figure: "a figure"
    case .other(let name): name
    }
  }
}

/// Numbers with a shape, row by row.
public struct PlotArray: Sendable {
  /// The extents, outermost first.
  public let shape: [Int]
  /// The elements, the last axis varying fastest.
  public let values: [Double]
  /// True if the numbers are integers or truth values by type, so that ticks between them are idle.
  public let isInteger: Bool

  /// Wraps numbers; a count of values that the shape contradicts makes it one axis.
  public init(shape: [Int], values: [Double], isInteger: Bool = false) {
    var product = 1
    var fits = true
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      fits = fits && !overflow && extent >= 0
      product = overflow ? 0 : next
    }
    self.shape = fits && product == values.count ? shape : [values.count]
    self.values = values
    self.isInteger = isInteger
  }

  /// The array without its axes of extent 1, but with at least one axis.
  var squeezed: PlotArray {
    let kept = shape.filter { $0 != 1 }
    return PlotArray(shape: kept.isEmpty ? [1] : kept, values: values, isInteger: isInteger)
  }

  /// The numbers of one column of a matrix.
  func column(_ index: Int, of columns: Int) -> [Double] {
    guard columns > 0 else { return [] }
    return stride(from: index, to: values.count, by: columns).map { values[$0] }
  }
}
