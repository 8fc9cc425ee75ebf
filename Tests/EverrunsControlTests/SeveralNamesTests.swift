import EverrunsDocuments
import EverrunsStore
import Testing

/// Of several names that do not exist, or exist already, all are named at once.
@Suite struct SeveralNamesTests {
  private static let list = "hint: list them: everrunsctl platform list\n"

  @Test(arguments: [
    (
      "platform diff xyz1 xyz2",
      "error: no platform named 'xyz1' or 'xyz2'\n\(list)"
    ),
    ("platform diff xyz1 xyz1", "error: no platform named 'xyz1'\n\(list)"),
    (
      "platform diff oos acmee",
      """
      error: no platform named 'oos' or 'acmee'
      hint: for 'oos', did you mean 'oss'? for 'acmee', did you mean 'acme'?

      """
    ),
    (
      "platform diff acme@9 xyz2",
      """
      error: the platform 'acme' has no revision '9'; no platform named 'xyz2'
      hint: the latest is 'acme@1'; list them: everrunsctl platform list

      """
    ),
    ("platform diff xyz1 oss", "error: no platform named 'xyz1'\n\(list)"),
    (
      "platform merge xyz1 --base xyz2 -p xyz3",
      "error: no platform named 'xyz1', 'xyz3' or 'xyz2'\n"
        + list
    ),
    (
      "platform upgrade xyz1 --onto xyz2 --base xyz3",
      "error: no platform named 'xyz1', 'xyz2' or 'xyz3'\n\(list)"
    ),
    ("platform diff ./a.yaml ./b.yaml", "error: ./a.yaml: no such file; ./b.yaml: no such file\n"),
    (
      "platform diff ./a.yaml xyz2",
      "error: ./a.yaml: no such file; no platform named 'xyz2'\n\(list)"
    ),
  ])
  func `every unknown definition is named`(line: String, error: String) throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      let result = bench.run(line)
      #expect(result.exitCode == (line.contains("./a") ? .noInput : .failure))
      #expect(result.output.isEmpty && result.errorOutput == error, "\(result.errorOutput)")
    }
  }

  @Test(arguments: [
    (
      "harnesses set generic bad=1 descripton=2 bad=1 tags=x", 64,
      "a harness has no field 'bad' or 'descripton'",
      "for 'descripton', did you mean 'description'?"
    ),
    (
      "harnesses set generic tags-=xyz roles-=chat tags-=uvw", 1,
      "there is no 'xyz' or 'uvw' in 'tags'; there is no 'chat' in 'roles'", nil
    ),
    (
      "harnesses set generic roles=base,bass,king", 64,
      "'roles/1' must be 'base', 'default' or 'chat', not 'bass'; "
        + "'roles/2' must be 'base', 'default' or 'chat', not 'king'", "did you mean 'base'?"
    ),
    (
      "orgs set Home default-harnes=x nope=y", 64,
      "unknown setting 'default-harnes' or 'nope'",
      "for 'default-harnes', did you mean 'default-harness'?"
    ),
    (
      "capabilities list --risk hihg --risk lwo --risk hihg", 64,
      "'--risk' cannot be 'hihg' or 'lwo'",
      "for 'hihg', did you mean 'high'? for 'lwo', did you mean 'low'?"
    ),
    (
      "capabilities list --columns id,naem,statsu", 64,
      "'--columns': this list has no column 'naem' or 'statsu'", nil
    ),
    (
      "capabilities register new.json -p acme", 1,
      "there are already capabilities named 'daytona' and 'web_fetch'",
      "replace them with --replace"
    ),
    (
      "harnesses add harnesses.json -p acme", 1,
      "there are already harnesses named 'base' and 'generic'", "replace them with --replace"
    ),
    (
      "harnesses remove basse generc --reparent xyz", 1,
      "no harnesses named 'basse', 'generc' or 'xyz'",
      "for 'basse', did you mean 'base'? for 'generc', did you mean 'generic'?"
    ),
    (
      "harnesses remove generic --reparent generic", 64,
      "'--reparent' names 'generic', which is removed itself", nil
    ),
    ("platform show @1", 1, "no platform named '@1'", "list them: everrunsctl platform list"),
    (
      "seed preview --adopt xyz --accept-own uvw", 1,
      "'--adopt': no organization has its own harness at 'xyz'; "
        + "'--accept-own': no organization has its own harness at 'uvw'",
      "see which rows are blocked: everrunsctl seed preview"
    ),
    (
      "seed preview --adopt harness/xyz --adopt harness/base --accept-own harness/uvw", 1,
      "'--adopt': the definition has no template for the harness at 'harness/xyz'; "
        + "'--accept-own': the definition has no template for the harness at 'harness/uvw'", nil
    ),
  ])
  func `every other unknown or existing name is named`(
    line: String, code: UInt8, message: String, hint: String?
  ) throws {
    try Workbench.with { bench in
      bench.run("seed apply --yes")
      bench.run("platform create acme --from oss")
      try bench.write(
        #"[{"id":"daytona","name":"D"},{"id":"new","name":"N"},{"id":"web_fetch","name":"W"}]"#,
        to: "new.json")
      let harness = #""display_name":"X","system_prompt":"x""#
      try bench.write(
        "["
          + ["base", "new", "generic"].map { #"{"name":"\#($0)",\#(harness)}"# }
          .joined(separator: ",") + "]", to: "harnesses.json")
      let result = bench.run(line + " -o json")
      let error = try JSONValue(json: result.errorOutput)["error"]
      #expect(result.exitCode.rawValue == code && result.output.isEmpty)
      #expect(error?["message"]?.string == message)
      if let hint { #expect(error?["hint"]?.string == hint) }
    }
  }
}
