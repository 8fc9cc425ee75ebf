#if PostgreSQL
  import Testing

  @testable import EverrunsPostgreSQL

  /// Values as the server writes them; no server is needed.
  @Suite struct ServerFormTests {
    @Test(arguments: [
      ("0", "0"), ("-0.0", "0"), ("10", "10"), ("1e2", "100"), ("1.50", "1.5"),
      ("-1.5e-3", "-0.0015"),
      ("0.1E1", "1"), ("120e-1", "12"), ("1e131072", "1e131072"), ("1e-16384", "1e-16384"),
      ("1e131071", "1" + String(repeating: "0", count: 131_071)),
      ("1e-16383", "0." + String(repeating: "0", count: 16_382) + "1"),
    ])
    func `a number has one form`(literal: String, plain: String) {
      #expect(ServerForm.plain(literal) == plain)
    }

    @Test func `JSON is compared by value, not by the server's notation`() {
      #expect(
        ServerForm.canonical(#"{"b": [1.0, "x"], "a": {"d": null, "c": 1e1}}"#)
          == #"{"a":{"c":10,"d":null},"b":[1,"x"]}"#)
    }

    @Test func `texts of an array are quoted`() {
      #expect(ServerArray.texts(["a", #"b"\"#, ""]) == #"{"a","b\"\\",""}"#)
    }

    @Test func `ids that are not UUIDs are left out`() {
      let id = "01933b5a-0000-7000-8000-000000000001"
      #expect(ServerArray.uuids([id, "x", id.uppercased()]) == "{\(id)}")
    }

    @Test func `rows are sent with their special characters escaped`() {
      var lines = CopyLines()
      lines.append(["a\tb\n", nil, #"\N"#])
      #expect(String(decoding: lines.bytes, as: UTF8.self) == #"a\tb\n"# + "\t\\N\t\\\\N\n")
    }
  }
#endif
