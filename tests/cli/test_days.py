#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days of the ledger and of limits, and the order of takes, while the clock and its zone change: midnight, the end of a
month, the nights in which summer time begins and ends, a journey, a clock that is set back. TAP.

The program is the one that ships, with the clock of tests/support/rushes-test-clock.c preloaded."""

import datetime
import json
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zoneinfo
from pathlib import Path

KEY = "sk-never-to-be-written-down"
BERLIN = "Europe/Berlin"
PASSED = 4  # the exit status where a limit stands against it
LEFT = 7
LIMIT = 120


class Place:
    """A home with a service, and a clock on its wall."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.clock = self.folder / "clock"
        self.service = subprocess.Popen(
            [os.environ["RUSHES_SIMULATOR"], "--provider", "runway", "--key", KEY, "--while-stdin", "--limit", "600", "--speed", "20"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        origin = self.service.stdout.readline().strip()
        self.environment = {name: value for name, value in os.environ.items()
                            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        for variable, name in [("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"),
                               ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]:
            (self.folder / name).mkdir(0o700)
            self.environment[variable] = str(self.folder / name)
        self.environment.update(
            LC_ALL="C.UTF-8", RUSHES_KEY_RUNWAY=KEY, LD_PRELOAD=os.environ["RUSHES_TEST_CLOCK_MODULE"],
            RUSHES_TEST_CLOCK=str(self.clock),
            # What is preloaded comes before the sanitizer, which would remark on it.
            ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")
        settings = self.folder / "config" / "rushes" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text(f"[io/github/rushes_app/Rushes/providers/runway]\nbase-url='{origin}'\n")

    def close(self):
        self.service.stdin.close()
        self.service.stdout.close()
        self.service.wait(20)

    def set(self, moment, zone=BERLIN):
        """Now it is this moment of the wall there. Seconds may pass since."""
        there = datetime.datetime.fromisoformat(moment).replace(tzinfo=zoneinfo.ZoneInfo(zone))
        self.environment["TZ"] = zone
        self.clock.write_bytes(struct.pack("4q", 1, 0, int((there.timestamp() - time.time()) * 1e6), 0))

    def rushes(self, *words):
        done = subprocess.run([os.environ["RUSHES_BINARY"], *words, "--json"], env=self.environment, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=self.folder / "home")
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def succeed(self, *words):
        status, events = self.rushes(*words)
        assert status == 0, (words, status, events)
        return events

    def generate(self, prompt, *words):
        """The exit status."""
        return self.rushes("generate", prompt, "-p", "runway", "-m", "gen4.5", "-d", "5", "--poll-interval", "0.1", *words)[0]

    def limit(self, period, takes):
        """So many takes are allowed, and not one more."""
        cost = max(micros for _, _, micros in self.ledger())
        self.succeed("limits", "set", period, f"{cost * (takes + 0.5) / 1e6:.6f}", "USD")

    def ledger(self):
        return self.ask("SELECT day, kind, COALESCE (worth_micros, micros, 0) FROM ledger ORDER BY id")

    def days(self):
        """On which days is what counts, in the order of the attempts."""
        return [day for day, in self.ask("SELECT day FROM ledger WHERE id IN (SELECT max (id) FROM ledger "
                                         "GROUP BY attempt_id) ORDER BY attempt_id")]

    def ask(self, sql):
        connection = sqlite3.connect(self.folder / "data" / "rushes" / "library.db")
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


def test_midnight(place):
    """a limit for a day begins anew at midnight, and one for a month does not"""
    place.set("2026-03-10 23:50")
    assert place.generate("first") == 0
    place.limit("day", 1)
    place.limit("month", 2)
    assert place.generate("too much for the day") == PASSED
    place.set("2026-03-11 00:01")
    assert place.generate("second") == 0
    place.succeed("limits", "clear", "day")
    assert place.generate("too much for the month") == PASSED
    place.set("2026-03-31 23:50")
    assert place.generate("still too much for the month") == PASSED
    place.set("2026-04-01 00:01")
    assert place.generate("third") == 0
    assert place.days() == ["2026-03-10", "2026-03-11", "2026-04-01"], place.days()


def test_over_midnight(place):
    """what is set aside before midnight counts for that day, and where it is settled after it, for the next"""
    place.set("2026-03-10 23:50")
    assert place.generate("first", "--no-wait") == 0
    assert place.days() == ["2026-03-10"]
    place.limit("day", 1)
    assert place.generate("too much, with what is set aside") == PASSED
    place.set("2026-03-11 00:01")
    place.succeed("takes", "resume")
    assert [row[:2] for row in place.ledger()] == [("2026-03-10", "hold"), ("2026-03-11", "settle")], place.ledger()
    assert place.generate("too much, with what was settled") == PASSED


def test_summer_time(place):
    """a day of 23 hours and one of 25 are days"""
    for begin, end, after in [("2026-03-29 00:05", "2026-03-29 23:50", "2026-03-30 00:01"),
                              ("2026-10-25 00:05", "2026-10-25 23:50", "2026-10-26 00:01")]:
        place.set(begin)
        assert place.generate("first of the day") == 0
        place.limit("day", 1)
        place.set(end)
        assert place.generate("too much") == PASSED
        place.set(after)
        assert place.generate("the next day") == 0
        place.succeed("limits", "clear", "day")
    assert place.days() == ["2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26"], place.days()


def test_journey(place):
    """the day is that of the place where it was written, and going west takes no limit away"""
    place.set("2026-06-11 00:30", "Asia/Shanghai")
    assert place.generate("in Shanghai") == 0
    place.limit("day", 1)
    place.set("2026-06-10 18:35", BERLIN)
    assert place.generate("an hour later in Berlin") == PASSED
    assert place.days() == ["2026-06-11"]


def test_set_back(place):
    """a clock that is set back takes no limit away, and takes stay in the order in which they were made"""
    place.set("2026-06-10 12:00")
    assert place.generate("first") == 0
    place.limit("day", 1)
    place.limit("month", 1)
    for moment in ["2026-06-10 11:00", "2026-06-09 12:00", "2025-06-10 12:00"]:
        place.set(moment)
        assert place.generate("too much") == PASSED, moment
    place.succeed("limits", "clear", "day")
    place.succeed("limits", "clear", "month")
    assert place.generate("second") == 0
    place.set("2025-06-10 11:00")
    assert place.generate("third", "-n", "2") == 0
    titles = [take["title"] for take in place.succeed("takes", "list")]
    assert titles == ["third", "third", "second", "first"], titles


def test_running_set_back(place):
    """a take that is waited for while the clock goes back comes to its end, and nothing took less than no time"""
    place.set("2026-06-10 12:00")
    assert place.generate("first", "--no-wait") == 0
    place.set("2025-06-10 12:00")
    place.succeed("takes", "resume")
    take, = place.succeed("takes", "list")
    assert take["status"] == "ready", take
    shown = json.dumps(place.succeed("takes", "show", take["take"]))
    assert ": -" not in shown.replace('"seed": -1', ""), shown


def main():
    tests = [test for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix="rushes-days-") as folder:
            place = Place(folder)
            try:
                test(place)
                print(f"ok {number} - {test.__doc__}", flush=True)
            except Exception as error:  # Any of them is this test's failure, and the others go on.
                failed += 1
                line = error.__traceback__
                while line.tb_next is not None:
                    line = line.tb_next
                print(f"not ok {number} - {test.__doc__}\n# line {line.tb_lineno}: {type(error).__name__}: {error}", flush=True)
            finally:
                place.close()
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
