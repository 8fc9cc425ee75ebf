import Hummingbird
import Logging

// The least that a server of Hummingbird does, which the server's figures are compared with.

let router = Router()
router.get("/") { _, _ in "hello" }
let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8080
var logger = Logger(label: "hello")
logger.logLevel = .error
let application = Application(
  router: router,
  configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
  logger: logger)
try await application.runService()
