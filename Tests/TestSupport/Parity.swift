public import JSON
import Platform
public import Testing

/// Numbers recorded from Keras and PyTorch, which lie beside the repository and not in it.
public enum Parity {
  /// `../shared/parity`, or what `LINNET_PARITY` names.
  public static let folder: String =
    Environment.value("LINNET_PARITY")
    ?? Repository.folder(above: Repository.root) + "/shared/parity"

  /// True when the recordings are there.
  public static let isPresent = Repository.files.exists(folder + "/index.json")

  /// What a skipped test says.
  public static let skipReason: Comment = "the recorded numbers of ../shared/parity are not here"

  /// The records of all cases, by their ids; empty when the recordings are not there.
  public static let cases: [String: JSONValue] = {
    guard let bytes = try? Repository.files.read(folder + "/index.json"),
      let index = try? JSONValue(parsing: bytes)
    else { return [:] }
    var cases: [String: JSONValue] = [:]
    for record in index["cases"]?.array ?? [] {
      if let id = record["id"]?.string { cases[id] = record }
    }
    return cases
  }()

  /// Reads one of the files, named without its ending.
  public static func file(_ name: String) throws -> RecordedTensors {
    try RecordedTensors(path: "\(folder)/\(name).safetensors")
  }
}

/// The tensors of a safetensors file, read in the plainest way.
public struct RecordedTensors: Sendable {
  /// A tensor with its elements in row order.
  public struct Tensor: Sendable, Equatable {
    /// The extents.
    public let shape: [Int]
    /// The elements, whatever their type was.
    public let values: [Double]
  }

  /// What is wrong with a file.
  public struct FormatError: Error {
    /// The reason in words.
    public let reason: String
  }

  private let header: JSONValue
  private let data: ArraySlice<UInt8>

  /// Reads a file.
  public init(path: String) throws {
    let bytes = try Repository.files.read(path)
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count >= 8, length <= bytes.count - 8 else {
      throw FormatError(reason: "the header does not fit")
    }
    header = try JSONValue(parsing: Array(bytes[8..<8 + length]))
    data = bytes[(8 + length)...]
  }

  /// The names, in the order of the file.
  public var names: [String] {
    (header.object?.keys ?? []).filter { $0 != "__metadata__" }
  }

  /// The tensor of that name.
  public func tensor(_ name: String) throws -> Tensor {
    guard let record = header[name], let type = record["dtype"]?.string,
      let shape = record["shape"]?.array?.compactMap(\.int),
      let start = record["data_offsets"]?[0]?.int, let end = record["data_offsets"]?[1]?.int,
      0 <= start, start <= end, end <= data.count
    else { throw FormatError(reason: "no tensor named '\(name)'") }
    let bytes = Array(data[data.startIndex + start..<data.startIndex + end])
    let values: [Double]
    switch type {
    case "F32":
      values = words(bytes, 4).map { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
    case "F64": values = words(bytes, 8).map { Double(bitPattern: $0) }
    case "I32": values = words(bytes, 4).map { Double(Int32(truncatingIfNeeded: $0)) }
    case "I64": values = words(bytes, 8).map { Double(Int64(bitPattern: $0)) }
    case "BOOL", "U8": values = bytes.map { Double($0) }
    default: throw FormatError(reason: "elements of type \(type) are not read here")
    }
    return Tensor(shape: shape, values: values)
  }

  /// The little-endian words of `size` bytes.
  private func words(_ bytes: [UInt8], _ size: Int) -> [UInt64] {
    stride(from: 0, to: bytes.count - bytes.count % size, by: size).map { start in
      bytes[start..<start + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}
