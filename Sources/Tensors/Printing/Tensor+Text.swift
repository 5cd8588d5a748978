extension Tensor {
  /// NumPy's text of the array, as `print` shows it: `[0. 2.]`.
  ///
  /// Digits are the shortest that round-trip, at most 8 after the point; more than 1000 elements are
  /// summarised by the first and last three of each axis; lines wrap at 75 columns.
  public var text: String {
    rank == 0
      ? scalarText
      : TensorPrinter(self, separator: " ", prefix: 0, width: TensorPrinter.lineWidth).text
  }

  /// The text that says what it is, `tensor([0., 2.])`, with the dtype unless it is the usual one.
  public var repr: String {
    if rank == 0 { return scalarText }
    let opening = "tensor("
    // One column is kept for the closing parenthesis.
    let body =
      count == 0
      ? "[]"
      : TensorPrinter(
        self, separator: ", ", prefix: opening.utf8.count, width: TensorPrinter.lineWidth - 1
      ).text
    var notes: [String] = []
    let hidesShape = count == 0 ? shape.extents != [0] : count > TensorPrinter.threshold
    if hidesShape { notes.append("shape=\(shape.text)") }
    if dtype == .float64 || dtype == .int32 { notes.append("dtype=\(dtype.name)") }
    let start = opening + body
    if notes.isEmpty { return start + ")" }
    let note = notes.joined(separator: ", ") + ")"
    let lastLine = start.utf8.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
    let fits = lastLine + note.utf8.count + 2 <= TensorPrinter.lineWidth
    return start + (fits ? ", " : ",\n       ") + note
  }

  /// A single number as the language writes it.
  private var scalarText: String {
    guard let item = try? item() else { return "[]" }
    switch item {
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return String(value)
    case .float32(let value): return TensorPrinter.number("\(value)")
    case .float64(let value): return TensorPrinter.number("\(value)")
    }
  }
}

/// Lays the elements of a tensor out in lines and brackets.
struct TensorPrinter {
  static let lineWidth = 75
  static let threshold = 1000
  private static let edge = 3

  private let extents: [Int]
  private let strides: [Int]
  private let separator: String
  private let isSummarised: Bool
  private let tensor: Tensor
  private let integerWidth: Int
  private let floatFormat: FloatFormat
  private let prefix: Int
  private let width: Int

  /// Prepares the elements; `width` is the columns of a line, less what follows the last bracket.
  init(_ tensor: Tensor, separator: String, prefix: Int, width: Int) {
    self.tensor = tensor
    self.width = width
    extents = tensor.shape.extents
    strides = tensor.shape.strides
    self.separator = separator
    self.prefix = prefix
    isSummarised = tensor.count > TensorPrinter.threshold
    let shown = TensorPrinter.shown(extents, strides, isSummarised)
    var integerWidth = 0
    var floats: [Double] = []
    for place in shown {
      switch tensor.item(at: place) {
      case .bool: break
      case .int(let number): integerWidth = max(integerWidth, String(number).utf8.count)
      case .float32(let number): floats.append(Double(number))
      case .float64(let number): floats.append(number)
      }
    }
    self.integerWidth = integerWidth
    floatFormat = FloatFormat(floats, isSingle: tensor.dtype == .float32)
  }

  var text: String {
    if extents.contains(0) { return "[]" }
    var output = ""
    append(axis: 0, offset: 0, indent: prefix, to: &output)
    return output
  }

  /// Flat places of the elements that will be written.
  private static func shown(_ extents: [Int], _ strides: [Int], _ isSummarised: Bool) -> [Int] {
    var places = [0]
    for (extent, stride) in zip(extents, strides) {
      let indices = positions(extent, isSummarised).compactMap(\.self)
      places = places.flatMap { place in indices.map { place + $0 * stride } }
    }
    return places
  }

  /// The positions shown along an axis; nil stands for the dots.
  private static func positions(_ extent: Int, _ isSummarised: Bool) -> [Int?] {
    guard isSummarised, extent > 2 * edge else { return Array(0..<extent) }
    return Array(0..<edge) + [nil] + Array(extent - edge..<extent)
  }

  private func append(axis: Int, offset: Int, indent: Int, to output: inout String) {
    let positions = TensorPrinter.positions(extents[axis], isSummarised)
    if axis == extents.count - 1 {
      appendRow(positions, offset, indent: indent, to: &output)
      return
    }
    output += "["
    let comma = separator.first == "," ? "," : ""
    let gap =
      comma + String(repeating: "\n", count: extents.count - axis - 1)
      + String(repeating: " ", count: indent + 1)
    for (count, position) in positions.enumerated() {
      if count > 0 { output += gap }
      guard let position else {
        output += "..."
        continue
      }
      append(
        axis: axis + 1, offset: offset + position * strides[axis], indent: indent + 1, to: &output)
    }
    output += "]"
  }

  private func appendRow(_ positions: [Int?], _ offset: Int, indent: Int, to output: inout String) {
    // Every word leaves room for the closing brackets.
    let limit = width - extents.count
    let margin = String(repeating: " ", count: indent + 1)
    var line = margin
    output += "["
    var isFirstLine = true
    for (count, position) in positions.enumerated() {
      let word = position.map { element(offset + $0 * strides[strides.count - 1]) } ?? "..."
      let isLast = count == positions.count - 1
      if line.utf8.count + word.utf8.count > limit, line.utf8.count > margin.utf8.count {
        output += (isFirstLine ? line.dropPrefix(margin) : line).trimmingEnd + "\n"
        isFirstLine = false
        line = margin
      }
      line += word
      if !isLast { line += separator }
    }
    output += (isFirstLine ? line.dropPrefix(margin) : line) + "]"
  }

  private func element(_ place: Int) -> String {
    switch tensor.item(at: place) {
    case .bool(let value): return value ? " True" : "False"
    case .int(let number):
      let text = String(number)
      return String(repeating: " ", count: max(integerWidth - text.utf8.count, 0)) + text
    case .float32(let number): return floatFormat.text(Double(number), true)
    case .float64(let number): return floatFormat.text(number, false)
    }
  }

  /// A float as Python's `repr` writes it, from Swift's shortest digits.
  static func number(_ shortest: String) -> String {
    if shortest.hasSuffix("nan") { return "nan" }
    if shortest.hasSuffix("inf") { return shortest }
    let decimal = Decimal(shortest: shortest)
    let sign = decimal.isNegative ? "-" : ""
    if decimal.isZero { return sign + "0.0" }
    if decimal.point > 16 || decimal.point < -3 {
      let text = decimal.scientificText(
        fraction: max(decimal.digits.count - 1, 0), exponentDigits: decimal.exponentDigits)
      return sign + text.replacingBarePoint
    }
    return sign + decimal.wholeText + "."
      + decimal.fractionText(max(decimal.fractionDigits, 1))
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    String(decoding: Array(utf8.reversed().drop { $0 == 32 }.reversed()), as: UTF8.self)
  }

  fileprivate func dropPrefix(_ prefix: String) -> String {
    String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// `1.e-07` as `1e-07`.
  fileprivate var replacingBarePoint: String {
    String(decoding: Array(utf8).dropBarePoint, as: UTF8.self)
  }
}

extension Array<UInt8> {
  fileprivate var dropBarePoint: [UInt8] {
    guard let place = firstIndex(of: UInt8(ascii: ".")), place + 1 < count,
      self[place + 1] == UInt8(ascii: "e")
    else { return self }
    return Array(self[..<place] + self[(place + 1)...])
  }
}
