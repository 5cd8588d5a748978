import JSON
import Platform
import TestSupport
import Testing

@testable import Jupyter

/// The folder that `linnet install` writes.
@Suite struct KernelSpecTests {
  @Test func `starts the program that installed it`() throws {
    let value = try JSONValue(parsing: KernelSpec.description(executable: "/opt/linnet"))
    #expect(value["argv"] == ["/opt/linnet", "kernel", "-f", "{connection_file}"])
    #expect(value["display_name"] == "Linnet")
    #expect(value["language"] == "starlark")
    #expect(value["interrupt_mode"] == "message")
    #expect(value["kernel_protocol_version"] == "5.5")
  }

  @Test(arguments: ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"])
  func `has the logos of the repository built in`(name: String) throws {
    let stored = try FileAccess.unrestricted.read(Repository.path("kernelspec/\(name)"))
    let logo = try #require(Logos.files.first { $0.name == name })
    #expect(logo.bytes == stored)
  }

  @Test func `installs below a prefix and removes what it installed`() throws {
    let prefix = "/tmp/linnet-kernelspec-\(RandomID.uuid())"
    let files = FileAccess.unrestricted
    defer { try? files.remove(prefix) }
    let folder = try KernelSpec.install(at: .prefix(prefix), executable: "/opt/linnet")
    #expect(folder == "\(prefix)/share/jupyter/kernels/linnet")
    #expect(
      try files.list(folder) == [
        "kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg",
      ])
    #expect(try KernelSpec.uninstall(from: .prefix(prefix)) == folder)
    #expect(!files.exists(folder))
    #expect(try KernelSpec.uninstall(from: .prefix(prefix)) == nil)
  }
}
