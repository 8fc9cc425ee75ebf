// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "acmectl",
  dependencies: [.package(name: "everruns", path: "../..")],
  targets: [
    .executableTarget(
      name: "acmectl",
      dependencies: [
        .product(name: "CommandLineTree", package: "everruns"),
        .product(name: "Everruns", package: "everruns"),
        .product(name: "EverrunsControl", package: "everruns"),
        .product(name: "EverrunsDocuments", package: "everruns"),
        .product(name: "EverrunsSeeding", package: "everruns"),
      ])
  ]
)
