public import Diagnostics

/// An error of the running program, one word wide.
///
/// It is made without a place where the mistake is noticed; the innermost frame that knows the
/// expression adds the span, and each frame on the way out adds itself to the traceback.
public struct Fault: Error {
  /// The facts.
  public let details: Details

  /// What a fault knows.
  ///
  /// Adding to it makes a new one: faults are rare and cross threads.
  public final class Details: Sendable {
    /// Python's name for the same mistake: `TypeError`.
    public let name: String
    /// What was expected and what was received.
    public let message: String
    /// A fact that helps.
    public let note: String?
    /// An edit that works.
    public let help: String?
    /// Where; set once.
    public let primary: Diagnostic.Label?
    /// Further places, such as the operands.
    public let secondary: [Diagnostic.Label]
    /// The calls left so far, innermost first.
    public let frames: [Diagnostic.Frame]

    init(
      name: String, message: String, note: String? = nil, help: String? = nil,
      primary: Diagnostic.Label? = nil, secondary: [Diagnostic.Label] = [],
      frames: [Diagnostic.Frame] = []
    ) {
      self.name = name
      self.message = message
      self.note = note
      self.help = help
      self.primary = primary
      self.secondary = secondary
      self.frames = frames
    }
  }

  /// Makes a fault of any name.
  public init(_ name: String, _ message: String, note: String? = nil, help: String? = nil) {
    details = Details(name: name, message: message, note: note, help: help)
  }

  private init(_ details: Details) { self.details = details }

  /// A problem that was found before the program ran, as a fault.
  public init(_ diagnostic: Diagnostic) {
    details = Details(
      name: diagnostic.name, message: diagnostic.message, note: diagnostic.note,
      help: diagnostic.help, primary: diagnostic.primary, secondary: diagnostic.secondary)
  }

  /// The fault with its place, unless it has one already.
  public func located(
    _ primary: Diagnostic.Label, secondary: [Diagnostic.Label] = []
  ) -> Fault {
    guard details.primary == nil else { return self }
    return Fault(
      Details(
        name: details.name, message: details.message, note: details.note, help: details.help,
        primary: primary, secondary: secondary, frames: details.frames))
  }

  /// The fault with other help.
  func helping(_ help: String) -> Fault {
    Fault(
      Details(
        name: details.name, message: details.message, note: details.note, help: help,
        primary: details.primary, secondary: details.secondary, frames: details.frames))
  }

  /// The fault with one more call that it left.
  public func leaving(_ frame: Diagnostic.Frame) -> Fault {
    Fault(
      Details(
        name: details.name, message: details.message, note: details.note, help: details.help,
        primary: details.primary, secondary: details.secondary,
        frames: details.frames + [frame]))
  }

  /// A value of the wrong type.
  public static func type(_ message: String, note: String? = nil, help: String? = nil) -> Fault {
    Fault("TypeError", message, note: note, help: help)
  }

  /// A value of the right type that does not do.
  public static func value(_ message: String, note: String? = nil, help: String? = nil) -> Fault {
    Fault("ValueError", message, note: note, help: help)
  }

  /// An index outside its sequence.
  public static func index(_ message: String, help: String? = nil) -> Fault {
    Fault("IndexError", message, help: help)
  }

  /// A limit of memory.
  public static func memory(_ message: String, help: String? = nil) -> Fault {
    Fault("MemoryError", message, help: help)
  }

  /// Something that cannot happen did: a defect of this program, never of the user's.
  public static func `internal`(_ message: String) -> Fault {
    Fault("SystemError", message, help: "this is a defect of Linnet: please report it")
  }

  /// The fault as front ends render it.
  public var diagnostic: Diagnostic {
    Diagnostic(
      name: details.name, message: details.message, primary: details.primary,
      secondary: details.secondary, note: details.note, help: details.help,
      frames: details.frames.reversed())
  }
}
