import ArgumentParser
import Jupyter
import Notebook
import Platform
import ZeroMQ

/// What Jupyter starts.
struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Serve Jupyter front ends; they start this themselves.")

  @Option(name: .customShort("f"), help: ArgumentHelp("The connection file.", valueName: "file"))
  var connectionFile: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    var configuration = try common.notebookConfiguration()
    configuration.usesColor = !common.noColor
    let interruption = Interruption()
    let memory = MemoryWatch(limit: configuration.memoryLimit, interruption: interruption)
    defer { memory.stop() }
    let status = KernelProcess.run(
      connectionFile: connectionFile, version: LanguageInformation.version,
      interruption: interruption,
      backend: .notebook(configuration, history: HistoryStore(path: HistoryStore.defaultPath)))
    if status != 0 { throw Failure.reported(status) }
  }
}

/// Where a kernelspec goes.
struct LocationOptions: ParsableArguments {
  @Flag(help: "For this user (the default).") var user = false
  @Flag(help: "For the active Python environment.") var sysPrefix = false
  @Option(help: ArgumentHelp("Below this folder.", valueName: "folder")) var prefix: String?

  func validate() throws {
    if [user, sysPrefix, prefix != nil].filter({ $0 }).count > 1 {
      throw ValidationError("use one of --user, --sys-prefix and --prefix")
    }
  }

  var location: KernelSpec.Location {
    if let prefix { return .prefix(prefix) }
    return sysPrefix ? .environment : .user
  }
}

/// Tells Jupyter about the kernel.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Make the kernel known to Jupyter.")

  @OptionGroup var options: LocationOptions

  func run() throws {
    do throws(KernelSpecError) {
      let folder = try KernelSpec.install(at: options.location)
      Output.write("installed the kernel in \(folder)\n")
    } catch {
      throw Failure(error.description)
    }
  }
}

/// Makes Jupyter forget the kernel.
struct UninstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Remove the kernel from Jupyter.")

  @OptionGroup var options: LocationOptions

  func run() throws {
    do throws(KernelSpecError) {
      if let folder = try KernelSpec.uninstall(from: options.location) {
        Output.write("removed the kernel from \(folder)\n")
      } else {
        Output.write("there is no kernel to remove\n")
      }
    } catch {
      throw Failure(error.description)
    }
  }
}
