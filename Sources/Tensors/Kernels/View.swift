import CKernels

/// How elements of a tensor are walked in row-major order of another shape: extents and strides, with
/// neighbouring axes joined where one stride goes on from the other.
struct View {
  var raw = ck_view()
  /// False when every element is read in order, so that a plain copy does.
  private(set) var isContiguous = true

  /// A walk through `x` as it spreads to `shape`.
  init(_ x: Tensor, spreadTo shape: Shape) throws(TensorError) {
    try self.init(extents: shape.extents, strides: View.strides(of: x.shape, spreadTo: shape))
  }

  /// - Throws: ``TensorError/value(op:expected:received:help:)`` for more axes than kernels take.
  init(extents: [Int], strides: [Int]) throws(TensorError) {
    var joined: [(extent: Int, stride: Int)] = []
    for axis in extents.indices where extents[axis] != 1 {
      if let last = joined.last, last.stride == strides[axis] &* extents[axis] {
        joined[joined.count - 1] = (last.extent &* extents[axis], strides[axis])
      } else {
        joined.append((extents[axis], strides[axis]))
      }
    }
    if joined.isEmpty { joined = [(1, 1)] }
    guard joined.count <= Int(CK_MAX_RANK) else {
      throw .value(
        op: "strided", expected: "at most \(CK_MAX_RANK) axes", received: "\(joined.count)")
    }
    raw.rank = Int32(joined.count)
    // The tuples have CK_MAX_RANK places, as many as were checked above.
    unsafe withUnsafeMutableBytes(of: &raw.extents) { bytes in
      for (axis, part) in joined.enumerated() {
        unsafe bytes.storeBytes(of: part.extent, toByteOffset: axis * 8, as: Int.self)
      }
    }
    unsafe withUnsafeMutableBytes(of: &raw.strides) { bytes in
      for (axis, part) in joined.enumerated() {
        unsafe bytes.storeBytes(of: part.stride, toByteOffset: axis * 8, as: Int.self)
      }
    }
    isContiguous = joined.count == 1 && joined[0].stride == 1
  }

  /// The strides of a contiguous tensor of one shape as it spreads to another: 0 along new axes and
  /// along those of length 1.
  static func strides(of shape: Shape, spreadTo target: Shape) -> [Int] {
    var strides = [Int](repeating: 0, count: target.rank)
    var running = 1
    for back in 0..<min(shape.rank, target.rank) {
      let extent = shape.extents[shape.rank - 1 - back]
      if extent != 1 { strides[target.rank - 1 - back] = running }
      running &*= extent
    }
    return strides
  }
}
