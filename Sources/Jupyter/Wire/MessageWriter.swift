import JSON
import Platform

/// Makes the frames of the messages that the kernel sends.
struct MessageWriter {
  /// The kernel's own identity, part of every header and topic.
  let session: String
  /// The id of the message made last.
  private(set) var lastID = ""
  private let signer: Signer
  private var count = 0

  init(session: String, signer: Signer) {
    self.session = session
    self.signer = signer
  }

  /// An answer, or a question, to whom a request came from.
  mutating func frames(
    _ content: some OutgoingContent, to request: Request, metadata: JSONObject = [:]
  ) -> [Frame] {
    frames(
      content.messageType, content.json, identities: request.identities, parent: request.header,
      metadata: metadata)
  }

  /// A message to all front ends, under ipykernel's topics; without a parent it belongs to none.
  mutating func broadcast(_ content: some OutgoingContent, parent: Request?) -> [Frame] {
    let topic = "kernel.\(session).\(content.messageType)"
    return frames(
      content.messageType, content.json, identities: [Array(topic.utf8)], parent: parent?.header)
  }

  /// The greeting of a subscriber, under the topic that it subscribed to.
  mutating func welcome(topic: Frame) -> [Frame] {
    let content = IopubWelcome(subscription: String(decoding: topic, as: UTF8.self))
    return frames(content.messageType, content.json, identities: [topic], parent: nil)
  }

  private mutating func frames(
    _ type: String, _ content: JSONObject, identities: [Frame], parent: Frame?,
    metadata: JSONObject = [:]
  ) -> [Frame] {
    count += 1
    lastID = "\(session)_\(Environment.processID)_\(count)"
    let header: JSONValue = [
      "msg_id": .string(lastID),
      "msg_type": .string(type),
      "username": "kernel",
      "session": .string(session),
      "date": .string(Clocks.timestamp()),
      "version": .string(KernelInfoReply.protocolVersion),
    ]
    var envelope = Envelope(
      identities: identities, header: header.bytes(), parentHeader: parent ?? Array("{}".utf8),
      metadata: JSONValue.object(metadata).bytes(), content: JSONValue.object(content).bytes())
    envelope.signature = signer.signature(of: envelope.signed)
    return envelope.frames
  }
}
