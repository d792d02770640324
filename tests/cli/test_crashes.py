#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was paid for is neither lost nor paid for twice, wherever the program is killed. Over one library, several at a time,
`rushes generate` and `rushes takes resume` are killed with SIGKILL at random moments and right behind each line that they
print; then everything is finished. Then more of them are killed, the library's file is lost and only a copy from before them
is left, and everything is finished again. The services' books are laid beside the library. TAP.

  --kills N     this many kills (RUSHES_TEST_KILLS; 40 is usual)
  --seconds N   begin nothing new after so long (RUSHES_TEST_SECONDS; 20 is usual, for more than 40 kills there is no limit)
  --seed N      the same dice again (RUSHES_TEST_SEED)"""

import argparse
import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from pathlib import Path

USUAL_KILLS = 40
USUAL_SECONDS = 20
WORKERS = 3
# What is begun after the last copy of the library.
SINCE = 8
KEY = "sk-never-to-be-written-down"
# A service that can be asked by our own id, described so that it knows at once what it has accepted: nothing stays in doubt.
KNOWING = "kling-at-once"
# What is asked, and of whom.
ASKED = [
    ("runway", ["-m", "gen4.5"]),
    (KNOWING, ["-m", "kling-v2-6"]),
    (KNOWING, ["-m", "kling-3.0"]),
    ("xai", ["-m", "grok-imagine-video"]),
    ("openai-compatible", ["-m", "default"]),
]
SWITCHES = {"openai-compatible": ["vllm"]}
EVENTS = ["queued", "preparing", "submitted", "progress", "downloading", "completed"]
ACCOUNTED = {"ready", "running", "left", "unconfirmed"}
NOISE = ["ERROR", "CRITICAL", "WARNING", "Sanitizer", "runtime error", "(process:"]


class Service:
    """One that keeps books. Its answers are slow enough to be killed before, in a life of half a second."""

    def __init__(self, provider):
        played = "kling" if provider == KNOWING else provider
        words = [os.environ["RUSHES_SIMULATOR"], "--provider", played, "--key", KEY, "--while-stdin", "--limit", "3600"]
        words += ["--speed", "20", "--fault", "slow-submit=0.05"]
        for switch in SWITCHES.get(provider, []):
            words += ["--fault", switch]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().strip()

    def accepted(self):
        """The tasks that were made: (id, what was asked for)."""
        with urllib.request.urlopen(self.origin + "/_simulator/requests") as reply:
            return [(one["task"], json.dumps(one)) for one in json.load(reply) if "task" in one]

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


class House:
    def __init__(self, folder, seed):
        self.folder = Path(folder)
        self.library = self.folder / "data" / "rushes"
        self.errors = self.folder / "errors"
        self.dice = random.Random(seed)
        self.lock = threading.Lock()
        self.prompts = []
        self.kills = Counter()
        self.complaints = []
        self.made = []
        self.longest = 1.0
        self.services = {provider: Service(provider) for provider in sorted({provider for provider, _ in ASKED})}
        self.environment = {name: value for name, value in os.environ.items()
                            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        self.environment["LC_ALL"] = "C.UTF-8"
        for variable, name in [("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"),
                               ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]:
            (self.folder / name).mkdir(0o700)
            self.environment[variable] = str(self.folder / name)
        self.describe_knowing()
        settings = self.folder / "config" / "rushes" / "settings.ini"
        settings.parent.mkdir()
        # Whoever goes on with a take knows no more than what is written down.
        with settings.open("w") as file:
            for provider, service in self.services.items():
                self.environment["RUSHES_KEY_" + provider.upper().replace("-", "_")] = KEY
                file.write(f"[io/github/rushes_app/Rushes/providers/{provider}]\n"
                           f"base-url='{service.origin}'\nslots=uint32 8\n")

    def close(self):
        for service in self.services.values():
            service.close()

    def describe_knowing(self):
        """A description of one's own, from the one that ships: a second is enough for it to know a task."""
        shipped = Path(os.environ["RUSHES_SOURCE"]) / "data" / "providers" / "kling.json"
        description = json.loads(shipped.read_text())
        description["id"] = KNOWING
        del description["auth"]["environment"]
        for requests in [description["protocol"], *description["routes"]]:
            if "lookup" in requests:
                requests["lookup"]["grace"] = 1
        folder = self.library / "providers"
        folder.mkdir(parents=True)
        (folder / f"{KNOWING}.json").write_text(json.dumps(description))

    # ---- killing ----

    def choose(self, resuming=0.3):
        """What is to be run, and after which line or how many seconds it is killed."""
        with self.lock:
            if self.dice.random() < resuming:
                words = ["takes", "resume", "--json"]
            else:
                provider, model = self.dice.choice(ASKED)
                prompt = f"paper boat {len(self.prompts):05d}."
                self.prompts.append(prompt)
                words = ["generate", prompt, "-p", provider, *model, "-n", str(self.dice.choice([1, 1, 2])),
                         "--poll-interval", "0.1", "--json"]
            if self.dice.random() < 0.5:
                return words, self.dice.choice(EVENTS), self.dice.choice([0, 0, 0.002, 0.01])
            return words, None, self.dice.uniform(0, self.longest * 1.1)

    def run(self, words, event, delay):
        began = time.monotonic()
        with self.errors.open("ab") as errors:
            process = subprocess.Popen([os.environ["RUSHES_BINARY"], *words], env=self.environment, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=errors, text=True, cwd=self.folder / "home")
        timer = None
        if event is None:
            timer = threading.Timer(delay, process.kill)
            timer.start()
        for line in process.stdout:
            if event is not None and line.startswith("{") and json.loads(line)["event"] == event:
                time.sleep(delay)
                process.kill()
                break
        process.stdout.read()
        process.stdout.close()
        status = process.wait()
        if timer is not None:
            timer.cancel()
        with self.lock:
            if status == -9:
                self.kills[event or "at random"] += 1
            elif status not in (0, 11):
                self.complaints.append(f"{' '.join(words)} ended with {status}")
            elif words[0] == "generate":
                self.longest = min(max(self.longest, time.monotonic() - began), 10.0)

    def kill(self, wanted, seconds):
        end = time.monotonic() + seconds

        def work():
            while self.kills.total() < wanted and time.monotonic() < end:
                self.run(*self.choose())

        workers = [threading.Thread(target=work) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def finish(self):
        """Goes on until nothing is left to go on with."""
        for _ in range(10):
            with self.errors.open("ab") as errors:
                subprocess.run([os.environ["RUSHES_BINARY"], "takes", "resume", "--json"], env=self.environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, timeout=600,
                               cwd=self.folder / "home")
            if not self.ask("SELECT 1 FROM attempts WHERE state IN ('queued', 'preparing', 'submitting', 'running', "
                            "'downloading')"):
                return
        self.complaints.append("there is always something to go on with")

    def lose(self):
        """The library's file breaks, and its newest backup knows nothing of what was begun last."""
        backups = self.library / "backups"
        older = sqlite3.connect(self.folder / "older.db")
        connection = sqlite3.connect(self.library / "library.db")
        connection.backup(older)
        connection.close()
        older.close()
        for _ in range(SINCE):
            self.run(*self.choose(resuming=0))
        self.made = self.ask("SELECT t.id, a.task_id, r.file FROM takes t JOIN attempts a ON a.take_id = t.id "
                             "JOIN results r ON r.attempt_id = a.id WHERE r.file IS NOT NULL")
        for path in [*backups.iterdir(), *self.library.glob("library.db-*")]:
            path.unlink()
        (self.folder / "older.db").rename(backups / "daily-20250101.db")
        (self.library / "library.db").write_text("eggs, butter, a paper boat")

    def elsewhere(self):
        """What was done when the library was lost: by task, the clip that tells of it."""
        return {task: file for take, task, file in self.made if not self.ask("SELECT 1 FROM takes WHERE id = ?", take)}

    def ask(self, sql, *values):
        connection = sqlite3.connect(self.library / "library.db")
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


# ---- what must be so ----


def is_whole(house):
    """the database is whole"""
    assert house.ask("PRAGMA integrity_check") == [("ok",)]
    assert house.ask("PRAGMA foreign_key_check") == []
    assert house.kills and house.ask("SELECT 1 FROM takes WHERE state = 'ready'"), "nothing was made, or nothing killed"


def balance(house):
    """By prompt: the tasks that a service made, and the attempts at them as (state, task id, submitted)."""
    books = {prompt: ([], []) for prompt in house.prompts}
    elsewhere = house.elsewhere()
    for service in house.services.values():
        for task, asked in service.accepted():
            prompt = next(prompt for prompt in house.prompts if prompt in asked)
            if task not in elsewhere:
                books[prompt][0].append(task)
    for prompt, *attempt in house.ask("SELECT prompt, a.state, a.task_id, a.submitted FROM attempts a "
                                      "JOIN takes t ON t.id = take_id"):
        books[prompt][1].append(attempt)
    return books


def count(house):
    """Takes that were paid for and that nobody knows of, and those that were paid for twice."""
    lost, doubled = [], []
    for prompt, (tasks, attempts) in balance(house).items():
        known = [task for state, task, _ in attempts if state in ACCOUNTED and task is not None]
        in_doubt = sum(state == "unconfirmed" for state, task, _ in attempts if task is None)
        missing = [task for task in tasks if task not in known]
        lost += [f"{prompt} {task}" for task in missing[in_doubt:]]
        lost += [f"{prompt} {task} is none of {tasks}" for task in known if task not in tasks]
        if len(tasks) > sum(submitted is not None for *_, submitted in attempts) or len(set(known)) < len(known):
            doubled.append(f"{prompt} {tasks} {attempts}")
    return lost, doubled


def nothing_lost(house):
    """whatever a service accepted is accounted for"""
    lost, _ = count(house)
    assert not lost, "\n".join(lost)


def nothing_doubled(house):
    """nothing was submitted twice"""
    _, doubled = count(house)
    assert not doubled, "\n".join(doubled)
    twice = house.ask("SELECT attempt_id FROM steps WHERE state = 'submitting' GROUP BY attempt_id HAVING count(*) > 1")
    assert not twice, twice


def nothing_failed(house):
    """no take failed and none was in the way of another"""
    assert not house.complaints, "\n".join(house.complaints[:20])
    # What certainly never arrived was sent again, as another attempt of the same take; but not in a library that was lost.
    failed = house.ask("SELECT a.id, a.state, error FROM attempts a JOIN takes t ON t.id = take_id "
                       "WHERE a.state NOT IN ('ready', 'unconfirmed') AND NOT (provider = ? AND a.state = 'failed' "
                       "AND charged = 'no' AND (t.state = 'ready' OR agreement = 'lost'))", KNOWING)
    assert not failed, failed


def nothing_riddles(house):
    """what can be asked by our own id is in nobody's doubt, and one id made one task at most"""
    doubtful = house.ask("SELECT a.id, error FROM attempts a JOIN takes t ON t.id = take_id "
                         "WHERE provider = ? AND a.state = 'unconfirmed'", KNOWING)
    assert not doubtful, doubtful
    own_ids = Counter(own_id for _, asked in house.services[KNOWING].accepted()
                      for own_id, in house.ask("SELECT DISTINCT own_id FROM attempts") if own_id in asked)
    twice = [own_id for own_id, n in own_ids.items() if n > 1]
    assert not twice, twice


def clips_are_whole(house):
    """what is ready has its whole clip"""
    missing = house.ask("SELECT a.id FROM attempts a WHERE state = 'ready' AND 1 <> "
                        "(SELECT count(*) FROM results r WHERE r.attempt_id = a.id AND r.file IS NOT NULL)")
    assert not missing, missing
    for name, size, checksum in house.ask("SELECT file, size, sha256 FROM results WHERE file IS NOT NULL"):
        content = (house.library / "clips" / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, checksum), name


def ledger_is_right(house):
    """every attempt counts in the ledger once, for what it ended with"""
    wanted = {"ready": "settle", "unconfirmed": "uncertain", "failed": "refund"}
    wrong = house.ask("SELECT a.id, state, charged, l.kind FROM attempts a LEFT JOIN ledger l ON l.id = "
                      "(SELECT max (id) FROM ledger WHERE attempt_id = a.id)")
    wrong = [row for row in wrong if row[3] != wanted[row[1]]]
    assert not wrong, wrong
    twice = house.ask("SELECT attempt_id, kind FROM ledger WHERE kind <> 'hold' GROUP BY 1, 2 HAVING count(*) > 1")
    assert not twice, twice


def nothing_lies_about(house):
    """no files are left over"""
    clips = {name for name, in house.ask("SELECT file FROM results WHERE file IS NOT NULL")}
    clips |= set(house.elsewhere().values())
    in_doubt = {attempt + suffix for attempt, in house.ask("SELECT id FROM attempts WHERE state = 'unconfirmed'")
                for suffix in ("", ".json")}
    known = {"clips": clips, "spool": in_doubt, "runners": set(), "references": set()}
    stray = [path for folder, names in known.items() for path in (house.library / folder).rglob("*")
             if path.is_file() and str(path.relative_to(house.library / folder)) not in names]
    # Made before a submit that never was, for an attempt that the library was lost with.
    stray = [path for path in stray if path.parent.name != "spool" or path.read_bytes().strip(b"\0")]
    # Of the day's copy of the library, whose making was broken off, another process takes care, but not at once.
    stray += [path for path in house.folder.rglob("*.part*") if path.parent.name != "backups" and path not in stray]
    assert not stray, "\n".join(map(str, stray))


def key_is_nowhere(house):
    """no file holds the key"""
    holders = [path for path in house.folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert not holders, holders


def nothing_muttered(house):
    """it says nothing that is for programmers"""
    said = [line for line in house.errors.read_text().splitlines()
            if any(noise in line for noise in NOISE) and "makecontext/swapcontext" not in line]
    assert not said, "\n".join(said[:20])


CHECKS = [is_whole, nothing_lost, nothing_doubled, nothing_failed, nothing_riddles, clips_are_whole, ledger_is_right,
          nothing_lies_about, key_is_nowhere, nothing_muttered]


def sum_up(house):
    states = Counter(state for state, in house.ask("SELECT state FROM takes"))
    accepted = sum(len(tasks) for tasks, _ in balance(house).values())
    lost, doubled = count(house)
    kills = ", ".join(f"{n} {'' if event == 'at random' else 'at '}{event}" for event, n in house.kills.most_common())
    takes = ", ".join(f"{n} {state}" for state, n in states.most_common())
    print(f"# {house.kills.total()} kills ({kills}); {states.total()} takes ({takes}); {accepted} accepted, "
          f"{len(lost)} lost, {len(doubled)} doubled")


def try_out(kind, seed, work):
    """Lets work() happen in such a house, finishes what is left, and looks at what came of it."""
    print(f"1..{len(CHECKS)}\n# seed {seed}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rushes-crashes-") as folder:
        house = kind(folder, seed)
        try:
            work(house)
            house.finish()
            house.lose()
            house.finish()
            sum_up(house)
            for number, check in enumerate(CHECKS, 1):
                try:
                    check(house)
                    print(f"ok {number} - {check.__doc__}", flush=True)
                except Exception as error:  # Any of them is this test's failure, and the others go on.
                    failed += 1
                    print(f"not ok {number} - {check.__doc__}")
                    print("# " + f"{type(error).__name__}: {error}".replace("\n", "\n# "), flush=True)
        finally:
            house.close()
    return failed > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=int(os.environ.get("RUSHES_TEST_KILLS", USUAL_KILLS)))
    parser.add_argument("--seconds", type=float, default=os.environ.get("RUSHES_TEST_SECONDS"))
    parser.add_argument("--seed", type=int,
                        default=int(os.environ.get("RUSHES_TEST_SEED", random.SystemRandom().getrandbits(32))))
    options = parser.parse_args()
    seconds = float(options.seconds or (USUAL_SECONDS if options.kills <= USUAL_KILLS else 3000))

    return try_out(House, options.seed, lambda house: house.kill(options.kills, seconds))


if __name__ == "__main__":
    sys.exit(main())
