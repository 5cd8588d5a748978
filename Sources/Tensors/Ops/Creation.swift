import Catalog

extension OpSpec {
  /// Tensors from nothing but numbers.
  static let creation: [OpSpec] = [
    .zeros, .ones, .full, .zerosLike, .onesLike, .fullLike, .arange, .linspace, .eye,
  ]

  private static let constant = GradientRule.none(reason: "a newly made tensor is a constant")
  private static let dtypeParameter = Catalog.Parameter.optional(
    "dtype", .dtype, default: "float32")

  static let zeros = OpSpec.filled(
    "zeros", 0, example: .init("zeros(3)", prints: "tensor([0., 0., 0.])"))
  static let ones = OpSpec.filled(
    "ones", 1, example: .init("ones(3)", prints: "tensor([1., 1., 1.])"))

  private static func filled(_ name: String, _ value: Double, example: Example) -> OpSpec {
    OpSpec(
      Entry(
        name, [.required("shape", .shape), dtypeParameter], group: "Tensors",
        summary: "Makes a tensor of \(name) of the given shape.", examples: [example]),
      isMethod: false,
      shape: { _, attributes throws(TensorError) in try Ops.givenShape(name, attributes) },
      forward: { call, context throws(TensorError) in
        let dtype = try call.attributes.dtype(op: name) ?? .float32
        return try Kernels.full(call.shape, dtype, value, context)
      },
      gradient: constant, samples: [Sample(with: ["shape": .ints([2, 3])])])
  }

  static let full = OpSpec(
    Entry(
      "full",
      [.required("shape", .shape), .required("fill_value", .number), .optional("dtype", .dtype)],
      group: "Tensors", summary: "Makes a tensor of the given shape, each element `fill_value`.",
      examples: [.init("full((2,), 7)", prints: "tensor([7, 7])")]),
    isMethod: false,
    shape: { _, attributes throws(TensorError) in try Ops.givenShape("full", attributes) },
    forward: { call, context throws(TensorError) in
      try Ops.filled(call, dtype: call.attributes.dtype(op: "full"), context)
    },
    gradient: constant,
    samples: [Sample(with: ["shape": .ints([2]), "fill_value": .float(2)])])

  static let zerosLike = OpSpec.like(
    "zeros_like", .int(0), example: .init("zeros_like(tensor([1, 2]))", prints: "tensor([0, 0])"))
  static let onesLike = OpSpec.like(
    "ones_like", .int(1), example: .init("ones_like(tensor([5, 6]))", prints: "tensor([1, 1])"))
  static let fullLike = OpSpec.like(
    "full_like", nil,
    example: .init("full_like(tensor([5, 6]), 3)", prints: "tensor([3, 3])"))

  private static func like(_ name: String, _ value: Attribute?, example: Example) -> OpSpec {
    let extra: [Catalog.Parameter] = value == nil ? [.required("fill_value", .number)] : []
    return OpSpec(
      Entry(
        name, [.tensor("x")] + extra + [.optional("dtype", .dtype)], group: "Tensors",
        summary: "Makes a tensor with the shape and dtype of `x`, filled with one number.",
        examples: [example]),
      isMethod: false,
      shape: { shapes, _ in shapes[0] },
      forward: { call, context throws(TensorError) in
        var attributes = call.attributes
        if let value { attributes["fill_value"] = value }
        let dtype = try attributes.dtype(op: name) ?? call[0].settledDType
        let full = OpCall(
          spec: call.spec, inputs: [], attributes: attributes, shape: call.shape)
        return try Ops.filled(full, dtype: dtype, context)
      },
      gradient: constant,
      samples: [Sample([2, 2], with: ["fill_value": .float(2)])])
  }

  static let arange = OpSpec(
    Entry(
      "arange",
      [
        .required("start", .number), .optional("stop", .number),
        .optional("step", .number, default: "1"), .optional("dtype", .dtype),
      ],
      group: "Tensors",
      summary: """
        Counts from `start` up to but without `stop`, `step` apart; one argument alone is `stop`. \
        Whole numbers give int64, others float32.
        """,
      examples: [.init("arange(4)", prints: "tensor([0, 1, 2, 3])")]),
    isMethod: false,
    shape: { _, attributes throws(TensorError) in try Ops.range(attributes).shape },
    forward: { call, context throws(TensorError) in
      let range = try Ops.range(call.attributes)
      let dtype = try call.attributes.dtype(op: "arange") ?? (range.isWhole ? .int64 : .float32)
      _ = try Kernels.empty(range.shape, .float64, context)
      if range.isWhole {
        let (start, step) = (Int(exactly: range.start) ?? 0, Int(exactly: range.step) ?? 0)
        var values: [Int] = []
        try context.append(range.shape.count, to: &values) { start &+ $0 &* step }
        return try Tensor(integers: values, shape: range.shape, dtype: dtype, context)
      }
      var values: [Double] = []
      try context.append(range.shape.count, to: &values) { range.start + Double($0) * range.step }
      return try Tensor(doubles: values, shape: range.shape, dtype: dtype, context)
    },
    gradient: constant, samples: [Sample(with: ["start": .int(5)])])

