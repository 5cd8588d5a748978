import Catalog
import Runtime
import Tensors

/// The builtins about tensors that are no operations: making, tracking, gradients.
enum TensorBuiltins {
  static let all: [Builtin] =
    ["tensor", "array", "asarray"].map(make) + [variable, gradient, setSeed]

  private static func make(_ name: String) -> Builtin {
    Builtin(
      Entry(
        name, [.positional("x"), .optional("dtype", .dtype)], group: "Tensors",
        summary: """
          A tensor of nested lists of numbers. Floats become float32, integers int64, truth values \
          bool, unless `dtype` says else.
          """,
        examples: [
          Example("\(name)([[1, 2], [3, 4]])", prints: "tensor([[1, 2],\n        [3, 4]])")
        ]),
      .bound { arguments, interpreter throws(Fault) in
        let workbench = try Workbench.of(interpreter)
        let dtype = try DTypeArgument.dtype(arguments[1], name, interpreter)
        let tensor = try TensorConversion.array(
          arguments[0] ?? .none, dtype: dtype, workbench, interpreter)
        return .object(TensorObject(tensor, workbench))
      })
  }

  static let variable = Builtin(
    Entry(
      "variable",
      [
        .positional("x"), .optional("dtype", .dtype),
        .keyword("name", .string, default: "\"variable\""),
      ],
      kind: .type, group: "Gradients",
      summary: """
        A tensor with identity whose gradient can be asked for. It changes only by `assign`, \
        `v[...] = x` and an optimizer.
        """,
      examples: [
        Example("w = variable([3.0])\ngradient(sum(w * w), [w])", prints: "[tensor([6.])]")
      ]),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let dtype = try DTypeArgument.dtype(arguments[1], "variable", interpreter)
      let tensor = try TensorConversion.array(
        arguments[0] ?? .none, dtype: dtype, workbench, interpreter)
      let name = arguments[2]?.stringText ?? "variable"
      let parameter = try interpreter.tensors { () throws(TensorError) in
        let value =
          tensor.dtype.isFloating || dtype != nil
          ? tensor : try Ops.cast(tensor, to: .float32, workbench.tensors)
        return try Tensors.Parameter(value.detached, name: name)
      }
      return .object(ParameterObject(parameter, workbench))
    })

  static let gradient = Builtin(
    Entry(
      "gradient",
      [
        .positional("loss", .tensor), .positional("xs", .list),
        .keyword("keep", .bool, default: "False"),
      ],
      group: "Gradients",
      summary: """
        The gradients of a loss, a tensor of one element, by each of a list of variables or tensors. \
        What was recorded is released, unless `keep=True`.
        """,
      examples: [
        Example(
          "w = variable([1.0, 2.0])\ngradient(sum(w ** 2), [w])", prints: "[tensor([2., 4.])]")
      ]),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let loss = try TensorConversion.tensor(arguments[0] ?? .none, workbench, interpreter)
      let wanted = arguments[1] ?? .none
      var targets: [GradientTarget] = []
      for target in wanted.sequenceElements ?? [wanted] {
        guard case .object(let object) = target else { throw notATarget(target, interpreter) }
        if let parameter = object as? ParameterObject {
          targets.append(.parameter(parameter.parameter))
        } else if let tensor = object as? TensorObject {
          targets.append(.tensor(tensor.tensor))
        } else {
          throw notATarget(target, interpreter)
        }
      }
      let keeps =
        try arguments[2].map { flag throws(Fault) in try interpreter.truth(flag) } ?? false
      let gradients = try interpreter.tensors { () throws(TensorError) in
        try Tensors.gradient(of: loss, by: targets, keep: keeps, workbench.tensors)
      }
      return .list(gradients.map { .object(TensorObject($0, workbench)) })
    })

  private static func notATarget(_ value: Value, _ interpreter: Interpreter) -> Fault {
    Fault.type(
      "gradient() expected variables, weights or tensors; received "
        + "'\(interpreter.typeName(value))'", help: "make the value one: w = variable(x)")
  }

  static let setSeed = Builtin(
    Entry(
      "set_seed", [.positional("seed", .int)], group: "Random",
      summary: """
        Starts all random numbers anew: those of `random`, of the weights of layers made from now on, \
        of shuffling and of dropout. The seed is 0 at the start.
        """,
      examples: [Example("set_seed(1)\nrandom.random()", prints: "0.417022004702574")]),
    .one { value, interpreter throws(Fault) in
      let seed = try interpreter.integer(value, what: "set_seed() seed")
      let context = try Workbench.of(interpreter).tensors
      try interpreter.tensors { () throws(TensorError) in try context.setSeed(seed) }
      return .none
    })
}

/// The `dtype` argument of builtins that are no operations.
enum DTypeArgument {
  static func dtype(_ value: Value?, _ function: String, _ interpreter: Interpreter)
    throws(Fault) -> DType?
  {
    guard let value, !value.isNone else { return nil }
    var name = value.stringText
    if case .object(let object) = value {
      if let dtype = object as? DTypeObject { return dtype.dtype }
      if object.kind == .builtin { name = object.entry?.name }
    }
    guard let dtype = name.flatMap(DTypeObject.dtype(named:)) else {
      let known = DType.allCases.map(\.name).joined(separator: ", ")
      throw Fault.type(
        "\(function)() dtype: expected one of \(known); received "
          + (name.map { "'\($0)'" } ?? "'\(interpreter.typeName(value))'"))
    }
    return dtype
  }
}
