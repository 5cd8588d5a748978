public import JSON
public import Tensors

/// A file of named tensors in the safetensors format: eight bytes with the length of a JSON header,
/// the header (dtype, shape and place of each tensor), then the bytes of the tensors.
public struct SafetensorsFile {
  /// The texts under `__metadata__`.
  public let metadata: JSONObject
  /// The names, in the order of the header.
  public let names: [String]
  private let header: JSONObject
  private let bytes: [UInt8]
  private let start: Int

  /// Checks the header of a file's bytes.
  ///
  /// - Throws: ``NeuralError/value(owner:expected:received:help:)`` when it is not such a file.
  public init(_ bytes: [UInt8]) throws(NeuralError) {
    guard bytes.count >= 8 else { throw Self.malformed("a file of \(bytes.count) bytes") }
    var length: UInt64 = 0
    for (place, byte) in bytes.prefix(8).enumerated() { length |= UInt64(byte) << (8 * place) }
    guard let size = Int(exactly: length), size <= bytes.count - 8 else {
      throw Self.malformed("a header of \(length) bytes")
    }
    let text = String(decoding: bytes[8..<(8 + size)], as: UTF8.self)
    guard let header = try? JSONValue(parsing: text).object else {
      throw Self.malformed("a header that is not JSON")
    }
    self.bytes = bytes
    self.header = header
    start = 8 + size
    metadata = header["__metadata__"]?.object ?? JSONObject()
    names = header.keys.filter { $0 != "__metadata__" }
  }

  private static func malformed(_ received: String) -> NeuralError {
    .value(owner: "safetensors", expected: "a safetensors file", received: received)
  }

  /// One tensor; small integer types are widened to int32.
  public func tensor(_ name: String, _ context: NeuralContext) throws(NeuralError) -> Tensor {
    guard let record = header[name], let dtype = record["dtype"]?.string,
      let extents = record["shape"]?.array?.compactMap(\.int),
      let low = record["data_offsets"]?[0]?.int,
      let high = record["data_offsets"]?[1]?.int,
      low >= 0, low <= high, high <= bytes.count - start
    else { throw Self.malformed("no tensor \(name)") }
    let shape = try tensorWork { () throws(TensorError) in try Shape(extents) }
    let data = bytes[(start + low)..<(start + high)]
    let widths = ["F64": 8, "I64": 8, "F32": 4, "I32": 4, "U8": 1, "BOOL": 1]
    guard let width = widths[dtype], data.count == shape.count * width else {
      throw Self.malformed("\(name) of type \(dtype) with \(data.count) bytes")
    }
    let words = Self.words(data, width)
    return try tensorWork { () throws(TensorError) in
      switch dtype {
      case "F32":
        try Tensor(
          floats: words.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }, shape: shape,
          dtype: .float32, context.tensors)
      case "F64":
        try Tensor(
          doubles: words.map { Double(bitPattern: $0) }, shape: shape, dtype: .float64,
          context.tensors)
      case "BOOL":
        try Tensor(booleans: words.map { $0 != 0 }, shape: shape, dtype: .bool, context.tensors)
      case "I32":
        try Tensor(
          integers: words.map { Int(Int32(truncatingIfNeeded: $0)) }, shape: shape,
          dtype: .int32, context.tensors)
      default:
        try Tensor(
          integers: words.map { Int(Int64(bitPattern: $0)) }, shape: shape,
          dtype: width == 8 ? .int64 : .int32, context.tensors)
      }
    }
  }

  /// Little-endian words of `width` bytes.
  private static func words(_ data: ArraySlice<UInt8>, _ width: Int) -> [UInt64] {
    stride(from: data.startIndex, to: data.endIndex, by: width).map { place in
      var word: UInt64 = 0
      for offset in 0..<width { word |= UInt64(data[place + offset]) << (8 * offset) }
      return word
    }
  }
}
