public import Runtime

extension OutputStream {
  /// The name that messages and notebook files use.
  public var name: String {
    switch self {
    case .standard: "stdout"
    case .error: "stderr"
    }
  }
}
