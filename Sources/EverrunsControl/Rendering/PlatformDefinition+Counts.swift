import Everruns
import EverrunsDocuments

extension PlatformDefinition {
  /// How many there are of everything, in words.
  var countsInWords: String {
    [
      count(capabilities.count, "capability", plural: "capabilities"),
      count(drivers.count, "driver"), count(connectionProviders.count, "provider"),
      count(builtInHarnesses.count, "harness", plural: "harnesses"),
    ].joined(separator: ", ")
  }

  /// How many there are of everything.
  var counts: JSONObject {
    [
      CapabilityDescriptor.documentKey: .integer(capabilities.count),
      DriverDescriptor.documentKey: .integer(drivers.count),
      ConnectionProviderDescriptor.documentKey: .integer(connectionProviders.count),
      "built_in_harnesses": .integer(builtInHarnesses.count),
    ]
  }
}
