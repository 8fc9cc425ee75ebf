"""Stores to begin with, what is in them, and what must hold whatever somebody wrote into one."""

import contextlib
import json
import pathlib
import random
import re
import shlex
import sqlite3

from trial import copied

PLATFORM = """\
format: everruns.platform/v1
capabilities:
  - {id: web, name: Web, features: [browsing], risk_level: high}
  - {id: files, name: Files, dependencies: [storage]}
  - {id: storage, name: Storage}
drivers:
  - {provider_type: openai, display_name: OpenAI}
  - {provider_type: gemini, display_name: Gemini}
connection_providers: []
built_in_harnesses:
  - {name: chat, display_name: Chat, system_prompt: Chat., parent: generic, roles: [chat]}
  - {name: base, display_name: Base, description: Nothing., system_prompt: Help., roles: [base]}
  - name: generic
    display_name: Generic
    system_prompt: |
      Help.
      Say so.
    parent: base
    tags: [generic, built-in]
    roles: [default]
    capabilities:
      - web
      - {ref: files, config: {limit: 10, nested: {deep: [1, 2.5, null, true]}}}
    seed_id: 00000000-0000-7000-8000-00000000000a
"""

CATALOG = """\
format: everruns.seed-catalog/v1
organization: {org_id: 1, public_id: org_00000000000000000000000000000001, name: Home}
users:
  - {id: 00000000-0000-7000-8000-0000000000f1, email: me@example.org, name: Me, roles: [admin]}
llm_providers:
  - {id: 00000000-0000-7000-8000-000000000001, name: Open AI, provider_type: openai}
  - {id: 00000000-0000-7000-8000-000000000002, name: Gemini, provider_type: gemini}
llm_models:
  - {id: 00000000-0000-7000-8000-000000000011, provider_id: 00000000-0000-7000-8000-000000000001, model_id: gpt, display_name: GPT}
  - {id: 00000000-0000-7000-8000-000000000012, provider_id: 00000000-0000-7000-8000-000000000002, model_id: pro, display_name: Pro}
default_model: {id: 00000000-0000-7000-8000-000000000011, model_id: gpt, provider_id: 00000000-0000-7000-8000-000000000001}
mcp_servers:
  - {id: 00000000-0000-7000-8000-000000000021, name: learn, url: "https://example.org"}
agents:
  - {id: 00000000-0000-7000-8000-000000000031, name: helper, display_name: Helper, system_prompt: Help., capabilities: ["mcp:00000000-0000-7000-8000-000000000021", web]}
  - {id: 00000000-0000-7000-8000-000000000032, name: writer, display_name: Writer, system_prompt: Write., tags: [a, b], capabilities: [files]}
"""

ORGANIZATIONS = """
INSERT INTO organizations VALUES
  (2, 'org_0000000000000000000000000000000a', 'Acme'),
  (3, 'org_0000000000000000000000000000000b', 'Beta'),
  (4, 'org_0000000000000000000000000000000c', 'Twin'),
  (5, 'org_0000000000000000000000000000000d', 'Twin');
"""

DRIFT = """
UPDATE harnesses SET system_prompt = 'Edited.' WHERE name = 'generic' AND org_id IN (2, 3);
UPDATE harnesses SET is_built_in = 0 WHERE name = 'base' AND org_id = 4;
UPDATE organization_settings SET default_harness_id = NULL WHERE org_id = 5;
INSERT INTO harnesses (id, org_id, name, is_built_in) VALUES ('left-over', 3, 'left-over', 1);
INSERT INTO harnesses (id, org_id, name, system_prompt) VALUES ('own', 2, 'own', 'Ours.');
UPDATE agents SET system_prompt = 'Edited.' WHERE name = 'writer';
DELETE FROM llm_models WHERE model_id = 'pro';
"""

