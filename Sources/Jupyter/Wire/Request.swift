import JSON

/// A message that was received, checked and read.
struct Request: Sendable {
  /// Where the answer must go.
  let identities: [Frame]
  /// The header as received: the parent header of every message that answers this one.
  let header: Frame
  let id: String
  let type: String
  /// The subshell that it is for; nil is the main shell.
  let subshell: String?
  let content: JSONObject
}

/// Reads messages: signature, repetition, shape.
struct RequestReader {
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
      identities: envelope.identities, header: envelope.header, id: id, type: type,
      subshell: header["subshell_id"]?.string, content: content)
  }

  private static func object(_ frame: Frame, _ part: String) throws(Rejection) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: frame, depthLimit: 200)
    } catch {
      throw .notJSON(part: part, reason: error.description)
    }
    guard let object = value.object else { throw .notJSON(part: part, reason: "another value") }
    return object
  }
}
