public import Neural
public import Plots

/// The picture of a training: loss and validation loss over epochs, and the best epoch as a dot.
public enum TrainingCurve {
  /// The curve of what is known so far, under a line of words.
  public static func figure(_ progress: TrainingProgress, line: String) -> Figure {
    // SVG draws two spaces as one, which would run the parts of the line together.
    figure(
      numbers: progress.numbers, series: progress.series,
      title: line.replacing("  ", with: " · "))
  }

  /// The curve of a whole history.
  public static func figure(_ history: History) -> Figure {
    let series = history.names.map { (name: $0, values: history[$0] ?? []) }
    return figure(numbers: history.epochs.map { $0 + 1 }, series: series, title: nil)
  }

  /// Draws losses over epochs; other metrics have scales of their own and are left to words.
  static func figure(
    numbers: [Int], series: [(name: String, values: [Double])], title: String?
  ) -> Figure {
    let losses = series.filter { $0.name == "loss" || $0.name == "val_loss" }
    var figures: [Figure] = []
    for (index, loss) in losses.enumerated() {
      let ink: Ink = index == 0 ? .blue : .red
      let count = min(numbers.count, loss.values.count)
      let kept = thinned(Array(loss.values.prefix(count)))
      figures.append(
        .plot(
          kept.map { loss.values[$0] }, x: kept.map { Double(numbers[$0]) },
          SeriesStyle(label: loss.name, color: .ink(ink))))
    }
    if let (watched, ink) = losses.last.map({ ($0.values, losses.count > 1 ? Ink.red : .blue) }),
      let best = watched.indices.filter({ watched[$0].isFinite && $0 < numbers.count }).min(by: {
        watched[$0] < watched[$1]
      })
    {
      figures.append(
        .scatter(
          x: [Double(numbers[best])], y: [watched[best]],
          SeriesStyle(color: .ink(ink), markerSize: 7, alpha: 1)))
    }
    let values = losses.flatMap(\.values).filter { $0.isFinite && $0 > 0 }
    let isWide = (values.max() ?? 1) > 20 * (values.min() ?? 1)
    // One size from the first frame on: what replaces a frame must not move the page.
    let frame = Figure.decoration(
      title: title, xLabel: "epoch", yScale: isWide ? .log : nil, size: (width: 8, height: 3.5))
    return figures.reduce(frame) { sum, next in (try? sum.overlaid(with: next)) ?? sum }
  }

  /// The places of the first and last value and of the least and greatest of each of 400 spans:
  /// a long training is then drawn from few points, spikes included.
  private static func thinned(_ values: [Double]) -> [Int] {
    let spans = 400
    guard values.count > 3 * spans else { return Array(values.indices) }
    var kept: Set<Int> = [0, values.count - 1]
    for span in 0..<spans {
      let range = span * values.count / spans..<(span + 1) * values.count / spans
      // A value that is not finite is kept too, since the line breaks there.
      if let low = range.min(by: { values[$0] < values[$1] }) { kept.insert(low) }
      if let high = range.max(by: { values[$0] < values[$1] }) { kept.insert(high) }
      if let gap = range.first(where: { !values[$0].isFinite }) { kept.insert(gap) }
    }
    return kept.sorted()
  }
}
