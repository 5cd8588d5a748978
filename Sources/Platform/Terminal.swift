import Glibc

/// What the terminal at a descriptor can show.
public enum Terminal {
  /// How many colours may be used.
  public enum Colors: Int, Sendable, Comparable {
    case none, sixteen, palette, full

    /// Orders by what can be shown.
    public static func < (left: Colors, right: Colors) -> Bool { left.rawValue < right.rawValue }
  }

  /// True when a person reads or types there.
  public static func isInteractive(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns and rows: of the terminal, else of `COLUMNS` and `LINES`, else 80 and 24.
  public static func size(_ descriptor: Int32 = Output.standardOutput) -> (columns: Int, rows: Int)
  {
    var size = winsize()
    if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
      return (Int(size.ws_col), Int(size.ws_row))
    }
    return (Environment.count("COLUMNS") ?? 80, Environment.count("LINES") ?? 24)
  }

  /// The colours to use when writing to a descriptor.
  public static func colors(_ descriptor: Int32 = Output.standardOutput) -> Colors {
    colors(isInteractive: isInteractive(descriptor), variable: Environment.value)
  }

  /// Decides by the conventions of `NO_COLOR`, `FORCE_COLOR`, `TERM` and `COLORTERM`.
  public static func colors(isInteractive: Bool, variable: (String) -> String?) -> Colors {
    if let value = variable("NO_COLOR"), !value.isEmpty { return .none }
    let term = variable("TERM") ?? ""
    let forced = variable("FORCE_COLOR")
    if let forced {
      switch forced {
      case "0", "false": return .none
      case "2": return .palette
      case "3": return .full
      default: break
      }
    } else if !isInteractive || term.isEmpty || term == "dumb" {
      return .none
    }
    let depth = variable("COLORTERM") ?? ""
    if depth == "truecolor" || depth == "24bit" || term.hasSuffix("-direct") { return .full }
    return term.contains("256color") ? .palette : .sixteen
  }

  /// True when the locale writes UTF-8.
  public static var usesUTF8: Bool { usesUTF8(variable: Environment.value) }

  /// Decides by the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set.
  public static func usesUTF8(variable: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = variable(name), !value.isEmpty else { continue }
      let encoding = value.lowercased()
      return encoding.contains("utf-8") || encoding.contains("utf8")
    }
    return false
  }
}
