import Catalog
import Runtime
import Tensors

/// `random`: the numbers of NumPy's legacy generator, bit for bit.
enum RandomModule {
  static let entry = Entry(
    "random", kind: .module, group: "Random",
    summary: """
      Random numbers, the same as `numpy.random` gives after the same `seed`. Without a size, \
      functions give a number; with one, a tensor.
      """)

  static let builtins: [Builtin] = [
    seed, random("random"), random("random_sample"), rand, randn, uniform, normal, randint, choice,
    permutation, shuffle,
  ]

  static let seed = Builtin(
    Entry(
      "seed", [.positional("seed", .int)], group: "Random",
      summary: "Starts all random numbers anew, as set_seed does.",
      examples: [Example("random.seed(1)\nrandom.random()", prints: "0.417022004702574")]),
    TensorBuiltins.setSeed.body)

  private static func random(_ name: String) -> Builtin {
    Builtin(
      Entry(
        name, [.positional("size", .shape, default: "None")], group: "Random",
        summary: "Numbers from 0 up to but not including 1.",
        examples: [Example("random.seed(0)\nrandom.\(name)()", prints: "0.5488135039273248")]),
      .bound { arguments, interpreter throws(Fault) in
        try draw(arguments[0], interpreter, one: { $0.random() }, many: { $0.doubles($1) })
      })
  }

  static let rand = Builtin(
    Entry(
      "rand", [.variadic("extents", .int)], group: "Random",
      summary: "Numbers from 0 up to but not including 1, in a tensor of the given extents.",
      examples: [Example("random.rand(2, 3).shape", prints: "(2, 3)")]),
    .bound { arguments, interpreter throws(Fault) in
      let size: Value? = arguments.rest.isEmpty ? nil : .tuple(arguments.rest)
      return try draw(size, interpreter, one: { $0.random() }, many: { $0.doubles($1) })
    })

  static let randn = Builtin(
    Entry(
      "randn", [.variadic("extents", .int)], group: "Random",
      summary: "Normally distributed numbers of mean 0 and deviation 1.",
      examples: [Example("random.randn(4).shape", prints: "(4,)")]),
    .bound { arguments, interpreter throws(Fault) in
      let size: Value? = arguments.rest.isEmpty ? nil : .tuple(arguments.rest)
      return try draw(size, interpreter, one: { $0.gauss() }, many: { $0.gausses($1) })
    })

  static let uniform = Builtin(
    Entry(
      "uniform",
      [
        .optional("low", .number, default: "0.0"), .optional("high", .number, default: "1.0"),
        .optional("size", .shape),
      ], group: "Random", summary: "Numbers from `low` up to `high`.",
      examples: [Example("random.seed(1)\nrandom.uniform(0, 10)", prints: "4.17022004702574")]),
    .bound { arguments, interpreter throws(Fault) in
      let low = try number(arguments[0], 0, "uniform", interpreter)
      let high = try number(arguments[1], 1, "uniform", interpreter)
      return try draw(
        arguments[2], interpreter, one: { $0.uniform(low, high) },
        many: { state, count in (0..<count).map { _ in state.uniform(low, high) } })
    })

  static let normal = Builtin(
    Entry(
      "normal",
      [
        .optional("loc", .number, default: "0.0"), .optional("scale", .number, default: "1.0"),
        .optional("size", .shape),
      ], group: "Random", summary: "Normally distributed numbers of mean `loc`, deviation `scale`.",
      examples: [Example("random.normal(0, 1, 3).shape", prints: "(3,)")]),
    .bound { arguments, interpreter throws(Fault) in
      let mean = try number(arguments[0], 0, "normal", interpreter)
      let deviation = try number(arguments[1], 1, "normal", interpreter)
      guard deviation >= 0 else { throw Fault.value("normal() scale: expected at least 0") }
      return try draw(
        arguments[2], interpreter, one: { $0.normal(mean, deviation) },
        many: { state, count in (0..<count).map { _ in state.normal(mean, deviation) } })
    })

