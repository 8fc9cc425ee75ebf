/// One check of a store, with its findings.
package struct StoreCheck: Sendable, Hashable {
  /// The name of the check, as in JSON output.
  package let name: String
  /// What the check looks at.
  package let subject: String
  /// What a finding means, as half a sentence.
  package let summary: String
  /// The findings; empty if there is no problem.
  package let findings: [StoreFinding]

  package init(name: String, subject: String, summary: String, findings: [StoreFinding]) {
    self.name = name
    self.subject = subject
    self.summary = summary
    self.findings = findings
  }
}
