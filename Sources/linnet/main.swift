import CMimalloc
import Glibc
import Platform

// To link mimalloc is to allocate with it. In pages of 4 kB, a walk through a large array with a
// stride would look up a page at each step.
mi_option_enable(mi_option_large_os_pages)
// A closed pipe ends the output, not the process.
Signals.ignoreBrokenPipes()
exit(Linnet.run(Array(CommandLine.arguments.dropFirst())))
