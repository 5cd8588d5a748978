import JSON
import Runtime

/// Turns the events of cells into the outputs that a notebook stores.
///
/// The outputs are what a front end would store that listens to the kernel: adjacent text of one
/// stream is one output, an update replaces every display with its id, in earlier cells too.
struct OutputRecorder: Sendable {
  /// One output of a cell.
  private enum Output {
    /// Text of a stream, which grows: laid out in lines only when it is asked for, since a program
    /// that prints many short texts would lay it out again for each.
    case text(stream: String, String)
    case other(JSONObject)

    var json: JSONValue {
      switch self {
      case .text(let stream, let text):
        ["output_type": "stream", "name": .string(stream), "text": NotebookFile.lines(text)]
      case .other(let object): .object(object)
      }
    }
  }

  private var recorded: [Int: [Output]] = [:]
  /// The execution counts of the cells.
  private(set) var counts: [Int: Int] = [:]
  /// The cell to which the next events belong.
  private var cell = 0
  /// Where the displays with ids stand.
  private var places: [String: [(cell: Int, output: Int)]] = [:]
  private var clearsBeforeNext = false

  /// Makes a recorder without outputs.
  init() {}

  /// The outputs of each cell so far, by the cell's index in the notebook.
  var outputs: [Int: [JSONValue]] { recorded.mapValues { $0.map(\.json) } }

  /// Begins a cell; its earlier outputs are gone.
  mutating func begin(cell: Int) {
    self.cell = cell
    clear()
  }

  /// Ends a cell that was run under the number `count`.
  mutating func end(count: Int) { counts[cell] = count }

  /// Takes the next event.
  mutating func take(_ event: Event) {
    switch event {
    case .stream(let stream, let text): write(text, stream.name)
    case .advice(let text): write(text, OutputStream.error.name)
    case .display(let bundle, let id):
      append([
        "output_type": "display_data", "data": Self.data(bundle), "metadata": [:],
      ])
      if let id { places[id, default: []].append((cell, (recorded[cell]?.count ?? 1) - 1)) }
    case .update(let bundle, let id):
      for place in places[id] ?? [] { replace(place, Self.data(bundle)) }
    case .result(let bundle, let count):
      append([
        "output_type": "execute_result", "data": Self.data(bundle), "metadata": [:],
        "execution_count": .int(count),
      ])
    case .error(let report):
      append([
        "output_type": "error", "ename": .string(report.name), "evalue": .string(report.message),
        "traceback": .array(report.coloured.map { .string($0) }),
      ])
    case .clear(let wait):
      if wait { clearsBeforeNext = true } else { clear() }
    case .page, .progress: break
    }
  }

  private mutating func write(_ text: String, _ name: String) {
    if clearsBeforeNext { clear() }
    if case .text(let stream, var joined)? = recorded[cell]?.last, stream == name {
      // Taken out first, so that the text is not copied.
      recorded[cell]?.removeLast()
      joined += text
      recorded[cell]?.append(.text(stream: name, joined))
    } else {
      recorded[cell, default: []].append(.text(stream: name, text))
    }
  }

  private mutating func append(_ output: JSONObject) {
    if clearsBeforeNext { clear() }
    recorded[cell, default: []].append(.other(output))
  }

  private mutating func clear() {
    recorded[cell] = []
    clearsBeforeNext = false
    for (id, list) in places { places[id] = list.filter { $0.cell != cell } }
  }

  private mutating func replace(_ place: (cell: Int, output: Int), _ data: JSONValue) {
    guard let list = recorded[place.cell], list.indices.contains(place.output),
      case .other(var output) = list[place.output]
    else { return }
    output["data"] = data
    recorded[place.cell]?[place.output] = .other(output)
  }

  /// The formats of a bundle, each as a list of lines.
  static func data(_ bundle: MimeBundle) -> JSONValue {
    .object(JSONObject(bundle.items.map { ($0.type, NotebookFile.lines($0.text)) }))
  }
}
