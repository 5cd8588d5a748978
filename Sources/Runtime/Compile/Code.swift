/// A compiled expression: run with a frame, it gives the value.
typealias Code = (Frame) throws(Fault) -> Value

/// A compiled condition: an expression of which only the truth is wanted.
typealias Condition = (Frame) throws(Fault) -> Bool

/// A compiled statement.
typealias Step = (Frame) throws(Fault) -> Completion

/// A compiled target of an assignment.
typealias Store = (Frame, Value) throws(Fault) -> Void

/// How a statement ended.
enum Completion {
  case next
  case `break`
  case `continue`
  case `return`(Value)
}
