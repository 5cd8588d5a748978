/// The classes of code points that string methods ask for, as Python draws them.
extension Unicode.Scalar {
  /// White space: what Unicode calls so, and the four separators of ASCII.
  var isSpace: Bool {
    value < 0x80
      ? value == 0x20 || (0x09...0x0D).contains(value) || (0x1C...0x1F).contains(value)
      : properties.isWhitespace
  }

  /// A letter by its general category: marks and letter-like numbers are none.
  var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// A letter that has an upper or a lower case.
  var isCased: Bool {
    properties.isUppercase || properties.isLowercase
      || properties.generalCategory == .titlecaseLetter
  }
}
