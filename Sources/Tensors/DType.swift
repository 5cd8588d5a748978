/// The kind of number that a tensor holds.
///
/// The raw values are in rising order of promotion within a kind; ``promoted(with:)`` is NumPy 2's
/// table restricted to these five.
public enum DType: UInt8, Sendable, Hashable, CaseIterable {
  case bool = 0
  case int32 = 1
  case int64 = 2
  case float32 = 3
  case float64 = 4

  /// The name in the language: `float32`.
  public var name: String {
    switch self {
    case .bool: "bool"
    case .int32: "int32"
    case .int64: "int64"
    case .float32: "float32"
    case .float64: "float64"
    }
  }

  /// The dtype of that name; `float` and `int` mean what they mean in NumPy.
  public init?(named name: String) {
    switch name {
    case "bool": self = .bool
    case "int32": self = .int32
    case "int64", "int": self = .int64
    case "float32": self = .float32
    case "float64", "float", "double": self = .float64
    default: return nil
    }
  }

  /// Bytes that one element takes.
  @inline(__always)
  public var byteSize: Int {
    switch self {
    case .bool: 1
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// True for float32 and float64, the dtypes that carry gradients.
  @inline(__always)
  public var isFloating: Bool { rawValue >= DType.float32.rawValue }

  /// True for int32 and int64.
  @inline(__always)
  public var isInteger: Bool { self == .int32 || self == .int64 }

  /// The dtype that holds the values of both: NumPy's rule, so int32 with float32 is float64.
  public func promoted(with other: DType) -> DType {
    if self == other { return self }
    let (low, high) = rawValue < other.rawValue ? (self, other) : (other, self)
    if high == .float32, low.isInteger { return .float64 }
    return high
  }

  /// The dtype of a true division, a mean or a square root: floats keep theirs, all else is float64.
  public var floating: DType { isFloating ? self : .float64 }
}

/// The common dtype of several operands, where a number of the language is *weak*: it takes the
/// dtype of the tensors unless its kind is higher.
struct Promotion {
  private var strong: DType?
  private var weak: DType?

  /// The common dtype of two operands.
  @inline(__always)
  static func common(_ left: Tensor, _ right: Tensor) -> DType {
    if left.dtype == right.dtype, !left.isWeak, !right.isWeak { return left.dtype }
    var promotion = Promotion()
    promotion.add(left)
    promotion.add(right)
    return promotion.result
  }

  /// The common dtype of any number of operands.
  static func common(_ tensors: some Sequence<Tensor>) -> DType {
    var promotion = Promotion()
    for tensor in tensors { promotion.add(tensor) }
    return promotion.result
  }

  mutating func add(_ tensor: Tensor) {
    if tensor.isWeak {
      weak = weak.map { $0.rawValue > tensor.dtype.rawValue ? $0 : tensor.dtype } ?? tensor.dtype
    } else {
      strong = strong.map { $0.promoted(with: tensor.dtype) } ?? tensor.dtype
    }
  }

  /// The result: two weak floats alone are float32, the language's default.
  var result: DType {
    guard let strong else { return weak.map { $0 == .float64 ? .float32 : $0 } ?? .float32 }
    guard let weak else { return strong }
    switch weak {
    case .bool: return strong
    case .int32, .int64: return strong == .bool ? .int64 : strong
    case .float32, .float64: return strong.isFloating ? strong : .float64
    }
  }
}
