import EverrunsDocuments
import Messages

/// The problems of a seed catalog beyond the shape of its document.
enum CatalogProblem: DiagnosticProblem {
  /// A row references another one that is not in the catalog.
  case unknownReference(String, noun: String)
  /// The default organization does not have the number reserved for it.
  case reservedOrganization(Int)
  /// The name that people see shows nothing.
  case blankName(noun: String)

  var code: Diagnostic.Code { .invalidDocument }

  func message(about subject: String) -> String {
    switch self {
    case .unknownReference(let id, let noun):
      "the catalog has no \(noun) \(id.quoted)"
    case .reservedOrganization(let number):
      "the default organization has the number 1, not \(number)"
    case .blankName(let noun):
      "\(subject) of the \(noun) is blank"
    }
  }

  var hint: String? {
    switch self {
    case .blankName: .hintForBlankName
    case .unknownReference, .reservedOrganization: nil
    }
  }
}

extension Diagnostic {
  /// A diagnostic about a seed catalog.
  init(_ problem: CatalogProblem, at path: DocumentPath) {
    self.init(problem: problem, at: path)
  }
}
