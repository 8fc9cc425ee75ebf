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
  products: [
    .library(name: "EverrunsDocuments", targets: ["EverrunsDocuments"]),
    .library(name: "Everruns", targets: ["Everruns"]),
    .library(name: "EverrunsSeeding", targets: ["EverrunsSeeding"]),
    .library(name: "EverrunsStore", targets: ["EverrunsStore"]),
    .library(name: "EverrunsPostgreSQL", targets: ["EverrunsPostgreSQL"]),
    .library(name: "EverrunsControl", targets: ["EverrunsControl"]),
    .library(name: "EverrunsDrivers", targets: ["EverrunsDrivers"]),
    .library(name: "EverrunsWorker", targets: ["EverrunsWorker"]),
    .library(name: "EverrunsServer", targets: ["EverrunsServer"]),
    .library(name: "CommandLineTree", targets: ["CommandLineTree"]),
    .executable(name: "everrunsctl", targets: ["everrunsctl"]),
    .executable(name: "everruns", targets: ["EverrunsProgram"]),
  ],
  traits: [
    .trait(
      name: "PostgreSQL",
      description: "Stores in a control plane's own database; needs libpq 14 or later.")
  ],
  // Minor versions are pinned because there is no lock file.
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
    .package(url: "https://github.com/apple/swift-collections", .upToNextMinor(from: "1.6.0")),
    .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
    // Server and worker alone use these.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1"),
      traits: []),
    .package(
      url: "https://github.com/swift-server/async-http-client", .upToNextMinor(from: "1.37.0")),
    .package(
      url: "https://github.com/swift-server/swift-service-lifecycle",
      .upToNextMinor(from: "2.13.0")),
    .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
    .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
    // AsyncHTTPClient brings both; they are named for the errors that it throws.
    .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
    .package(url: "https://github.com/apple/swift-nio-ssl", .upToNextMinor(from: "2.37.6")),
    // Hummingbird brings it; it has the types of what a connection reads and writes.
    .package(url: "https://github.com/apple/swift-nio-extras", .upToNextMinor(from: "1.35.2")),
  ],
  targets: [
    .target(name: "Messages", swiftSettings: swiftSettings),
    // What the system's files need: paths, locks, and writing as a whole or not at all.
    .target(
      name: "Files", dependencies: ["CExtendedAttributes", "Messages"],
      swiftSettings: swiftSettings),
    .systemLibrary(name: "CExtendedAttributes"),
    .target(name: "CommandLineTree", dependencies: ["Messages"], swiftSettings: swiftSettings),
    .target(
      name: "EverrunsDocuments",
      dependencies: [
        "Messages",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Everruns",
      dependencies: [
        "EverrunsDocuments", "Messages",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "EverrunsSeeding", dependencies: ["Everruns", "EverrunsDocuments", "Messages"],
      swiftSettings: swiftSettings),
    .target(
      name: "EverrunsStore",
      dependencies: [
        "Everruns", "EverrunsDocuments", "EverrunsSeeding", "Files", "Messages",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swiftSettings),
    // A second kind of store. Without the trait the module is empty, and libpq is not needed.
    .target(
      name: "EverrunsPostgreSQL",
      dependencies: [
        .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        "Everruns", "EverrunsDocuments", "EverrunsSeeding", "EverrunsStore", "Files", "Messages",
      ],
      swiftSettings: swiftSettings),
    .systemLibrary(
      name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    // What LLM providers want to be sent and what they answer; whoever uses it brings the network.
    .target(
      name: "EverrunsDrivers", dependencies: ["Everruns", "EverrunsDocuments", "Messages"],
      swiftSettings: swiftSettings),
    .target(
      name: "EverrunsControl",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsDocuments", "EverrunsSeeding", "EverrunsStore",
        "Files", "Messages",
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "everrunsctl",
      dependencies: [
        "EverrunsControl",
        .target(name: "EverrunsPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        .target(name: "EverrunsStore", condition: .when(traits: ["PostgreSQL"])),
      ],
      swiftSettings: swiftSettings),
    // Runs turns, with the drivers and capabilities of a platform definition.
    .target(
      name: "EverrunsWorker",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsDocuments", "EverrunsDrivers", "EverrunsStore",
        "Files", "Messages",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: swiftSettings),
    // Serves the HTTP API of a platform definition.
    .target(
      name: "EverrunsServer",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsDocuments", "EverrunsSeeding", "EverrunsStore",
        "Messages",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "EverrunsProgram",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsDocuments", "EverrunsDrivers", "EverrunsSeeding",
        "EverrunsServer", "EverrunsStore", "EverrunsWorker", "Files", "Messages",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: swiftSettings),
    // The example package of an embedder. It is compiled here as well, because building it as a
    // package of its own would build all dependencies a second time. It sees only what is public.
    .target(
      name: "AcmePlatform", dependencies: ["Everruns", "EverrunsDocuments", "EverrunsSeeding"],
      path: "Tests/EmbedderExample/Sources/AcmePlatform", packageAccess: false,
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "acmectl",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsControl", "EverrunsDocuments", "EverrunsSeeding",
        "EverrunsStore",
      ],
      path: "Tests/EmbedderExample/Sources/acmectl", packageAccess: false,
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "acmeserver",
      dependencies: ["Everruns", "EverrunsDocuments", "EverrunsServer", "EverrunsWorker"],
      path: "Tests/EmbedderExample/Sources/acmeserver", packageAccess: false,
      swiftSettings: swiftSettings),
    .testTarget(
      name: "AcmePlatformTests",
      dependencies: ["AcmePlatform", "Everruns", "EverrunsDocuments", "EverrunsSeeding"],
      path: "Tests/EmbedderExample/Tests/AcmePlatformTests", packageAccess: false,
      swiftSettings: swiftSettings),
    .target(
      name: "CommandLineTreeTesting", dependencies: ["CommandLineTree"],
      path: "Tests/CommandLineTreeTesting", swiftSettings: swiftSettings),
    .target(name: "CUnsyncedFiles", path: "Tests/CUnsyncedFiles"),
    // Stores that tests of several modules start with.
    .target(
      name: "StoreTesting",
      dependencies: [
        "CUnsyncedFiles",
        .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        "EverrunsDocuments",
      ],
      path: "Tests/StoreTesting", swiftSettings: swiftSettings),
    .testTarget(name: "MessagesTests", dependencies: ["Messages"], swiftSettings: swiftSettings),
    .testTarget(
      name: "FilesTests", dependencies: ["CExtendedAttributes", "Files"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandLineTreeTests",
      dependencies: ["CommandLineTree", "CommandLineTreeTesting", "Messages"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsDocumentsTests", dependencies: ["EverrunsDocuments"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsTests", dependencies: ["Everruns", "EverrunsDocuments"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsSeedingTests",
      dependencies: ["Everruns", "EverrunsDocuments", "EverrunsSeeding"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsStoreTests",
      dependencies: [
        "Everruns", "EverrunsDocuments", "EverrunsPostgreSQL", "EverrunsSeeding", "EverrunsStore",
        "Files", "Messages", "StoreTesting",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    // Fakes of the services that the drivers speak to, in process and on the loopback interface.
    .target(
      name: "ProviderFakes", dependencies: ["Everruns", "EverrunsDocuments"],
      path: "Tests/ProviderFakes", swiftSettings: swiftSettings),
    .executableTarget(
      name: "fakeprovider", dependencies: ["ProviderFakes"], path: "Tests/FakeProvider",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsPostgreSQLTests",
      dependencies: [
        .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        "Everruns", "EverrunsDocuments", "EverrunsPostgreSQL", "EverrunsSeeding", "EverrunsStore",
        "Files", "StoreTesting", "everrunsctl",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures", "server"], swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsDriversTests",
      dependencies: ["Everruns", "EverrunsDocuments", "EverrunsDrivers", "ProviderFakes"],
      swiftSettings: swiftSettings),
    // A worker that tests kill.
    .executableTarget(
      name: "probeworker", dependencies: ["Everruns", "EverrunsDocuments", "EverrunsWorker"],
      path: "Tests/ProbeWorker", packageAccess: false, swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsWorkerTests",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsDocuments", "EverrunsDrivers", "EverrunsProgram",
        "EverrunsSeeding", "EverrunsStore", "EverrunsWorker", "Messages", "ProviderFakes",
        "StoreTesting", "probeworker",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsServerTests",
      dependencies: [
        "CommandLineTree", "Everruns", "EverrunsDocuments", "EverrunsSeeding", "EverrunsServer",
        "EverrunsStore", "StoreTesting",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsProgramTests",
      dependencies: [
        "CommandLineTree", "CommandLineTreeTesting", "Everruns", "EverrunsDocuments",
        "EverrunsProgram",
        "EverrunsStore", "ProviderFakes",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EverrunsControlTests",
      dependencies: [
        "CommandLineTree", "CommandLineTreeTesting", "Everruns", "EverrunsControl",
        "EverrunsDocuments", "EverrunsSeeding", "EverrunsStore", "StoreTesting",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Everruns", "EverrunsControl", "EverrunsDocuments", "EverrunsSeeding", "EverrunsStore",
        "ProviderFakes", "StoreTesting", "acmectl", "everrunsctl",
      ],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)

// `EVERRUNS_PARTS=benchmarks` adds what the server's figures are compared with.
if Context.environment["EVERRUNS_PARTS"] == "benchmarks" {
  package.targets.append(
    .executableTarget(
      name: "hello",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/Benchmarks/Hello", swiftSettings: swiftSettings))
}

// `EVERRUNS_PARTS=tool` leaves out server and worker: nobody who changes the tool, and no second
// build of CI, has to build the libraries for networks.
if Context.environment["EVERRUNS_PARTS"] == "tool" {
  var left: Set = ["EverrunsWorker", "EverrunsServer"]
  func isLeftOut(_ dependency: Target.Dependency) -> Bool {
    switch dependency {
    case .targetItem(let name, _), .byNameItem(let name, _): left.contains(name)
    default: false
    }
  }
  // Targets come after those that they depend on.
  for target in package.targets where target.dependencies.contains(where: isLeftOut) {
    left.insert(target.name)
  }
  package.targets.removeAll { left.contains($0.name) }
  package.products.removeAll { left.contains($0.name) || $0.name == "everruns" }
}

// Optimized tests (`swift test -c release`) look for what the optimizer breaks in the product; to
// optimize the tests, too, would take minutes.
for target in package.targets where target.type == .test {
  target.swiftSettings?.append(.unsafeFlags(["-Onone"], .when(configuration: .release)))
}
