import Dispatch

/// Runs an actor on its own thread.
///
/// Calls of a store wait for the disk and for other programs. On the shared thread pool they would
/// delay requests that need no store.
final class BlockingExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(_ label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      job.runSynchronously(on: self.asUnownedSerialExecutor())
    }
  }
}
