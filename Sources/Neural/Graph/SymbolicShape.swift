public import Tensors

/// The extents of a value that is yet to come: nil where any length will do, as for the batch.
public struct SymbolicShape: Sendable, Hashable {
  /// The length of each axis; nil where it is not known.
  public let extents: [Int?]

  /// Takes the extents, the batch first.
  public init(_ extents: [Int?]) { self.extents = extents }

  /// The shape of a tensor at hand.
  public init(_ shape: Shape) { self.extents = shape.extents }

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The length of the last axis; nil when there is none or it is not known.
  public var last: Int? { extents.last ?? nil }

  /// The same shape with another last axis.
  func replacingLast(by extent: Int?) -> SymbolicShape {
    SymbolicShape(extents.dropLast() + [extent])
  }

  /// The number of elements behind the batch axis; nil when an extent is not known or it overflows.
  var elementsPerSample: Int? {
    var product = 1
    for extent in extents.dropFirst() {
      guard let extent else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      product = next
    }
    return product
  }

  /// As Keras writes it: `(None, 10, 5)`.
  public var text: String {
    let parts = extents.map { $0.map(String.init) ?? "None" }
    return parts.count == 1 ? "(\(parts[0]),)" : "(" + parts.joined(separator: ", ") + ")"
  }

  /// For messages: `2 axes (100, 20)`.
  var described: String { "\(rank) \(rank == 1 ? "axis" : "axes") \(text)" }
}

extension SymbolicShape: CustomStringConvertible {
  /// The same as ``text``.
  public var description: String { text }
}