# Rows that are there before seeding has ever run, of names and ids that the catalog has.
# Some are of one record by their id and of another by their name.
FOUND = """
INSERT INTO organizations VALUES (1, 'org_00000000000000000000000000000001', 'Mine');
INSERT INTO llm_providers VALUES ('p1', 1, 'Open AI', 'openai', 'https://example.org');
INSERT INTO agents (id, org_id, name) VALUES ('a1', 1, 'helper');
INSERT INTO agents (id, org_id, name) VALUES ('a2', 1, 'reader');
INSERT INTO llm_providers VALUES ('p2', 1, 'Ours', 'openai', NULL);
INSERT INTO mcp_servers (id, org_id, name, url) VALUES ('s1', 1, 'learn', 'https://example.org');
INSERT INTO harnesses (id, org_id, name, is_built_in) VALUES ('h1', 1, 'base', 1);
"""

# Sessions of two organizations as server and worker write them: with a turn that has ended, one that
# runs and one that waits, a call, a message that is being written, and a worker.
RUNNING = """
INSERT INTO sessions (id, org_id, harness_id, model_id, tags, capabilities, max_iterations, is_activated,
    last_sequence, next_turn, input_tokens, output_tokens, created_at, updated_at)
  VALUES ('session_00000000000070008000000000000001', 1, 'base', NULL, '["a"]', '[{"ref":"web"}]', 5, 1, 3, 3,
    7, 8, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z'),
  ('session_00000000000070008000000000000002', 2, 'base', NULL, '[]', '[]', NULL, 0, 1, 2,
    0, 0, '2026-01-01T00:00:02.000Z', '2026-01-01T00:00:02.000Z');
INSERT INTO turns (id, session_id, number, input_message_id, status, step, iteration, begun, failures,
    reclaims, not_before, worker_id, lease, lease_expires_at, input_tokens, output_tokens, created_at,
    started_at, ended_at)
  VALUES ('turn_00000000000070008000000000000001', 'session_00000000000070008000000000000001', 1,
    'message_00000000000070008000000000000001', 'completed', 'reason', 1, 1, 0, 0, '2026-01-01T00:00:00.000Z',
    NULL, 1, NULL, 7, 8, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z'),
  ('turn_00000000000070008000000000000002', 'session_00000000000070008000000000000001', 2,
    'message_00000000000070008000000000000002', 'running', 'act', 1, 1, 0, 0, '2026-01-01T00:00:00.000Z',
    'worker-1', 1, '2026-01-01T00:01:00.000Z', 0, 0, '2026-01-01T00:00:01.000Z', '2026-01-01T00:00:01.000Z', NULL),
  ('turn_00000000000070008000000000000003', 'session_00000000000070008000000000000002', 1,
    'message_00000000000070008000000000000003', 'queued', 'reason', 1, 0, 0, 0, '2026-01-01T00:00:02.000Z',
    NULL, 0, NULL, 0, 0, '2026-01-01T00:00:02.000Z', NULL, NULL);
INSERT INTO events (id, session_id, sequence, turn_id, input_message_id, type, ts, data)
  VALUES ('event_00000000000070008000000000000001', 'session_00000000000070008000000000000001', 1,
    'turn_00000000000070008000000000000001', NULL, 'turn.started', '2026-01-01T00:00:00.000Z', '{}'),
  ('event_00000000000070008000000000000002', 'session_00000000000070008000000000000001', 2,
    'turn_00000000000070008000000000000001', NULL, 'turn.completed', '2026-01-01T00:00:01.000Z', '{}'),
  ('event_00000000000070008000000000000003', 'session_00000000000070008000000000000001', 3,
    'turn_00000000000070008000000000000002', NULL, 'turn.started', '2026-01-01T00:00:01.000Z', '{}'),
  ('event_00000000000070008000000000000004', 'session_00000000000070008000000000000002', 1,
    NULL, NULL, 'session.started', '2026-01-01T00:00:02.000Z', '{}');
INSERT INTO output_deltas (session_id, turn_id, input_message_id, message_id, text, created_at)
  VALUES ('session_00000000000070008000000000000001', 'turn_00000000000070008000000000000002',
    'message_00000000000070008000000000000002', 'message_00000000000070008000000000000004', 'Hel',
    '2026-01-01T00:00:01.000Z');
INSERT INTO tool_calls (turn_id, iteration, number, call_id, name, arguments, effect, status, started_at)
  VALUES ('turn_00000000000070008000000000000002', 1, 1, 'call_1', 'get_current_time', '{}', 'pure', 'running',
    '2026-01-01T00:00:01.000Z');
INSERT INTO workers (id, host, pid, version, runtime_fingerprint, capabilities, drivers, capacity, running,
    status, started_at, heartbeat_at)
  VALUES ('worker-1', 'host', 1, '1', 'sha256:0', '["web"]', '["openai"]', 4, 1, 'active',
    '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z');
INSERT INTO definitions (fingerprint, runtime_fingerprint, document, first_served_at, last_served_at)
  SELECT fingerprint, 'sha256:0', document, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'
  FROM platform_revisions WHERE name = 'acme' LIMIT 1;
"""

