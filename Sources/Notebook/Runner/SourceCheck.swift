public import Diagnostics
import Runtime
import Syntax

/// Finds what is wrong with source before any of it runs.
public enum SourceCheck {
  /// What was found, in the order of the cells and of their lines.
  public struct Findings: Sendable {
    /// All of it.
    public fileprivate(set) var all: [Diagnostic] = []
    /// Of it, the names that nothing binds, where they are used.
    public fileprivate(set) var unbound: [Diagnostic] = []

    /// Nothing was found.
    public init() {}
  }

  /// A piece of a cell that is source.
  private enum Part {
    case parsed(Module, Resolution)
    case broken([Diagnostic])
  }

  /// Checks cells that share their globals.
  ///
  /// Globals bind late, so a name that any cell binds is known to all of them.
  ///
  /// Parsing nests as deep as the source: call this on a thread with the evaluator's stack.
  ///
  /// - Parameters:
  ///   - cells: The cells, by the names that messages use.
  ///   - interpreter: The one that would run them.
  /// - Returns: The findings.
  static func findings(
    in cells: [(name: String, code: String)], for interpreter: Interpreter
  ) -> Findings {
    var parts: [Part] = []
    // What a broken part would have bound is not known: it may be any word of it.
    var doubtful: Set<String> = []
    for cell in cells {
      for (source, line) in sources(of: cell.code) {
        let part = part(SourceFile(name: cell.name, text: source, firstLine: line))
        if case .broken = part { doubtful.formUnion(words(of: source)) }
        parts.append(part)
      }
    }
    let resolutions = parts.compactMap { part in
      if case .parsed(_, let resolution) = part { resolution } else { nil }
    }
    let meanings = GlobalMeanings(
      interpreter, resolutions.map(\.mentions), doubtful: doubtful)
    let bound = doubtful.union(interpreter.builtinNames)
      .union(interpreter.globals.items.map(\.name)).union(meanings.importedNames)
      .union(resolutions.flatMap(\.globals))
    let check = MentionCheck(interpreter: interpreter, meanings: meanings)
    var findings = Findings()
    for part in parts {
      switch part {
      case .broken(let diagnostics): findings.all += diagnostics
      case .parsed(let module, let resolution):
        let unbound = NameCheck.findings(module, resolution, known: bound)
        findings.unbound += unbound
        let mentioned = check.findings(module, resolution).map(\.withHabit)
        findings.all += (unbound + mentioned).inOrder
      }
    }
    return findings
  }

  private static func part(_ file: SourceFile) -> Part {
    let module: Module
    do throws(SyntaxError) { module = try Parser.parse(file) } catch {
      return .broken([error.diagnostic])
    }
    do throws(SyntaxErrors) { return .parsed(module, try Resolver.resolve(module)) } catch {
      return .broken(error.diagnostics)
    }
  }

  private static func words(of source: String) -> [String] {
    source.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }

  /// The language's part of a cell; what `%time` runs is source too.
  private static func sources(of code: String) -> [(source: String, line: Int)] {
    CellPart.parts(of: code).compactMap { part in
      switch part {
      case .source(let source, let line): (source, line)
      case .command(.magic(let name, let rest)) where name == "time": (rest, 1)
      case .command(.magic(let name, let rest)) where name == "timeit":
        (TimedStatement(rest).source, 1)
      case .command: nil
      }
    }
  }
}

extension [Diagnostic] {
  /// The same in the order of a file's lines; what stands at one place keeps its order.
  fileprivate var inOrder: [Diagnostic] {
    enumerated().sorted {
      let (left, right) = ($0.element.primary?.span.start, $1.element.primary?.span.start)
      return (left ?? 0, $0.offset) < (right ?? 0, $1.offset)
    }.map(\.element)
  }
}

extension Session {
  /// What is wrong with cells that would run next, without running them.
  ///
  /// Parsing nests as deep as the source: call this on a thread with the evaluator's stack.
  public func findings(in cells: [Cell]) -> SourceCheck.Findings {
    SourceCheck.findings(in: cells.map { ($0.name, $0.code) }, for: interpreter)
  }
}

extension Diagnostic {
  /// The same as a warning.
  public var asWarning: Diagnostic {
    Diagnostic(
      .warning, name: name, message: message, primary: primary, secondary: secondary, note: note,
      help: help, frames: frames)
  }
}
