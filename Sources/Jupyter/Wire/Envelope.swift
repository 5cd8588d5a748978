/// A message as it lies in frames: identities, delimiter, signature, four JSON texts, buffers.
struct Envelope: Sendable, Equatable {
  /// What separates identities from the message.
  static let delimiter: Frame = Array("<IDS|MSG>".utf8)

  /// Where an answer must go: what ROUTER sockets put in front, or the topic on iopub.
  var identities: [Frame]
  var signature: Frame = []
  var header: Frame
  var parentHeader: Frame
  var metadata: Frame
  var content: Frame
  var buffers: [Frame] = []

  /// What the signature covers.
  var signed: [Frame] { [header, parentHeader, metadata, content] }

  /// The frames to send.
  var frames: [Frame] { identities + [Self.delimiter, signature] + signed + buffers }
}

extension Envelope {
  /// Takes received frames apart.
  ///
  /// - Throws: ``Rejection`` when they are too many or too few, or without a delimiter.
  init(_ frames: [Frame]) throws(Rejection) {
    guard frames.count <= MessageLimit.frames else { throw .tooManyFrames }
    guard let delimiter = frames.firstIndex(of: Self.delimiter) else { throw .noDelimiter }
    let parts = frames[(delimiter + 1)...]
    guard parts.count >= 5 else { throw .tooFewFrames(count: parts.count) }
    identities = Array(frames[..<delimiter])
    let first = parts.startIndex
    signature = parts[first]
    header = parts[first + 1]
    parentHeader = parts[first + 2]
    metadata = parts[first + 3]
    content = parts[first + 4]
    buffers = Array(parts[(first + 5)...])
  }
}

/// Why a message was dropped.
enum Rejection: Error, Equatable {
  case tooManyFrames
  case noDelimiter
  case tooFewFrames(count: Int)
  case wrongSignature
  case repeated
  case notJSON(part: String, reason: String)
  case incompleteHeader
}

extension Rejection: CustomStringConvertible {
  var description: String {
    switch self {
    case .tooManyFrames: "expected at most \(MessageLimit.frames) frames; received more"
    case .noDelimiter: "expected the frame <IDS|MSG>; received none"
    case .tooFewFrames(let count):
      "expected a signature and four frames after <IDS|MSG>; received \(count)"
    case .wrongSignature: "the signature is not the one that the key gives"
    case .repeated: "the signature was used before"
    case .notJSON(let part, let reason): "the \(part) is not a JSON object: \(reason)"
    case .incompleteHeader: "expected msg_id and msg_type in the header; received one or neither"
    }
  }
}