SEEDING = ("-p", "./p.yaml", "--catalog", "c.yaml")

# The tables that the control plane knows, with what orders their rows.
TABLES = {
    "organizations": "org_id", "users": "id", "organization_members": "org_id, user_id",
    "llm_providers": "id", "llm_models": "id", "mcp_servers": "id", "harnesses": "id",
    "harness_capabilities": "harness_id, capability_id", "agents": "id",
    "agent_capabilities": "agent_id, capability_id", "organization_settings": "org_id",
}


def prepare(program, root):
    """Folders with a store each: seeded, drifted, and with rows from before the first run."""
    folders = {}

    def folder(name, base=None):
        path = root / name
        if base:
            copied(folders[base], path)
        else:
            path.mkdir(parents=True)
            (path / "p.yaml").write_text(PLATFORM)
            (path / "c.yaml").write_text(CATALOG)
        folders[name] = path
        return path

    def run(path, *words):
        outcome = program.run(*words, folder=path)
        if outcome.code != 0:
            raise SystemExit(f"'{shlex.join(words)}' prepares, and ends with {outcome.how}: "
                             + outcome.errors.decode(errors="replace"))

    path = folder("seeded")
    run(path, "seed", "apply", "--yes", "-q", *SEEDING)
    execute(path / "store.db", [ORGANIZATIONS])
    run(path, "harnesses", "reconcile", "--yes", "-q", *SEEDING)
    run(path, "platform", "create", "acme", "--from", "./p.yaml", "-q")
    run(path, "harnesses", "set", "base", "tags+=acme", "-p", "acme", "-q")
    run(path, "harnesses", "set", "base", "tags+=more", "-p", "acme", "-q")
    run(path, "platform", "create", "other", "--from", "empty", "-q")
    run(path, "seed", "preview", *SEEDING, "-q")

    path = folder("running", "seeded")
    done = execute(path / "store.db", [RUNNING])
    checked = program.run("store", "check", folder=path)
    if not done or checked.code != 0:
        raise SystemExit("a store with sessions is not what the program writes: "
                         + (checked.output + checked.errors).decode(errors="replace"))

    path = folder("drifted", "seeded")
    execute(path / "store.db", [DRIFT])

    path = folder("found")
    run(path, "store", "init", "-q")
    execute(path / "store.db", [FOUND, ORGANIZATIONS])

    path = folder("stock")
    run(path, "seed", "apply", "--yes", "-q")
    execute(path / "store.db", [ORGANIZATIONS])
    run(path, "harnesses", "reconcile", "--yes", "-q")
    return folders


def seeding(name):
    """The options with which a prepared store is seeded."""
    return () if name == "stock" else SEEDING


# MARK: Reading and writing stores by SQL


