public import Diagnostics
public import Notebook
import Platform

/// Renders the events of a session as text: what was asked for on standard output, everything else
/// on standard error.
public struct EventPrinter {
  /// How to render.
  public struct Style: Sendable {
    /// True colours errors.
    public var usesColor = false
    /// True rewrites one line of progress in place.
    public var showsProgress = false
    /// Where figures are written; nil shows them as text.
    public var figures: FigureFolder?

    /// The style for the standard streams as they are.
    public init(usesColor: Bool? = nil) {
      self.usesColor = usesColor ?? (Terminal.colors(Output.standardError) > .none)
      showsProgress =
        Terminal.isInteractive(Output.standardError)
        && Environment.value("TERM").map { $0 != "dumb" } ?? false
    }
  }

  /// True once nobody reads standard output any more, or it takes no more.
  public private(set) var isBroken = false
  /// True when standard output stands at the start of a line.
  public private(set) var isAtLineStart = true
  /// What could not be written.
  public private(set) var problem: String?
  private var style: Style
  private var progress: String?
  private var warnings: [Diagnostic]
  /// Text for standard output that follows upon each other is written together.
  private var pending = ""
  /// The text of a figure that has changed since it was last told of.
  private var changed: (id: String, text: String)?

  /// Makes a printer.
  ///
  /// - Parameters:
  ///   - style: How to render.
  ///   - warnings: What may be wrong with what is going to run. It is told before the first event,
  ///     but for what that event, being an error, tells itself.
  public init(_ style: Style, warnings: [Diagnostic] = []) {
    self.style = style
    self.warnings = warnings
  }

  /// Renders an event.
  ///
  /// Call ``flush()`` before waiting for the next.
  public mutating func print(_ event: Event) {
    if !warnings.isEmpty { warn(before: event) }
    if case .update(let bundle, let id) = event, bundle.svg != nil {
      // A figure that changes is drawn once, when it is first shown. Of its later states the last
      // is told in words: it is the one to keep.
      if changed?.id != id { tellChange() }
      changed = (id, bundle.plainText)
      return
    }
    tellChange()
    switch event {
    case .stream(let stream, let text):
      if stream.isError { note(text) } else { write(text) }
    case .advice(let text):
      // What a notebook stores is coloured, whoever looks on.
      note(style.usesColor ? text : Renderer.withoutColors(text))
    case .display(let bundle, _): show(text: bundle.plainText, svg: bundle.svg)
    case .update(let bundle, _): writeLine(bundle.plainText)
    case .result(let bundle, _): writeLine(bundle.plainText)
    case .error(let report):
      // Whoever has closed the pipe has seen enough, and knows.
      guard !isBroken else { return }
      note((style.usesColor ? report.coloured : report.plain).map { $0 + "\n" }.joined())
    case .page(let bundle): writeLine(bundle.plainText)
    case .progress(let line): setProgress(line)
    case .clear: break
    }
  }

  /// Renders several events and writes them.
  public mutating func print(_ events: some Sequence<Event>) {
    for event in events { print(event) }
    flush()
  }

  /// Writes what is pending.
  public mutating func flush() {
    guard !pending.isEmpty else { return }
    if !Output.write(pending) { isBroken = true }
    pending = ""
  }

  /// Ends an unfinished line of output and takes progress away.
  public mutating func finish() {
    if !warnings.isEmpty { warn(before: nil) }
    tellChange()
    setProgress(nil)
    if !isAtLineStart, Terminal.isInteractive(Output.standardOutput) { write("\n") }
    flush()
  }

  /// Writes a line about the run to standard error.
  public mutating func note(_ text: String) {
    flush()
    let line = progress
    setProgress(nil)
    // On a terminal both streams share the line.
    if !isAtLineStart, Terminal.isInteractive(Output.standardOutput) {
      write("\n")
      flush()
    }
    Output.write(text, to: Output.standardError)
    if text.hasSuffix("\n") { setProgress(line) }
  }

  private mutating func warn(before event: Event?) {
    var place: Diagnostic.Label?
    if case .error(let report)? = event { place = report.primary }
    let renderer = Renderer(usesColor: style.usesColor)
    let all = warnings
    warnings = []
    for warning in all {
      if let place, let own = warning.primary, own.file.name == place.file.name,
        own.span == place.span
      {
        continue
      }
      note(renderer.text(of: warning.asWarning))
    }
  }

  private mutating func tellChange() {
    guard let text = changed?.text else { return }
    changed = nil
    writeLine(text)
  }

  private mutating func show(text: String, svg: String?) {
    guard let svg, style.figures != nil else {
      writeLine(text)
      return
    }
    do throws(FileError) {
      let path = try style.figures?.write(svg) ?? ""
      note("\(path)\n")
    } catch {
      problem = error.description
      note("error: --figures: \(error.description)\n")
    }
  }

  private mutating func writeLine(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n")
  }

  private mutating func write(_ text: String) {
    guard !text.isEmpty else { return }
    let line = progress
    setProgress(nil)
    pending += text
    isAtLineStart = text.utf8.last == 0x0A
    if isAtLineStart, let line {
      flush()
      setProgress(line)
    }
    if pending.utf8.count > 1 << 16 { flush() }
  }

  /// Rewrites the line of progress; the cursor is hidden while there is one.
  private mutating func setProgress(_ line: String?) {
    guard style.showsProgress, line != progress else { return }
    flush()
    let hide = progress == nil ? "\u{1B}[?25l" : ""
    let columns = max(Terminal.size(Output.standardError).columns - 1, 1)
    let text = line.map { "\(hide)\r\($0.prefix(columns))\u{1B}[K" } ?? "\r\u{1B}[K\u{1B}[?25h"
    Output.write(text, to: Output.standardError)
    progress = line
  }
}
