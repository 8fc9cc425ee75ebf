import Foundation

/// A process with its children, all of which are gone when it is waited for.
///
/// Not Foundation's `Process`: that hands down the signal mask of a worker thread, in which nearly
/// everything is blocked, and then waits for grandchildren too. Programs must find the signals as
/// a shell would leave them.
struct ChildProcess {
  private let id: pid_t

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: The path of the program and its arguments.
  ///   - environment: The whole environment.
  ///   - folder: The working folder.
  ///   - streams: The files that are standard input, output and error.
  /// - Throws: An error if the program cannot be started.
  init(
    _ words: [String], environment: [String: String], folder: String, streams: [String]
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams[0], O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 1, streams[1], flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams[2], flags, 0o600)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETPGROUP))

    // Not every C library shows the action that changes the folder.
    let words = ["/usr/bin/env", "--chdir", folder] + words
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for pointer in arguments + variables { free(pointer) }
    }
    var id = pid_t()
    let failure = posix_spawn(&id, words[0], &actions, &attributes, &arguments, &variables)
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
    self.id = id
  }

  /// Sends a signal to the process alone.
  func send(_ signal: Int32) {
    kill(id, signal)
  }

  /// The exit code, or 128 and the number of the signal that ended the process; `nil` if it was
  /// still running and had to be killed.
  func waitForExit(atMost limit: Duration) -> Int32? {
    let clock = ContinuousClock()
    let end = clock.now + limit
    var status: Int32 = 0
    while waitpid(id, &status, WNOHANG) == 0 {
      guard clock.now < end else {
        kill(-id, SIGKILL)
        waitpid(id, &status, 0)
        return nil
      }
      usleep(2000)
    }
    // What it left behind in its group.
    kill(-id, SIGKILL)
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
