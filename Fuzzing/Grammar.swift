import Diagnostics
import Syntax

/// Lexer, parser, resolver and the rendering of what they find, for libFuzzer.
///
/// The sanitizers find traps and broken memory; this adds that each finding can be shown.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGrammar(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  guard let text = String(validating: bytes, as: UTF8.self) else { return 0 }
  let file = SourceFile(name: "input.star", text: text)
  let renderer = Renderer(usesColor: false)
  do {
    _ = try Resolver.resolve(try Parser.parse(file))
  } catch let error as SyntaxError {
    _ = renderer.text(of: error.diagnostic)
  } catch let error as SyntaxErrors {
    for finding in error.diagnostics { _ = renderer.text(of: finding) }
  } catch {
    fatalError("a finding of an unknown kind: \(error)")
  }
  return 0
}
