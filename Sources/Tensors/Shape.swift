/// The extents of a tensor: at most 32, none negative, and their product fits in `Int`.
public struct Shape: Sendable, Hashable {
  /// The most axes that a tensor may have.
  public static let maximumRank = 32

  /// The length of each axis, outermost first; empty for a 0-d tensor.
  public let extents: [Int]
  /// The number of elements.
  public let count: Int

  /// The shape of a single number: `()`.
  public static let scalar = Shape(trusted: [], count: 1)

  /// Checks the extents.
  ///
  /// - Throws: ``TensorError/value(op:expected:received:help:)`` for a negative extent,
  ///   ``TensorError/tooLarge(extents:)`` when the product does not fit in `Int`.
  public init(_ extents: [Int]) throws(TensorError) {
    guard extents.count <= Shape.maximumRank else {
      throw .value(
        op: "shape", expected: "at most \(Shape.maximumRank) axes",
        received: "\(extents.count)")
    }
    var count = 1
    var hasZero = false
    for extent in extents where extent <= 0 {
      if extent < 0 {
        throw .value(
          op: "shape", expected: "extents of at least 0", received: Shape.text(extents))
      }
      hasZero = true
    }
    if hasZero {
      count = 0
    } else {
      for extent in extents {
        let (product, overflow) = count.multipliedReportingOverflow(by: extent)
        // 16 leaves room for the byte size of any dtype.
        if overflow || product > Int.max / 16 { throw .tooLarge(extents: extents) }
        count = product
      }
    }
    self.extents = extents
    self.count = count
  }

  /// A shape whose extents come from checked shapes, such as a permutation of one.
  @inline(__always)
  init(trusted extents: [Int], count: Int) {
    self.extents = extents
    self.count = count
  }

  /// A shape whose extents and product were checked by the caller.
  init(unchecked extents: [Int]) {
    var count = 1
    for extent in extents { count &*= extent }
    self.init(trusted: extents, count: count)
  }

  /// The number of axes.
  @inline(__always)
  public var rank: Int { extents.count }

  /// The length of one axis; the axis must exist.
  @inline(__always)
  public subscript(axis: Int) -> Int { extents[axis] }

  /// As Python writes a tuple: `(2, 3)`, `(4,)`, `()`.
  public var text: String { Shape.text(extents) }

  static func text(_ extents: [Int]) -> String {
    if extents.count == 1 { return "(\(extents[0]),)" }
    return "(" + extents.map(String.init).joined(separator: ", ") + ")"
  }

  /// Element strides of the contiguous row-major layout.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: extents.count)
    var running = 1
    for axis in extents.indices.reversed() {
      strides[axis] = running
      running &*= max(extents[axis], 1)
    }
    return strides
  }

  /// The product of the extents in `range`.
  func product(_ range: Range<Int>) -> Int {
    var product = 1
    for axis in range { product &*= extents[axis] }
    return product
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape written in the source; extents that no shape may have make it empty.
  public init(arrayLiteral extents: Int...) {
    self = (try? Shape(extents)) ?? Shape(trusted: [0], count: 0)
  }
}

extension Shape: CustomStringConvertible {
  /// The same as ``text``.
  public var description: String { text }
}
