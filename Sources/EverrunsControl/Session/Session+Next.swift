import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore
import Messages

extension Session {
  /// A command to propose, which works as it is: with this run's store, and with the platform and
  /// the grade that it is about.
  ///
  /// Every command that a message proposes is completed here.
  ///
  /// - Parameters:
  ///   - command: The words of the command, without the name of the program.
  ///   - subject: What the command is about.
  ///   - readsInput: Whether an option of the command is standard input.
  /// - Returns: The command line.
  func next(
    _ command: String, about subject: ProposedSubject = .platform, readsInput: Bool = false
  ) -> String {
    var words = [program.name, command]
    func add(_ option: OptionSpecification, _ value: String?) {
      guard let value else { return }
      words += [option.short.map { "-\($0)" } ?? option.typedName, value.shellQuoted]
    }
    let store = GlobalOptions.store
    if arguments.isGiven(store) {
      add(store.specification, arguments[store].map { StoreAddress.maskingPassword(in: $0) })
    }
    let platform = platformToName(subject)
    add(GlobalOptions.platform.specification, platform)
    if subject != .store, arguments.isGiven(GlobalOptions.grade) {
      add(GlobalOptions.grade.specification, arguments[GlobalOptions.grade].rawValue)
    }
    // What was read from standard input has to be given once more.
    if readsInput || platform == "-" { words.append("< FILE") }
    return words.joined(separator: " ")
  }

  /// The most commands that are proposed for renamed harnesses.
  private static let renamesShown = 3

  /// The lines that propose to declare renames of templates, so that the rows follow.
  ///
  /// - Parameters:
  ///   - renames: The renames.
  ///   - subject: The definition.
  /// - Returns: A line for each of the first renames.
  func proposals(
    _ renames: [ProposedRenames.Rename], about subject: ProposedSubject = .platform
  ) -> [String] {
    renames.prefix(Self.renamesShown).map { rename in
      let command = "harnesses rename \(rename.old.shellQuoted) \(rename.new.shellQuoted)"
      return "Renamed? " + literal(next(command, about: subject))
    }
  }

  /// The value of `-p` in a proposed command; `nil` if it needs none.
  private func platformToName(_ subject: ProposedSubject) -> String? {
    let given = arguments.isGiven(GlobalOptions.platform) ? arguments[GlobalOptions.platform] : nil
    switch subject {
    case .store, .named: return nil
    case .platform: return given
    case .other(let reference):
      let variable = context.variable(GlobalOptions.platformVariable.specification.name)
      let plain = try? platformReference(variable).reference
      return given == nil && plain == reference ? nil : reference
    }
  }

  /// The hint about an unknown name of a noun: the command that lists the names.
  func listing(_ noun: String, about subject: ProposedSubject = .platform) -> String {
    "list them: \(next("\(noun) list", about: subject))"
  }
}
