import Diagnostics

/// What people who come from Python, Keras and NumPy type that the language does not have, with
/// what to write instead.
///
/// Keywords that the language leaves out are the parser's affair; these are names.
enum Habits {
  /// What to write instead of a named argument that a function does not have.
  static let arguments = [
    "lr": "write learning_rate=",
    "nb_epoch": "write epochs=",
  ]

  /// What to write instead of attributes that values do not have, by type and name: `list.push`.
  static let attributes: [String: String] = {
    let texts = ["string"]
    let containers = ["list", "tuple", "range", "set"]
    let groups: [(types: [String], names: [String], help: String)] = [
      (texts + containers + ["dict", "bytes"], ["length", "size", "__len__"], "write len(x)"),
      (["list"], ["push", "push_back", "add"], "write append(x)"),
      (["set"], ["push", "append"], "write add(x)"),
      (["dict"], ["push", "append", "add"], "write d[key] = value"),
      (texts, ["contains", "includes", "has", "__contains__"], "write part in text"),
      (containers, ["contains", "includes", "has", "__contains__"], "write x in xs"),
      (["dict"], ["contains", "includes", "has", "has_key", "__contains__"], "write key in d"),
      (["list"], ["indexOf"], "write index(x)"),
      (texts, ["indexOf"], "write find(part)"),
      (containers, ["map", "filter", "forEach"], "write [f(x) for x in xs if condition]"),
      (["list", "tuple", "set"], ["sorted"], "write sorted(xs)"),
      (["dict"], ["iteritems", "iterkeys", "itervalues"], "write items(), keys() or values()"),
      (["dict"], ["fromkeys"], "write {key: None for key in keys}"),
      (texts, ["encode"], "write bytes(text)"),
      (["bytes"], ["decode"], "write str(data)"),
      (texts, ["casefold", "toLowerCase"], "write lower()"),
      (texts, ["toUpperCase"], "write upper()"),
      (texts, ["trim"], "write strip()"),
      (texts, ["substring", "substr", "slice"], "write text[start:end]"),
      (["list", "tuple"], ["slice"], "write xs[start:end]"),
      (texts, ["charAt"], "write text[index]"),
      (texts, ["format_map"], "write format(**fields)"),
      (texts, ["expandtabs"], "for tabs of one width write replace(\"\\t\", \"    \")"),
      (
        texts + ["str"], ["translate", "maketrans"],
        "write \"\".join([table.get(c, c) for c in text.elems()]), where table is a dict"
      ),
      (
        ["Model"], ["save", "save_weights", "load_weights", "to_json", "get_config"],
        "models are not written to files yet: keep get_weights() and give it to set_weights(...)"
      ),
    ]
    return groups.reduce(into: [:]) { table, group in
      for type in group.types {
        for name in group.names { table["\(type).\(name)"] = group.help }
      }
    }
  }()

  /// The help for a missing attribute, of which a message tells: `'list' value has no attribute 'push'`,
  /// and of functions `function 'dict' has no attribute 'fromkeys'`.
  private static func attribute(_ message: String) -> String? {
    let words = message.split(separator: "'")
    guard words.count >= 3 else { return nil }
    return attributes["\(words[words.count - 3]).\(words[words.count - 1])"]
  }

  /// The help for a fault that is due to a habit; nil for others.
  ///
  /// `text` is what is underlined.
  static func help(_ name: String, _ message: String, at text: String?) -> String? {
    let word = text?.split(separator: ".").last.map(String.init)
    return switch name {
    case "NameError", "ImportError": word.flatMap { helps[$0] }
    case "AttributeError" where message.hasPrefix("module "): word.flatMap { helps[$0] }
    case "AttributeError": attribute(message)
    case "TypeError" where message.contains("unexpected keyword argument '"):
      message.split(separator: "'").last.flatMap { arguments[String($0)] }
    case "KeyError" where message.hasPrefix("key "): text.flatMap(counting)
    default: nil
    }
  }

