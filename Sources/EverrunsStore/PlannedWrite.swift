package import Everruns

/// A change that a store can be asked about before it is made.
package enum PlannedWrite {
  /// Any change.
  case change
  /// New revisions of a saved definition.
  ///
  /// - Parameter after: The latest revision that the caller has seen; `nil` if there was none.
  case revisions([PlatformDefinition], of: String, after: Int?)
  /// New organizations.
  ///
  /// - Parameter defaultOrganization: The number reserved for the default organization.
  case creation([NewOrganization], defaultOrganization: Int)
  /// The deletion of organizations.
  case deletion([Organization])
}
