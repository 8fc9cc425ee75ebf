/// Something that is wrong with the definition of a program.
///
/// ``CommandTree/problems()`` finds them; a test that expects none keeps the definition sound.
package struct DefinitionProblem: Sendable, Equatable, CustomStringConvertible {
  /// The command or topic concerned, as it is typed; empty for the program itself.
  package let place: String
  /// What is wrong.
  package let reason: Reason

  /// Describes what is wrong where.
  package init(_ place: String, _ reason: Reason) {
    self.place = place
    self.reason = reason
  }

  /// The ways in which a definition can be wrong.
  ///
  /// The texts are names without hyphens.
  package enum Reason: Sendable, Equatable {
    /// Two commands of a group, or two topics, are named so, or a topic is named like a command.
    case nameTaken(String)
    /// The name is not made of lower-case letters, digits and single hyphens.
    case malformedName(String)
    /// The letter of a short option is not an ASCII letter.
    case malformedShort(Character)
    /// The name of an argument or value is not made of capitals.
    case malformedValueName(String)
    /// Something has no summary.
    case summaryMissing(of: String)
    /// The summary has more than 80 characters or more than one line.
    case summaryTooLong(of: String)
    /// The summary ends with a full stop.
    case summaryEndsWithFullStop(of: String)
    /// The group has no commands.
    case emptyGroup
    /// The command has two options, or two arguments, of that name.
    case repeatedDefinition(String)
    /// The letter belongs to two options of the command.
    case shortTaken(Character)
    /// Another command has an option of this name with another short form, or one of the two takes
    /// a value and the other does not.
    case inconsistentOption(String)
    /// The letter stands for an option of another name elsewhere. Words are split into options
    /// before the command is known, so that a letter is one option for the whole program.
    case inconsistentShort(Character)
    /// The argument follows one that takes all words, or is required and follows an optional one.
    case unreachableArgument(String)
    /// Options exclude or need each other of which this one is not the command's.
    case unknownRelatedOption(String)
    /// The program does not understand an example.
    case invalidExample(String, message: String)
    /// The example shows another command.
    case misplacedExample(String)
    /// The code is not in the program's table, or appears twice.
    case exitCode(Int)
  }

  /// The problem as a sentence for the programmer.
  package var description: String {
    let text =
      switch reason {
      case .nameTaken(let name): "two things are named '\(name)'"
      case .malformedName(let name): "'\(name)' is not a name"
      case .malformedShort(let short): "'\(short)' is not an ASCII letter"
      case .malformedValueName(let name): "the value name '\(name)' is not in capitals"
      case .summaryMissing(let name): "'\(name)' has no summary"
      case .summaryTooLong(let name): "the summary of '\(name)' is no line of 80 characters"
      case .summaryEndsWithFullStop(let name): "the summary of '\(name)' ends with a full stop"
      case .emptyGroup: "the group has no commands"
      case .repeatedDefinition(let name): "'\(name)' is defined twice"
      case .shortTaken(let short): "'-\(short)' is defined twice"
      case .inconsistentOption(let name): "'--\(name)' is another kind of option elsewhere"
      case .inconsistentShort(let short): "'-\(short)' is another kind of option elsewhere"
      case .unreachableArgument(let name): "the argument \(name) can never be given alone"
      case .unknownRelatedOption(let name): "'--\(name)' is not an option of the command"
      case .invalidExample(let line, let message): "the example '\(line)' is wrong: \(message)"
      case .misplacedExample(let line): "the example '\(line)' shows another command"
      case .exitCode(let code): "the exit code \(code) is not in the table once"
      }
    return place.isEmpty ? text : "\(place): \(text)"
  }
}
