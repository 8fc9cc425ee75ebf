import Messages

/// The version in a document's `format` key: `everruns.platform/v1`.
package struct FormatVersion: Sendable, Hashable, CustomStringConvertible {
  /// The kind of document: `everruns.platform`.
  package let name: String
  /// The major version; another one is an incompatible format.
  package let major: Int
  /// The minor version; a newer one may define more keys.
  package let minor: Int

  /// Creates a version.
  package init(name: String, major: Int, minor: Int) {
    self.name = name
    self.major = major
    self.minor = minor
  }

  /// Parses a version of this kind of document; `nil` if the text is not one.
  private func reading(_ text: String) -> FormatVersion? {
    let prefix = name + "/v"
    guard text.hasPrefix(prefix) else { return nil }
    let numbers = text.dropFirst(prefix.count)
      .split(separator: ".", omittingEmptySubsequences: false)
    // A version has one spelling: no leading zeros, and no minor version zero.
    guard (1...2).contains(numbers.count),
      numbers.allSatisfy({ $0.first != "0" && $0.utf8.allSatisfy(\.isASCIIDigit) })
    else { return nil }
    let values = numbers.compactMap { Int($0) }
    guard values.count == numbers.count, let major = values.first else { return nil }
    return FormatVersion(name: name, major: major, minor: values.count == 2 ? values[1] : 0)
  }

  /// Whether a text is a newer major version of this format.
  package func isOlder(than text: String) -> Bool {
    reading(text).map { $0.major > major } ?? false
  }

  /// Whether a text is a version of another format.
  package func isOfAnotherKind(than text: String) -> Bool {
    text.contains("/v") && !text.hasPrefix(name + "/v")
  }

  /// The version as text.
  package var description: String { "\(name)/v\(major)" + (minor == 0 ? "" : ".\(minor)") }

  /// The `format` key of a document of this kind.
  ///
  /// Reading checks the version, and remembers a newer minor version, for which unknown keys are
  /// only warnings.
  ///
  /// - Returns: Whether the document can be read.
  package func check(_ node: SourceNode, _ decoding: inout DocumentDecoding) -> Bool {
    guard case .object(let members) = node.content else {
      decoding.report(
        .wrongType(expected: "an object", found: node.kindInWords), DocumentPath(), node.place)
      return false
    }
    guard let member = members.first(where: { $0.key == "format" }) else {
      decoding.report(.missingFormat(self), DocumentPath(), node.place)
      return false
    }
    let path = DocumentPath().key("format")
    guard case .string(let text) = member.value.content, let version = reading(text),
      version.major == major
    else {
      decoding.report(
        .unsupportedFormat(member.value.value, supported: self), path, member.value.place)
      return false
    }
    if version.minor > minor {
      decoding.newerMinor = version
      decoding.report(.newerFormat(version, known: self), path, member.value.place)
    }
    return true
  }
}

extension ObjectCoding.Field {
  /// The `format` key, after ``FormatVersion/check(_:_:)`` has checked it.
  package static func format(_ version: FormatVersion) -> Self {
    Self(
      key: "format", isRequired: true, schema: .choice([version.description]),
      summary: "The version of the format",
      decode: { _, _, _, _ in },
      encode: { _ in .string(version.description) })
  }
}
