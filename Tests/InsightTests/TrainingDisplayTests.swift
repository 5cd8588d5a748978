import Plots
import Testing

@testable import Insight
@testable import Neural

@Suite struct TrainingDisplayTests {
  private func plan(epochs: Int) -> TrainingPlan {
    TrainingPlan(
      model: "model", epochs: epochs, initialEpoch: 0, earlierEpochs: 0, batches: 12,
      samples: 1200, batchSize: 100, names: ["loss", "val_loss"])
  }

  private func epoch(_ number: Int, of epochs: Int) -> TrainingEpoch {
    let loss = 0.7 / Double(number)
    return TrainingEpoch(
      number: number, epochs: epochs,
      logs: [(name: "loss", value: loss), (name: "val_loss", value: loss + 0.01 * Double(number))])
  }

  /// The frames of a training whose epochs take equally long.
  private func frames(
    _ place: TrainingDisplay.Place, epochs: Int, seconds: Double, isEachEpoch: Bool = false,
    outcome: TrainingOutcome = .finished
  ) throws -> [TrainingFrame] {
    var now = 100.0
    var frames: [TrainingFrame] = []
    let display = TrainingDisplay(place, isEachEpoch: isEachEpoch, clock: { now }) {
      frames.append($0)
    }
    try display.began(plan(epochs: epochs))
    for number in 1..<epochs + 1 {
      now += seconds
      try display.epoch(epoch(number, of: epochs))
    }
    try display.ended(outcome)
    return frames
  }

  @Test func `says how far the training is`() {
    var progress = TrainingProgress(plan(epochs: 1500))
    for number in 1...10 { progress.add(epoch(number, of: 1500), at: Double(number) * 0.036) }
    #expect(
      progress.line(timed: true)
        == "epoch 10/1500  0%  loss 0.0700  val_loss 0.170 (best 0.167 @ 8)  3.00 ms/step  eta 0:54"
    )
    #expect(
      progress.line(timed: false)
        == "epoch 10/1500  loss 0.0700  val_loss 0.170 (best 0.167 @ 8)")
  }

  @Test func `leaves metrics and the time of a step out of live titles`() {
    var progress = TrainingProgress(plan(epochs: 1500))
    for number in 1...10 {
      let epoch = epoch(number, of: 1500)
      progress.add(
        TrainingEpoch(
          number: number, epochs: 1500, logs: epoch.logs + [(name: "val_accuracy", value: 0.5)]),
        at: Double(number) * 0.036)
    }
    #expect(
      progress.line(timed: true, isShort: true)
        == "epoch 10/1500  loss 0.0700  val_loss 0.170 (best 0.167 @ 8)  eta 0:54")
    #expect(progress.line(timed: true).contains("val_accuracy 0.500"))
  }

  @Test(
    arguments: [
      (0, "0"), (0.0123, "0.0123"), (0.5, "0.500"), (12.34, "12.3"), (1234, "1234"),
      (0.00001, "1.00e-05"), (2e7, "2.00e+07"), (.nan, "nan"), (-.infinity, "-inf"),
      (-0.25, "-0.250"), (1e300, "1.00e+300"),
    ] as [(Double, String)])
  func `writes three digits`(value: Double, text: String) {
    #expect(TrainingProgress.number(value) == text)
  }

  @Test func `writes times as clocks do`() {
    #expect(
      [2, 42, 725, 3723].map(TrainingProgress.clock) == ["0:02", "0:42", "12:05", "1:02:03"])
  }

  @Test func `shows one picture of a short training and keeps it free of times`() throws {
    let frames = try frames(.notebook, epochs: 5, seconds: 0.01)
    #expect(frames.count == 1)
    guard case .picture(let figure, let text, let isLast) = try #require(frames.first) else {
      Issue.record("expected a picture")
      return
    }
    #expect(isLast)
    #expect(!text.contains("eta") && !text.contains("ms/step"))
    #expect(figure.svg().contains(text.replacing("  ", with: " · ")))
  }

  @Test func `shows all numbers in the title, on a second line if need be`() {
    var progress = TrainingProgress(plan(epochs: 1500))
    for number in 1...1500 {
      let metrics = [(name: "mae", value: 0.123), (name: "val_mae", value: 0.234)]
      progress.add(
        TrainingEpoch(
          number: number, epochs: 1500, logs: epoch(number, of: 1500).logs + metrics),
        at: Double(number))
    }
    let line = progress.line(timed: false)
    let svg = TrainingCurve.figure(progress, line: line).svg()
    for part in line.split(separator: "  ").flatMap({ $0.split(separator: " ") }) {
      #expect(svg.contains(part))
    }
    #expect(!svg.contains("\u{2026}"))
    #expect(svg.contains(">epoch 1500/1500 · loss ") && !svg.contains("· </text>"))
  }

  @Test(arguments: [TrainingDisplay.Place.notebook, .terminal(columns: 40), .plain])
  func `says nothing of no epochs`(place: TrainingDisplay.Place) throws {
    #expect(try frames(place, epochs: 0, seconds: 0.01).isEmpty)
  }

  @Test func `shows at most five pictures a second`() throws {
    let frames = try frames(.notebook, epochs: 200, seconds: 0.01)
    // Two seconds: none in the first 0.3, then one each 0.2, and the last.
    #expect((8...11).contains(frames.count))
  }

  @Test func `keeps the size of pictures and their bytes small`() throws {
    let frames = try frames(.notebook, epochs: 3000, seconds: 0.1)
    var sizes: Set<Int> = []
    for case .picture(let figure, _, _) in frames.suffix(2) + frames.prefix(1) {
      #expect(figure.svg().utf8.count <= 40_000)
      sizes.insert(figure.height)
    }
    #expect(sizes == [280])
  }

  @Test func `overwrites a line in a terminal`() throws {
    let frames = try frames(.terminal(columns: 40), epochs: 20, seconds: 0.05)
    for frame in frames {
      guard case .status(let text, _) = frame else {
        Issue.record("expected a status")
        return
      }
      #expect(text.count < 40)
    }
    #expect((8...12).contains(frames.count))
  }

  @Test func `writes few lines elsewhere and one for each epoch on demand`() throws {
    #expect(try frames(.plain, epochs: 100, seconds: 0.25).count == 4)
    #expect(try frames(.plain, epochs: 7, seconds: 1, isEachEpoch: true).count == 7)
  }

  @Test func `says that an interrupted training keeps its weights`() throws {
    let frames = try frames(
      .plain, epochs: 3, seconds: 1, outcome: .interrupted(epoch: 4, error: .interrupted))
    guard case .line(let text) = try #require(frames.last) else { return }
    #expect(text == "interrupted at epoch 4/3, weights and model.history kept")
  }
}
