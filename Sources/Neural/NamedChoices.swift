public import Catalog

/// The names that texts may have where a record says only of what kind they are.
public enum NamedChoices {
  /// An entry whose parameters list the activations, losses, optimizers, metrics and initializers
  /// that they take by name.
  public static func filled(_ entry: Entry) -> Entry {
    Entry(
      entry.name,
      entry.parameters.map { parameter in
        Catalog.Parameter(
          parameter.name, parameter.type, passing: parameter.passing,
          default: parameter.defaultText,
          choices: parameter.choices.isEmpty ? names(of: parameter.type) : parameter.choices)
      }, kind: entry.kind, group: entry.group, summary: entry.summary, examples: entry.examples)
  }

  private static func names(of kind: Catalog.Parameter.Kind) -> [String] {
    switch kind {
    case .activation: ActivationTable.names
    case .initializer: Initializer.allCases.map(\.rawValue)
    case .loss: LossTable.all.flatMap { [$0.entry.name] + $0.aliases }
    case .metric: MetricChoice.names
    case .optimizer: OptimizerTable.all.map(\.alias)
    default: []
    }
  }
}
