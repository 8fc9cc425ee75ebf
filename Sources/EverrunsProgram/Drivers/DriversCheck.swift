import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsDrivers
import EverrunsSeeding
import EverrunsStore
import EverrunsWorker

/// `drivers check`.
enum DriversCheck {
  private static let type = Argument.required(
    "TYPE", .nonblank, summary: "The driver, such as openai, anthropic or openai_completions")
  private static let baseURL = Option.optional(
    "base-url", .nonblank, valueName: "URL",
    summary: "The provider's base URL, instead of DEFAULT_<TYPE>_BASE_URL",
    absence: "from the environment, else the driver's")
  private static let model = Option.optional(
    "model", .nonblank, valueName: "NAME", summary: "The model to ask, by the provider's name",
    absence: "the first of the stock catalog")
  private static let output = Option.defaulted(
    "output", short: "o", .choice(CheckOutput.self), default: .text, summary: "Output format")

  /// The command, which sends the smallest request.
  static let command = Command<ProgramAction>(
    "check", summary: "Test a model provider with the request a worker would send",
    discussion: """
      The driver is that of the platform definition. Base URL and key come from
      DEFAULT_<TYPE>_BASE_URL and DEFAULT_<TYPE>_API_KEY in the environment, with TYPE in capitals. A
      server at another base URL than the driver's may need no key. A worker prefers the base
      URL of a provider in the store: pass that one with --base-url.
      """,
    arguments: [type], options: [baseURL, model, output] + ProgramOptions.ofDefinition,
    examples: [
      Example("Check the key for Anthropic", "everruns drivers check anthropic"),
      Example(
        "Check a server on this machine",
        "everruns drivers check openai_completions --base-url http://127.0.0.1:11434/v1 --model llama3.2"
      ),
    ],
    environment: WorkerSettings.driverTerms,
    exitCodes: [0, 1, 64, 65, 66, 70, 74, 75, 77],
    action: ProgramAction { try await run($0, $1) })

  private static func run(_ arguments: Arguments, _ context: ProgramContext) async throws {
    // Without a home folder there is no default store, and the stock definition needs none.
    let location =
      arguments[ProgramOptions.store].map { StoreLocation($0) }
      ?? (try? .standard(variable: context.environment.variable))
    let platform = try context.platform(arguments[ProgramOptions.platform], store: location)
    let drivers = platform.definition.drivers
    guard let driver = drivers[arguments[type]] else {
      throw DriverCheckError.unknownDriver(
        arguments[type], platform: platform.reference, known: drivers.map(\.providerType))
    }
    guard let code = Implementations.stockDrivers.code(of: driver) else {
      throw DriverCheckError.notImplemented(driver.providerType)
    }
    let start = ContinuousClock.now
    let check = DriverCheck(of: driver, code: code, now: { .now - start })
    let transport = AsyncHTTPTransport()
    let result = await check.run(
      model: arguments[model] ?? defaultModel(of: driver), baseURL: arguments[baseURL],
      settings: DriverSettings(environment: context.environment), transport: transport)
    await transport.close()
    let error = DriverCheckError(result, isModelChosen: arguments.isGiven(model))
    switch arguments[output] {
    case .json: try context.output(JSONValue.object(result.document).prettyJSON + "\n")
    case .text: if error == nil { try context.output(result.line + "\n") }
    }
    if let error { throw error }
  }

  /// The first installed model of the stock catalog whose provider has this type, or a driver with
  /// the same base URL.
  private static func defaultModel(of driver: any Driver) -> String {
    let catalog = SeedCatalog.stock
    let drivers = PlatformDefinition.worker().drivers
    let provider =
      catalog.llmProviders.first { $0.providerType == driver.providerType }
      ?? catalog.llmProviders.first { provider in
        drivers[provider.providerType]?.defaultBaseURL == driver.defaultBaseURL
      }
    let models = catalog.llmModels.filter { $0.providerID == provider?.id }
    return (models.first(where: \.isInstalled) ?? models.first)?.modelID ?? "default"
  }
}

/// The output formats of `drivers check`.
enum CheckOutput: String, CommandLineChoice {
  case text
  case json

  var choiceSummary: String {
    switch self {
    case .text: "one line of text"
    case .json: "a JSON object, even if the check fails"
    }
  }
}
