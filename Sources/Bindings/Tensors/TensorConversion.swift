import Runtime
import Tensors

/// Values of the language as tensors.
enum TensorConversion {
  /// Any value that can be a tensor: tensors, parameters, numbers, nested lists and tuples, ranges.
  ///
  /// Numbers become weak scalars: they take on the dtype of the tensor that they meet.
  ///
  /// - Parameters:
  ///   - value: What becomes a tensor.
  ///   - floats: What the floats in lists become.
  ///   - workbench: The engines.
  ///   - interpreter: The one whose value it is.
  /// - Returns: The tensor.
  /// - Throws: `TypeError` for other values, `ShapeError` for lists of unequal lengths.
  static func tensor(
    _ value: Value, floats: DType = .float32, _ workbench: Workbench, _ interpreter: Interpreter
  ) throws(Fault) -> Tensor {
    if let tensor = try operand(value, floats: floats, workbench, interpreter) { return tensor }
    guard value.sequenceElements != nil || isRange(value) else {
      throw Fault.type(
        "expected a tensor, a number or nested lists of numbers; received "
          + "'\(interpreter.typeName(value))'")
    }
    var builder = Builder(workbench, interpreter, floats: floats)
    return try builder.build(value)
  }

  /// The same as a tensor of its own, no longer weak.
  ///
  /// Floats become float32, whole numbers int64 and truth values bool, unless `dtype` says else.
  static func array(
    _ value: Value, dtype: DType?, _ workbench: Workbench, _ interpreter: Interpreter
  ) throws(Fault) -> Tensor {
    // By way of float32, floats on their way to another dtype would lose digits.
    let floats = dtype == nil || dtype == .float32 ? DType.float32 : .float64
    let made = try tensor(value, floats: floats, workbench, interpreter)
    return try interpreter.tensors { () throws(TensorError) in
      let target = dtype ?? (made.isWeak && made.dtype.isFloating ? floats : made.dtype)
      if target == made.dtype, !made.isWeak { return made }
      let cast = try Ops.cast(made, to: target, workbench.tensors)
      guard cast.isWeak else { return cast }
      return try cast.dtype.isFloating
        ? Tensor(doubles: cast.doubles(), shape: cast.shape, dtype: target, workbench.tensors)
        : Tensor(integers: cast.integers(), shape: cast.shape, workbench.tensors)
    }
  }

  /// A tensor or a number, as an operator meets them; nil for other values.
  ///
  /// Lists count, so that `x + [1, 2]` works as in NumPy.
  static func operand(
    _ value: Value, floats: DType = .float32, _ workbench: Workbench, _ interpreter: Interpreter
  ) throws(Fault) -> Tensor? {
    let context = workbench.tensors
    switch value {
    case .object(let object):
      if let tensor = object as? TensorObject { return tensor.tensor }
      if let parameter = object as? ParameterObject { return parameter.parameter.tracked }
      if value.sequenceElements != nil {
        var builder = Builder(workbench, interpreter, floats: floats)
        return try builder.build(value)
      }
      return nil
    case .int(let number):
      return try interpreter.tensors { () throws(TensorError) in
        try Tensor.scalar(number, dtype: nil, weak: true, context)
      }
    case .float(let number):
      return try interpreter.tensors { () throws(TensorError) in
        try Tensor.scalar(number, dtype: nil, weak: true, context)
      }
    case .bool(let flag):
      return try interpreter.tensors { () throws(TensorError) in
        try Tensor.scalar(flag, context)
      }
    case .none: return nil
    }
  }

  private static func isRange(_ value: Value) -> Bool {
    if case .object(let object) = value { object.kind == .range } else { false }
  }

  /// Flattens nested lists, checking that they are regular.
  private struct Builder {
    let workbench: Workbench
    let interpreter: Interpreter
    /// What floats become.
    let floats: DType
    private var extents: [Int] = []
    private var numbers: [Double] = []
    private var integers: [Int] = []
    private var parts: [Tensor] = []
    private var hasFloat = false
    private var hasInt = false
    private var hasBool = false

    /// Lists that nest deeper are refused, as in NumPy.
    private static let depthLimit = 32

    init(_ workbench: Workbench, _ interpreter: Interpreter, floats: DType = .float32) {
      self.workbench = workbench
      self.interpreter = interpreter
      self.floats = floats
    }

