public import Neural

/// How far a training is, and the line that says so.
///
/// The line that is stored with a notebook names no time: only frames that are replaced later do.
public struct TrainingProgress: Sendable {
  /// The number of the last epoch.
  public let epochs: Int
  /// Batches in an epoch.
  public let batches: Int
  /// The number of the last complete epoch; 0 before the first.
  public private(set) var epoch: Int
  /// The numbers of the complete epochs.
  public private(set) var numbers: [Int] = []
  /// The names of the logs in the order shown, each with a value for every complete epoch.
  public private(set) var series: [(name: String, values: [Double])]
  /// The exponential mean of the time of an epoch in seconds, without the first.
  private var epochTime: Double?
  private var lastEnd: Double?

  /// Starts before the first epoch.
  public init(_ plan: TrainingPlan) {
    epochs = plan.epochs
    batches = plan.batches
    epoch = plan.initialEpoch
    series = plan.names.map { ($0, []) }
  }

  /// Takes in a complete epoch.
  ///
  /// - Parameters:
  ///   - result: The epoch and its logs.
  ///   - seconds: The time at which it ended.
  public mutating func add(_ result: TrainingEpoch, at seconds: Double) {
    epoch = result.number
    numbers.append(result.number)
    for (name, value) in result.logs {
      if let index = series.firstIndex(where: { $0.name == name }) {
        series[index].values.append(value)
      } else {
        series.append((name, [value]))
      }
    }
    // The first epoch pays for what is made once.
    if let lastEnd {
      let time = max(0, seconds - lastEnd)
      epochTime = epochTime.map { $0 + 0.3 * (time - $0) } ?? time
    }
    lastEnd = seconds
  }

  /// The values whose least is the best epoch: those of the validation, if there is one.
  var watched: (name: String, values: [Double])? {
    series.first { $0.name == "val_loss" && !$0.values.isEmpty }
      ?? series.first { $0.name == "loss" && !$0.values.isEmpty }
  }

  /// The place of the least watched value among the complete epochs.
  var best: Int? {
    guard let values = watched?.values else { return nil }
    return values.indices.filter { values[$0].isFinite }.min { values[$0] < values[$1] }
  }

  /// How many hundredths of the epochs are done.
  private var percent: Int {
    let (scaled, overflow) = epoch.multipliedReportingOverflow(by: 100)
    return overflow ? epoch / max(1, epochs / 100) : scaled / max(1, epochs)
  }

  /// `epoch 812/1500  54%  loss 0.0123  val_loss 0.0698 (best 0.0611 @ 634)  3.1 ms/step  eta 0:42`.
  ///
  /// - Parameters:
  ///   - timed: True for frames that are replaced later, which name share and times.
  ///   - isShort: True for the title of a live picture, which has room for the losses and the time
  ///     that is left.
  /// - Returns: One line in ASCII.
  public func line(timed: Bool, isShort: Bool = false) -> String {
    var parts = ["epoch \(epoch)/\(epochs)"]
    if timed, !isShort, epochs > 0 { parts.append("\(percent)%") }
    for (name, values) in series {
      guard let last = values.last else { continue }
      if isShort, name != "loss", name != "val_loss" { continue }
      var part = "\(name) \(Self.number(last))"
      if name == watched?.name, let best, best < values.count, best < numbers.count {
        part += " (best \(Self.number(values[best])) @ \(numbers[best]))"
      }
      parts.append(part)
    }
    if timed, let epochTime {
      let step = epochTime / Double(max(1, batches))
      let text = step < 1 ? "\(Self.number(step * 1000)) ms/step" : "\(Self.number(step)) s/step"
      if !isShort { parts.append(text) }
      let left = epochTime * Double(max(0, epochs - epoch))
      if left >= 2 { parts.append("eta \(Self.clock(left))") }
    }
    return parts.joined(separator: "  ")
  }

  /// Three significant digits.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let size = abs(value)
    guard size > 0 else { return "0" }
    // Powers of ten between which values are written plainly.
    guard size >= 1e-4, size < 1e6 else { return scientific(value) }
    var decimals = 2
    var limit = 1.0
    while size >= limit * 10, decimals > 0 {
      limit *= 10
      decimals -= 1
    }
    limit = 1
    while size < limit, decimals < 6 {
      limit /= 10
      decimals += 1
    }
    return fixed(value, decimals)
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let digits = String(Int(exactly: (abs(value) * scale).rounded()) ?? 0)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let text =
      decimals == 0 ? padded : padded.dropLast(decimals) + "." + padded.suffix(decimals)
    return (value < 0 ? "-" : "") + text
  }

  private static func scientific(_ value: Double) -> String {
    var size = abs(value)
    var power = 0
    while size >= 9.995, power < 400 {
      size /= 10
      power += 1
    }
    while size < 0.9995, power > -400 {
      size *= 10
      power -= 1
    }
    let sign = power < 0 ? "-" : "+"
    let digits = power.magnitude < 10 ? "0\(power.magnitude)" : "\(power.magnitude)"
    return (value < 0 ? "-" : "") + fixed(size, 2) + "e" + sign + digits
  }

  /// `0:42`, `12:05`, `1:02:03`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(exactly: min(seconds, 3.6e8).rounded()) ?? 0
    let pad = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let hours = whole / 3600
    let minutes = whole / 60 % 60
    return hours > 0
      ? "\(hours):\(pad(minutes)):\(pad(whole % 60))" : "\(minutes):\(pad(whole % 60))"
  }
}
