public import Catalog
public import Syntax

/// A value with identity or size: strings, containers, functions, and the values that other
/// targets bring into the language.
///
/// This is the one open class. The language's own kinds (see ``Kind``) are dealt with by switches in
/// the evaluator before any method here is called; the methods serve values of kind
/// ``Kind/host``: tensors, layers, models, figures. Each answers with a fault until a subclass
/// overrides it.
open class Object {
  /// What the object is, read before a downcast.
  public let kind: Kind
  /// True once the object is registered with the ``CycleRegistry``.
  final var isRegistered = false
  /// The sweep of cycles that last reached the object.
  final var reachedIn: UInt32 = 0

  /// The kinds that the evaluator knows by heart, and `host` for all others.
  public enum Kind: UInt8, Sendable {
    case string, bigInt, bytes, list, tuple, dict, set, range, slice, ellipsis
    case function, builtin, boundMethod, module, structure, cell, walk, host

    /// True when other values can hang on an object of this kind.
    @inline(__always)
    var isContainer: Bool {
      switch self {
      case .list, .tuple, .dict, .set, .cell, .function, .structure, .boundMethod: true
      default: false
      }
    }
  }

  /// Makes an object of another target.
  public init() { kind = .host }

  /// Makes an object of one of the language's own kinds.
  ///
  /// Only the one final class of a kind passes it, which is what lets the downcasts of
  /// `Downcasts.swift` trust ``kind``.
  init(kind: Kind) { self.kind = kind }

  /// The name that `type(x)` gives and messages use: `tensor`, `LSTM`.
  open var typeName: String { "object" }

  /// The truth of the value, for `if` and `not`.
  open func truth(_ interpreter: Interpreter) throws(Fault) -> Bool { true }

  /// The number of elements, for `len`; nil when it has none.
  open func length(_ interpreter: Interpreter) throws(Fault) -> Int? { nil }

  /// The next-element function of a walk over the value; nil when it cannot be iterated.
  open func iterate(_ interpreter: Interpreter) throws(Fault) -> (() throws(Fault) -> Value?)? {
    nil
  }

  /// `self[key]`; slices, `None`, `...` and tuples of them arrive as they are written.
  open func index(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    throw Fault.type("'\(typeName)' value is not subscriptable")
  }

  /// True when `self[key]` is a copy, so that `self[key][other] = value` would change nothing.
  open var givesCopies: Bool { false }

  /// `self[key] = value`.
  open func assign(_ value: Value, at key: Value, _ interpreter: Interpreter) throws(Fault) {
    throw Fault.type("'\(typeName)' value does not support item assignment")
  }

  /// True when `self(…)` means something; `callable` asks.
  open var canBeCalled: Bool { false }

  /// `self.name`, or nil when there is no such attribute; the caller makes the fault with a hint
  /// from ``attributeNames``.
  open func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? { nil }

  /// `self.name = value`; false when there is no such attribute to set.
  open func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter)
    throws(Fault) -> Bool
  { false }

  /// The names that completion and hints offer.
  open var attributeNames: [String] { [] }

  /// The record of an attribute, when it has one: methods do.
  open func attributeEntry(_ name: String) -> Entry? { nil }

  /// The record that `help` and inspection show for the value, if it has one.
  open var entry: Entry? { nil }

  /// What inspection tells of the value itself: a tensor's statistics, a model's summary.
  ///
  /// Level 1 may take longer and tell more than level 0.
  open func inspection(detail: Int) -> String? { nil }

  /// `self(arguments)`.
  open func call(_ arguments: Arguments, _ interpreter: Interpreter) throws(Fault) -> Value {
    throw Fault.type("'\(typeName)' value is not callable")
  }

  /// `-self`, `+self`, `~self`; nil when not supported.
  open func unary(_ op: UnaryOperator, _ interpreter: Interpreter) throws(Fault) -> Value? { nil }

  /// `self op other`, or `other op self` when `reflected`; nil when not supported.
  open func binary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? { nil }

  /// `self op= other` for the name `self`; nil means: compute `self op other` and assign that.
  open func augmented(_ op: BinaryOperator, _ other: Value, _ interpreter: Interpreter)
    throws(Fault) -> Value?
  { nil }

  /// A comparison with any answer (tensors give tensors); nil when not supported, which for `==`
  /// and `!=` means identity.
  open func compare(
    _ op: ComparisonOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? { nil }

  /// `value in self`; nil means: walk and compare.
  open func contains(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Bool? { nil }

  /// A hash that agrees with `==`; a fault when the value cannot be a key.
  open func hash(_ interpreter: Interpreter) throws(Fault) -> Int {
    throw Fault.type("unhashable type: '\(typeName)'")
  }

  /// The text of `str(self)`; the default is ``representation(_:)``.
  open func text(_ interpreter: Interpreter) throws(Fault) -> String {
    try representation(interpreter)
  }

  /// The text of `repr(self)`.
  open func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    "<\(typeName)>"
  }

  /// The value in one short line that costs nothing to make, for inspection and messages.
  open var brief: String { "<\(typeName)>" }

  /// The text of `format(self, spec)`; nil means: format `text` as a string.
  open func format(_ spec: String, _ interpreter: Interpreter) throws(Fault) -> String? { nil }

  /// What a cell whose last expression is this value shows.
  open func bundle(_ interpreter: Interpreter) throws(Fault) -> MimeBundle {
    MimeBundle(text: try representation(interpreter))
  }

  /// The builtin that takes over when `name` is called with this value as first argument: `sum`
  /// of a tensor; nil leaves the call to the language's own builtin.
  open func overload(_ name: String) -> Builtin? { nil }

  /// A number when the value behaves as one (a tensor without axes), for `int`, `float`, `range`,
  /// indices and formatting; nil otherwise.
  open func scalar(_ interpreter: Interpreter) throws(Fault) -> Value? { nil }

  /// Called when the value is the result of a bare expression statement, wherever it stands:
  /// figures gather here.
  ///
  /// True means that the value is shown by other means and is not a result.
  open func stoodAlone(_ interpreter: Interpreter) throws(Fault) -> Bool { false }

  /// Called when the file that made the value was loaded by another: tensors refuse changes from
  /// then on.
  open func freeze() {}

  /// The values that this object holds, for the sweep of cycles: what is not visited may be emptied.
  open func visitReferences(_ visit: (Value) -> Void) {}
}