    mutating func build(_ value: Value) throws(Fault) -> Tensor {
      try add(value, depth: 0)
      let shape = try interpreter.tensors { [extents] () throws(TensorError) in try Shape(extents) }
      let context = workbench.tensors
      if !parts.isEmpty {
        return try interpreter.tensors { [parts] () throws(TensorError) in
          let stacked = try Ops.stack(parts, axis: 0, context)
          return try Ops.reshape(
            stacked, shape.extents + (parts.first?.shape.extents ?? []), context)
        }
      }
      return try interpreter.tensors { [self] () throws(TensorError) in
        if hasFloat { return try Tensor(doubles: numbers, shape: shape, dtype: floats, context) }
        if hasInt || !hasBool && !integers.isEmpty {
          return try Tensor(integers: integers, shape: shape, context)
        }
        if hasBool {
          return try Tensor(booleans: integers.map { $0 != 0 }, shape: shape, context)
        }
        return try Tensor(doubles: [], shape: shape, dtype: .float32, context)
      }
    }

    private mutating func add(_ value: Value, depth: Int) throws(Fault) {
      guard depth <= Self.depthLimit else {
        throw Fault.value("lists nest deeper than \(Self.depthLimit) levels")
      }
      switch value {
      case .int(let number):
        try expectLeaf(depth)
        hasInt = true
        if !parts.isEmpty {
          try addPart(value)
        } else if hasFloat {
          numbers.append(Double(number))
        } else {
          integers.append(number)
        }
      case .bool(let flag):
        try expectLeaf(depth)
        hasBool = true
        if !parts.isEmpty {
          try addPart(value)
        } else if hasFloat {
          numbers.append(flag ? 1 : 0)
        } else {
          integers.append(flag ? 1 : 0)
        }
      case .float(let number):
        try expectLeaf(depth)
        if !parts.isEmpty {
          try addPart(value)
          return
        }
        if !hasFloat {
          hasFloat = true
          numbers = integers.map(Double.init)
          integers = []
        }
        numbers.append(number)
      case .object(let object):
        if let tensor = object as? TensorObject {
          try expectLeaf(depth)
          try addPart(tensor.tensor)
        } else if let parameter = object as? ParameterObject {
          try expectLeaf(depth)
          try addPart(parameter.parameter.tracked)
        } else {
          try addElements(of: value, depth: depth)
        }
      case .none:
        throw Fault.type("a tensor cannot hold None")
      }
    }

    /// A number after a tensor.
    private mutating func addPart(_ value: Value) throws(Fault) {
      guard let part = try TensorConversion.operand(value, workbench, interpreter) else { return }
      try addPart(part)
    }

    /// A tensor; the numbers before it become tensors too, so that all can be stacked.
    private mutating func addPart(_ tensor: Tensor) throws(Fault) {
      let context = workbench.tensors
      parts += try interpreter.tensors { [numbers, integers] () throws(TensorError) in
        var earlier: [Tensor] = []
        for number in numbers {
          earlier.append(try Tensor.scalar(number, dtype: nil, weak: true, context))
        }
        for number in integers {
          earlier.append(try Tensor.scalar(number, dtype: nil, weak: true, context))
        }
        return earlier
      }
      numbers = []
      integers = []
      parts.append(tensor)
    }

    private mutating func addElements(of value: Value, depth: Int) throws(Fault) {
      guard value.sequenceElements != nil || isRange(value) else {
        if case .object(let object) = value, object.kind == .bigInt {
          throw Fault(
            "OverflowError", "a tensor holds integers of 64 bits; received a larger one in a list",
            help: "turn it into a float: float(x)")
        }
        throw Fault.type(
          "a tensor holds numbers; received '\(interpreter.typeName(value))' in a list")
      }
      let elements = try interpreter.elements(of: value)
      if depth == extents.count {
        guard numbers.isEmpty, integers.isEmpty, parts.isEmpty || depth == 0 else {
          throw ragged(depth)
        }
        extents.append(elements.count)
      }
      guard depth < extents.count, extents[depth] == elements.count else {
        throw ragged(depth, elements.count)
      }
      for (index, element) in elements.enumerated() {
        if index & 0xFFF == 0 { try interpreter.checkInterruption() }
        try add(element, depth: depth + 1)
      }
    }

    private func expectLeaf(_ depth: Int) throws(Fault) {
      if depth != extents.count { throw ragged(depth) }
    }

    private func ragged(_ depth: Int, _ count: Int? = nil) -> Fault {
      let received =
        if let count, depth < extents.count {
          "a list of \(count) elements where others at that depth have \(extents[depth])"
        } else {
          "numbers and lists side by side"
        }
      return Fault(
        "ShapeError", "expected nested lists of equal lengths; received \(received)",
        help: "pad_sequences(lists) makes them equal")
    }
  }
}

/// Elements of tensors as numbers of the language.
enum Scalars {
  static func value(_ item: Tensor.Item) -> Value {
    switch item {
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float32(let number): .float(Double(number))
    case .float64(let number): .float(number)
    }
  }
}
