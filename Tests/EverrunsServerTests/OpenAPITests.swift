import EverrunsDocuments
import Foundation
import Hummingbird
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// The document says what the server answers, no more and no less.
@Suite struct OpenAPITests {
  @Test func `custom routes are in the document next to the stock ones`() throws {
    struct Reindex: Sendable {
      var index = ""
      static let coding = ObjectCoding<Reindex>(
        noun: "reindexing", blank: Reindex(),
        fields: [.required("index", \.index, .text, "The index")])
    }
    let document = try builder().routes { routes in
      routes.post(
        "/v1/internal/reindex",
        .operation("Reindex", body: Reindex.coding, returns: .object, status: .accepted)
      ) { reindex, _, _ in
        ["queued": .string(reindex.index)] as JSONValue
      }
    }.openAPIDocument()
    #expect(
      document["paths"]?["/v1/internal/reindex"] == [
        "post": [
          "operationId": "post_v1_internal_reindex", "tags": ["custom"], "summary": "Reindex",
          "requestBody": [
            "required": true,
            "content": [
              "application/json": [
                "schema": [
                  "title": "reindexing", "type": "object",
                  "properties": ["index": ["type": "string", "description": "The index"]],
                  "required": ["index"], "additionalProperties": false,
                ]
              ]
            ],
          ],
          "responses": [
            "202": [
              "description": "Accepted",
              "content": ["application/json": ["schema": ["type": "object"]]],
            ],
            "default": ["$ref": "#/components/responses/Error"],
          ],
        ]
      ])
  }

  @Test func `operation ids are unique, even for custom routes with similar paths`() throws {
    let document = try builder().routes { routes in
      routes.get("/v1/a-b") { _, _ in "" }
      routes.get("/v1/a_b") { _, _ in "" }
    }.openAPIDocument()
    let ids = document.operations.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.filter { $0.hasPrefix("get_v1_a_b") } == ["get_v1_a_b", "get_v1_a_b_2"])
  }

  @Test func `wildcards are parameters`() throws {
    let document = try builder().routes { $0.get("/files/*/raw/**") { _, _ in "" } }
      .openAPIDocument()
    let operation = document["paths"]?["/files/{wildcard1}/raw/{wildcard2}"]?["get"]
    #expect(operation?["parameters"]?.array?.map { $0["name"] } == ["wildcard1", "wildcard2"])
  }

  @Test func `the program prints what the server serves, byte for byte`() async throws {
    let served = try await withServer(isSeeded: false) { server in
      (try await server.get("/api-doc/openapi.json").text, server.server.openAPI)
    }
    #expect(served.0 == served.1.prettyJSON + "\n")
  }

  @Test func `operations that need a key say so`() throws {
    let open = try builder().openAPIDocument()
    #expect(open["components"]?["securitySchemes"] == nil)
    let closed = try builder(["AUTH_MODE": "key", "EVERRUNS_API_KEY": "0123456789abcdef"])
      .openAPIDocument()
    #expect(closed["components"]?["securitySchemes"]?["key"]?["scheme"] == "bearer")
    #expect(closed["paths"]?["/v1/sessions"]?["get"]?["security"] == [["key": []]])
    #expect(closed["paths"]?["/health"]?["get"]?["security"] == nil)
  }

  /// The validator is a package of PyPI; where it is missing the test is skipped by name.
  @Test(.enabled(if: OpenAPIValidator.isExpected, "openapi-spec-validator is missing"))
  func `an independent validator accepts the document`() throws {
    let document = try builder().routes { routes in
      routes.get("/v1/ping") { _, _ in "pong" }
      routes.get("/files/{name}.json") { _, _ in "" }
    }.openAPIDocument()
    #expect(try OpenAPIValidator.findings(about: document) == "")
  }
}

/// An operation of an OpenAPI document.
struct DocumentedOperation: Hashable, CustomTestStringConvertible {
  let method: String
  let path: String
  let id: String

  var testDescription: String { "\(method) \(path)" }
}

extension JSONValue {
  /// The operations of an OpenAPI document, in order.
  var operations: [DocumentedOperation] {
    (self["paths"]?.object?.members ?? []).flatMap { path in
      (path.value.object?.members ?? []).map { operation in
        DocumentedOperation(
          method: operation.key.uppercased(), path: path.key,
          id: operation.value["operationId"]?.string ?? "")
      }
    }
  }
}

/// `openapi-spec-validator`, where some Python of this machine has it.
enum OpenAPIValidator {
  /// The Python that has it.
  static let python: String? = ["python3", "/usr/bin/python3"].first { python in
    (try? run(python, ["-c", "import openapi_spec_validator"], input: ""))?.code == 0
  }

  /// Whether it is there, as in CI it has to be.
  static let isExpected = python != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  /// What the validator finds; empty for a valid document.
  static func findings(about document: JSONValue) throws -> String {
    let program = """
      import json, sys
      from openapi_spec_validator import OpenAPIV31SpecValidator
      for error in OpenAPIV31SpecValidator(json.load(sys.stdin)).iter_errors():
          print(list(error.absolute_path), error.message)
      """
    let result = try run(python ?? "", ["-c", program], input: document.prettyJSON)
    return result.output + (result.code == 0 ? "" : "exit code \(result.code)")
  }

  private static func run(
    _ program: String, _ arguments: [String], input: String
  ) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let (output, standardInput) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = output
    process.standardInput = standardInput
    try process.run()
    try? standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }
}
