public import Diagnostics
import Syntax

/// Finds what is wrong with source before any of it runs.
public enum SourceCheck {
  /// What was found, apart by how sure it is.
  public struct Findings: Sendable {
    /// Text that cannot run.
    public fileprivate(set) var errors: [Diagnostic] = []
    /// Names that nothing binds, where they are used.
    public fileprivate(set) var unbound: [Diagnostic] = []
    /// Named arguments that the builtin called does not have.
    public fileprivate(set) var misnamed: [Diagnostic] = []

    /// Nothing was found.
    public init() {}
  }

  /// Checks cells that share their globals.
  ///
  /// Globals bind late, so a name that any cell binds is known to all of them.
  ///
  /// Parsing nests as deep as the source: call this on a thread with the evaluator's stack.
  ///
  /// - Parameters:
  ///   - cells: The cells, by the names that messages use.
  ///   - known: The names that are bound before the first cell.
  /// - Returns: The findings in the order of the cells.
  public static func findings(in cells: [(name: String, code: String)], known: Set<String>)
    -> Findings
  {
    var findings = Findings()
    var parsed: [(module: Module, resolution: Resolution)] = []
    // What a broken part would have bound is not known: it may be any word of it.
    var doubtful: Set<String> = []
    for cell in cells {
      for (source, line) in sources(of: cell.code) {
        let file = SourceFile(name: cell.name, text: source, firstLine: line)
        let module: Module
        do throws(SyntaxError) { module = try Parser.parse(file) } catch {
          findings.errors.append(error.diagnostic)
          doubtful.formUnion(words(of: source))
          continue
        }
        do throws(SyntaxErrors) { parsed.append((module, try Resolver.resolve(module))) } catch {
          findings.errors += error.diagnostics
          doubtful.formUnion(words(of: source))
        }
      }
    }
    let defined = parsed.reduce(into: doubtful) { $0.formUnion($1.resolution.globals) }
    let bound = known.union(defined)
    for part in parsed {
      findings.unbound += NameCheck.findings(part.module, part.resolution, known: bound)
      findings.misnamed += ArgumentCheck.findings(part.module, part.resolution, defined: defined)
    }
    return findings
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

extension Diagnostic {
  /// The same as a warning.
  public var asWarning: Diagnostic {
    Diagnostic(
      .warning, name: name, message: message, primary: primary, secondary: secondary, note: note,
      help: help, frames: frames)
  }
}
