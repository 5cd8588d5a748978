import Tensors

extension Model {
  /// The table that Keras prints: one row a layer, then totals.
  public func summary() -> String {
    var rows: [[String]] = []
    for layer in layers {
      rows.append([
        "\(layer.name) (\(layer.kind))", outputText(of: layer),
        Summary.grouped(layer.parameterCount),
      ])
    }
    let all = weights
    let trainable = all.filter(\.isTrainable)
    let table = Summary.table(
      ["Layer (type)", "Output Shape", "Param #"], rows, minimum: [31, 22, 13])
    return """
      Model: "\(name)"
      \(table)
       Total params: \(Summary.total(all))
       Trainable params: \(Summary.total(trainable))
       Non-trainable params: \(Summary.total(all.filter { !$0.isTrainable }))
      """
  }

  /// The shape of what the layer makes in this graph; several for several results.
  private func outputText(of layer: any Layer) -> String {
    if let input = layer as? InputLayer { return input.shape.text }
    guard let shapes = outputShapesInGraph(of: layer) else { return "?" }
    return shapes.map(\.text).joined(separator: ", ")
  }

  private func outputShapesInGraph(of layer: any Layer) -> [SymbolicShape]? {
    var pending = outputs
    var seen: Set<ObjectIdentifier> = []
    let starts = Set(inputs.map { ObjectIdentifier($0) })
    while let symbol = pending.popLast() {
      guard seen.insert(ObjectIdentifier(symbol)).inserted else { continue }
      if symbol.node.layer === layer {
        return try? layer.outputShapes(for: symbol.node.inputs.map(\.shape))
      }
      if !starts.contains(ObjectIdentifier(symbol)) { pending += symbol.node.inputs }
    }
    return nil
  }
}

/// The text of a summary.
enum Summary {
  /// A table in box characters, the last column to the right.
  static func table(_ head: [String], _ rows: [[String]], minimum: [Int]) -> String {
    var widths = minimum
    for row in [head] + rows {
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    func line(_ cells: [String], _ bar: String) -> String {
      let padded = cells.enumerated().map { column, text in
        let gap = String(repeating: " ", count: max(0, widths[column] - text.count))
        return column == cells.count - 1 ? gap + text : text + gap
      }
      return "\(bar) " + padded.joined(separator: " \(bar) ") + " \(bar)"
    }
    func rule(_ left: String, _ fill: String, _ cross: String, _ right: String) -> String {
      let parts = widths.map { String(repeating: fill, count: $0 + 2) }
      return left + parts.joined(separator: cross) + right
    }
    let body = rows.map { line($0, "│") }.joined(separator: "\n" + rule("├", "─", "┼", "┤") + "\n")
    return [
      rule("┏", "━", "┳", "┓"), line(head, "┃"), rule("┡", "━", "╇", "┩"), body,
      rule("└", "─", "┴", "┘"),
    ].joined(separator: "\n")
  }

  /// `2,080`.
  static func grouped(_ number: Int) -> String {
    var result = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return String(result.reversed())
  }

  /// `2,080 (8.12 KB)`.
  static func total(_ weights: [Tensors.Parameter]) -> String {
    let count = weights.reduce(0) { $0 + $1.value.count }
    return "\(grouped(count)) (\(size(weights.reduce(0) { $0 + $1.value.byteCount })))"
  }

  /// Bytes with two decimals in units of 1024, as Keras writes them.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    let units = ["B", "KB", "MB", "GB", "TB"]
    var unit = 0
    while value >= 1024, unit + 1 < units.count {
      value /= 1024
      unit += 1
    }
    let hundredths = Int((value * 100).rounded(.toNearestOrEven))
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(units[unit])"
  }
}
