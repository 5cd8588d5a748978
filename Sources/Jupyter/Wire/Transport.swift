public import Platform

/// One part of a message on the wire.
public typealias Frame = [UInt8]

/// The sockets of a kernel that the wire thread owns; the heartbeat has a thread of its own.
public enum Channel: String, Sendable, CaseIterable {
  /// Requests that are served in order.
  case shell
  /// Requests that must not wait for a running cell.
  case control
  /// Questions to the user, and their answers.
  case stdin
  /// What all front ends are told.
  case iopub
}

/// How large a message may be that the kernel takes.
public enum MessageLimit {
  /// The frames, identities and buffers included: a widget's message has some dozens.
  public static let frames = 1024
  /// The bytes of a frame on shell, control and stdin: six times the 10 MiB that Jupyter's server
  /// takes of a browser in one message, so that other clients may send more.
  public static let frameBytes = 64 << 20
  /// The bytes of a frame where only subscriptions and heartbeats come, which have no signature.
  public static let unsignedFrameBytes = 64 << 10
}

/// What became of a message.
public enum Delivery: Sendable, Equatable {
  /// It is under way.
  case sent
  /// Nobody with that identity is connected, for now.
  case unroutable
  /// The socket refused it.
  case failed(String)
}

/// Carries frames between the kernel and its front ends; used by the wire thread only.
public protocol Transport: AnyObject {
  /// Waits until a channel has a message, `wake` is awake, or the time in seconds is up.
  ///
  /// - Returns: The channels that have a message; those with more than one are named again next time.
  func wait(for wake: WakeDescriptor, timeout: Double?) -> Set<Channel>

  /// Takes the oldest message of a channel; nil when there is none.
  ///
  /// Of one with too many frames only one more than ``MessageLimit/frames`` are given. On iopub a
  /// message is one frame: 1 or 0 (subscribed, unsubscribed) and the topic.
  func receive(_ channel: Channel) -> [Frame]?

  /// Sends a message without waiting.
  func send(_ frames: [Frame], on channel: Channel) -> Delivery

  /// Sends what is under way, then closes all channels.
  func close()
}
