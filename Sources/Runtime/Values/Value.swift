/// A value of the language: scalars inline, everything else behind one counted reference.
///
/// One object payload keeps copying a value to one retain without a switch over many classes.
public enum Value {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case object(Object)
}
