/// Where each name of a module lives, found once before it runs.
///
/// Locals are static: a name bound anywhere in a function is local to all of it. Names that no
/// enclosing function binds are global and bind late, when they are used.
public struct Resolution: Sendable {
  /// The home of each name, by ``Name/id``.
  public let bindings: [Binding]
  /// The frame of each function, by ``Function/id``.
  public let functions: [FrameLayout]
  /// The frame of the top level: it holds the variables of its comprehensions.
  public let topLevel: FrameLayout
  /// Names that the module binds at its top level, in order of first binding.
  public let globals: [String]
  /// Names that the module uses as globals, with the place of each first use: what `check` and
  /// `run` compare with what is bound.
  public let uses: [GlobalUse]
  /// What `check` compares with the built-in modules and the signatures of builtins.
  public let mentions: Mentions

  /// Makes a resolution.
  public init(
    bindings: [Binding], functions: [FrameLayout], topLevel: FrameLayout, globals: [String],
    uses: [GlobalUse], mentions: Mentions
  ) {
    self.bindings = bindings
    self.functions = functions
    self.topLevel = topLevel
    self.globals = globals
    self.uses = uses
    self.mentions = mentions
  }
}

/// The first use of a name as a global.
public struct GlobalUse: Sendable {
  /// The name.
  public let name: Name
  /// The variables of the function that uses it, of which it may be a misspelling.
  public let variables: [String]
}

/// The home of one name.
public enum Binding: Sendable, Hashable {
  /// A slot of the running frame.
  case local(Int)
  /// A slot of the running frame that holds a cell, since an inner function captures it.
  case cell(Int)
  /// A cell that the running function captured when it was made; an index into its captures.
  case free(Int)
  /// As ``free(_:)``, of a variable that cannot change any more: its value was captured.
  case freeValue(Int)
  /// Looked up when used: in globals, then builtins.
  case global
}

/// The slots of one frame.
public struct FrameLayout: Sendable {
  /// The name of each slot, for messages; parameters come first, in the order of the signature.
  public let slotNames: [String]
  /// The slots that hold cells.
  public let cells: [Int]
  /// What the function captures when it is made: homes in the frame around it.
  public let captures: [Binding]
  /// Variables that have the name of one of a function around, which they hide.
  public let hiding: Set<String>

  /// Makes a layout.
  public init(
    slotNames: [String], cells: [Int], captures: [Binding], hiding: Set<String> = []
  ) {
    self.slotNames = slotNames
    self.cells = cells
    self.captures = captures
    self.hiding = hiding
  }
}
