import Catalog
import Diagnostics
import Syntax

/// What all functions made by one `def` or `lambda` share: parameters and compiled body.
final class FunctionCode {
  /// Told apart by it from all others of the session.
  let number: Int
  let name: String
  let parameters: [ParameterSlot]
  let docstring: String?
  let file: SourceFile
  let span: Span
  /// Where the captured cells and values start.
  let captureStart: Int
  /// The slots whose variables live in cells.
  let cells: [Int]
  /// The number of parameters when all of them are plain, -1 otherwise.
  ///
  /// A call with as many positional arguments needs no binding.
  let plainCount: Int
  /// The number of parameters that take arguments by position, which come first.
  let positionalCount: Int
  /// The parameter that takes further arguments by position.
  let variadic: Int?
  /// The parameter that takes further arguments by name.
  let keywordVariadic: Int?
  /// True when the frame needs no cells at all.
  let isFlat: Bool
  /// The body.
  let block: CodeBlock

  /// A parameter and how arguments reach it.
  ///
  /// Its slot in the frame is its place in the list.
  struct ParameterSlot {
    let name: String
    let passing: Parameter.Passing
  }

  init(
    number: Int, name: String, parameters: [ParameterSlot], docstring: String?, file: SourceFile,
    span: Span,
    layout: FrameLayout, block: CodeBlock
  ) {
    self.block = block
    self.number = number
    self.name = name
    self.parameters = parameters
    self.docstring = docstring
    self.file = file
    self.span = span
    captureStart = layout.slotNames.count
    cells = layout.cells
    isFlat = layout.cells.isEmpty && layout.captures.isEmpty
    positionalCount =
      parameters.prefix { $0.passing == .either || $0.passing == .positional }.count
    variadic = parameters.firstIndex { $0.passing == .variadic }
    keywordVariadic = parameters.firstIndex { $0.passing == .keywordVariadic }
    plainCount = positionalCount == parameters.count ? parameters.count : -1
  }
}
