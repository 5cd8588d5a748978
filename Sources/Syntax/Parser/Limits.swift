/// Bounds on the shape of a program, so that nothing that walks a tree can overflow a stack.
enum Limits {
  /// Blocks within blocks, as in Python.
  static let blocks = 100
  /// Calls of the parser's own recursive functions at one time, which is 100 brackets or 200
  /// prefix operators; with release code that is less than 384 KB of stack.
  static let nesting = 200
  /// The height of the tree of an expression.
  ///
  /// A chain such as `a + b + c` is as high as it has operators, since it groups to the left.
  static let height = 500
  /// The branches of one `if` and the blocks around it.
  static let branches = 500
  /// Bits of an integer literal.
  static let integerBits = 1_000_000
  /// Bytes of a text.
  static let sourceBytes = 256 << 20
}
