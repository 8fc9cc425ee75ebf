import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Messages

/// The source of a value that the command line, the environment or the store can provide, and the
/// values it overrides.
struct ValueSource: Equatable {
  /// The sources of a value, in order of precedence.
  enum Origin: Equatable {
    case option(String)
    case variable(String)
    /// The choice of `platform use`.
    case chosen
    case `default`

    /// The source in words: `option --grade`.
    var words: String {
      switch self {
      case .option(let name): "option \(name)"
      case .variable(let name): "variable \(name)"
      case .chosen: "chosen by 'platform use'"
      case .default: "default"
      }
    }

    private var code: String {
      switch self {
      case .option: "option"
      case .variable: "variable"
      case .chosen: "chosen"
      case .default: "default"
      }
    }

    private var name: String? {
      switch self {
      case .option(let name), .variable(let name): name
      case .chosen, .default: nil
      }
    }

    /// The source as an object, with its value.
    func document(value: String?) -> JSONObject {
      var object: JSONObject = ["origin": .string(code), "name": .optional(name)]
      if let value { object["value"] = .string(value) }
      return object
    }
  }

  /// Another value that was given and is overridden.
  struct Overridden: Equatable {
    let origin: Origin
    let value: String

    /// The source and the value: `variable EVERRUNS_PLATFORM='acme'`.
    var words: String {
      switch origin {
      case .option, .variable: "\(origin.words)=\(value.quoted)"
      case .chosen, .default: "\(value.quoted) \(origin.words)"
      }
    }
  }

  let origin: Origin
  var overrides: [Overridden] = []

  /// The source in words: `option -p, overrides variable EVERRUNS_PLATFORM='acme'`.
  var words: String {
    guard !overrides.isEmpty else { return origin.words }
    return "\(origin.words), overrides \(overrides.map(\.words).joined(asListWith: "and"))"
  }

  var document: JSONValue {
    var object = origin.document(value: nil)
    object["overrides"] = .array(
      overrides.map { .object($0.origin.document(value: $0.value)) })
    return .object(object)
  }
}

extension Session {
  /// The source of the store's path.
  func storeSource() -> ValueSource {
    source(
      of: GlobalOptions.store,
      variables: [StoreLocation.variable, "XDG_DATA_HOME"].filter { name in
        // A relative path is ignored.
        name != "XDG_DATA_HOME" || context.variable(name)?.hasPrefix("/") ?? false
      })
  }

  /// The source of the grade.
  func gradeSource() -> ValueSource {
    source(
      of: GlobalOptions.grade,
      variables: ["DEPLOYMENT_GRADE", "DEV_MODE"].filter { name in
        name != "DEV_MODE"
          || ["true", "1"].contains(context.variable(name)?.lowercased() ?? "")
      })
  }

  /// The source of the platform.
  func platformSource() throws -> ValueSource {
    var source = source(of: GlobalOptions.platform, variables: ["EVERRUNS_PLATFORM"])
    if let chosen = try storeForReading()?.activePlatform() {
      if source.origin == .default {
        source = ValueSource(origin: .chosen)
      } else {
        source.overrides.append(ValueSource.Overridden(origin: .chosen, value: chosen))
      }
    }
    return source
  }

  /// The source of an option's value; `variables` also provide one, in order of precedence.
  private func source(of option: any CommandOption, variables: [String]) -> ValueSource {
    var found = variables.compactMap { name in
      context.variable(name).map {
        ValueSource.Overridden(origin: .variable(name), value: $0)
      }
    }
    if arguments.isGiven(option) {
      return ValueSource(origin: .option(option.specification.typedName), overrides: found)
    }
    guard let first = found.first else { return ValueSource(origin: .default) }
    found.removeFirst()
    return ValueSource(origin: first.origin, overrides: found)
  }
}
