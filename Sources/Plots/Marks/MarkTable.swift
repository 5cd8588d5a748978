/// The functions that draw data, one name each.
enum MarkTable {
  static let all: [PlotSpec] = [
    .plot, .semilogy, .semilogx, .loglog, .step, .scatter, .bar, .barh, .hist, .imshow, .heatmap,
    .axhline, .axvline, .axhspan, .axvspan, .fillBetween,
  ]
}
