import ArgumentParser
import Notebook
import Platform

/// The reference.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Explain a name, or list all names.")

  @Argument(help: "A name, such as zeros, np.zeros or list.append.") var name: String?

  func run() throws {
    let reference = Reference()
    guard let name else {
      Output.write(reference.listing)
      return
    }
    guard let page = reference.page(of: name) else {
      let near = reference.nearest(to: name).map { "'\($0)'" }.joined(separator: " or ")
      let hint = near.isEmpty ? "" : ": did you mean \(near)?"
      throw Failure("nothing is called '\(name)'\(hint)")
    }
    Output.write(page + "\n")
  }
}
