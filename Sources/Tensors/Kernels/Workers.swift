import CKernels
import Glibc
import Platform
import Synchronization

/// The threads among which large kernels divide their work.
///
/// Work is cut into pieces by shape alone, and pieces write to disjoint memory or are joined in a
/// fixed order, so no bit depends on how many threads there are. Threads start when first needed,
/// sleep between calls, and are joined before a call returns.
@safe
public final class Workers {
  /// How many threads may work at once, the caller included.
  public let threads: Int
  /// The instruction set that the kernels use.
  public let level: KernelLevel
  let table: UnsafePointer<ck_table>
  private let shared = Shared()
  private var crew: [WorkerThread] = []

  /// Makes workers that have not started.
  ///
  /// - Parameters:
  ///   - threads: How many may work at once, the caller included; less than 1 means 1.
  ///   - level: The instruction set that the kernels use.
  public init(threads: Int, level: KernelLevel = .selected) {
    self.threads = min(max(threads, 1), 256)
    self.level = level
    unsafe self.table = unsafe level.table
  }

  deinit {
    shared.finish()
    for thread in crew { thread.join() }
  }

  /// How many distinct threads have done a piece of divided work, the caller included.
  public var workersThatRan: Int { shared.ran.load(ordering: .relaxed).nonzeroBitCount }

  /// Sets ``workersThatRan`` to 0.
  public func resetCount() { shared.ran.store(0, ordering: .relaxed) }

  /// Calls `body` with 0 ..< `pieces`, each once, and returns when all calls have.
  ///
  /// A piece should take 0.1 to 5 ms: less is not worth a thread, more delays an interrupt.
  ///
  /// - Throws: ``TensorError/interrupted`` when some pieces were left out.
  func run(
    pieces: Int, _ interruption: Interruption, _ body: @escaping (Int) -> Void
  ) throws(TensorError) {
    if pieces <= 0 { return }
    if interruption.isRequested { throw .interrupted }
    if threads > 1, pieces > 1 {
      start()
      shared.open(Job(pieces: pieces, interruption: interruption, body: body))
      shared.help()
      shared.close()
    } else {
      shared.ran.bitwiseOr(1, ordering: .relaxed)
      for piece in 0..<pieces {
        if interruption.isRequested { break }
        body(piece)
      }
    }
    if interruption.isRequested { throw .interrupted }
  }

  private func start() {
    while crew.count < threads - 1 {
      let index = crew.count + 1
      let shared = shared
      guard let thread = WorkerThread(name: "kernels \(index)", body: { shared.serve(as: index) })
      else { return }
      crew.append(thread)
    }
  }
}

/// One divided call.
private final class Job: @unchecked Sendable {
  // Unchecked: `body` touches disjoint memory for each piece, and the call that made it waits.
  let pieces: Int
  let interruption: Interruption
  let body: (Int) -> Void
  let next = Atomic<Int>(0)

  init(pieces: Int, interruption: Interruption, body: @escaping (Int) -> Void) {
    self.pieces = pieces
    self.interruption = interruption
    self.body = body
  }
}

/// What the threads share: the job at hand and how many work at it.
@safe
private final class Shared: @unchecked Sendable {
  // Unchecked: everything but the atomics is guarded by `lock`.
  let ran = Atomic<UInt64>(0)
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let arrival: UnsafeMutablePointer<pthread_cond_t>
  private let departure: UnsafeMutablePointer<pthread_cond_t>
  private var job: Job?
  private var serial = 0
  private var busy = 0
  private var finished = false

  init() {
    // Mutex and conditions need an address that never moves; freed in `deinit`.
    unsafe lock = .allocate(capacity: 1)
    unsafe arrival = .allocate(capacity: 1)
    unsafe departure = .allocate(capacity: 1)
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(arrival, nil)
    unsafe pthread_cond_init(departure, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(departure)
    unsafe pthread_cond_destroy(arrival)
    unsafe pthread_mutex_destroy(lock)
    unsafe departure.deallocate()
    unsafe arrival.deallocate()
    unsafe lock.deallocate()
  }

  /// Offers a job to the crew.
  func open(_ job: Job) {
    unsafe pthread_mutex_lock(lock)
    self.job = job
    serial &+= 1
    unsafe pthread_cond_broadcast(arrival)
    unsafe pthread_mutex_unlock(lock)
  }

  /// Lets the caller take pieces of its job until none is left.
  func help() {
    // Only the thread that opens and closes jobs comes here, so reading needs no lock.
    guard let job else { return }
    work(at: job, as: 0)
  }

  /// Waits until no thread works at the job, and takes it away.
  func close() {
    unsafe pthread_mutex_lock(lock)
    job = nil
    while busy > 0 { unsafe pthread_cond_wait(departure, lock) }
    unsafe pthread_mutex_unlock(lock)
  }

  /// Ends the threads.
  func finish() {
    unsafe pthread_mutex_lock(lock)
    finished = true
    unsafe pthread_cond_broadcast(arrival)
    unsafe pthread_mutex_unlock(lock)
  }

  /// The life of a thread of the crew.
  func serve(as index: Int) {
    var seen = 0
    unsafe pthread_mutex_lock(lock)
    while true {
      while !finished, job == nil || serial == seen { unsafe pthread_cond_wait(arrival, lock) }
      if finished { break }
      seen = serial
      guard let job else { continue }
      busy += 1
      unsafe pthread_mutex_unlock(lock)
      work(at: job, as: index)
      unsafe pthread_mutex_lock(lock)
      busy -= 1
      if busy == 0 { unsafe pthread_cond_signal(departure) }
    }
    unsafe pthread_mutex_unlock(lock)
  }

  private func work(at job: Job, as index: Int) {
    while !job.interruption.isRequested {
      let piece = job.next.wrappingAdd(1, ordering: .relaxed).oldValue
      if piece >= job.pieces { return }
      ran.bitwiseOr(1 &<< UInt64(min(index, 63)), ordering: .relaxed)
      job.body(piece)
    }
  }
}
