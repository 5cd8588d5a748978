/// One item between the brackets of `x[…]`.
public enum TensorIndex: Sendable, Hashable {
  /// A whole number, which removes its axis; negative counts from the end.
  case at(Int)
  /// `start:stop:step`; nil where nothing was written.
  case slice(start: Int?, stop: Int?, step: Int?)
  /// `None`, which adds an axis of length 1.
  case newAxis
  /// `...`, which stands for the axes that are not named.
  case ellipsis
  /// A boolean mask over as many axes as it has itself.
  case mask([Bool], shape: Shape)
  /// Whole numbers that pick along one axis; several broadcast together.
  case picks([Int], shape: Shape)

  /// `:`, the whole axis.
  public static let all = TensorIndex.slice(start: nil, stop: nil, step: nil)
}
