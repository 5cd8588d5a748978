import Testing

@testable import Jupyter

/// Signatures against vectors of RFC 4231, and the window of those seen.
@Suite struct SigningTests {
  struct Vector: Sendable {
    let key: String
    let frames: [String]
    let signature: String
  }

  static let vectors: [Vector] = [
    // RFC 4231, test case 2; its text also in four frames, as messages are signed.
    Vector(
      key: "Jefe", frames: ["what do ya want for nothing?"],
      signature: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Vector(
      key: "Jefe", frames: ["what do ya ", "want ", "", "for nothing?"],
      signature: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    // Test case 6 has a key longer than a block; in ASCII here, checked with Python's hmac.
    Vector(
      key: String(repeating: "k", count: 131), frames: ["{}", "{}", "{}", "{}"],
      signature: "59d3cf0bb82372b4ad97bda11b5f86c624040e7159a0ddc333f336a22e82f30b"),
  ]

  @Test(arguments: vectors)
  func `signs as the standard says`(vector: Vector) {
    let frames = vector.frames.map { Frame($0.utf8) }
    let signer = Signer(key: vector.key)
    let signature = signer.signature(of: frames)
    #expect(String(decoding: signature, as: UTF8.self) == vector.signature)
    #expect(signer.accepts(signature, of: frames))
    #expect(!Signer(key: "other").accepts(signature, of: frames))
  }

  @Test func `an empty key neither signs nor checks`() {
    let signer = Signer(key: "")
    #expect(signer.signature(of: [[1]]) == [])
    #expect(signer.accepts([], of: [[1]]))
    #expect(signer.accepts([9], of: [[1]]))
  }

  @Test func `remembers as many signatures as it has room for`() {
    var window = ReplayWindow(capacity: 2)
    let signatures: [Frame] = [[1], [2], [1], [3], [2], [1]]
    let isNew = signatures.map { window.insert($0) }
    #expect(isNew == [true, true, false, true, false, true])
  }

  @Test func `random identifiers are version 4 and differ`() {
    let id = RandomID.uuid()
    #expect(
      id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
        != nil)
    #expect(id != RandomID.uuid())
  }
}