  /// How to write `d[key] += 1` when the key may be missing; nil for what is not of this form: a
  /// name, one key, and a value that tells what stands for nothing.
  private static func counting(_ text: String) -> String? {
    guard text.utf8.count <= 40, !text.contains("\n"), let sign = text.firstRange(of: "+="),
      let open = text.firstIndex(of: "["), open < sign.lowerBound,
      let close = closing(text[..<sign.lowerBound], open),
      text[text.index(after: close)..<sign.lowerBound].allSatisfy({ $0 == " " })
    else { return nil }
    let (dict, key) = (text[..<open], text[text.index(after: open)..<close])
    let value = text[sign.upperBound...].drop { $0 == " " }
    guard dict.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), !key.contains(","),
      let nothing = nothing(like: value)
    else { return nil }
    return "write \(dict)[\(key)] = \(dict).get(\(key), \(nothing)) + \(value)"
  }

  /// What a sum of values like a literal starts from; nil for what is no literal.
  private static func nothing(like value: Substring) -> String? {
    guard let first = value.first, let last = value.last else { return nil }
    if value.allSatisfy({ $0.isNumber || $0 == "." }) { return "0" }
    let inner = value.dropFirst().dropLast()
    if first == "\"" || first == "'" {
      return first == last && !inner.contains(first) ? "\"\"" : nil
    }
    guard first == "[", closing(value, value.startIndex) == value.index(before: value.endIndex)
    else { return nil }
    return "[]"
  }

  /// The bracket that closes another, where those in texts count, too; nil when there is none.
  private static func closing(_ text: Substring, _ open: String.Index) -> String.Index? {
    var depth = 0
    for place in text[open...].indices {
      if text[place] == "[" { depth += 1 }
      if text[place] == "]" { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }

  /// What to write instead, by name.
  static let helps: [String: String] = {
    var table = [
      "Sequential":
        "build models with Model(inputs, outputs): x = Input((3,)); m = Model(x, Dense(1)(x))",
      "TimeDistributed": "leave it out: Dense and Activation work on each step by themselves",
      "default_rng":
        "random is seeded as it is: random.seed(1), then np.random.rand(3), randn(3), randint(10)",
      "save_model":
        "models are not written to files yet: keep get_weights() and give it to set_weights(...)",
      "open": "use read_text(path), read_lines(path) and write_text(path, text)",
      "subplot": "figures are values: row(plot([1, 2]), plot([2, 1])) puts them side by side",
      "__name__": "leave it out: a script runs from its first line to its last",
      "tf": "Keras' names are bare, as in Dense(2), or in keras, as in keras.layers.Dense(2)",
      "torch": "tensors and layers are bare names: zeros((2, 3)), LSTM(16), Adam()",
      "sys": "write import sys; sys.argv lists the script and what follows -- in "
        + "linnet run script.star -- a b",
      "argv": "write import sys, then sys.argv[1:]: what follows -- in "
        + "linnet run script.star -- a b",
      "nn": "layers are bare names: LSTM(16), Dense(2)",
    ]
    let groups: [(names: [String], help: String)] = [
      (
        [
          "GRU", "Bidirectional", "Embedding", "Dropout", "Conv1D", "Conv2D", "MaxPooling1D",
          "MaxPooling2D", "BatchNormalization", "LayerNormalization", "Concatenate", "Masking",
        ],
        "the layers so far: Dense, LSTM, SimpleRNN, Activation, Flatten, RepeatVector, Reshape"
      ),
      (["RMSprop", "Adagrad", "Adadelta", "AdamW", "Nadam"], "the optimizers so far: Adam, SGD"),
      (
        ["EarlyStopping", "ModelCheckpoint", "LambdaCallback", "ReduceLROnPlateau"],
        "a callback is a function of (epoch, logs); model.stop_training = True ends fit"
      ),
      (
        ["loadtxt", "genfromtxt"],
        "read numbers with [[float(word) for word in line.split(\",\")] for line in "
          + "read_lines(path)]"
      ),
      (
        ["Exception", "ValueError", "TypeError", "KeyError", "IndexError", "RuntimeError"],
        "stop with fail(\"what is wrong\")"
      ),
      (
        ["exit", "quit"],
        "a script ends with its last line or by fail(\"...\"), the REPL by Ctrl-D"
      ),
      (["xrange"], "write range(n)"),
      (["reduce"], "write a for loop, or sum, max, min, any or all"),
      (["unicode"], "write str(x)"),
      (["re"], "search texts with find, split, replace, startswith and in"),
      (
        ["os", "pathlib", "io"],
        "use read_text(path), read_lines(path) and write_text(path, text)"
      ),
      (
        ["collections", "itertools", "functools"],
        "use dicts with d.get(key, default), comprehensions and loops"
      ),
      (["datetime"], "use time.time(), the seconds since 1970"),
      (["iter", "next"], "write a for loop, or take elements of a list by their index"),
      (["dumps"], "write json.encode(x)"),
      (["loads"], "write json.decode(text)"),
      (["bin"], "write format(x, \"b\"), or \"#b\" for the prefix 0b"),
      (["hex"], "write format(x, \"x\"), or \"#x\" for the prefix 0x"),
      (["oct"], "write format(x, \"o\"), or \"#o\" for the prefix 0o"),
      (["ascii"], "write \"{!a}\".format(x)"),
      (["complex"], "numbers are ints and floats; keep real and imaginary part in two"),
      (["frozenset"], "write tuple(sorted(x)), which can be a key, or set(x)"),
      (["slice"], "write the slice in brackets: x[1:5]"),
      (["bytearray", "memoryview"], "write bytes(x), or list(x) to change it"),
      (["exec", "eval", "compile"], "write a function; json.decode(text) reads values"),
      (["vars", "locals", "globals"], "dir() lists the names that you have bound"),
      (["setattr", "delattr"], "keep what changes in a dict: d[name] = value"),
      (
        ["object", "super", "property", "staticmethod", "classmethod", "issubclass"],
        "Linnet has no classes: use struct(name=value) for fields and functions for behaviour"
      ),
      (["id"], "values are compared with ==; keep a number of your own to tell them apart"),
    ]
    for group in groups {
      for name in group.names { table[name] = group.help }
    }
    return table
  }()
}

extension Diagnostic {
  /// The same with the help for a habit, if what it underlines is an unknown name that is one.
  ///
  /// The interpreter knows which names there are, not which of other languages' people expect.
  var withHabit: Diagnostic {
    guard let habit = Habits.help(name, message, at: primary?.underlined) else { return self }
    // A key that is nearly right is more likely to be misspelt.
    if name == "KeyError", let help, help.hasPrefix("did you mean") { return self }
    return Diagnostic(
      severity, name: name, message: message, primary: primary, secondary: secondary, note: note,
      help: habit, frames: frames)
  }
}
