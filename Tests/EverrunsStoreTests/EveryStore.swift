import StoreTesting
import Testing

/// The kinds of stores that there are.
enum TestedKind: String {
  case file = "a store in a file"
  #if PostgreSQL
    case server = "a store in PostgreSQL"
  #endif

  /// The kind that ``withTestedStore(_:)`` gives.
  @TaskLocal static var current = TestedKind.file

  /// The kinds that can be tested here.
  static let available: [TestedKind] = {
    #if PostgreSQL
      TestServer.isThere ? [.file, .server] : [.file]
    #else
      [.file]
    #endif
  }()
}

/// Runs each test of a suite once for each kind of store, and names the kind in its issues.
struct EveryStore: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let isOnlyInFiles = test.traits.contains { $0 is OnlyInFiles }
    for kind in isOnlyInFiles ? [.file] : TestedKind.available {
      let naming = IssueHandlingTrait.compactMapIssues { issue in
        var issue = issue
        issue.comments.append("in \(kind.rawValue)")
        return issue
      }
      try await naming.provideScope(for: test, testCase: testCase) {
        await TestedKind.$current.withValue(kind) {
          do {
            try await function()
          } catch is ExpectationFailedError {
            // It is recorded, and no reason to leave out the other kinds.
          } catch {
            Issue.record(error, sourceLocation: test.sourceLocation)
          }
        }
      }
    }
  }
}

/// Marks a test whose fact only a store in a file can show.
struct OnlyInFiles: TestTrait {
  let comments: [Comment]
}

extension Trait where Self == EveryStore {
  /// The tests use ``withTestedStore(_:)``.
  static var everyStore: EveryStore { EveryStore() }
}

extension Trait where Self == OnlyInFiles {
  /// The test is not about a database of a server, for a reason.
  static func onlyInFiles(_ reason: Comment) -> OnlyInFiles { OnlyInFiles(comments: [reason]) }
}
