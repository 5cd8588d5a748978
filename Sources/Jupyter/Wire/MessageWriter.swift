import JSON
import Platform

/// Makes the frames of the messages that the kernel sends.
struct MessageWriter {
  /// The kernel's own identity, part of every header and topic.
  let session: String
  private let signer: Signer
  private var count = 0
  /// What all ids begin with.
  private let idStart: String
  /// The header around the id, the type and the date.
  private let header: (start: Frame, type: Frame, date: Frame, end: Frame)
  private let topicStart: Frame

  init(session: String, signer: Signer) {
    self.session = session
    self.signer = signer
    idStart = "\(session)_\(Environment.processID)_"
    topicStart = Array("kernel.\(session).".utf8)
    header = (
      Array("{\"msg_id\":\"\(idStart)".utf8), Array("\",\"msg_type\":\"".utf8),
      Array("\",\"username\":\"kernel\",\"session\":\"\(session)\",\"date\":\"".utf8),
      Array("\",\"version\":\"\(KernelInfoReply.protocolVersion)\"}".utf8)
    )
  }

  /// The id of the message made last.
  var lastID: String { "\(idStart)\(count)" }

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
    frames(
      content.messageType, content.json, identities: [topicStart + content.messageType.utf8],
      parent: parent?.header)
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
    var envelope = Envelope(
      identities: identities, header: nextHeader(type), parentHeader: parent ?? Self.empty,
      metadata: metadata.isEmpty ? Self.empty : JSONValue.object(metadata).bytes(),
      content: JSONValue.object(content).bytes())
    envelope.signature = signer.signature(of: envelope.signed)
    return envelope.frames
  }

  private static let empty: Frame = Array("{}".utf8)

  /// The header of message number ``count``.
  ///
  /// Nothing in it needs an escape, and most of it is the same each time: put together from bytes, it
  /// takes a tenth of the time that a JSON value of it takes.
  private func nextHeader(_ type: String) -> Frame {
    var bytes: Frame = []
    bytes.reserveCapacity(320)
    bytes += header.start
    bytes += String(count).utf8
    bytes += header.type
    bytes += type.utf8
    bytes += header.date
    bytes += Clocks.timestamp().utf8
    bytes += header.end
    return bytes
  }
}
