@unsafe @preconcurrency import CReadline
import Glibc
import Notebook
import Platform

/// GNU readline, as lines in and out.
///
/// All of it belongs to the main thread.
///
/// Readline works through global variables and callbacks without context; this file alone touches
/// them. The callback interface is used, since with it Ctrl-C and a new terminal size are handled
/// here, between two keys, and not inside a signal handler of readline's.
enum Readline {
  /// What the callbacks need.
  private final class State {
    var line: String?
    var isFinished = false
    /// The lines of the cell above the one that is edited.
    var earlier = ""
    /// The spaces that the line began with; empty once the user has written spaces of their own.
    var indent = ""
    var complete: (String, Int) -> CompletionList = { _, cursor in
      CompletionList(items: [], start: cursor, end: cursor)
    }
    /// What is left to hand over of the matches that readline asked for.
    var matches: [String] = []
  }

  // Only the main thread calls into readline, so only it gets here.
  nonisolated(unsafe) private static let state = State()

  /// Sets readline up.
  ///
  /// - Parameter complete: What could stand at a cursor, in code points, of a whole cell.
  static func start(complete: @escaping (String, Int) -> CompletionList) {
    // Readline needs the character encoding; numbers keep their format in every locale.
    if unsafe setlocale(LC_CTYPE, "") == nil || !Terminal.usesUTF8 {
      unsafe setlocale(LC_CTYPE, "C.UTF-8")
    }
    unsafe state.complete = complete
    unsafe rl_readline_name = UnsafePointer(unsafe strdup("linnet"))
    // Signals are this program's: see `read`.
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_change_environment = 0
    // What fits is listed at once: a question, or a page at a time, would wait inside readline.
    rl_completion_query_items = 0
    unsafe rl_variable_bind("page-completions", "off")
    unsafe rl_completer_word_break_characters = UnsafePointer(
      unsafe strdup(" \t\n\"'`@$><=;|&{(:,+-*/%^~!?[]})."))
    unsafe rl_attempted_completion_function = { text, start, end in
      unsafe Readline.matches(text, start, end)
    }
    rl_initialize()
    rl_bind_key(0x20) { count, key in Readline.space(count, key) }
    rl_bind_key(0x04) { count, key in Readline.endOfFile(count, key) }
    unsafe rl_variable_bind("blink-matching-paren", "on")
    stifle_history(10_000)
  }

  /// Makes a line one that the arrow keys reach.
  static func remember(_ line: String) {
    unsafe add_history(line)
  }

  /// Lets the user edit a line.
  ///
  /// - Parameters:
  ///   - prompt: What stands in front; control codes are allowed.
  ///   - indent: The spaces to begin with, which give way to those that the user writes.
  ///   - earlier: The lines of the cell above, for completion.
  ///   - wake: Becomes readable when a signal has come.
  /// - Returns: How the editing ended.
  static func read(prompt: String, indent: String, earlier: String, wake: WakeDescriptor)
    -> LineResult
  {
    unsafe state.isFinished = false
    unsafe state.line = nil
    unsafe state.earlier = earlier
    unsafe state.indent = ""
    let (interrupts, resizes) = (Signals.interruptCount(), Signals.resizeCount())
    var seenResizes = resizes
    unsafe rl_callback_handler_install(guarded(prompt)) { line in
      if let line = unsafe line {
        unsafe Readline.state.line = unsafe String(cString: line)
        unsafe free(line)
      }
      unsafe Readline.state.isFinished = true
      rl_callback_handler_remove()
    }
    // What waits already was pasted, and has its own spaces.
    if !indent.isEmpty, !hasInput() {
      unsafe state.indent = indent
      unsafe rl_insert_text(indent)
      rl_redisplay()
    }
    while unsafe !state.isFinished {
      _ = wake.wait(or: 0)
      wake.clear()
      if Signals.interruptCount() != interrupts || Signals.isTerminationRequested() {
        leaveLine()
        return Signals.isTerminationRequested() ? .endOfFile : .interrupted
      }
      if Signals.resizeCount() != seenResizes {
        seenResizes = Signals.resizeCount()
        rl_resize_terminal()
      }
      if hasInput() { rl_callback_read_char() }
    }
    return unsafe state.line.map { .line(unsafe Indentation.resolved($0, offered: state.indent)) }
      ?? .endOfFile
  }

