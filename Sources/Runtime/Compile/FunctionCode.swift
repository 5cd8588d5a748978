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

// Calls with plain parameters. The function and its code are borrowed from the callee all the way,
// so that a call counts no references to them.
extension FunctionCode {
  @inline(never)
  func call(_ function: FunctionObject, at site: Site) throws(Fault) -> Value {
    guard plainCount == 0 else { return try site.call(.object(function), arguments: Arguments()) }
    guard let frame = site.interpreter.enter(self) else { return try site.refused() }
    return try run(function, frame, site)
  }

  @inline(never)
  func call(_ function: FunctionObject, _ a: consuming Value, at site: Site) throws(Fault) -> Value
  {
    guard plainCount == 1 else {
      return try site.call(.object(function), arguments: Arguments([a]))
    }
    guard let frame = site.interpreter.enter(self) else { return try site.refused() }
    frame.fill(0, a)
    return try run(function, frame, site)
  }

  @inline(never)
  func call(
    _ function: FunctionObject, _ a: consuming Value, _ b: consuming Value, at site: Site
  ) throws(Fault) -> Value {
    guard plainCount == 2 else {
      return try site.call(.object(function), arguments: Arguments([a, b]))
    }
    guard let frame = site.interpreter.enter(self) else { return try site.refused() }
    frame.fill(0, a)
    frame.fill(1, b)
    return try run(function, frame, site)
  }

  @inline(never)
  func call(
    _ function: FunctionObject, _ a: consuming Value, _ b: consuming Value, _ c: consuming Value,
    at site: Site
  ) throws(Fault) -> Value {
    guard plainCount == 3 else {
      return try site.call(.object(function), arguments: Arguments([a, b, c]))
    }
    guard let frame = site.interpreter.enter(self) else { return try site.refused() }
    frame.fill(0, a)
    frame.fill(1, b)
    frame.fill(2, c)
    return try run(function, frame, site)
  }

  @inline(__always)
  private func run(_ function: FunctionObject, _ frame: Frame, _ site: Site) throws(Fault) -> Value
  {
    if !isFlat { Interpreter.placeCells(function, frame) }
    do throws(Fault) {
      let value = try body(frame)
      site.interpreter.leave(self, frame)
      return value
    } catch {
      return try site.left(self, frame, error)
    }
  }
}

extension Site {
  /// The fault of a call that could not be made.
  @inline(never)
  fileprivate func refused() throws(Fault) -> Value { throw called(interpreter.refusal()) }

  /// The fault that ended a call, with the function that it left.
  @inline(never)
  fileprivate func left(_ code: FunctionCode, _ frame: Frame, _ fault: Fault) throws(Fault) -> Value
  {
    interpreter.leave(code, frame)
    throw called(interpreter.leaving(code, fault))
  }
}
