// swift-tools-version: 6.2

import PackageDescription

/// The settings of every target: the language's strictest reading today.
///
/// Tomorrow's default then changes nothing. CI turns warnings into errors; other people's compilers
/// do not.
let swiftSettings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["CI"] == "true" ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
  name: "everruns",
  targets: [
    .target(name: "Spelling", swiftSettings: swiftSettings),
    .target(name: "CommandLineTree", dependencies: ["Spelling"], swiftSettings: swiftSettings),
    .testTarget(name: "SpellingTests", dependencies: ["Spelling"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandLineTreeTests", dependencies: ["CommandLineTree"], swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
