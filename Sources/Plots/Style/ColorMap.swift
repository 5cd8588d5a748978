/// A scale of colours for numbers: 256 of them between named anchors.
public enum ColorMap: String, Sendable, CaseIterable {
  /// The maps by matplotlib's names; `_r` turns one round.
  case viridis
  case viridisReversed = "viridis_r"
  case magma
  case magmaReversed = "magma_r"
  case redBlue = "RdBu"
  case redBlueReversed = "RdBu_r"
  case blues = "Blues"
  case bluesReversed = "Blues_r"
  case gray
  case grayReversed = "gray_r"

  /// The colour of a cell without a number.
  static let missing = RGB(0xbbbbbb)

  /// Equally spaced colours between which the table is interpolated.
  private var anchors: [UInt32] {
    switch self {
    case .viridis, .viridisReversed:
      [
        0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
        0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725,
      ]
    case .magma, .magmaReversed:
      [
        0x000004, 0x0b0924, 0x20114b, 0x3b0f70, 0x57157e, 0x721f81, 0x8c2981, 0xa8327d, 0xc43c75,
        0xde4968, 0xf1605d, 0xfa7f5e, 0xfe9f6d, 0xfebf84, 0xfddea0, 0xfcfdbf,
      ]
    case .redBlue, .redBlueReversed:
      [
        0x67001f, 0xb2182b, 0xd6604d, 0xf4a582, 0xfddbc7, 0xf7f7f7, 0xd1e5f0, 0x92c5de, 0x4393c3,
        0x2166ac, 0x053061,
      ]
    case .blues, .bluesReversed:
      [
        0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b,
      ]
    case .gray, .grayReversed: [0x000000, 0xffffff]
    }
  }

  /// The 256 colours, low to high.
  var table: [RGB] {
    let anchors = rawValue.hasSuffix("_r") ? self.anchors.reversed() : self.anchors
    let spans = anchors.count - 1
    return (0..<256).map { index in
      let left = min(index * spans / 255, spans - 1)
      let share = Double(index * spans - left * 255) / 255
      return RGB(anchors[left]).mixed(with: RGB(anchors[left + 1]), share)
    }
  }
}
