import Everruns
import EverrunsDocuments
import Messages

extension PlatformDefinition {
  /// The number of components of each kind, in words.
  var countsInWords: String {
    [
      count(capabilities.count, "capability", plural: "capabilities"),
      count(drivers.count, "driver"), count(connectionProviders.count, "provider"),
      count(builtInHarnesses.count, "harness", plural: "harnesses"),
    ].joined(separator: ", ")
  }

  /// The names of everything, under the keys of ``counts``.
  var names: JSONObject {
    [
      CapabilityDescriptor.documentKey: .strings(capabilities.identifiers),
      DriverDescriptor.documentKey: .strings(drivers.identifiers),
      ConnectionProviderDescriptor.documentKey: .strings(connectionProviders.identifiers),
      "built_in_harnesses": .strings(builtInHarnesses.map(\.name)),
    ]
  }

  /// The number of components of each kind.
  var counts: JSONObject {
    [
      CapabilityDescriptor.documentKey: .integer(capabilities.count),
      DriverDescriptor.documentKey: .integer(drivers.count),
      ConnectionProviderDescriptor.documentKey: .integer(connectionProviders.count),
      "built_in_harnesses": .integer(builtInHarnesses.count),
    ]
  }
}
