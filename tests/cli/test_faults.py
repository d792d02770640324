#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the network does to a take, at each stage of its life, and what must come of it. TAP.

  test_faults.py TABLE     one of those below
  --all                    every fault of a row, and not only its first (RUSHES_TEST_FAULTS=all)
  --only PATTERN           only cells whose name has this in it, such as “clip/reset/once”
  --jobs N                 so many at a time"""

import argparse
import asyncio
import itertools
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import urllib.request
import zlib
from pathlib import Path

from fault_proxy import Clock, Desk

KEY = "sk-never-to-be-written-down"
NOISE = ["ERROR", "CRITICAL", "WARNING", "Sanitizer", "runtime error", "(process:"]
DISK = "RUSHES_TEST_DISK"
SECONDS = 60  # of real time, for a cell that hangs

FAULTS = {
    # the connection
    "refused": ("refused",),
    "reset": ("reset",),
    "reset-unread": ("reset_unread",),
    "closed": ("closed",),
    "stalled": ("stalled",),
    "end-reset": ("all_but_the_end", "reset_now"),
    "end-stalled": ("all_but_the_end", "gone"),
    "half-reset": ("half", "reset_now"),
    "half-closed": ("half", "over"),
    "half-stalled": ("half", "gone"),
    "slow": ("slow",),
    "endless": ("endless",),
    # the form
    "too-short": ("length", -5),
    "too-long": ("length", 5),
    "bad-chunks": ("chunks",),
    "no-http": ("no_http",),
    # what is said
    "empty": ("empty",),
    "invalid": ("invalid",),
    "cut": ("cut",),
    "html": ("html",),
    "as-octets": ("typed", "application/octet-stream"),
    "as-text": ("typed", "text/plain"),
    "as-json": ("typed", "application/json"),
    "as-nothing": ("typed", ""),
    **{str(status): ("status", status) for status in (400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 422, 425, 451,
                                                      499, 500, 501, 502, 503, 504, 520)},
    "502-page": ("status_page", 502),
    "503-after": ("again", 503, "seconds", 20),
    "429": ("again", 429, ""),
    "429-seconds": ("again", 429, "seconds", 20),
    "429-date": ("again", 429, "date", 20),
    "429-ms": ("again", 429, "ms", 20),
    "429-past": ("again", 429, "date", -20),
    "429-text": ("again", 429, "text"),
    "429-huge": ("again", 429, "seconds", 86400),
    # what happens meanwhile
    "no-clips": ("act", "remove", "clips"),
    "no-spool": ("act", "remove", "spool"),
    "no-runners": ("act", "remove", "runners"),
    "full-disk": ("act", "fill_disk"),
    "hour-back": ("act", "set_clock", -3600),
    "hour-on": ("act", "set_clock", 3600),
    "day-back": ("act", "set_clock", -86400),
    "day-on": ("act", "set_clock", 86400),
    "year-back": ("act", "set_clock", -365 * 86400),
    # whom one speaks with
    "nothing": ("nothing",),
    "untrusted": ("untrusted",),
    # elsewhere
    "302-clear": ("redirect", 302, "clear"),
    "302-other": ("redirect", 302, "other"),
    "307-other": ("redirect", 307, "other"),
    "302-file": ("redirect", 302, "file"),
    "302-loop": ("redirect", 302, "loop"),
    "302-nowhere": ("redirect", 302, "nowhere"),
}


# ---- the services ----


def runway(name, method, path, desk):
    if name == "storage":
        return "clip" if method == "GET" else "file"
    if path == "/v1/uploads":
        return "upload"
    if method == "POST":
        return "submit"
    if method == "DELETE":
        return "cancel"
    if desk.has_come("clip"):
        return "renewal"
    return "later" if desk.has("poll") else "poll"


def pika(name, method, path, desk):
    if name == "storage":
        return "clip" if method == "GET" else "file"
    if method == "POST":
        return "submit"
    if method == "PUT":
        return "cancel"
    if not path.endswith("/status"):
        return "stream" if path.endswith("/stream") else "result"
    return "later" if desk.has("poll") else "poll"


def chat(name, method, path, desk):
    return "submit" if method == "POST" else "clip"


SERVICES = {
    "runway": (runway, ["-p", "runway", "-m", "gen4.5"], ["--polls", "3"]),
    "pika": (pika, ["-p", "pika"], ["--polls", "3"]),
    "grok-chat": (chat, ["-p", "grok-chat", "-m", "grok-imagine-1.0-video"], ["--speed", "100"]),
}


class Simulator:
    def __init__(self, provider, *words):
        self.elsewhere = None
        self.words = [os.environ["RUSHES_SIMULATOR"], "--provider", provider, "--key", KEY, "--while-stdin", *words]

    async def open(self):
        self.process = await asyncio.create_subprocess_exec(*self.words, stdin=asyncio.subprocess.PIPE,
                                                            stdout=asyncio.subprocess.PIPE)
        self.origin = (await self.process.stdout.readline()).decode().strip()

    def accepted(self, prompt):
        with urllib.request.urlopen(self.origin + "/_simulator/requests") as reply:
            return sum("task" in one and prompt in json.dumps(one) for one in json.load(reply))

    async def close(self):
        self.process.stdin.close()
        await self.process.wait()


# ---- the tables ----

# A row: stage, how often it happens; the faults; exit status, state, error code, what was charged, how many submits the
# service accepted; words of the sentence that the person gets. Rows are read from left to right: of the first fault of a
# row the others are kin, and taken along by --all; so are the rows with a * in front.
TABLES = {
    # A picture of the person's is brought to the service; nothing was ordered yet.
    "upload": """
