public import JSON

/// A notebook of nbformat 4: its cells can be read and their outputs replaced; everything else in
/// the file stays as it was.
///
/// Format: https://nbformat.readthedocs.io/en/latest/format_description.html
public struct NotebookFile: Sendable {
  private var root: JSONObject
  private var cellObjects: [JSONObject]

  /// One cell as the runner needs it.
  public struct Cell: Sendable {
    /// Where it stands in the file, from 0.
    public let index: Int
    /// True for code; prose is left alone.
    public let isCode: Bool
    /// The text.
    public let source: String
    /// The tags of its metadata.
    public let tags: [String]
  }

  /// Reads a notebook.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - name: The name for messages.
  /// - Throws: ``NotebookFileError`` when it is no JSON, or no notebook of format 4.
  public init(parsing bytes: [UInt8], name: String) throws(NotebookFileError) {
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch {
      throw .notJSON(name: name, reason: "\(error)")
    }
    guard let root = value.object, let cells = root["cells"]?.array else {
      throw .notANotebook(name: name, reason: "it has no list of cells")
    }
    guard let version = root["nbformat"]?.int, version == 4 else {
      let found = root["nbformat"]?.int.map(String.init) ?? "none"
      throw .notANotebook(name: name, reason: "expected nbformat 4; received \(found)")
    }
    var objects: [JSONObject] = []
    for (index, cell) in cells.enumerated() {
      guard let object = cell.object, object["cell_type"]?.string != nil,
        Self.text(of: object["source"]) != nil
      else { throw .notANotebook(name: name, reason: "cell \(index + 1) has no type or no source") }
      objects.append(object)
    }
    self.root = root
    cellObjects = objects
  }

  /// The cells in order.
  public var cells: [Cell] {
    cellObjects.enumerated().map { index, cell in
      Cell(
        index: index, isCode: cell["cell_type"]?.string == "code",
        source: Self.text(of: cell["source"]) ?? "",
        tags: cell["metadata"]?["tags"]?.array?.compactMap(\.string) ?? [])
    }
  }

  /// The stored outputs of a cell; empty for prose and outside the notebook.
  public func outputs(of index: Int) -> [JSONValue] {
    guard cellObjects.indices.contains(index) else { return [] }
    return cellObjects[index]["outputs"]?.array ?? []
  }

  /// The SVG texts among the stored outputs of a cell.
  public func figures(of index: Int) -> [String] {
    outputs(of: index).compactMap { Self.text(of: $0["data"]?["image/svg+xml"]) }
  }

  /// Replaces what a code cell shows.
  public mutating func setOutputs(_ outputs: [JSONValue], count: Int?, of index: Int) {
    guard cellObjects.indices.contains(index) else { return }
    cellObjects[index]["outputs"] = .array(outputs)
    cellObjects[index]["execution_count"] = count.map { .int($0) } ?? .null
    // Times of an earlier execution would contradict the new outputs.
    if var metadata = cellObjects[index]["metadata"]?.object, metadata["execution"] != nil {
      metadata["execution"] = nil
      cellObjects[index]["metadata"] = .object(metadata)
    }
  }

  /// Inserts a code cell before the cell at an index; the place after the last is allowed.
  public mutating func insertCode(_ source: String, tags: [String], at index: Int) {
    let isNew = (root["nbformat_minor"]?.int ?? 0) >= 5
    var cell: JSONObject = JSONObject()
    cell["cell_type"] = "code"
    cell["execution_count"] = .null
    if isNew { cell["id"] = .string("injected-\(index)") }
    cell["metadata"] = ["tags": .array(tags.map { .string($0) })]
    cell["outputs"] = []
    cell["source"] = Self.lines(source)
    cellObjects.insert(cell, at: Swift.min(Swift.max(index, 0), cellObjects.count))
  }

  /// Gives a cell another source.
  public mutating func replaceSource(_ source: String, at index: Int) {
    guard cellObjects.indices.contains(index) else { return }
    cellObjects[index]["source"] = Self.lines(source)
  }

  /// States in the metadata which kernel and language wrote the outputs.
  public mutating func setLanguage(_ information: JSONValue) {
    var metadata = root["metadata"]?.object ?? JSONObject()
    metadata["language_info"] = information
    root["metadata"] = .object(metadata)
  }

  /// The file, laid out as `nbformat` writes it.
  public var bytes: [UInt8] {
    var root = root
    root["cells"] = .array(cellObjects.map { .object($0) })
    return JSONValue.object(root).bytes(.notebook)
  }

  /// The text of a field that holds a string or a list of lines.
  static func text(of value: JSONValue?) -> String? {
    if let text = value?.string { return text }
    guard let lines = value?.array else { return nil }
    var text = ""
    for line in lines {
      guard let part = line.string else { return nil }
      text += part
    }
    return text
  }

  /// Text as a list of lines with their ends, the way that `nbformat` stores it.
  ///
  /// The line ends are those of Python's `str.splitlines`, which are more than `\n`.
  static func lines(_ text: String) -> JSONValue {
    var lines: [JSONValue] = []
    var current = String.UnicodeScalarView()
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index != scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      current.append(scalar)
      if scalar == "\r", index != scalars.endIndex, scalars[index] == "\n" {
        current.append("\n")
        index = scalars.index(after: index)
      }
      if endsLine(scalar) {
        lines.append(.string(String(current)))
        current = String.UnicodeScalarView()
      }
    }
    if !current.isEmpty { lines.append(.string(String(current))) }
    return .array(lines)
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}

/// Why a file cannot be run as a notebook.
public enum NotebookFileError: Error, CustomStringConvertible {
  /// The text is not JSON.
  case notJSON(name: String, reason: String)
  /// The JSON lacks what a notebook must have, or has it otherwise.
  case notANotebook(name: String, reason: String)

  /// The message.
  public var description: String {
    switch self {
    case .notJSON(let name, let reason): "\(name) is not a notebook: it is not JSON: \(reason)"
    case .notANotebook(let name, let reason): "\(name) is not a notebook that can be run: \(reason)"
    }
  }
}
