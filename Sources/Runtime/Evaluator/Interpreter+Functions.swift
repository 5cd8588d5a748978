import Catalog
import Diagnostics
import Platform
import Syntax

extension Interpreter {
  /// Calls a function of the language with any arguments.
  func invoke(_ function: FunctionObject, _ arguments: Arguments) throws(Fault) -> Value {
    let named = arguments.named
    // What a `*args` takes does not pass through the frame: it may be far more than fits.
    let count = min(arguments.positional.count, function.code.positionalCount)
    let values = arguments.positional[..<count] + named.map(\.value)
    guard let frame = stack.reserve(values.count) else { throw refusal() }
    defer { stack.release(frame) }
    for (place, value) in values.enumerated() { frame.fill(place, value) }
    do throws(Fault) {
      return try callBinding(
        function, frame, count, rest: Array(arguments.positional[count...]),
        named: named.isEmpty ? nil : NamedArguments(named.map(\.name)))
    } catch {
      frame.clear(values.count)
      throw error
    }
  }

  /// The fault with the function that it left first; call sites add those around it.
  func leaving(_ code: FunctionCode, _ fault: Fault) -> Fault {
    guard fault.details.frames.isEmpty else { return fault }
    let label = fault.details.primary ?? Diagnostic.Label(code.file, code.span)
    return fault.leaving(Diagnostic.Frame(function: code.name, label: label))
  }

  /// Binds arguments to the parameters of a function, as Python does.
  ///
  /// The frame begins with the `given` arguments by position, behind which come those of `others`;
  /// `values` are those by name.
  func bind(
    _ frame: Frame, _ given: Int, _ others: [Value], _ values: [Value], _ named: NamedArguments?,
    to function: FunctionObject
  ) throws(Fault) {
    let code = function.code
    let accepted = code.positionalCount
    if given + others.count > accepted || code.variadic != nil {
      let rest = frame.takeAll(min(given, accepted), max(0, given - accepted)) + others
      guard let variadic = code.variadic else {
        throw BindingFault.tooMany(
          code.name, accepted: accepted, received: given + others.count,
          byName: code.parameters.filter { $0.passing == .keyword }.map(\.name))
      }
      frame[variadic] = .tuple(rest)
    }
    if let named {
      try bind(frame, values, named, to: code)
    } else if let place = code.keywordVariadic {
      frame[place] = .object(DictObject())
    }
    var missing: [String] = []
    for place in min(given, accepted)..<code.parameters.count where !frame.isBound(place) {
      if let value = function.default(place) {
        frame[place] = value
      } else {
        missing.append(code.parameters[place].name)
      }
    }
    if !missing.isEmpty { throw BindingFault.missing(code.name, missing) }
  }

  private func bind(
    _ frame: Frame, _ values: [Value], _ named: NamedArguments, to code: FunctionCode
  ) throws(Fault) {
    let extra = code.keywordVariadic.map { _ in DictObject() }
    for (value, (name, place)) in zip(values, zip(named.names, named.places(in: code))) {
      if let place {
        guard !frame.isBound(place) else { throw BindingFault.repeated(code.name, name) }
        frame[place] = value
      } else if let extra {
        guard extra.get(name) == nil else { throw BindingFault.repeated(code.name, name) }
        extra.put(StringObject(name), value)
      } else {
        throw BindingFault.unexpected(
          code.name, name,
          positionalOnly: code.parameters.contains {
            $0.name == name && $0.passing == .positional
          },
          among: code.parameters.filter { $0.passing == .either || $0.passing == .keyword }
            .map(\.name))
      }
    }
    if let place = code.keywordVariadic, let extra { frame[place] = .object(extra) }
  }
}

/// The names of the arguments of a call, and where they belong in the function that was called last.
final class NamedArguments {
  let names: [String]
  /// The number of that function, which is held by its code: its code may hold this object.
  private var code = 0
  private var places: [Int?] = []

  init(_ names: [String]) { self.names = names }

  /// The parameters that the names mean; nil for one that there is not.
  func places(in code: FunctionCode) -> [Int?] {
    if self.code != code.number {
      self.code = code.number
      places = names.map { name in
        code.parameters.firstIndex {
          $0.name == name && ($0.passing == .either || $0.passing == .keyword)
        }
      }
    }
    return places
  }
}