  static let linspace = OpSpec(
    Entry(
      "linspace",
      [
        .required("start", .number), .required("stop", .number),
        .optional("num", .int, default: "50"), .optional("endpoint", .bool, default: "True"),
        dtypeParameter,
      ],
      group: "Tensors", summary: "Makes `num` evenly spaced numbers from `start` to `stop`.",
      examples: [.init("linspace(0, 1, 3)", prints: "tensor([0. , 0.5, 1. ])")]),
    isMethod: false,
    shape: { _, attributes throws(TensorError) in
      try Shape([attributes.int("num", op: "linspace") ?? 50])
    },
    forward: { call, context throws(TensorError) in
      guard let start = try call.attributes.float("start", op: "linspace"),
        let stop = try call.attributes.float("stop", op: "linspace")
      else { throw .missing(op: "linspace", argument: "stop") }
      let dtype = try call.attributes.dtype(op: "linspace") ?? .float32
      _ = try Kernels.empty(call.shape, .float64, context)
      let closed = call.attributes.bool("endpoint", default: true)
      let gaps = closed ? call.shape.count - 1 : call.shape.count
      let step = gaps > 0 ? (stop - start) / Double(gaps) : 0
      var values: [Double] = []
      try context.append(call.shape.count, to: &values) { start + Double($0) * step }
      if closed, values.count > 1 { values[values.count - 1] = stop }
      return try Tensor(doubles: values, shape: call.shape, dtype: dtype, context)
    },
    gradient: constant,
    samples: [Sample(with: ["start": .int(0), "stop": .int(1), "num": .int(5)])])

  static let eye = OpSpec(
    Entry(
      "eye", [.required("N", .int), .optional("M", .int), dtypeParameter], group: "Tensors",
      summary: "Makes a matrix with ones on the diagonal, of N rows and M (None: N) columns.",
      examples: [.init("eye(2)", prints: "tensor([[1., 0.],\n        [0., 1.]])")]),
    isMethod: false,
    shape: { _, attributes throws(TensorError) in
      guard let rows = try attributes.int("N", op: "eye") else {
        throw .missing(op: "eye", argument: "N")
      }
      return try Shape([rows, attributes.int("M", op: "eye") ?? rows])
    },
    forward: { call, context throws(TensorError) in
      let dtype = try call.attributes.dtype(op: "eye") ?? .float32
      if call.shape.count == 0 { return try Kernels.empty(call.shape, dtype, context) }
      let rows = Array(0..<call.shape.extents[0])
      let indices = try Tensor(integers: rows, shape: Shape([rows.count]), context)
      return try Kernels.oneHot(indices, depth: call.shape.extents[1], dtype: dtype, context)
    },
    gradient: constant, samples: [Sample(with: ["N": .int(2), "M": .int(3)])])
}

extension Ops {
  fileprivate static func givenShape(_ op: String, _ attributes: Attributes) throws(TensorError)
    -> Shape
  {
    guard let extents = try attributes.ints("shape", op: op) else {
      throw .missing(op: op, argument: "shape")
    }
    return try Shape(extents)
  }

  fileprivate static func filled(_ call: OpCall, dtype: DType?, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    switch call.attributes["fill_value"] {
    case .int(let value):
      let wanted = dtype ?? .int64
      if wanted.isInteger {
        return try Kernels.full(call.shape, wanted, integer: Int64(value), context)
      }
      return try Kernels.full(call.shape, wanted, Double(value), context)
    case .float(let value):
      return try Kernels.full(call.shape, dtype ?? .float32, value, context)
    case .bool(let value):
      return try Kernels.full(call.shape, dtype ?? .bool, value ? 1 : 0, context)
    default: throw .missing(op: call.name, argument: "fill_value")
    }
  }

  fileprivate static func range(_ attributes: Attributes) throws(TensorError)
    -> (start: Double, step: Double, shape: Shape, isWhole: Bool)
  {
    guard var start = try attributes.float("start", op: "arange") else {
      throw .missing(op: "arange", argument: "stop")
    }
    var stop = start
    if let given = try attributes.float("stop", op: "arange") { stop = given } else { start = 0 }
    let step = try attributes.float("step", op: "arange") ?? 1
    guard step != 0, step.isFinite, start.isFinite, stop.isFinite else {
      throw .value(
        op: "arange", expected: "finite numbers and a step other than 0",
        received: "start \(start), stop \(stop), step \(step)")
    }
    let length = ((stop - start) / step).rounded(.up)
    guard let count = Int(exactly: Swift.max(length, 0)) else {
      throw .value(op: "arange", expected: "a count that fits in memory", received: "\(length)")
    }
    let isWhole = ["start", "stop", "step"].allSatisfy { name in
      if case .float? = attributes[name] { return false }
      return true
    }
    return (start, step, try Shape([count]), isWhole)
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: Shape, dtype: DType = .float32, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try Kernels.full(shape, dtype, 0, context) }

  /// A tensor of one number.
  public static func full(
    _ shape: Shape, _ value: Double, dtype: DType = .float32, _ context: TensorContext
  ) throws(TensorError) -> Tensor { try Kernels.full(shape, dtype, value, context) }
}
