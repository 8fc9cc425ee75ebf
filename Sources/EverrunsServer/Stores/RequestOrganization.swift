import EverrunsSeeding
import EverrunsStore
import HTTPTypes
import Hummingbird

extension Store {
  /// The organization of a request: the principal's, else the one that the header
  /// `X-Org-Id` names, else the default one.
  func organization(of scope: OrganizationScope) throws -> Organization {
    if let organization = try organizations(named: scope.word).first(where: {
      $0.publicID == scope.word
    }) {
      return organization
    }
    guard scope.isDefault else { throw APIError.notFound("organization", scope.word) }
    throw APIError.notReady(
      "the default organization does not exist yet",
      hint: APIError.seedingHint)
  }
}

extension APIError {
  /// The hint about a missing default organization.
  static let seedingHint = "seeding creates it; see /v1/seeding"
}

extension ServerRequestContext {
  /// Refuses a principal that is limited to one organization.
  func checkActsForAllOrganizations() throws {
    guard principal.organization == nil else {
      throw APIError.forbidden("a principal of one organization cannot do this")
    }
  }
}

/// The organization of a request, by its public id.
struct OrganizationScope: Sendable {
  let word: String
  /// Whether neither the principal nor the request has chosen it.
  let isDefault: Bool

  init(_ request: Request, _ context: ServerRequestContext, default home: SeedOrganization) {
    let chosen = context.principal.organization ?? request.headers[.organizationID]
    word = chosen ?? home.publicID
    isDefault = word == home.publicID
  }
}
