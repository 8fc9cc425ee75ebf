"""What every generator of faults shares: running the program, judging it, and reporting."""

import argparse
import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

# Longer than any wait the program has by default, and than any of its work on these small inputs.
HANG_IN_SECONDS = 45

INTERNAL_ERROR, INPUT_OUTPUT_ERROR, INTERRUPTED = 70, 74, 130


class Outcome:
    """How one run of the program ended."""

    def __init__(self, words, code, output, errors):
        self.words = words
        self.code = code  # None if it hung, negative if it was ended by a signal
        self.output = output
        self.errors = errors

    @property
    def how(self):
        if self.code is None:
            return f"still running after {HANG_IN_SECONDS} s"
        if self.code < 0:
            return f"signal {signal.Signals(-self.code).name}"
        return f"exit {self.code}"

    @property
    def message(self):
        """The first line of what went wrong, without what differs from case to case."""
        text = self.text
        in_json = re.search(r'"message": "((?:[^"\\]|\\.)*)"', text)
        lines = [line for line in text.split("\n") if line.startswith("error:")]
        line = in_json[1].replace('\\"', '"') if in_json else (lines or text.split("\n"))[0]
        return generalized(line.removeprefix("error: "))[:160]

    @property
    def text(self):
        """Everything that was written to standard error."""
        return self.errors.decode(errors="replace")

    @property
    def hint(self):
        """The hint of an error; empty if there is none."""
        return next((line for line in self.text.split("\n") if line.startswith("hint:")), "")

    def crash(self, allowed=()):
        """What no input may lead to, in a few words, or `None`.

        - Parameter allowed: Codes out of those that otherwise count, where a trial expects them.
        """
        if self.code is None:
            return "hangs"
        if self.code < 0 and self.code not in allowed:
            fatal = [line for line in self.text.split("\n")
                     if "Fatal error" in line]
            return f"ends by {signal.Signals(-self.code).name}" + "".join(
                ": " + generalized(line)[:120] for line in fatal[:1])
        if re.search(rb"Fatal error|Stack dump|Thread \d+ crashed|Traceback", self.errors):
            return "prints a traceback"
        if self.code in (INTERNAL_ERROR, INPUT_OUTPUT_ERROR) and self.code not in allowed:
            return f"exit {self.code}: {self.message}"
        if self.code not in (0, 2, 3) and self.code > 0 and not (self.errors or self.output):
            return f"exit {self.code} without a word"
        return None


