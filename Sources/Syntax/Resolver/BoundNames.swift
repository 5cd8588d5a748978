/// The names that a function binds, in the order of the text and each once.
struct BoundNames {
  private(set) var names: [String] = []
  private var seen: Set<String> = []
  /// The names that more than one place binds, or a loop.
  private(set) var rebound: Set<String> = []

  private mutating func add(_ name: Name) {
    if seen.insert(name.text).inserted {
      names.append(name.text)
    } else {
      rebound.insert(name.text)
    }
  }

  /// Adds the names of a target.
  mutating func add(_ target: Target) {
    switch target.kind {
    case .name(let name): add(name)
    case .sequence(let items): for item in items { add(item) }
    case .starred(let inner): add(inner)
    case .index, .attribute: break
    }
  }

  /// Notes that the names of a target, which have been added, are bound once more.
  private mutating func rebind(_ target: Target) { add(target) }

  /// Adds what statements bind, without what the functions within them do.
  mutating func collect(_ statements: [Statement]) {
    for statement in statements {
      switch statement.kind {
      case .assign(let target, _), .augmented(let target, _, _, _): add(target)
      case .if: branches(statement)
      case .for(let target, _, let body):
        add(target)
        // Each round binds it anew.
        rebind(target)
        collect(body)
      case .while(_, let body): collect(body)
      case .def(let function): if let name = function.name { add(name) }
      case .delete(let targets): for target in targets { add(target) }
      case .load(_, _, let names), .importNames(_, _, let names):
        for name in names { add(name.local) }
      case .importModule(_, _, let local, _): add(local)
      case .expression, .return, .break, .continue, .pass, .assert: break
      }
    }
  }

  /// An `if` with its `elif`s, which are nested in the tree, as a loop.
  private mutating func branches(_ statement: Statement) {
    var rest = [statement]
    while let first = rest.first, rest.count == 1, case .if(_, let then, let otherwise) = first.kind
    {
      collect(then)
      rest = otherwise
    }
    collect(rest)
  }
}
