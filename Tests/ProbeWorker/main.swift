import Everruns
import EverrunsDocuments
import EverrunsWorker
import Foundation

// A worker with a tool that must not run twice, for tests that kill it. Each run of the tool adds a
// line with the key of the call to a file:
//
//   PROBE_PLATFORM=platform.json PROBE_FILE=sent EVERRUNS_STORE=store.db probeworker

struct Sending: ExecutableCapability {
  let id = "sending"
  let name = "Sending"
  let file: String

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool("send", "Sends something.") { _, context in
        let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        // One write: a line is there whole or not at all, whenever the process is killed.
        let line = Array("\(context.idempotencyKey)\n".utf8)
        guard write(descriptor, line, line.count) == line.count else {
          throw ToolRefusal("the file cannot be written")
        }
        return "sent"
      }
    ]
  }
}

let environment = ProcessInfo.processInfo.environment
guard let platform = environment["PROBE_PLATFORM"], let file = environment["PROBE_FILE"] else {
  FileHandle.standardError.write(Data("PROBE_PLATFORM and PROBE_FILE name two files\n".utf8))
  exit(64)
}
try await WorkerAppBuilder(.fromEnvironment())
  .platformDefinition(
    PlatformDefinition(json: try String(contentsOfFile: platform, encoding: .utf8))
  )
  .implementations(Implementations(capabilities: [Sending(file: file)]))
  .run()
