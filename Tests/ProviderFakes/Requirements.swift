import EverrunsDocuments

extension JSONObject {
  /// Complains about keys that nobody knows and about those that are missing.
  func requireKeys(_ required: [String], optional: [String] = [], in place: String) throws {
    for member in members where !required.contains(member.key) && !optional.contains(member.key) {
      throw Complaint("Unrecognized request argument supplied: \(member.key) in \(place)")
    }
    for key in required where self[key] == nil {
      throw Complaint("Missing required parameter: '\(key)' in \(place)")
    }
  }

  /// The text under a key, or a complaint.
  func requireText(_ key: String) throws -> String {
    guard let text = text(key) else {
      throw Complaint("Invalid type for '\(key)': expected a string")
    }
    return text
  }

  /// The object under a key, or a complaint.
  func requireObject(_ key: String) throws -> JSONObject {
    guard let object = object(key) else {
      throw Complaint("Invalid type for '\(key)': expected an object")
    }
    return object
  }

  /// The objects under a key, or a complaint.
  func requireObjects(_ key: String) throws -> [JSONObject] {
    guard case .array(let elements)? = self[key], objects(key).count == elements.count else {
      throw Complaint("Invalid type for '\(key)': expected an array of objects")
    }
    return objects(key)
  }

  /// Checks a function that is offered as a tool.
  ///
  /// - Parameters:
  ///   - schema: The key of the schema of its arguments.
  ///   - optional: The keys that it may have.
  /// - Returns: The name of the function.
  /// - Throws: ``Complaint`` as the service would word it.
  func requireFunction(schema: String, optional: [String] = []) throws -> String {
    try requireKeys(["name", "description", schema], optional: optional, in: "a tool")
    let name = try requireText("name")
    guard name.wholeMatch(of: #/[a-zA-Z0-9_-]{1,64}/#) != nil else {
      throw Complaint("Invalid 'name': string does not match pattern")
    }
    guard try requireObject(schema)["type"] == "object" else {
      throw Complaint("Invalid schema for function '\(name)': type must be 'object'")
    }
    return name
  }
}

/// The names of tools, each once.
func requireUnique(_ names: [String]) throws -> [String] {
  guard Set(names).count == names.count else { throw Complaint("Tool names must be unique") }
  return names
}

/// Arguments that must be the text of a JSON object.
func requireArguments(_ text: String) throws {
  guard case .object? = try? JSONValue(json: text) else {
    throw Complaint("Invalid arguments: not a JSON object")
  }
}

/// A text that says whether another one came back unchanged.
func seal(_ text: String) -> String {
  let hash = text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { hash, byte in
    (hash ^ UInt64(byte)) &* 1_099_511_628_211
  }
  // Made to look like Base64, which some services check first.
  return "c2Vh" + String(hash, radix: 16)
}
