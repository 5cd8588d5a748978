import Tensors

/// What a cell shows of a tensor that is too large to read: a head line, a histogram and the values
/// at the edges.
enum TensorSummary {
  /// Up to so many elements a cell shows the tensor itself.
  static let fullLimit = 100

  static func text(of tensor: Tensor, _ context: TensorContext) -> String {
    let values = tensor.doubles()
    let finite = values.filter(\.isFinite)
    var head = head(of: tensor, values, finite)
    if let low = finite.min(), let high = finite.max(), high > low {
      head += "\n" + histogram(finite, low, high)
    }
    return head + "\n" + tensor.text
  }

  /// Shape, type and statistics in a line.
  static func head(of tensor: Tensor) -> String {
    let values = tensor.doubles()
    return head(of: tensor, values, values.filter(\.isFinite))
  }

  private static func head(of tensor: Tensor, _ values: [Double], _ finite: [Double]) -> String {
    let head = "tensor \(tensor.shape.text) \(tensor.dtype.name)"
    guard let low = finite.min(), let high = finite.max() else { return head }
    let mean = finite.reduce(0, +) / Double(finite.count)
    return head + "  min \(short(low))  max \(short(high))  mean \(short(mean))"
      + "  nan \(values.count { $0.isNaN })"
  }

  /// Block heights of the counts in 40 equal bins from the least to the largest value.
  private static func histogram(_ values: [Double], _ low: Double, _ high: Double) -> String {
    let bins = 40
    var counts = [Int](repeating: 0, count: bins)
    // Halved before subtracting: the range of two large numbers can exceed the largest float.
    let width = (high / 2 - low / 2) / Double(bins) * 2
    for value in values {
      let place = ((value / 2 - low / 2) * 2 / width).rounded(.down)
      counts[Int(exactly: Swift.min(Swift.max(place, 0), Double(bins - 1))) ?? 0] += 1
    }
    let blocks = Array(" ▁▂▃▄▅▆▇█")
    let peak = Double(counts.max() ?? 1)
    let bars = counts.map { count in
      blocks[Int(exactly: (Double(count) / peak * 8).rounded(.up)) ?? 0]
    }
    return "\(short(low)) " + String(bars) + " \(short(high))"
  }

  /// Four significant digits.
  static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    var scale = 1.0
    var magnitude = value.magnitude
    var places = 0
    while magnitude < 1000, places < 300 {
      magnitude *= 10
      scale *= 10
      places += 1
    }
    if value.magnitude >= 1e7 || value.magnitude < 1e-5 {
      var exponent = 0
      var digits = value
      while digits.magnitude >= 10 {
        digits /= 10
        exponent += 1
      }
      while digits.magnitude < 1 {
        digits *= 10
        exponent -= 1
      }
      return "\((digits * 1000).rounded() / 1000)e\(exponent)"
    }
    let rounded = (value * scale).rounded() / scale
    if rounded == rounded.rounded() { return "\(Int(exactly: rounded) ?? 0)" }
    return "\(rounded)"
  }
}
