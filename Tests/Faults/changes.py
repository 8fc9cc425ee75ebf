"""Commands that change something, and what a folder holds before and after them."""

import contextlib
import re
import shlex
import sqlite3
import time

from stores import ORGANIZATIONS, SEEDING, contents, execute, prepare
from trial import copied

# Beside a store SQLite keeps its own files.
SIDE_FILES = re.compile(r"^store\.db-(wal|shm|journal)$|\.db-(wal|shm)$")

# What a program that was killed may leave until the next run.
LEFTOVERS = (r"(^|/)\.everruns-", r"-journal$")

# The codes of a run that did what it could: rows may be blocked.
DONE = (0, 3)

PATCH = '[{"op": "replace", "path": "/built_in_harnesses/1/description", "value": "Patched."}]\n'


class Change:
    """A command line, the prepared store it runs on, and the files it may leave."""

    def __init__(self, words, store="drifted"):
        self.words = words
        self.store = store

    def __str__(self):
        return "ctl " + shlex.join(self.words)


CHANGES = [
    Change(("seed", "apply", "--yes", *SEEDING)),
    Change(("seed", "apply", "--yes", *SEEDING), store="empty"),
    Change(("seed", "apply", "--yes", *SEEDING), store="wide"),
    Change(("harnesses", "reconcile", "--yes", *SEEDING), store="wide"),
    Change(("orgs", "create", "New")),
    Change(("orgs", "set", "Acme", "default-harness=base")),
    Change(("harnesses", "set", "base", "description=x", "-p", "acme")),
    Change(("harnesses", "set", "base", "description=x", "-p", "./p.yaml")),
    Change(("platform", "import", "p.yaml", "--as", "new")),
    Change(("platform", "patch", "patch.json", "-p", "./p.yaml")),
    Change(("platform", "delete", "acme", "--yes")),
    Change(("platform", "export", "acme", "--to", "out.json")),
    Change(("platform", "export", "oss", "--to", "old.json", "--force")),
    Change(("seed", "preview", *SEEDING, "--out", "plan.json", "-q")),
    Change(("seed", "preview", *SEEDING, "--out", "plan.json", "-q"), store="wide"),
    Change(("store", "backup", "copy.db")),
    Change(("store", "backup", "copy.db"), store="wide"),
    Change(("store", "backup", "old.db", "--force"), store="wide"),
    Change(("store", "init"), store="empty"),
    Change(("store", "restore", "old.db", "--yes")),
    Change(("store", "restore", "old.db", "--yes"), store="wide"),
    Change(("orgs", "delete", "Beta", "--yes")),
]


def prepare_changes(program, root):
    """The folders that changes begin with."""
    folders = prepare(program, root)
    for name, base in (("wide", "drifted"), ("empty", "seeded")):
        folders[name] = copied(folders[base], root / name)
    (folders["empty"] / "store.db").unlink()
    for side in folders["empty"].glob("store.db-*"):
        side.unlink()
    execute(folders["wide"] / "store.db", ["""
        WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
        INSERT INTO organizations SELECT i, printf('org_%032x', i), 'Organization ' || i FROM n"""])
    # An older backup, and an older document, that are to be replaced.
    other = root / "other.db"
    program.run("store", "init", "-s", str(other))
    execute(other, [ORGANIZATIONS])
    for name, folder in folders.items():
        if name == "empty":
            continue
        (folder / "patch.json").write_text(PATCH)
        (folder / "old.json").write_text('{"format": "everruns.platform/v1"}\n')
        (folder / "old.db").write_bytes(other.read_bytes())
    return folders


class Effects:
    """What a change leads to if nothing goes wrong."""

    def __init__(self, program, folders, change, scratch):
        self.change = change
        self.before = State(folders[change.store])
        folder = copied(folders[change.store], scratch)
        begin = time.monotonic()
        outcome = program.run(*change.words, folder=folder)
        self.seconds = time.monotonic() - begin
        if outcome.code not in DONE:
            raise SystemExit(f"'{change}' ends with {outcome.how} where nothing is wrong")
        self.after = State(folder)

    def judge(self, folder, outcome, may_leave=()):
        """What is wrong with a folder after a run that something happened to."""
        state = State(folder)
        failures = []
        for name, content in state.files.items():
            known = [each.files.get(name) for each in (self.before, self.after)]
            if content not in known:
                if known == [None, None]:
                    kind = re.sub(r"\d+", "N", name)
                    if not any(re.search(pattern, name) for pattern in may_leave):
                        failures.append(f"leaves '{kind}'")
                else:
                    failures.append(f"'{name}' is neither as before nor as after")
        for name in self.before.files.keys() & self.after.files.keys() - state.files.keys():
            failures.append(f"'{name}' is gone")
        changed = [name for name in self.after.files
                   if self.after.files[name] != self.before.files.get(name)]
        if outcome.code in DONE and any(
                state.files.get(name) != self.after.files[name] for name in changed):
            failures.append("ends with 0 and has not done it")
        return failures


class State:
    """The files of a folder by what they mean: a store by its rows, everything else by its bytes."""

    def __init__(self, folder):
        self.files = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_dir() or SIDE_FILES.search(name):
                continue
            # What a restore keeps has the time in its name.
            name = re.sub(r"\.before-restore-\w+(-\d+)?$", ".before-restore.db", name)
            content = self.rows(path) if name.endswith(".db") else self.text(path)
            if content is not None:
                self.files[name] = content

    @staticmethod
    def text(path):
        # Nobody has to wait for what a FIFO holds.
        return masked(path.read_bytes().decode(errors="backslashreplace")) if path.is_file() else ""

    @staticmethod
    def rows(path):
        """The rows of a store without fresh ids; a store with nothing in it is as good as none."""
        if path.stat().st_size == 0:
            return None
        try:
            with contextlib.closing(sqlite3.connect(path)) as store:
                checked = store.execute("PRAGMA integrity_check").fetchall()
            if checked != [("ok",)]:
                return f"damaged: {checked[0][0]}"
            found = contents(path)
        except sqlite3.Error as error:
            return f"damaged: {error}"
        if all(not rows or rows == [(0,)] for rows in found.values()):
            return None
        if all(isinstance(rows, str) for rows in found.values()):
            return None
        return {
            table: rows if isinstance(rows, str) else sorted(masked(repr(row)) for row in rows)
            for table, rows in found.items()}


def masked(text):
    """A text without ids that were made lately, of UUIDs the first digits of which are the time."""
    def shown(match):
        age = time.time() - int(match[1] + match[2], 16) / 1000
        return "<id>" if -60 < age < 86_400 else match[0]
    text = re.sub(r"\b([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b", shown, text)
    text = re.sub(r"\borg_([0-9a-f]{8})([0-9a-f]{4})7[0-9a-f]{19}\b", shown, text)
    # Of a saved plan: a hash of its text, and when it was made.
    return re.sub(r'"digest": "sha256:\w+"', '"digest"', text)
