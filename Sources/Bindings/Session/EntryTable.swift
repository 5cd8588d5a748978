public import Catalog
import Runtime

/// The records of every public name: those of the language and those of the engines.
///
/// Help, completion and the reference show them; the generated tests run their examples.
public enum EntryTable {
  /// The records, core language first.
  public static let all: [Entry] =
    LanguageEntries.all + Names.entries + methods + ModuleEntries.all

  /// The methods of the values that this target brings into the language.
  private static let methods: [Entry] =
    OpBuiltins.methodList.map(\.entry) + TensorAttributes.own.map(\.entry)
    + [ParameterObject.assign.entry, OptimizerObject.apply.entry]
    + (LayerMethods.all + ModelMethods.all).map(\.entry) + FigureObject.methods.map(\.entry)
}

/// The records of the modules that this target brings, with the functions that only they hold.
private enum ModuleEntries {
  static let all: [Entry] = [RandomModule.entry] + RandomModule.builtins.map(\.entry)
}
