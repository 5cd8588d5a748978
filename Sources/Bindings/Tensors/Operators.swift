import Syntax
import Tensors

/// Which operation stands behind each operator.
enum Operators {
  /// Operations by their main names and aliases.
  static let specs: [String: OpSpec] = {
    var specs: [String: OpSpec] = [:]
    for spec in OpTable.all { for name in [spec.name] + spec.aliases { specs[name] = spec } }
    return specs
  }()

  private static let add = specs["add"]
  private static let subtract = specs["subtract"]
  private static let multiply = specs["multiply"]
  private static let divide = specs["divide"]
  private static let floorDivide = specs["floor_divide"]
  private static let remainder = specs["remainder"]
  private static let power = specs["power"]
  private static let matmul = specs["matmul"]
  private static let and = specs["bitwise_and"]
  private static let or = specs["bitwise_or"]
  private static let xor = specs["bitwise_xor"]
  private static let negative = specs["negative"]
  private static let invert = specs["bitwise_invert"]
  private static let notEqual = specs["not_equal"]
  private static let less = specs["less"]
  private static let lessEqual = specs["less_equal"]
  private static let greater = specs["greater"]
  private static let greaterEqual = specs["greater_equal"]
  private static let equalSpec = specs["equal"]

  static func unary(_ op: UnaryOperator) -> OpSpec? {
    switch op {
    case .minus: negative
    case .invert: invert
    case .plus: nil
    }
  }

  static func binary(_ op: BinaryOperator) -> OpSpec? {
    switch op {
    case .add: add
    case .subtract: subtract
    case .multiply: multiply
    case .divide: divide
    case .floorDivide: floorDivide
    case .modulo: remainder
    case .power: power
    case .matmul: matmul
    case .and: and
    case .or: or
    case .xor: xor
    case .shiftLeft, .shiftRight: nil
    }
  }

  static func comparison(_ op: ComparisonOperator) -> OpSpec? {
    switch op {
    case .equal: equalSpec
    case .notEqual: notEqual
    case .less: less
    case .lessEqual: lessEqual
    case .greater: greater
    case .greaterEqual: greaterEqual
    case .in, .notIn, .is, .isNot: nil
    }
  }
}
