import JSON

/// A message that was received, checked and read.
struct Request: Sendable {
  /// Where the answer must go.
  let identities: [Frame]
  /// The header as received: the parent header of every message that answers this one.
  let header: Frame
  /// The header of the message that this one answers, as received.
  let parentHeader: Frame
  let id: String
  let type: String
  /// The subshell that it is for; nil is the main shell.
  let subshell: String?
  let content: JSONObject

  /// The id of the message that this one answers; nil when it names none.
  var parentID: String? {
    let parent = try? JSONValue(parsing: parentHeader, depthLimit: RequestReader.depthLimit)
    return parent?["msg_id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Reads messages: signature, repetition, shape.
struct RequestReader {
  /// How deep JSON may be nested.
  static let depthLimit = 200

  private let signer: Signer
  private var window = ReplayWindow()

  init(signer: Signer) { self.signer = signer }

  /// Reads one message; a rejected one changes nothing.
  mutating func read(_ frames: [Frame]) throws(Rejection) -> Request {
    let envelope = try Envelope(frames)
    guard signer.accepts(envelope.signature, of: envelope.signed) else { throw .wrongSignature }
    let header = try Self.object(envelope.header, "header")
    guard let id = header["msg_id"]?.string, let type = header["msg_type"]?.string else {
      throw .incompleteHeader
    }
    let content = try Self.object(envelope.content, "content")
    if signer.isSigning, !window.insert(envelope.signature) { throw .repeated }
    return Request(
      identities: envelope.identities, header: envelope.header,
      parentHeader: envelope.parentHeader, id: id, type: type,
      subshell: header["subshell_id"]?.string, content: content)
  }

  private static func object(_ frame: Frame, _ part: String) throws(Rejection) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: frame, depthLimit: Self.depthLimit)
    } catch {
      throw .notJSON(part: part, reason: error.description)
    }
    guard let object = value.object else { throw .notJSON(part: part, reason: "another value") }
    return object
  }
}
