import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Testing

@testable import EverrunsControl

@Suite struct PlanMarkdownTests {
  private func text(_ shown: ShownPlan, end: String? = nil) throws -> String {
    var text = ""
    try PlanMarkdown.write(shown, storePath: "/s.db", end: { end }, to: { text += $0 })
    return text
  }

  @Test func `a plan is a table, a diff for each change, and a folded list of creations`() throws {
    #expect(
      try text(SamplePlan.shown()) == """
        ### Plan for store '/s.db' at serial 17, platform 'acme' revision 3, grade prod

        **1 blocked, 7 update (1 overwrites a local edit), 1 create, 1 skip, 1 keep, 1 unchanged**; 12 rows

        | action | row | reason |
        |---|---|---|
        | update | `harness/base` | `definition_changed` 'tags' changed since the last apply |
        | update | `*/harness/base` × 5 (Acme, Be\\*ta, Gamma and 2 more) | `definition_changed` 'tags' changed since the last apply |
        | **overwrite** | `org_9/harness/base` Ninth | `overwrites_local_edit` 'system\\_prompt' was edited; the definition wins |
        | blocked | `org_9/harness/chat` Ninth | `name_owned_by_org` the organization has its own harness named 'chat' |
        | keep | `agent/helper` | `kept_local_edit` 'name' was edited; the edit is kept |
        | skip | `agent/coder` | `dev_only` only for grade 'dev'; the grade is 'prod'; the row still exists in the store |

        `harness/base`, `*/harness/base` × 5 (Acme, Be\\*ta, Gamma and 2 more)

        ```diff
        @@ tags @@
        - ["a"]
        + ["a","b"]
        ```

        `org_9/harness/base` Ninth

        ```diff
        @@ system_prompt @@  16 -> 10 characters
        @@ line 1 @@
        - Be `quick`.
        + Help.
          Now.
        ```

        `agent/helper`: kept; `-` is the store, `+` the catalog

        ```diff
        @@ name @@
        - Mine
        + Helper
        ```

        <details><summary>1 row to create</summary>

        - `harness/chat`

        </details>

        """)
  }

  @Test func `equal changes of a kept row and of an updated one have blocks of their own`() throws {
    let kept = SeedPlanRow(
      address: SeedAddress(.harness, ["base"]), name: "base", id: "1", organization: "org_1",
      reason: .keptLocalEdit(fields: ["tags"]), changes: SamplePlan.home.changes)
    let output = try text(SamplePlan.shown([kept, SamplePlan.folded]))
    #expect(output.contains("\n`harness/base`: kept; `-` is the store, `+` the catalog\n"))
    #expect(output.contains("\n`*/harness/base` × 5 (Acme, Be\\*ta, Gamma and 2 more)\n"))
  }

  @Test func `rows that are up to date are shown if a filter names them, else counted`() throws {
    let asked = try text(SamplePlan.shown(filter: SeedRowFilter(actions: [.unchanged])))
    #expect(
      asked.hasSuffix(
        """
        1 shown, 11 left out

        | action | row | reason |
        |---|---|---|
        | unchanged | `harness/old` | `matches` up to date |

        """))
    let counted = try text(SamplePlan.shown(filter: SeedRowFilter(kinds: [.harness])))
    #expect(counted.contains("\n\n9 shown, 1 unchanged, 2 left out\n\n"))
  }

  @Test func `a fence is longer than any in the text, and a long block is folded`() throws {
    let lines = (1...50).map { "line \($0)" }.joined(separator: "\n")
    let row = SeedPlanRow(
      address: SeedAddress(.harness, ["base"]), name: "base", id: "1", organization: "org_1",
      reason: .definitionChanged(fields: ["system_prompt"]),
      changes: [
        FieldChange(field: "system_prompt", before: "````", after: .string(lines))
      ])
    let output = try text(SamplePlan.shown([row]))
    let block = output.components(separatedBy: "\n\n").dropFirst(3).joined(separator: "\n\n")
    #expect(block.hasPrefix("<details><summary>harness/base</summary>\n\n`````diff\n"))
    #expect(block.hasSuffix("`````\n\n</details>\n"))
  }

  @Test func `a plan without differences is its heading and counts`() throws {
    #expect(
      try text(SamplePlan.shown([SamplePlan.unchanged])) == """
        ### Plan for store '/s.db' at serial 17, platform 'acme' revision 3, grade prod

        **1 unchanged**; 1 row

        """)
  }

  @Test func `the last lines are those of the text, each a paragraph`() throws {
    let end = "Renamed? \("a `b`".markdownCode)\nNext: \("seed apply".markdownCode)"
    #expect(
      try text(SamplePlan.shown([SamplePlan.unchanged]), end: end).hasSuffix(
        "**1 unchanged**; 1 row\n\nRenamed? `` a `b` ``\n\nNext: `seed apply`\n"))
  }
}
