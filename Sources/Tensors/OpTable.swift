/// The registration: every operation that the language offers, by family.
public enum OpTable {
  /// All records; help, builtins, methods and the generated tests read them.
  public static let all: [OpSpec] =
    OpSpec.arithmetic + OpSpec.mathematics + OpSpec.activations + OpSpec.comparison + OpSpec.bitwise
    + OpSpec.reductions + OpSpec.products + OpSpec.shaping + OpSpec.joining + OpSpec.creation
    + OpSpec.sorting + OpSpec.casting + OpSpec.composed
}