  static let randint = Builtin(
    Entry(
      "randint",
      [.required("low", .int), .optional("high", .int), .optional("size", .shape)],
      group: "Random",
      summary: """
        Integers from `low` up to but not including `high`; with one bound, from 0 up to it.
        """, examples: [Example("random.seed(0)\nrandom.randint(10)", prints: "5")]),
    .bound { arguments, interpreter throws(Fault) in
      var low = 0
      var high = try interpreter.integer(arguments[0] ?? .none, what: "randint() bound")
      if let upper = arguments[1], !upper.isNone {
        low = high
        high = try interpreter.integer(upper, what: "randint() bound")
      }
      let context = try Workbench.of(interpreter).tensors
      guard let size = arguments[2], !size.isNone else {
        return .int(
          try interpreter.tensors { () throws(TensorError) in
            try context.random.integer(from: low, to: high)
          })
      }
      let shape = try shape(size, interpreter)
      try interpreter.checkSize(shape.count.multipliedReportingOverflow(by: 8), "random numbers")
      return try tensor(interpreter) { () throws(TensorError) in
        try Tensor(
          integers: context.random.integers(
            shape.count, from: low, to: high, context.interruption), shape: shape, context)
      }
    })

  static let choice = Builtin(
    Entry(
      "choice",
      [
        .required("a"), .optional("size", .shape), .optional("replace", .bool, default: "True"),
        .optional("p", .tensor),
      ], group: "Random",
      summary: """
        Elements of a list or tensor, or of the integers below `a`, at random; `p` gives the \
        probability of each.
        """, examples: [Example("random.seed(0)\nrandom.choice([10, 20, 30])", prints: "10")]),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let source = arguments[0] ?? .none
      var count = 0
      if case .int(let number) = source {
        count = number
      } else {
        count = try interpreter.length(source)
      }
      let size = arguments[1].flatMap { $0.isNone ? nil : $0 }
      let drawn = try size.map { value throws(Fault) in try shape(value, interpreter) }
      if let drawn {
        try interpreter.checkSize(
          drawn.count.multipliedReportingOverflow(by: 16), "random numbers")
      }
      let replaces =
        try arguments[2].map { flag throws(Fault) in try interpreter.truth(flag) } ?? true
      var weights: [Double]?
      var tolerance = Double.ulpOfOne.squareRoot()
      if let p = arguments[3], !p.isNone {
        let shares = try TensorConversion.tensor(p, floats: .float64, workbench, interpreter)
        if shares.dtype == .float32 { tolerance = Double(Float.ulpOfOne).squareRoot() }
        weights = shares.doubles()
      }
      let picks = try interpreter.tensors { [weights, tolerance] () throws(TensorError) in
        try workbench.tensors.random.choice(
          count, count: drawn?.count ?? 1, replace: replaces, weights: weights,
          tolerance: tolerance, workbench.tensors.interruption)
      }
      if case .int = source {
        guard let drawn else { return .int(picks[0]) }
        return try tensor(interpreter) { () throws(TensorError) in
          try Tensor(integers: picks, shape: drawn, workbench.tensors)
        }
      }
      guard let drawn else { return try interpreter.index(source, .int(picks[0])) }
      let chosen = try interpreter.gather(capacity: picks.count) { chosen throws(Fault) in
        for pick in picks {
          try interpreter.checkInterruption()
          chosen.append(try interpreter.index(source, .int(pick)))
        }
      }
      let flat = try TensorConversion.tensor(.list(chosen), workbench, interpreter)
      return try tensor(interpreter) { () throws(TensorError) in
        let rest = flat.shape.extents.dropFirst()
        return try Ops.reshape(flat, drawn.extents + rest, workbench.tensors)
      }
    })

  static let permutation = Builtin(
    Entry(
      "permutation", [.positional("x")], group: "Random",
      summary: "The integers below x, or the rows of x, in random order.",
      examples: [Example("random.seed(0)\nrandom.permutation(4)", prints: "tensor([2, 3, 1, 0])")]),
    .one { value, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let context = workbench.tensors
      if case .int(let count) = value {
        guard count >= 0 else { throw Fault.value("permutation() expected at least 0") }
        try interpreter.checkSize(count.multipliedReportingOverflow(by: 8), "a permutation")
        return try tensor(interpreter) { () throws(TensorError) in
          let order = try context.random.permutation(count, context.interruption)
          return try Tensor(integers: order, shape: Shape([count]), context)
        }
      }
      let source = try TensorConversion.tensor(value, workbench, interpreter)
      guard source.rank > 0 else { throw Fault.type("permutation() expected rows to permute") }
      return try tensor(interpreter) { () throws(TensorError) in
        let order = try context.random.permutation(source.shape[0], context.interruption)
        return try source.indexed([.picks(order, shape: Shape([order.count]))], context)
      }
    })

  static let shuffle = Builtin(
    Entry(
      "shuffle", [.positional("x")], group: "Random",
      summary: "Puts the elements of a list, or the rows of a tensor, into random order, in place.",
      examples: [
        Example("random.seed(0)\nxs = [1, 2, 3]\nrandom.shuffle(xs)\nxs", prints: "[3, 2, 1]")
      ]),
    .one { value, interpreter throws(Fault) in
      let context = try Workbench.of(interpreter).tensors
      guard case .object(let object) = value else { throw notShufflable(value, interpreter) }
      if let list = object as? ListObject {
        var elements = list.elements
        try interpreter.tensors { () throws(TensorError) in
          try context.random.shuffle(&elements, context.interruption)
        }
        try list.replace(with: elements)
      } else if let target = object as? TensorObject, target.tensor.rank > 0 {
        var order = Array(0..<target.tensor.shape[0])
        let source = target.tensor
        let shuffled = try interpreter.tensors { () throws(TensorError) in
          try context.random.shuffle(&order, context.interruption)
          return try source.indexed([.picks(order, shape: Shape([order.count]))], context)
        }
        try target.replace(with: shuffled)
      } else {
        throw notShufflable(value, interpreter)
      }
      return .none
    })

  private static func notShufflable(_ value: Value, _ interpreter: Interpreter) -> Fault {
    Fault.type(
      "shuffle() expected a list or a tensor; received '\(interpreter.typeName(value))'")
  }

  // MARK: Helpers

  /// One number, or a tensor of `size`.
  private static func draw(
    _ size: Value?, _ interpreter: Interpreter, one: (inout RandomState) -> Double,
    many: (inout RandomState, Int) -> [Double]
  ) throws(Fault) -> Value {
    let context = try Workbench.of(interpreter).tensors
    guard let size, !size.isNone else { return .float(one(&context.random)) }
    let shape = try shape(size, interpreter)
    try interpreter.checkSize(shape.count.multipliedReportingOverflow(by: 8), "random numbers")
    var numbers: [Double] = []
    numbers.reserveCapacity(shape.count)
    // By parts, so that many numbers can be interrupted.
    while numbers.count < shape.count {
      try interpreter.checkInterruption()
      numbers += many(&context.random, min(shape.count - numbers.count, 1 << 16))
    }
    return try tensor(interpreter) { () throws(TensorError) in
      try Tensor(doubles: numbers, shape: shape, dtype: .float64, context)
    }
  }

  private static func shape(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Shape {
    var extents: [Int] = []
    for part in value.sequenceElements ?? [value] {
      extents.append(try interpreter.integer(part, what: "size"))
    }
    return try interpreter.tensors { () throws(TensorError) in try Shape(extents) }
  }

  private static func number(
    _ value: Value?, _ fallback: Double, _ function: String, _ interpreter: Interpreter
  ) throws(Fault) -> Double {
    guard let value else { return fallback }
    return try interpreter.double(value, what: "\(function)() argument")
  }

  private static func tensor(
    _ interpreter: Interpreter, _ body: () throws(TensorError) -> Tensor
  ) throws(Fault) -> Value {
    let workbench = try Workbench.of(interpreter)
    return .object(TensorObject(try interpreter.tensors(body), workbench))
  }
}
