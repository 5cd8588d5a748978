extension BuiltinTable {
  static let all: [Builtin] = []
}

extension MethodTable {
  static let stringMethods: [Method] = []
  static let bytesMethods: [Method] = []
  static let listMethods: [Method] = []
  static let dictMethods: [Method] = []
  static let setMethods: [Method] = []
}

extension ModuleTable {
  static let all: [ModuleRecord] = []
}
