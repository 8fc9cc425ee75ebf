#if PostgreSQL
  import EverrunsStore

  extension CopiedTable.Column {
    /// The type of values of this column in the server.
    var serverType: String {
      switch form {
      case .text: "text"
      case .json: "jsonb"
      case .boolean: "boolean"
      case .integer: "bigint"
      }
    }
  }
#endif
