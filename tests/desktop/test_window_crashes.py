#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window and the command line over one library, killed and started against each other: what tests/cli/test_crashes.py
does, with a window in which somebody types and presses Generate, and which takes over what a killed command left. TAP.

  RUSHES_TEST_ROUNDS    this many windows (10 is usual)
  RUSHES_TEST_SECONDS   begin nothing new after so long (15 is usual, for more windows there is no limit)
  RUSHES_TEST_SEED      the same dice again"""

import os
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["RUSHES_SOURCE"], "tests", "cli"))
from test_crashes import House, try_out  # noqa: E402

USUAL_ROUNDS = 10
USUAL_SECONDS = 15
LIMIT = 60  # for a window to show itself
SCREEN = ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "GDK_BACKEND", "LIBGL_ALWAYS_SOFTWARE"]


class Desk(House):
    """A house with a screen in it."""

    def __init__(self, folder, seed):
        super().__init__(folder, seed)
        self.screen = dict(self.environment, GDK_DEBUG="no-portals", GSK_RENDERER="cairo", GDK_DISABLE="gl,vulkan",
                           **{name: os.environ[name] for name in SCREEN if name in os.environ})
        # With no take there is another page before the composer; without defaults, nobody would be asked for takes.
        self.rushes("generate", "a first one", "-p", "runway", "-m", "gen4.5", "--poll-interval", "0.1", "--quiet")
        self.rushes("projects", "set", "My Project", "-p", "runway", "-m", "gen4.5")
        self.prompts.append("a first one")

    def rushes(self, *words):
        subprocess.run([os.environ["RUSHES_BINARY"], *words], env=self.environment, stdin=subprocess.DEVNULL, check=True,
                       stdout=subprocess.DEVNULL, cwd=self.folder / "home", timeout=LIMIT)

    def await_window(self, process):
        end = time.monotonic() + LIMIT
        while process.poll() is None and time.monotonic() < end:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--all", "--pid", str(process.pid), "--name", "Rushes"],
                                   env=self.screen, capture_output=True, text=True).stdout.split()
            if found:
                return
            time.sleep(0.05)
        with self.lock:
            self.complaints.append(f"no window came; the program ended with {process.poll()}")

    def live(self):
        """One life of a window. Nobody waits for what they typed: some of it comes too early, and nothing comes of it."""
        with self.lock:
            types, delay = self.dice.random() < 0.7, self.dice.choice([self.dice.uniform(0, 0.3), self.dice.uniform(0, 2)])
            prompt = f"paper ship {len(self.prompts):05d}."
            self.prompts.append(prompt)
        with self.errors.open("ab") as errors:
            process = subprocess.Popen([os.environ["RUSHES_BINARY"]], env=self.screen, stdin=subprocess.DEVNULL,
                                       stdout=errors, stderr=errors, cwd=self.folder / "home")
        self.await_window(process)
        if types:
            for words in [["key", "ctrl+n", "ctrl+a"], ["type", "--delay", "5", prompt], ["key", "ctrl+Return"]]:
                subprocess.run(["xdotool", *words], env=self.screen, timeout=LIMIT)
        time.sleep(delay)
        process.kill()
        if process.wait() == -9:
            with self.lock:
                self.kills["a window"] += 1

    def kill(self, wanted, seconds):
        end = time.monotonic() + seconds
        done = threading.Event()

        def work():
            while not done.is_set():
                self.run(*self.choose())

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        try:
            while self.kills["a window"] < wanted and time.monotonic() < end:
                self.live()
        finally:
            done.set()
            for worker in workers:
                worker.join()
        made = self.ask("SELECT count(*) FROM takes WHERE prompt LIKE 'paper ship%'")
        print(f"# {made[0][0]} takes of the windows' own")


def main():
    rounds = int(os.environ.get("RUSHES_TEST_ROUNDS", USUAL_ROUNDS))
    seconds = float(os.environ.get("RUSHES_TEST_SECONDS") or (USUAL_SECONDS if rounds <= USUAL_ROUNDS else 3000))
    seed = int(os.environ.get("RUSHES_TEST_SEED", random.SystemRandom().getrandbits(32)))

    return try_out(Desk, seed, lambda desk: desk.kill(rounds, seconds))


if __name__ == "__main__":
    sys.exit(main())
