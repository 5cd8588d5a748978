import Glibc
import Platform
import TestSupport
import Testing

/// Files in a folder of their own, removed at the end.
@Suite final class FileAccessTests {
  private let folder: String
  private let access: FileAccess

  init() throws {
    folder = "/tmp/linnet-files-\(Environment.processID)-\(Int.random(in: 0..<1 << 40))"
    try Repository.files.makeFolder(folder + "/home")
    try Repository.files.makeFolder(folder + "/outside")
    try Repository.files.makeFolder(folder + "/allowed")
    try Repository.files.write("secret", to: folder + "/outside/secret.txt")
    access = FileAccess(
      workingDirectory: folder + "/home", allowed: [folder + "/allowed", "/none"])
  }

  deinit { try? Repository.files.remove(folder) }

  @Test func `writes and reads back`() throws {
    try access.write("hello", to: "a.txt")
    #expect(try access.readText("a.txt") == "hello")
    try access.write("new", to: folder + "/home/a.txt")
    #expect(try access.readText("./a.txt") == "new")
    try access.write("too", to: folder + "/allowed/b.txt")
    #expect(try access.list(".") == ["a.txt"])
  }

  @Test(arguments: [
    "../outside/secret.txt", "/etc/passwd", "sub/../../outside/secret.txt", "/dev/null",
    "../outside/nothing.txt", "/proc/self/mem",
  ])
  func `refuses what lies elsewhere`(path: String) {
    let error = #expect(throws: FileError.self) { try self.access.read(path) }
    #expect(error?.help?.contains("--allow") == true)
    #expect(throws: FileError.self) { try self.access.write("x", to: path) }
    #expect(!access.exists(path))
  }

  @Test func `tells what cannot be written and leaves everything as it is`() throws {
    let files = Repository.files
    try files.write("old", to: folder + "/home/a.txt")
    try files.checkWritable(folder + "/home/a.txt")
    try files.checkWritable(folder + "/home/new.txt")
    try files.checkWritable("/dev/null")
    #expect(try files.list(folder + "/home") == ["a.txt"])
    #expect(try files.readText(folder + "/home/a.txt") == "old")
    // Not even the superuser makes files there.
    #expect(throws: FileError.permissionDenied(path: "/proc/x")) {
      try files.checkWritable("/proc/x")
    }
    #expect(throws: FileError.notAFile(path: folder)) { try files.checkWritable(self.folder) }
    #expect(throws: FileError.notFound(path: "/none/x")) { try files.checkWritable("/none/x") }
  }

  @Test func `does not follow links to elsewhere`() throws {
    unsafe symlink(folder + "/outside/secret.txt", folder + "/home/link")
    unsafe symlink(folder + "/outside", folder + "/home/linked")
    unsafe symlink(folder + "/outside/new.txt", folder + "/home/dangling")
    for path in ["link", "linked/secret.txt"] {
      #expect(throws: FileError.self) { try self.access.read(path) }
      #expect(throws: FileError.self) { try self.access.write("x", to: path) }
    }
    try access.write("x", to: "dangling")
    #expect(!Repository.files.exists(folder + "/outside/new.txt"))
    #expect(try Repository.files.readText(folder + "/outside/secret.txt") == "secret")
  }

  @Test func `a name that starts like an allowed folder is not inside it`() throws {
    try Repository.files.makeFolder(folder + "/homestead")
    try Repository.files.write("x", to: folder + "/homestead/a")
    #expect(throws: FileError.self) { try self.access.read(self.folder + "/homestead/a") }
  }

  @Test func `says what is wrong`() throws {
    #expect(throws: FileError.notFound(path: "none.txt")) { try self.access.read("none.txt") }
    #expect(throws: FileError.notAFile(path: ".")) { try self.access.read(".") }
    try access.write(Array("a\né".utf8) + [0xFF, 0xFE], to: "bytes")
    #expect(throws: FileError.notText(path: "bytes", line: 2, column: 2)) {
      try self.access.readText("bytes")
    }
    #expect(throws: FileError.tooLarge(path: "bytes", limit: 1)) {
      try self.access.read("bytes", sizeLimit: 1)
    }
    #expect(throws: FileError.notFound(path: "no/where")) {
      try self.access.write("x", to: "no/where")
    }
    #expect(throws: FileError.self) { try self.access.read("bytes\0.txt") }
  }

  @Test func `a pipe is refused at once`() throws {
    unsafe mkfifo(folder + "/home/pipe", 0o600)
    #expect(throws: FileError.notAFile(path: "pipe")) { try self.access.read("pipe") }
    #expect(throws: FileError.notAFile(path: "pipe")) { try self.access.write("x", to: "pipe") }
  }

  @Test func `a failed write leaves the old file and nothing else`() throws {
    try access.write("old", to: "a.txt")
    try Repository.files.makeFolder(folder + "/home/sub")
    #expect(throws: FileError.self) { try self.access.write("new", to: "sub") }
    #expect(try access.list(".") == ["a.txt", "sub"])
    #expect(try access.readText("a.txt") == "old")
  }

  @Test func `keeps the permissions of a file that it replaces`() throws {
    try access.write("a", to: "key", mode: 0o600)
    try access.write("b", to: "key")
    var status = stat()
    #expect(unsafe stat(folder + "/home/key", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func `makes and removes folders inside its limits`() throws {
    try access.makeFolder("a/b/c")
    #expect(access.isFolder("a/b/c"))
    #expect(throws: FileError.self) { try self.access.makeFolder("../other/x") }
    #expect(!Repository.files.exists(folder + "/other"))
    unsafe symlink(folder + "/outside", folder + "/home/a/link")
    try access.remove("a")
    #expect(!access.exists("a"))
    #expect(Repository.files.exists(folder + "/outside/secret.txt"))
  }
}