  /// True when a key can be read at once.
  private static func hasInput() -> Bool {
    var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Gives the line up and puts the cursor below it.
  private static func leaveLine() {
    rl_point = rl_end
    rl_redisplay()
    Output.write("^C\n")
    rl_free_line_state()
    rl_callback_sigcleanup()
    rl_callback_handler_remove()
  }

  /// Reads a line that is not shown, such as a password.
  static func readSecret(prompt: String) -> LineResult {
    var settings = termios()
    let isTerminal = unsafe tcgetattr(0, &settings) == 0
    var hidden = settings
    hidden.c_lflag &= ~tcflag_t(ECHO)
    if isTerminal { unsafe tcsetattr(0, TCSAFLUSH, &hidden) }
    defer {
      if isTerminal { unsafe tcsetattr(0, TCSAFLUSH, &settings) }
      Output.write("\n")
    }
    Output.write(prompt)
    return PlainInput.readLine()
  }

  /// Control codes in a prompt are marked, so that readline counts only what is seen.
  private static func guarded(_ prompt: String) -> String {
    var text = ""
    var isInCode = false
    for character in prompt {
      if character == "\u{1B}", !isInCode {
        text += "\u{1}"
        isInCode = true
      }
      text.append(character)
      if isInCode, character == "m" {
        text += "\u{2}"
        isInCode = false
      }
    }
    return text
  }

  // MARK: - Keys

  /// A space in front of everything is the first of the user's own indentation.
  private static func space(_ count: Int32, _ key: Int32) -> Int32 {
    let indent = unsafe state.indent
    if !indent.isEmpty, lineBytes() == Array(indent.utf8), rl_point == rl_end {
      unsafe state.indent = ""
      unsafe rl_replace_line("", 1)
    }
    return rl_insert(count, key)
  }

  /// Ctrl-D ends a block whose next line is still blank, and deletes elsewhere.
  private static func endOfFile(_ count: Int32, _ key: Int32) -> Int32 {
    guard unsafe !state.earlier.isEmpty, lineBytes().allSatisfy(isBlank) else {
      return rl_delete(count, key)
    }
    unsafe rl_replace_line("", 1)
    return rl_newline(1, 0x0A)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  // MARK: - Completion

  private static func lineBytes() -> [UInt8] {
    guard let buffer = unsafe rl_line_buffer else { return [] }
    return Array(unsafe String(cString: buffer).utf8)
  }

  /// Answers readline, which replaces the bytes from `start` to `end` of its line.
  private static func matches(_ text: UnsafePointer<CChar>?, _ start: Int32, _ end: Int32)
    -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  {
    let bytes = lineBytes()
    // Readline appends a space unless it is told each time.
    rl_completion_append_character = 0
    // In front of a line's first word Tab indents.
    if bytes.prefix(Int(end)).suffix(while: { $0 != 0x0A }).allSatisfy(isBlank) {
      unsafe state.indent = ""
      rl_attempted_completion_over = 1
      return unsafe answer(["    "], text)
    }
    let line = String(decoding: bytes.prefix(Int(end)), as: UTF8.self)
    let word = String(decoding: bytes.prefix(Int(end)).dropFirst(Int(start)), as: UTF8.self)
    let cell = unsafe state.earlier + line
    let cursor = cell.unicodeScalars.count
    let list = unsafe state.complete(cell, cursor)
    let replaced = String(
      String.UnicodeScalarView(cell.unicodeScalars.suffix(cursor - min(list.start, cursor))))
    let candidates = list.items.compactMap { item in
      Replacement.text(for: item.text, replacing: replaced, word: word)
    }
    // Where the language knows nothing, a string may still be a path.
    rl_attempted_completion_over = list.isInString && candidates.isEmpty ? 0 : 1
    return unsafe answer(candidates, text)
  }

  private static func answer(_ matches: [String], _ text: UnsafePointer<CChar>?)
    -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  {
    guard !matches.isEmpty else { return nil }
    unsafe state.matches = matches.reversed()
    return unsafe rl_completion_matches(text) { _, _ in
      guard let match = unsafe Readline.state.matches.popLast() else { return nil }
      return unsafe strdup(match)
    }
  }
}

extension Sequence {
  fileprivate func suffix(while belongs: (Element) -> Bool) -> [Element] {
    reversed().prefix(while: belongs).reversed()
  }
}
