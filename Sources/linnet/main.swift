// To link mimalloc is to allocate with it.
import CMimalloc
import Glibc
import Platform

keepFreedMemory()
// A closed pipe ends the output, not the process.
Signals.ignoreBrokenPipes()
exit(Linnet.run(Array(CommandLine.arguments.dropFirst())))
