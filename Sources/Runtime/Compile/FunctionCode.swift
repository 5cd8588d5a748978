import Catalog
import Diagnostics
import Syntax

/// What all functions made by one `def` or `lambda` share: parameters, frame size, compiled body.
final class FunctionCode {
  let name: String
  let parameters: [ParameterSlot]
  let docstring: String?
  let file: SourceFile
  let span: Span
  /// The slots of its frame: variables first, then one a captured cell.
  let frameSize: Int
  /// Where the captured cells start.
  let captureStart: Int
  /// The slots whose variables live in cells.
  let cells: [Int]
  /// The number of parameters when all of them are plain, -1 otherwise.
  ///
  /// A call with as many positional arguments needs no binding.
  let plainCount: Int
  /// True when the frame needs no cells at all.
  let isFlat: Bool
  /// Runs the body.
  let body: Code

  /// A parameter and how arguments reach it.
  ///
  /// Its slot in the frame is its place in the list.
  struct ParameterSlot {
    let name: String
    let passing: FunctionParameter.Passing

    var catalogPassing: Parameter.Passing {
      switch passing {
      case .positional: .positional
      case .either: .either
      case .variadic: .variadic
      case .keyword: .keyword
      case .keywordVariadic: .keywordVariadic
      }
    }
  }

  init(
    name: String, parameters: [ParameterSlot], docstring: String?, file: SourceFile, span: Span,
    layout: FrameLayout, body: Code
  ) {
    self.body = body
    self.name = name
    self.parameters = parameters
    self.docstring = docstring
    self.file = file
    self.span = span
    captureStart = layout.slotNames.count
    frameSize = layout.slotNames.count + layout.captures.count
    cells = layout.cells
    isFlat = layout.cells.isEmpty && layout.captures.isEmpty
    let isPlain = parameters.allSatisfy { $0.passing == .either || $0.passing == .positional }
    plainCount = isPlain ? parameters.count : -1
  }
}
