/// Verbs that are common in other tools, with the verbs that a noun of this one may have instead.
///
/// The most likely one comes first; what follows a verb are its arguments. An entry that begins with
/// a noun is suggested if the noun that was typed has none of the verbs.
enum UsualVerbs {
  static let all: [(verb: String, instead: [String])] = [
    ("get", ["show", "list", "records", "preview"]), ("ls", ["list", "records", "preview"]),
    ("list", ["records", "preview"]), ("show", ["info", "why"]),
    ("describe", ["show", "info", "why"]),
    ("view", ["show", "info"]), ("inspect", ["show", "info"]), ("new", adding), ("add", adding),
    ("create", adding), ("register", adding), ("delete", removing), ("remove", removing),
    ("rm", removing), ("drop", removing), ("unregister", removing),
    ("plan", ["preview", "diff", "seed preview", "status"]),
    ("diff", ["preview", "status"]),
    ("edit", ["set", "patch"]), ("update", ["set", "patch", "upgrade"]),
    ("set", ["patch"]),
    ("rename", renaming), ("mv", renaming), ("upgrade", ["init"]),
    ("migrate", ["init", "upgrade"]),
    ("run", ["apply"]), ("apply", ["reconcile", "patch"]), ("sync", ["reconcile", "apply"]),
    ("select", ["use"]), ("log", ["history"]),
    ("undo", ["rollback"]), ("check", ["validate"]), ("lint", ["validate"]),
  ]

  private static let adding = ["register", "add", "create", "import", "init"]
  private static let renaming = ["rename", "set ORG name=NAME", "create NAME --from NAME"]
  private static let removing = ["unregister", "remove", "delete"]
}
