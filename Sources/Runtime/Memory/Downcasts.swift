import BigInt

// `kind` is set by the initializer of the one final class that bears it: see `Object.init(kind:)`.
extension Object {
  @inline(__always)
  private func cast<T: Object>(_ type: T.Type, _ wanted: Kind) -> T? {
    kind == wanted ? unsafe unsafeDowncast(self, to: type) : nil
  }

  @inline(__always) var asString: StringObject? { cast(StringObject.self, .string) }
  @inline(__always) var asList: ListObject? { cast(ListObject.self, .list) }
  @inline(__always) var asTuple: TupleObject? { cast(TupleObject.self, .tuple) }
  @inline(__always) var asDict: DictObject? { cast(DictObject.self, .dict) }
  @inline(__always) var asSet: SetObject? { cast(SetObject.self, .set) }
  @inline(__always) var asRange: RangeObject? { cast(RangeObject.self, .range) }
  @inline(__always) var asSlice: SliceObject? { cast(SliceObject.self, .slice) }
  @inline(__always) var asBytes: BytesObject? { cast(BytesObject.self, .bytes) }
  @inline(__always) var asFunction: FunctionObject? { cast(FunctionObject.self, .function) }
  @inline(__always) var asBuiltin: BuiltinObject? { cast(BuiltinObject.self, .builtin) }
  @inline(__always) var asBoundMethod: BoundMethodObject? {
    cast(BoundMethodObject.self, .boundMethod)
  }
  @inline(__always) var asModule: ModuleObject? { cast(ModuleObject.self, .module) }
  @inline(__always) var asStruct: StructObject? { cast(StructObject.self, .structure) }
  @inline(__always) var asCell: CellObject? { cast(CellObject.self, .cell) }
  @inline(__always) var asWalk: WalkObject? { cast(WalkObject.self, .walk) }
  @inline(__always) var asBigIntObject: BigIntObject? { cast(BigIntObject.self, .bigInt) }
}

extension Object.Kind {
  /// True when both are the same.
  ///
  /// The comparison that the compiler makes goes through memory, and references are counted around
  /// it.
  @inline(__always)
  public static func == (left: Object.Kind, right: Object.Kind) -> Bool {
    unsafe unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
  }
}

extension Object {
  /// The number of a big integer; 0 for all else.
  var asBigInt: BigInt { asBigIntObject?.value ?? 0 }
}
