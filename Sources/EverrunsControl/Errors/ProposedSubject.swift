/// What a proposed command is about, which decides the options that it gets from this run.
enum ProposedSubject: Equatable {
  /// The store alone.
  case store
  /// Definitions that the command names itself.
  case named
  /// The platform of this run.
  case platform
  /// This platform, which is named unless a command without `-p` uses it.
  case other(String)
}
