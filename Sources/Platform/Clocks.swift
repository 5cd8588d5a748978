import Glibc

/// The clocks of the machine, in seconds.
public enum Clocks {
  /// The time since an arbitrary start, never going back.
  public static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  /// The time since 1970-01-01 in UTC.
  public static func wall() -> Double { seconds(CLOCK_REALTIME) }

  /// The processor time that all threads of this process have used.
  public static func processor() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// The date and time in UTC as ISO 8601 with microseconds: `2026-01-31T09:05:00.000250Z`.
  public static func timestamp(_ wall: Double = wall()) -> String {
    let whole = wall.rounded(.down)
    var seconds = time_t(whole)
    var parts = unsafe tm()
    guard unsafe gmtime_r(&seconds, &parts) != nil else { return "" }
    let microseconds = Int((wall - whole) * 1e6)
    // Digit by digit: every message of a kernel carries a time, and a text for each part of it
    // would take longer than the rest of the message.
    var text: [UInt8] = []
    text.reserveCapacity(27)
    func put(_ number: Int, _ width: Int, _ end: UInt8) {
      var unit = 1
      for _ in 1..<width { unit *= 10 }
      while unit > 0 {
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
        unit /= 10
      }
      text.append(end)
    }
    let (year, month, day) = unsafe (parts.tm_year, parts.tm_mon, parts.tm_mday)
    let (hour, minute, second) = unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec)
    put(Int(year) + 1900, 4, UInt8(ascii: "-"))
    put(Int(month) + 1, 2, UInt8(ascii: "-"))
    put(Int(day), 2, UInt8(ascii: "T"))
    put(Int(hour), 2, UInt8(ascii: ":"))
    put(Int(minute), 2, UInt8(ascii: ":"))
    put(Int(second), 2, UInt8(ascii: "."))
    put(microseconds, 6, UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// Waits, but no longer than until work should stop.
  ///
  /// - Returns: True when the whole time has passed.
  @discardableResult
  public static func sleep(_ seconds: Double, _ interruption: Interruption? = nil) -> Bool {
    let end = monotonic() + seconds
    while interruption?.isRequested != true {
      let left = end - monotonic()
      guard left > 0 else { return true }
      // Short naps: a request from another thread has no way to wake this one.
      var nap = timespec(seconds: min(left, interruption == nil ? 3600 : 0.02))
      unsafe nanosleep(&nap, nil)
    }
    return false
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension timespec {
  /// Splits seconds; more than a year is cut to a year.
  init(seconds: Double) {
    let clamped = min(max(seconds, 0), 31_536_000)
    let whole = clamped.rounded(.down)
    self.init(tv_sec: Int(whole), tv_nsec: Int((clamped - whole) * 1e9))
  }
}