upload once   | reset slow                                                                    | 0 ready - - 1             |
*upload once  | 429-seconds                                                                   | 8 failed RATE_LIMITED no 0 | asks to wait
*upload once  | half-closed empty                                                             | 8 failed PROTOCOL no 0    | does not understand
upload always | reset closed half-reset reset-unread                                          | 6 failed NETWORK no 0     | broke off. Try again.
upload always | refused                                                                       | 6 failed NETWORK no 0     | refuses the connection
upload always | 500 502-page                                                                  | 8 failed PROVIDER no 0    | has a failure of its own (50
upload always | 401                                                                           | 3 failed AUTH no 0        | refuses the key
upload always | html invalid cut empty                                                        | 8 failed PROTOCOL no 0    |
upload always | 302-other 302-file                                                            | 8 failed PROTOCOL no 0    |
file   once   | reset closed                                                                  | 0 ready - - 1             |
file   always | reset closed                                                                  | 6 failed NETWORK no 0     | broke off. Try again.
file   always | 403                                                                           | 3 failed FORBIDDEN no 0   | does not allow this
file   always | 500                                                                           | 8 failed PROVIDER no 0    |
file   always | 302-other                                                                     | 8 failed PROTOCOL no 0    |
""",
    # The order: what was certainly not accepted is sent again, and nothing else ever is.
    "submit": """
submit once   | refused                                                                       | 0 ready - - 1             |
submit once   | 429-seconds 429-date 429-ms 429-past 429-text 429 503-after                   | 0 ready - - 1             |
submit once   | slow as-octets as-text as-json as-nothing too-long                            | 0 ready - - 1             |
submit once   | end-reset end-stalled                                                         | 0 ready - - 1             |
submit always | refused                                                                       | 6 failed NETWORK no 0     | refuses the connection
submit always | 429-seconds 429-date 429-ms 429-past 429-text 429 429-huge                    | 8 failed RATE_LIMITED no 0 | asks to wait
submit always | 503-after                                                                     | 8 failed PROVIDER no 0    | has a failure of its own (503). Try again later.
submit once   | 400 413 415 422                                                               | 2 failed BAD_REQUEST no 0 | cannot use what was asked for
submit once   | 401                                                                           | 3 failed AUTH no 0        | refuses the key
submit once   | 403                                                                           | 3 failed FORBIDDEN no 0   | does not allow this
submit once   | 402                                                                           | 4 failed QUOTA no 0       | balance is used up
submit once   | 404                                                                           | 8 failed NOT_FOUND no 0   | neither this model nor this address
submit once   | 405                                                                           | 8 failed PROTOCOL no 0    | (405)
submit once   | reset closed half-reset half-stalled                                          | 11 unconfirmed NETWORK maybe 1 | It may have accepted and charged this
submit once   | stalled                                                                       | 11 unconfirmed NETWORK maybe 1 | It may have accepted and charged this
submit once   | reset-unread                                                                  | 11 unconfirmed NETWORK maybe 0 | look into your account there
submit once   | half-closed cut empty invalid html too-short bad-chunks                       | 11 unconfirmed PROTOCOL maybe 1 | does not understand (200)
*submit once  | endless                                                                       | 11 unconfirmed PROTOCOL maybe 1 | too large to be one
submit once   | no-http                                                                       | 11 unconfirmed PROTOCOL maybe 1 | does not understand
submit once   | 502-page 500 501 502 503 504 520                                              | 11 unconfirmed PROVIDER maybe 0 | It may have accepted and charged this
submit once   | 408                                                                           | 11 unconfirmed PROVIDER maybe 0 | It may have accepted and charged this
submit once   | 409 425 451 499                                                               | 11 unconfirmed PROTOCOL maybe 0 | does not understand (4
submit once   | 302-other 302-file 302-loop 307-other                                         | 11 unconfirmed BAD_REQUEST maybe 0 | set the base URL
submit once   | 302-nowhere                                                                   | 11 unconfirmed BAD_REQUEST maybe 0 | leads nowhere
""",
    # The first question about a task, and a later one: whatever becomes of it, the task goes on.
    "poll": """
poll   once   | refused reset stalled half-reset half-closed half-stalled bad-chunks no-http  | 0 ready - - 1             |
poll   once   | empty invalid cut html endless too-short slow as-octets as-nothing            | 0 ready - - 1             |
poll   once   | 404 400 403 402 408 410 500 502-page 503-after                                | 0 ready - - 1             |
poll   once   | 429-seconds 429-date 429-ms 429-past 429-text                                 | 0 ready - - 1             |
poll   once   | 302-other 302-file 302-loop 307-other                                         | 0 ready - - 1             |
poll   once   | 401                                                                           | 0 ready - - 1             |
later  once   | reset refused stalled half-closed empty html 404 500 429-date 302-file 401    | 0 ready - - 1             |
poll   always | refused reset closed stalled half-stalled endless                             | 7 left - maybe 1          | picks it up
poll   always | html empty invalid cut no-http bad-chunks                                     | 7 left - maybe 1          | picks it up
poll   always | 401 400 402 403 405 408 409 422 429 429-huge 451 499 500 502-page 503-after   | 7 left - maybe 1          | picks it up
poll   always | 302-loop 302-file 302-nowhere                                                 | 7 left - maybe 1          | picks it up
later  always | reset html 429-date 401 500 302-other                                         | 7 left - maybe 1          | picks it up
later  always | 404 410                                                                       | 8 failed NOT_FOUND maybe 1 | does not know this task
""",
    # Where a clip has to be asked for by itself.
    "result": """
result once   | reset refused stalled half-reset half-closed                                  | 0 ready - - 1             |
result once   | html invalid cut 404 429-seconds 401 302-file                                 | 0 ready - - 1             |
result always | reset closed stalled                                                          | 7 left - maybe 1          | picks it up
result always | html invalid cut 401 429-seconds 302-file                                     | 7 left - maybe 1          | picks it up
""",
    # The clip is made and paid for: it only has to arrive.
    "clip": """
clip   once   | reset refused closed stalled half-reset half-closed half-stalled end-reset    | 0 ready - - 1             |
clip   once   | html empty invalid cut endless too-short bad-chunks no-http                   | 0 ready - - 1             |
clip   once   | 404 403 400 401 402 405 408 410 425 500 502-page 503-after 429-seconds        | 0 ready - - 1             |
clip   once   | 302-other 307-other 302-file 302-loop 302-nowhere                             | 0 ready - - 1             |
clip   always | slow as-json as-octets as-text as-nothing 302-other                           | 0 ready - - 1             |
clip   always | reset refused closed stalled half-reset half-closed half-stalled too-long     | 6 failed NETWORK yes 1    | The clip was made, but the connection to Runway fails.
clip   always | 502-page 500 503-after                                                        | 8 failed PROVIDER yes 1   | The clip was made, but Runway does not hand it out now.
clip   always | 429-date 429-seconds 429                                                      | 8 failed RATE_LIMITED yes 1 | The clip was made, but Runway does not hand it out now.
clip   always | html                                                                          | 9 failed MEDIA maybe 1    | This is a web page (HTML) and not a video.
clip   always | cut too-short bad-chunks                                                      | 9 failed MEDIA maybe 1    | cut short
*clip   always | endless                                                                       | 9 failed MEDIA maybe 1    | not a video
clip   always | 404 403 410                                                                   | 9 expired NOT_FOUND yes 1 | does not keep it any more
clip   always | 401                                                                           | 3 failed AUTH yes 1       | asks for a sign-in
clip   always | 400 402 405 409 422                                                           | 8 failed PROTOCOL yes 1   | does not understand (4
clip   always | 302-file 302-loop                                                             | 8 failed PROTOCOL yes 1   | redirects
""",
    # The first address of a clip is dead, and the service is asked for another.
    "renewal": """
renewal once   | reset refused stalled half-closed empty html 404 401 500 429-date 302-file   | 0 ready - - 1             |
renewal always | slow as-octets                                                               | 0 ready - - 1             |
renewal always | reset refused stalled                                                        | 6 failed NETWORK yes 1    | The clip was made, but the connection to Runway fails.
renewal always | 500                                                                          | 8 failed PROVIDER yes 1   | The clip was made, but Runway does not hand it out now.
renewal always | 401                                                                          | 3 failed AUTH yes 1       | refuses the key
renewal always | 404                                                                          | 9 expired NOT_FOUND yes 1 | does not keep it any more
""",
    # The person wants an end of it.
    "cancel": """
cancel once   | reset stalled html 500 429-seconds 302-other                                  | 0 cancelled CANCELLED no 1 |
cancel always | 500 404 401 429 502-page 302-other                                            | 0 left - maybe 1          |
""",
    # A service that answers only when the clip is made: its answer is the only trace of it.
    "chat": """
submit once   | refused 429-seconds slow as-text too-long                                     | 0 ready - - 1             |
submit once   | end-reset end-stalled                                                         | 0 ready - - 1             |
submit once   | stalled                                                                       | 11 unconfirmed NETWORK maybe 1 | It may have accepted and charged this
submit once   | reset closed half-reset half-stalled                                          | 11 unconfirmed NETWORK maybe 1 | It may have accepted and charged this
submit once   | half-closed cut invalid empty                                                 | 11 unconfirmed PROTOCOL maybe 1 | without a clip
submit once   | html                                                                          | 11 unconfirmed PROTOCOL maybe 1 | does not understand (200)
submit once   | 504 500 502-page                                                              | 11 unconfirmed PROVIDER maybe 0 | It may have accepted and charged this
clip   once   | reset half-reset html 404 302-other                                           | 0 ready - - 1             |
clip   always | 404                                                                           | 9 expired NOT_FOUND yes 1 | does not keep it any more
clip   always | reset                                                                         | 6 failed NETWORK yes 1    | The clip was made, but the connection
""",
    # Nothing is wrong with the network: folders go, and the clock jumps.
    "meanwhile": """
submit once   | hour-back hour-on day-back day-on year-back                                   | 0 ready - - 1             |
poll   once   | day-on hour-back hour-on day-back year-back                                   | 0 ready - - 1             |
later  once   | day-back hour-on                                                              | 0 ready - - 1             |
clip   once   | year-back hour-on hour-back day-back                                          | 0 ready - - 1             |
submit once   | no-spool                                                                      | 0 ready - - 1             |
poll   once   | no-spool no-runners                                                           | 0 ready - - 1             |
poll   once   | no-clips                                                                      | 0 ready - - 1             |
clip   once   | no-clips                                                                      | 9 failed STORAGE yes 1    | cannot be written
*clip  once   | day-on                                                                        | 0 ready - - 1             |
""",
    # The disk is full for a minute, at the worst moments.
    "full": """
submit once   | full-disk                                                                     | 0 ready - - 1             |
poll   once   | full-disk                                                                     | 0 ready - - 1             |
later  once   | full-disk                                                                     | 0 ready - - 1             |
clip   once   | full-disk                                                                     | 9 failed STORAGE yes 1    | The disk is full
""",
    # Behind TLS.
    "tls": """
submit once   | nothing                                                                       | 0 ready - - 1             |
submit always | untrusted                                                                     | 6 failed TLS no 0         | its certificate is not trusted
submit once   | 302-clear                                                                     | 11 unconfirmed BAD_REQUEST maybe 0 | set the base URL
poll   once   | 302-clear                                                                     | 0 ready - - 1             |
clip   always | untrusted                                                                     | 6 failed TLS yes 1        | its certificate is not trusted
clip   always | 302-clear                                                                     | 8 failed PROTOCOL yes 1   | from a secure to an insecure address
""",
}


def read_table(name, everything):
    for line in TABLES[name].strip().splitlines():
        if line.startswith("*") and not everything:
            continue
        where, faults, outcome, sentence = (part.strip() for part in line.lstrip("*").split("|"))
        stage, times = where.split()
        status, state, code, charged, accepted = outcome.split()
        for fault in faults.split()[:None if everything else 1]:
            yield Cell(name, stage, fault, times, (int(status), state, code, charged, int(accepted)), sentence)


# ---- one cell ----


class Cell:
    def __init__(self, table, stage, fault, times, expected, sentence):
        self.table, self.stage, self.fault, self.times = table, stage, fault, times
        self.expected, self.sentence = expected, sentence
        self.service = {"result": "pika", "chat": "grok-chat"}.get(table, "runway")
        self.title = f"{stage}/{fault}/{times}"
        self.prompt = f"a paper boat, {zlib.crc32(self.title.encode()):08x}"

    def environment(self, folder):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        environment["LC_ALL"] = "C.UTF-8"
        for variable, name in [("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"),
                               ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]:
            (folder / name).mkdir(0o700)
            environment[variable] = str(folder / name)
        environment["RUSHES_KEY_" + self.service.upper().replace("-", "_")] = KEY
        environment["LD_PRELOAD"] = os.environ["RUSHES_TEST_CLOCK_MODULE"]
        environment["RUSHES_TEST_CLOCK"] = str(folder / "clock")
        # What is preloaded comes before the sanitizer, which would remark on it.
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        return environment

    async def rushes(self, house, folder, environment, *words):
        words = [os.environ["RUSHES_BINARY"], *words, "--json"]
        if self.table == "tls":
            words = [*house.trusting(), *words]
        process = await asyncio.create_subprocess_exec(*words, env=environment, cwd=folder / "home",
                                                       stdin=asyncio.subprocess.DEVNULL,
                                                       stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        try:
            out, err = await asyncio.wait_for(process.communicate(), SECONDS)
        except TimeoutError:
            process.kill()
            await process.communicate()
            return None, [], ["it never ended"]
        lines = [line for line in err.decode().splitlines() if "makecontext/swapcontext" not in line]
        return process.returncode, [json.loads(line) for line in out.decode().splitlines()], lines

    async def run(self, house):
        classify, words, _ = SERVICES[self.service]
        folder = Path(tempfile.mkdtemp(prefix="rushes-faults-", dir=house.disk))
        simulator = house.simulators[self.stage == "cancel"]
        self.desk = Desk(simulator, classify, Clock(folder / "clock"), self.stage, FAULTS[self.fault],
                         1 if self.times == "once" else None, house.certificates if self.table == "tls" else None)
        self.desk.library = folder / "data" / "rushes"
        await self.desk.open()
        environment = self.environment(folder)
        words = ["generate", self.prompt, *words, "--base-url", self.desk.urls["service"], "--timeout",
                 "3600" if self.times == "once" else "300"]
        if self.stage in ("upload", "file"):
            words += ["-i", str(house.picture)]
        if self.stage == "cancel":
            _, events, _ = await self.rushes(house, folder, environment, *words, "--no-wait")
            words = ["takes", "cancel", events[0]["take"]]
        self.status, self.events, self.said = await self.rushes(house, folder, environment, *words)
        await asyncio.to_thread(self.read, folder)
        self.accepted = await asyncio.to_thread(simulator.accepted, self.prompt)
        self.seen = list(self.desk.seen)
        if self.is_owed():
            await self.desk.mend()
            self.later = await self.rushes(house, folder, environment, "takes", "check", self.events[0]["take"])
            await asyncio.to_thread(self.read_later, folder)
            self.bought = await asyncio.to_thread(simulator.accepted, self.prompt)
        await self.desk.close()
        await asyncio.to_thread(shutil.rmtree, folder)

    def is_owed(self):
        """Whether it was accepted and there is no clip, nor a doubt about it."""
        return self.accepted == 1 and self.state in ("left", "failed", "expired") and self.table not in ("tls", "cancel")

    def read_later(self, folder):
        """The same when it was checked again; what was there before stays to be judged."""
        outcome = self.state, self.task, self.error, self.clips, self.stray
        self.read(folder)
        self.later_outcome = self.state, len(self.clips), self.stray
        self.state, self.task, self.error, self.clips, self.stray = outcome

    def read(self, folder):
        """What lies about when all is over."""
        library = folder / "data" / "rushes"
        connection = sqlite3.connect(library / "library.db")
        attempts = connection.execute("SELECT state, task_id, error FROM attempts ORDER BY number").fetchall()
        self.clips = {name for name, in connection.execute("SELECT file FROM results WHERE file IS NOT NULL")}
        doubtful = {name + suffix for name, in connection.execute("SELECT id FROM attempts WHERE state != 'ready'")
                    for suffix in ("", ".json")}
        connection.close()
        self.state, self.task, error = attempts[-1]
        self.error = json.loads(error) if error is not None else {}
        self.stray = [str(path.relative_to(folder)) for path in folder.rglob("*.part*") if path.parent.name != "backups"]
        for name, known in [("clips", self.clips), ("spool", doubtful), ("runners", set())]:
            self.stray += [f"{name}/{path.name}" for path in (library / name).rglob("*") if path.is_file() and
                           ".part" not in path.name and str(path.relative_to(library / name)) not in known]
        self.holders = [str(path) for path in folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]

    def outcome(self):
        charged = "-" if self.state == "ready" else self.error.get("charged", "maybe" if self.state == "left" else "-")
        return self.status, self.state, self.error.get("code", "-"), charged, self.accepted

    def check(self):
        said = "; ".join(self.said)
        assert self.outcome() == self.expected, f"{self.outcome()} and not {self.expected}: {said}"
        assert self.sentence in said if self.sentence else self.status != 0 or not said, f"it says “{said}”"
        assert not any(noise in said for noise in NOISE), said
        assert len(self.said) <= 1, f"more than a sentence: {said}"
        assert len(self.clips) == (self.state == "ready"), f"{len(self.clips)} clips"
        # What was paid for is there when the network is well again, and was not bought once more.
        if self.is_owed():
            assert self.later_outcome == ("ready", 1, []), f"later it is {self.later_outcome}: {self.later[2]}"
            assert self.bought == 1, f"bought {self.bought} times"
        assert self.accepted == 0 or self.state in ("ready", "unconfirmed") or self.is_owed() or self.task, "it is lost"
        # A clip that can still be fetched is gone on with where it broke off.
        stray = [path for path in self.stray if self.error.get("charged") != "yes" or "-1.part" not in path]
        assert not stray, f"left over: {stray}"
        assert not self.holders, f"the key lies in {self.holders}"
        elsewhere = self.desk.hosts["other"] + self.desk.hosts["clear"]
        elsewhere += self.desk.hosts["storage"]
        assert not any(KEY in request for request in elsewhere), "another host got the key"
        self.check_waits()

    def check_waits(self):
        """Nobody comes again before it was asked to."""
        fault = FAULTS[self.fault]
        seconds = min(fault[3], 600) if fault[0] == "again" and len(fault) > 3 else 0
        for (early, stage, spoilt), (late, next_stage, _) in itertools.pairwise(self.seen):
            if spoilt and stage == next_stage:
                assert late - early >= seconds, f"it came again after {late - early:.1f} s"


# ---- all of them ----


class House:
    """What the cells of a table share."""

    def __init__(self, table, folder):
        self.table, self.folder = table, folder
        self.disk = os.environ.get(DISK)
        self.picture = folder / "noise.png"
        self.certificates = folder / "trusted.pem", folder / "untrusted.pem"
        self.simulators = []

    async def open(self):
        service = {"result": "pika", "chat": "grok-chat"}.get(self.table, "runway")
        for more in [], ["--fault", "never"]:
            self.simulators.append(Simulator(service, *SERVICES[service][2], *more))
            await self.simulators[-1].open()
        if self.table == "upload":
            self.paint()
        if self.table == "tls":
            for path in self.certificates:
                subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                                "-keyout", path, "-out", f"{path}.crt", "-days", "2", "-subj", "/CN=127.0.0.1",
                                "-addext", "subjectAltName=IP:127.0.0.1"], check=True, stderr=subprocess.DEVNULL)
                path.write_text(path.read_text() + Path(f"{path}.crt").read_text())

    def trusting(self):
        """The words before the program that make it trust the first certificate."""
        return ["bwrap", "--dev-bind", "/", "/", "--ro-bind", f"{self.certificates[0]}.crt",
                "/etc/ssl/certs/ca-certificates.crt"]

    def paint(self):
        """A picture that is too large to be sent within a request."""
        width, height = 1280, 1024

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        lines = b"".join(b"\0" + os.urandom(width * 3) for _ in range(height))
        self.picture.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                                 chunk(b"IDAT", zlib.compress(lines, 0)) + chunk(b"IEND", b""))

    async def close(self):
        for simulator in self.simulators:
            await simulator.close()


def enter_small_disk():
    """This program again, with a small disk of its own."""
    with tempfile.TemporaryDirectory(prefix="rushes-disk-") as folder:
        words = ["bwrap", "--dev-bind", "/", "/", "--size", str(96 * 1024 * 1024), "--tmpfs", folder, sys.executable, *sys.argv]
        return subprocess.run(words, env={**os.environ, DISK: folder}).returncode


def can_confine(table):
    if table not in ("tls", "full"):
        return True
    trial = ["bwrap", "--dev-bind", "/", "/", "true"]
    return shutil.which("openssl") and shutil.which("bwrap") and subprocess.run(trial, stderr=subprocess.DEVNULL).returncode == 0


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--all", action="store_true", default=os.environ.get("RUSHES_TEST_FAULTS") == "all")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=6)
    options = parser.parse_args()
    if not can_confine(options.table):
        print("1..0 # SKIP bwrap or openssl does not work here")
        return False
    if options.table == "full":
        if DISK not in os.environ:
            return enter_small_disk()
        options.jobs = 1  # they share it

    cells = [cell for cell in read_table(options.table, options.all) if options.only in cell.title]
    gate = asyncio.Semaphore(options.jobs)
    failures = []
    print(f"1..{len(cells)}", flush=True)

    async def attend(number, cell, house):
        async with gate:
            try:
                await cell.run(house)
                cell.check()
                print(f"ok {number} - {cell.title}", flush=True)
            except Exception as error:  # Any of them is this cell's failure, and the others go on.
                failures.append(cell)
                print(f"not ok {number} - {cell.title}")
                print("# " + f"{type(error).__name__}: {error}".replace("\n", "\n# "), flush=True)

    with tempfile.TemporaryDirectory(prefix="rushes-faults-") as folder:
        house = House(options.table, Path(folder))
        await house.open()
        await asyncio.gather(*(attend(number, cell, house) for number, cell in enumerate(cells, 1)))
        await house.close()
    return bool(failures)


sys.exit(asyncio.run(main()))
