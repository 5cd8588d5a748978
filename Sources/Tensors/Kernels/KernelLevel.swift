import CKernels
import Glibc

/// The instruction set that the kernels use.
public enum KernelLevel: Int, Sendable, CaseIterable {
  /// What any processor runs, with equal bits on every machine.
  case baseline = 0
  /// AVX2 with fused multiply-add.
  case avx2 = 1
  /// AVX-512 (F, DQ, VL, BW).
  case avx512 = 2

  /// The level named by `LINNET_SIMD`, else the best; never above what the processor has.
  public static let selected: KernelLevel = {
    guard let text = unsafe getenv("LINNET_SIMD") else { return best }
    // The system ends the text with a zero byte.
    switch unsafe String(cString: text) {
    case "baseline": return .baseline
    case "avx2": return min(best, .avx2)
    default: return best
    }
  }()

  /// The best level of this processor.
  public static let best = KernelLevel(rawValue: Int(ck_best_level().rawValue)) ?? .baseline

  /// The levels of this processor, in rising order.
  public static var available: [KernelLevel] { allCases.filter { $0.rawValue <= best.rawValue } }

  /// The name as in `LINNET_SIMD`.
  public var name: String { "\(self)" }

  private static func min(_ a: KernelLevel, _ b: KernelLevel) -> KernelLevel {
    a.rawValue < b.rawValue ? a : b
  }

  /// The functions of this level: constant memory, alive as long as the process.
  var table: UnsafePointer<ck_table> {
    // Every level has a table: the C side falls back to the baseline's.
    unsafe ck_table_for(ck_level(UInt32(rawValue)))
  }
}