def generalized(text):
    """A message without quoted words, names of tables, ids and numbers."""
    text = re.sub(r"'(?:[^'\\]|\\.)*'", "'...'", text)
    text = re.sub(r'"[^"]*"?', '"..."', text)
    text = re.sub(r"(no such \w+|on view|cannot modify|has no column named):? [\w.]+", r"\1 ...", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|org_\w+", "...", text)
    return re.sub(r"\b\d+\b", "N", text)


class Program:
    """The program under trial, in one folder."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = pathlib.Path(folder)
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "USER": "trial",
            "TZ": "UTC",
            "LANG": "C.UTF-8",
            "EVERRUNS_STORE": "store.db",
        }

    def run(self, *words, folder=None, data=b"", under=(), limits=None):
        """Runs a command line to its end.

        - Parameters under: words of a program that runs this one; limits: called in the child.
        """
        with self.started(*words, folder=folder, data=data, under=under, limits=limits) as child:
            return child.outcome()

    @contextlib.contextmanager
    def started(self, *words, folder=None, data=b"", under=(), limits=None):
        """A run that goes on while the body does something; it never outlives the body."""
        folder = folder or self.folder
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, \
                tempfile.TemporaryFile() as source:
            source.write(data)
            source.seek(0)
            process = subprocess.Popen(
                [*under, self.binary, *words], cwd=folder, env=self.environment, stdin=source,
                stdout=output, stderr=errors, preexec_fn=limits, start_new_session=True)
            child = Child(process, words, output, errors)
            try:
                yield child
            finally:
                child.end()


class Child:
    """A run that may not have ended yet."""

    def __init__(self, process, words, output, errors):
        self.process = process
        self.words = words
        self.streams = output, errors

    def outcome(self):
        # To wait with a time limit would be to look now and then, which takes longer than most runs.
        is_late = threading.Event()
        timer = threading.Timer(HANG_IN_SECONDS, lambda: (is_late.set(), self.kill()))
        timer.start()
        code = self.process.wait()
        timer.cancel()
        if is_late.is_set():
            code = None
        for stream in self.streams:
            stream.seek(0)
        return Outcome(self.words, code, *(stream.read() for stream in self.streams))

    def signal(self, number):
        """Sends a signal, if there is still somebody to get it."""
        if self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def end(self):
        if self.process.poll() is None:
            self.kill()
        self.process.wait()


class Trials:
    """The cases of one generator: counted, and the failed ones by kind."""

    def __init__(self, summary):
        parser = argparse.ArgumentParser(description=summary.strip().split("\n")[0])
        parser.add_argument("binary", type=pathlib.Path)
        parser.add_argument("--seed", type=int, default=1, help="which cases; the same ones again")
        parser.add_argument("--runs", type=int, help="how many cases")
        parser.add_argument("--seconds", type=float, default=10, help="for how long, without --runs")
        parser.add_argument("--only", type=int, help="this one case, by its number")
        parser.add_argument("--folder", help="where files go; memory by default, if there is any")
        self.options = parser.parse_args()
        self.name = pathlib.Path(sys.argv[0]).name
        self.tried = self.held = 0
        self.skipped = []
        self.kinds = {}
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = pathlib.Path(tempfile.mkdtemp(
            prefix=f"faults-{self.name}-", dir=self.options.folder or memory))
        # Where somebody else must look as well: a mount, another user.
        self.folder.chmod(0o755)
        self.program = Program(self.options.binary.resolve(), self.folder)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        shutil.rmtree(self.folder, ignore_errors=True)
        if kind is None:
            sys.exit(self.report())

    def cases(self):
        """Numbers and a generator of random numbers each, until runs or seconds are used up."""
        end = time.monotonic() + self.options.seconds
        number = 0
        while True:
            number += 1
            if self.options.only is not None:
                if number > 1:
                    return
                number = self.options.only
            elif self.options.runs is not None:
                if number > self.options.runs:
                    return
            elif time.monotonic() > end:
                return
            yield number, random.Random(f"{self.options.seed}-{number}")

    def time_is_up(self, begin):
        return self.options.runs is None and time.monotonic() - begin > self.options.seconds

    def count(self, failures, number=None):
        """Counts one case.

        - Parameter failures: pairs of a kind and the input that shows it; none if the case held.
        """
        self.tried += 1
        self.held += not failures
        for kind, shown in failures:
            times, smallest, first = self.kinds.get(kind, (0, None, number))
            if smallest is None or len(shown) < len(smallest):
                smallest, first = shown, number
            self.kinds[kind] = times + 1, smallest, first

    def is_new(self, kind):
        """Whether a failure of that kind has not been seen, so that making it small pays."""
        return kind not in self.kinds

    def skip(self, what, why):
        self.skipped.append(f"{what}: {why}")

    def report(self):
        failed = self.tried - self.held
        print(f"{self.name}: {self.tried} cases tried, {self.held} held, {failed} failed"
              + (f" in {len(self.kinds)} ways" if failed else ""))
        for each in self.skipped:
            print(f"  skipped {each}")
        for kind, (times, shown, number) in sorted(
                self.kinds.items(), key=lambda item: (-item[1][0], item[0])):
            case = f", case {number}" if number is not None else ""
            print(f"\n  {kind}  ({times} times{case})")
            for line in shown.split("\n"):
                print(f"      {line}"[:400])
        return 1 if failed else 0


def smaller(parts, still_fails):
    """As few of the parts as still fail: each one that can be left out is."""
    index = 0
    while index < len(parts) and len(parts) > 1:
        fewer = parts[:index] + parts[index + 1 :]
        if still_fails(fewer):
            parts = fewer
        else:
            index += 1
    return parts


def smaller_bytes(data, still_fails, most_tries=200):
    """A smaller text that still fails, by leaving out ever smaller pieces of it."""
    size = max(len(data) // 2, 1)
    tries = 0
    while size and tries < most_tries:
        index, changed = 0, False
        while index < len(data) and tries < most_tries:
            fewer = data[:index] + data[index + size :]
            tries += 1
            if still_fails(fewer):
                data, changed = fewer, True
            else:
                index += size
        if not changed:
            size //= 2
    return data


def copied(source, target):
    """A folder as it was, in a fresh place."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)
    return target
