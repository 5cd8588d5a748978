import JSON
import Platform

/// What the kernel and its machine use: front ends show it in their status bar.
struct UsageReply: OutgoingContent {
  /// Percent of one processor.
  let kernelProcessor: Double
  /// Percent of all processors.
  let machineProcessor: Double

  var messageType: String { "usage_reply" }

  var json: JSONObject {
    let memory = MachineLoad.memory()
    let used = memory.total - memory.available
    return [
      "status": "ok",
      "hostname": .string(MachineLoad.hostName),
      "pid": .int(Environment.processID),
      "kernel_cpu": .double(Self.rounded(kernelProcessor)),
      "kernel_memory": .int(MachineMemory.resident()),
      "cpu_count": .int(Environment.processorCount),
      "host_cpu_percent": .double(Self.rounded(machineProcessor)),
      "host_virtual_memory": [
        "total": .int(memory.total), "available": .int(memory.available),
        "percent": .double(
          memory.total > 0 ? Self.rounded(Double(used) / Double(memory.total) * 100) : 0),
        "used": .int(used), "free": .int(memory.free),
      ],
    ]
  }

  private static func rounded(_ percent: Double) -> Double { (percent * 10).rounded() / 10 }
}
