// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "acme",
  dependencies: [.package(name: "everruns", path: "../..")],
  targets: [
    .target(
      name: "AcmePlatform",
      dependencies: [
        .product(name: "Everruns", package: "everruns"),
        .product(name: "EverrunsDocuments", package: "everruns"),
        .product(name: "EverrunsSeeding", package: "everruns"),
      ]),
    .executableTarget(
      name: "acmectl",
      dependencies: [
        .product(name: "CommandLineTree", package: "everruns"),
        .product(name: "Everruns", package: "everruns"),
        .product(name: "EverrunsControl", package: "everruns"),
        .product(name: "EverrunsDocuments", package: "everruns"),
        .product(name: "EverrunsSeeding", package: "everruns"),
        .product(name: "EverrunsStore", package: "everruns"),
      ]),
    .executableTarget(
      name: "acmeserver",
      dependencies: [
        .product(name: "Everruns", package: "everruns"),
        .product(name: "EverrunsDocuments", package: "everruns"),
        .product(name: "EverrunsServer", package: "everruns"),
        .product(name: "EverrunsWorker", package: "everruns"),
      ]),
    .testTarget(name: "AcmePlatformTests", dependencies: ["AcmePlatform"]),
  ]
)
