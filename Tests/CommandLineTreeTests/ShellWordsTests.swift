import Testing

@testable import CommandLineTreeTesting

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("shop fruits list", [["fruits", "list"]]),
    ("  shop\tstatus  ", [["status"]]),
    ("shop rename 'a b' \"c \\\"d\" e\\ f ''", [["rename", "a b", "c \"d", "e f", ""]]),
    ("shop export | jq .", [["export"]]),
    ("cat f | shop import -", [["import", "-"]]),
    ("shop a && shop b; shop c", [["a"], ["b"], ["c"]]),
    ("shop export > file.json", [["export"]]),
    ("shop export 2>/dev/null >out -v", [["export", "-v"]]),
    ("shop import - < file.json", [["import", "-"]]),
    ("SHOP_QUIET=1 shop status", [["status"]]),
    ("shop status # says how it is", [["status"]]),
    ("shop a#b", [["a#b"]]),
    ("shop a \\\n b", [["a", "b"]]),
    ("jq .", []),
    ("", []),
    ("shop 'unfinished", [["unfinished"]]),
    ("shop \"unfinished\\", [["unfinished\\"]]),
  ])
  func `the words for the program are found`(line: String, calls: [[String]]) {
    #expect(ShellWords(line).calls(of: "shop") == calls)
  }
}