@contextlib.contextmanager
def connected(path):
    """A connection that is closed whatever happens, as an open one keeps files and disk space."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.text_factory = bytes
        yield store


def execute(path, statements):
    """Runs statements as the sqlite3 shell would, foreign keys off; those that fail are passed over.

    - Returns: The statements that did not fail.
    """
    done = []
    with connected(path) as store:
        for statement in statements:
            try:
                store.executescript(statement)
                done.append(statement)
            except sqlite3.Error:
                if store.in_transaction:
                    store.execute("ROLLBACK")
        # A log that is left behind would be another file to copy.
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


def contents(path):
    """Every row of the tables that the control plane knows, and how many rows our own have."""
    if not pathlib.Path(path).exists():
        return {}
    found = {}
    with connected(path) as store:
        for table, order in TABLES.items():
            found[table] = rows_or_error(store, f"SELECT * FROM {table} ORDER BY {order}")
        for table in ("history", "platform_revisions"):
            found[table] = rows_or_error(store, f"SELECT count(*) FROM {table}")
    return found


def rows_or_error(store, statement):
    try:
        return store.execute(statement).fetchall()
    except sqlite3.Error as error:
        return str(error)


# MARK: What must hold


class Battery:
    """Runs commands on a store that somebody wrote into, and says what did not hold."""

    def __init__(self, program, folder, words, options, random_source):
        self.program = program
        self.folder = folder
        self.store = folder / "store.db"
        self.words = words  # which platform and catalog
        self.options = options  # of the plan
        self.random = random_source
        self.failures = []  # pairs of a kind and the command line that shows it
        self.refusals = []

    def fail(self, kind, *words, outcome=None):
        shown = "ctl " + shlex.join(words)
        if outcome is not None:
            first = outcome.errors.decode(errors="backslashreplace").strip().split("\n")
            shown += f"  # {outcome.how}" + (f": {' '.join(first)[:300]}" if first[0] else "")
        self.failures.append((kind, shown))

    def run(self, *words, changes=False):
        """Runs one command, which must not crash, and if it fails must not have done anything."""
        before = contents(self.store) if changes else None
        outcome = self.program.run(*words, folder=self.folder)
        verb = " ".join(words[:2])
        crash = outcome.crash()
        if crash:
            self.fail(crash, *words, outcome=outcome)
        if words[:2] == ("store", "init") and outcome.code == 0:
            # What was missing is there again.
            self.refusals.clear()
        if outcome.code == 65:
            self.refusals.append(f"{verb}: {outcome.message}")
        if changes and outcome.code not in (0, 3) and contents(self.store) != before:
            self.fail(f"{verb} fails and has changed rows", *words, outcome=outcome)
        return outcome

    def check(self):
        """The whole battery; gives the failures."""
        quick, rows = self.compare_quick_and_full()
        for words in self.random.sample(self.reading_commands(), 2):
            self.run(*words)
        if self.random.random() < 0.6:
            self.apply(quick, rows)
        commands = self.writing_commands()
        for words in [commands[0], self.random.choice(commands[4:10]), self.random.choice(commands)]:
            self.run(*words, changes=True)
        self.compare_quick_and_full()
        if self.refusals and self.run("store", "check").code == 0:
            self.fail("store check finds nothing where " + self.refusals[0], "store", "check")
        return self.failures

    def compare_quick_and_full(self):
        """The quick answer and the full comparison must be the same bytes."""
        words = ("seed", "preview", "-o", "json", *self.words, *self.options)
        quick = self.run(*words)
        full = self.run(*words, "--full")
        if (quick.code, quick.output) != (full.code, full.output) and not (
                quick.crash() or full.crash()):
            self.fail("seed preview and --full differ", *words, outcome=quick)
        if self.random.random() < 0.3:
            words = ("harnesses", "status", "-o", "json", *self.words)
            quick_status, full_status = self.run(*words), self.run(*words, "--full")
            if quick_status.output != full_status.output and not (
                    quick_status.crash() or full_status.crash()):
                self.fail("harnesses status and --full differ", *words, outcome=quick_status)
        return quick, plan_rows(quick)

    def apply(self, quick, rows):
        """What is applied is what was shown, and afterwards nothing is left to do."""
        words = ("seed", "apply", "--yes", "-o", "json", *self.words, *self.options)
        applied = self.run(*words, changes=True)
        if applied.code not in (0, 3):
            if quick.code == 0 and applied.crash() is None and not self.is_refused_by_others(applied):
                self.fail(f"seed apply refuses what preview showed: {applied.message}", *words,
                          outcome=applied)
            return
        if rows is not None and plan_rows(applied) != rows:
            self.fail("seed apply runs another plan than preview showed", *words, outcome=applied)
        left = [
            row for row in plan_rows(self.run(
                "seed", "preview", "-o", "json", *self.words, *self.options)) or []
            if row[1] in ("create", "update", "release", "delete")]
        if left:
            self.fail(f"seed apply leaves '{left[0][1]}' of kind {kind_of(left[0][0])} to do",
                      *words, outcome=applied)

    def is_refused_by_others(self, outcome):
        """Whether a trigger or an index of others refused a row, which no plan can foresee."""
        with connected(self.store) as store:
            others = store.execute(
                "SELECT 1 FROM sqlite_schema WHERE type IN ('trigger', 'index')"
                " AND name LIKE 'other%'").fetchone()
        return others and outcome.code == 1 and (
            b"could not be written, and nothing was changed: " in outcome.errors)

    def reading_commands(self):
        kinds = ("organization", "user", "llm_provider", "llm_model", "organization_settings",
                 "mcp_server", "harness", "agent")
        return [
            *[("store", "records", kind, "-o", self.random.choice(("json", "text"))) for kind in kinds],
            ("orgs", "list", "-o", "json"), ("orgs", "show", "Acme"), ("orgs", "list"),
            ("platform", "list", "-o", "json"), ("platform", "show", "acme"),
            ("platform", "history", "acme"), ("platform", "export", "acme@1"),
            ("store", "history", "-o", "json"), ("store", "info"), ("store", "check", "-o", "json"),
            ("status", *self.words[:2]), ("status", "-o", "json"),
            ("seed", "preview", *self.words), ("seed", "preview", *self.words, "-v"),
            ("seed", "preview", *self.words, "-o", "markdown"),
            ("seed", "preview", *self.words, "--expand", "-o", "yaml"),
            ("seed", "why", "harness/base", *self.words), ("seed", "why", "agent/helper", *self.words),
            ("seed", "why", "*/harness/generic", *self.words),
            ("harnesses", "resolve", "--org", "Acme", *self.words[:2]),
            ("harnesses", "resolve", "--org", "org_00000000000000000000000000000001",
             "--for", "default", *self.words[:2]),
            ("__complete", "organization", "", "orgs", "show"),
            ("__complete", "platform", "acme@", "platform", "show"), ("platform", "show", "acme@previous"),
        ]

    def writing_commands(self):
        return [
            ("orgs", "create", "New"), ("orgs", "create", "Newer", "-q"),
            ("orgs", "set", "Acme", "name=Apex"), ("orgs", "set", "Beta", "default-harness=base"),
            ("harnesses", "set", "base", "description=x", "-p", "acme"),
            ("capabilities", "unregister", "web", "-p", "acme", "--cascade"),
            ("platform", "create", "new", "--from", "oss"),
            ("platform", "import", "p.yaml", "--as", "acme"), ("platform", "use", "acme"),
            ("platform", "rollback", "acme@1"), ("platform", "delete", "acme", "--yes"),
            ("store", "init"), ("harnesses", "reconcile", "--yes", *self.words),
            ("seed", "apply", "--yes", *self.words, "--prune", "delete"),
            ("seed", "apply", "--yes", *self.words, "--overwrite"),
            ("seed", "apply", "--yes", *self.words, "--adopt", "*/harness/base"),
            ("orgs", "delete", "Acme", "--yes"), ("orgs", "delete", "Beta", "--yes"),
        ]


def plan_rows(outcome):
    """The rows of a plan as far as preview and apply must agree, or `None` if there is none."""
    try:
        plan = json.loads(outcome.output)
        return [(row["address"], row["action"], row["reason"]["code"], row.get("orgs"))
                for row in plan["rows"]]
    except (ValueError, KeyError, TypeError):
        return None


def kind_of(address):
    return re.sub(r"^(\*|org_[^/]*)/", "", address).split("/")[0]


def plan_options(source):
    """Options of a plan, mostly none."""
    return source.choice([()] * 5 + [
        ("--overwrite",), ("--overwrite",), ("--prune", "release"), ("--prune", "delete"), ("--expand",),
        ("--org", "org_0000000000000000000000000000000b")])


def literal(value):
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        try:
            text = value.decode()
        except UnicodeDecodeError:
            return f"CAST(x'{value.hex()}' AS TEXT)"
        if re.search(r"[\x00-\x1f\x7f]", text):
            return f"CAST(x'{value.hex()}' AS TEXT)"
        return "'" + text.replace("'", "''") + "'"
    if isinstance(value, float):
        return "9e999" if value == float("inf") else "-9e999" if value == -float("inf") else repr(value)
    return str(value)


class Hostile:
    """Random statements over all tables and columns of a store, ours included."""

    NUMBERS = [
        "0", "1", "-1", "2", "7", "3000000000", "9223372036854775807", "-9223372036854775808", "9e999",
        "-9e999", "0.5", "1e18", "'1'", "'01'", "'x'", "''", "NULL", "x'00'", "'9223372036854775807'"]

    EXTREMES = ["9223372036854775807", "9223372036854775806", "-9223372036854775808", "9e999", "4294967296"]

    JSON = [
        "'{'", "'[]'", "'{}'", "'[1]'", "'[\"a\"]'", "'[\"a\",\"a\"]'", "'[null]'", "'{\"a\": 1}'",
        "'{\"a\": 1, \"a\": 2}'", "'null'", "'1e400'", "'[' || hex(zeroblob(3)) || ']'",
        "replace(hex(zeroblob(200)), '00', '[')", "'[[1]]'", "'\"x\"'", "'[\"' || char(0) || '\"]'", "''"]

    TEXTS = [
        "NULL", "''", "' '", "'x'", "'base'", "'generic'", "'chat'", "'helper'", "'*'", "'a/b'", "'é'",
        "'e' || char(769)", "x'00'", "x'ff'", "x'7b7d'", "char(0)", "'a' || char(0) || 'b'",
        "CAST(x'c3' AS TEXT)", "char(27) || '[31m'", "char(10)", "hex(zeroblob(100000))", "'1'", "'0'", "'yes'",
        "'active'", "'archived'", "'deleted'", "'00000000-0000-7000-8000-000000000001'",
        "'00000000-0000-7000-8000-00000000000a'", "'00000000-0000-7000-8000-000000000031'",
        "'org_00000000000000000000000000000001'", "'2020-01-01T00:00:00Z'", "'mcp:x'", "17", "-0.0"]

    # The columns whose text is JSON.
    JSON_COLUMNS = {"tags", "roles", "config", "content", "document", "plan_rows", "settled_as", "summary",
                    "applied_roles", "capabilities", "drivers", "data", "arguments", "result"}

    def __init__(self, path, source):
        self.random = source
        self.tables = {}
        self.rows = {}
        self.numbers = set()
        with connected(path) as store:
            self.read(store)

    def read(self, store):
        for (name,) in store.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY name").fetchall():
            table = name.decode()
            described = store.execute(f"PRAGMA table_info({table})").fetchall()
            columns = [row[1].decode() for row in described]
            self.numbers |= {(table, row[1].decode()) for row in described if row[2] == b"INTEGER"}
            self.tables[table] = columns
            self.rows[table] = store.execute(
                f"SELECT * FROM {table} ORDER BY {', '.join(columns)} LIMIT 60").fetchall()

    def statements(self, most=3):
        return [self.statement() for _ in range(self.random.randint(1, most))]

    # The tables whose rows others refer to and which are looked for by more than one key.
    OFTEN = ("organizations", "harnesses", "agents", "llm_providers", "llm_models", "platforms",
             "platform_revisions", "store_state", "sessions", "turns")

    def statement(self):
        often = [table for table in self.OFTEN if table in self.tables]
        table = self.random.choice(list(self.tables) + often)
        kind = self.random.random()
        if kind < 0.08 and len(self.rows[table]) > 1:
            return self.take_place(table)
        if kind < 0.55:
            return self.update(table)
        if kind < 0.72:
            return f"DELETE FROM {table}{self.where(table)}"
        if kind < 0.92:
            return self.insert(table)
        return self.exchange(table)

    def take_place(self, table):
        """A row goes, and another one gets what it was known by."""
        gone, other = self.random.sample(self.rows[table], 2)
        columns = self.tables[table]
        names = [each for each in columns if each in ("name", "model_id", "email", "public_id")]
        key, column = columns[0], self.random.choice(names or columns[1:] or columns)
        index = columns.index(column)
        return (f"DELETE FROM {table} WHERE {key} IS {literal(gone[0])};"
                f" UPDATE OR IGNORE {table} SET {column} = {literal(gone[index])}"
                f" WHERE {key} IS {literal(other[0])}")

    def update(self, table):
        columns = self.random.sample(
            self.tables[table], min(self.random.choice((1, 1, 1, 2)), len(self.tables[table])))
        conflict = self.random.choice(("", "", "OR REPLACE ", "OR IGNORE "))
        values = ", ".join(f"{column} = {self.value(table, column)}" for column in columns)
        return f"UPDATE {conflict}{table} SET {values}{self.where(table)}"

    def insert(self, table):
        """A row like one that is there, with one or two other values."""
        columns = list(self.tables[table])
        row = self.random.choice(self.rows[table]) if self.rows[table] else [None] * len(columns)
        values = dict(zip(columns, map(literal, row)))
        for column in self.random.sample(columns, min(self.random.choice((1, 2, 2)), len(columns))):
            values[column] = self.value(table, column)
        conflict = self.random.choice((" OR REPLACE", " OR IGNORE"))
        return (f"INSERT{conflict} INTO {table} ({', '.join(columns)})"
                f" VALUES ({', '.join(values.values())})")

    def exchange(self, table):
        """One column takes over what another table or column has."""
        column = self.random.choice(self.tables[table])
        other = self.random.choice(list(self.tables))
        source = self.random.choice(self.tables[other])
        return (f"UPDATE OR IGNORE {table} SET {column} ="
                f" (SELECT {source} FROM {other} LIMIT 1 OFFSET {self.random.randrange(4)})"
                + self.where(table))

    # What the catalog and the platform have for their records, so that rows take each other's place.
    SEED_IDS = sorted(set(re.findall(r"\bid: ([0-9a-f-]{36})", CATALOG)))
    SEED_NAMES = sorted(set(re.findall(r"\bname: (\w[\w ]*)", CATALOG + PLATFORM)))

    def value(self, table, column):
        if column in ("id", "name") and self.random.random() < 0.4:
            known = self.SEED_IDS if column == "id" else self.SEED_NAMES
            return literal(self.random.choice(known).encode())
        if self.random.random() < 0.35 and self.rows[table]:
            # What another row has there: taken names and ids, numbers of other organizations.
            index = self.tables[table].index(column)
            return literal(self.random.choice(self.rows[table])[index])
        if self.random.random() < 0.15:
            return f"{column} || 'x'" if self.random.random() < 0.5 else f"-{column}"
        if self.random.random() < 0.7:
            if (table, column) in self.numbers:
                return self.random.choice(
                    self.EXTREMES if self.random.random() < 0.3 else self.NUMBERS)
            if column in self.JSON_COLUMNS:
                return self.random.choice(self.JSON)
        return self.random.choice(self.TEXTS + self.NUMBERS + self.JSON)

    def where(self, table):
        if self.random.random() < 0.25 or not self.rows[table]:
            return ""
        row = self.random.choice(self.rows[table])
        columns = self.tables[table]
        if "org_id" in columns and self.random.random() < 0.3:
            return f" WHERE org_id = {literal(row[columns.index('org_id')])}"
        # The first column, or two, mostly name one row.
        shown = columns[:2] if table in ("harness_capabilities", "agent_capabilities",
                                         "platform_revisions", "seed_memory") else columns[:1]
        return " WHERE " + " AND ".join(
            f"{column} IS {literal(row[columns.index(column)])}" for column in shown)

