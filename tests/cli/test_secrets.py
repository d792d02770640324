#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys go where they belong and nowhere else. Known ones are put into the keyring, the environment, upload places and a
proxy; then everything is run that may get hold of them, against services that repeat what they were sent, send on to
strangers, break off and refuse, with all logging switched on. Meanwhile and afterwards every file below the folders of the
program, all that it said, what the system shows of its processes, and what others than the right server were sent is
searched for every key, also in base64, percent-encoded, as JSON escapes it, in hexadecimal and backwards. TAP."""

import base64
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCE = Path(os.environ["RUSHES_SOURCE"])
CLIP = (SOURCE / "tests/simulators/clip.mp4").read_bytes()
PICTURE = (SOURCE / "data/samples/harbour.jpg").read_bytes()
SECONDS = 60

# Whose they are. Each has characters that are written otherwise in one form or another; one is as short as a password.
KEYS = {
    "mine": "sk-Kept/7Zq+in=the~keyring.42",
    "query": "Qy?In/the&query+string=5x%7",
    "short": "Hunter-2/47",
    "pair": "AccessPartOfThePair1:SecretPartOfThePair/2+x",
    "xai": "xai-SimulatedKey/For+the=Simulator",
    "runway": "key_EnvironmentOnly/8+h=4471",
    "kling": "KlingAccessHalf4711:KlingSecretHalf/+0815",
    "events": "Events-Token/31+abc=XY",
    "upload:web": "Upload-Secret/99+def=ZW",
    "upload:bucket": "S3SecretAccessKey/77+ghi=UV",
    "proxy": "Proxy-Password_66.jkl~ST",
}


# ---- how a secret may be written ----


def in_base64(secret):
    """What of it is the same wherever it stands in what was encoded."""
    for before in range(3):
        whole = base64.b64encode(b"x" * before + secret)
        start = (before * 8 + 5) // 6
        piece = whole[start:(before + len(secret)) * 8 // 6]
        yield piece
        yield piece.translate(bytes.maketrans(b"+/", b"-_"))


def forms(secret):
    text = secret.encode()
    found = {text, text[::-1], text.hex().encode(), text.hex().upper().encode(), text.replace(b"/", b"\\/")}
    found |= set(in_base64(text))
    for quoted in (urllib.parse.quote(secret, safe=""), urllib.parse.quote(secret), urllib.parse.quote_plus(secret)):
        found |= {quoted.encode(), re.sub("%..", lambda match: match[0].lower(), quoted).encode()}
    for letter in ("%02x", "%02X"):
        found.add("".join("%" + letter % ord(c) for c in secret).encode())
        found.add("".join("\\u00" + letter % ord(c) for c in secret).encode())
        found.add("".join("\\u00" + letter % ord(c) if c in "+/=&<>'\"" else c for c in secret).encode())
    return found


def parts(secret):
    """A pair is as secret as each of its halves."""
    return {secret, *secret.split(":")} if secret.count(":") == 1 else {secret}


class Search:
    """For all secrets at once; those that are minted on the way are added."""

    def __init__(self):
        self.owners = {}
        for owner, key in KEYS.items():
            for part in parts(key):
                self.add(owner, part)

    def add(self, owner, secret):
        self.owners = self.owners | {form: owner for form in forms(secret)}

    def find(self, data, allowed=()):
        """(Whose, as it stands there) of one that is there and may not be."""
        for form, owner in self.owners.items():
            if form in data and owner not in allowed:
                return owner, form.decode("latin-1")
        return None


# ---- servers ----


class Server(ThreadingHTTPServer):
    """One that does what @mode says, and keeps all that it was sent."""

    daemon_threads = True

    def __init__(self, house, owner, stranger=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.house, self.owner, self.stranger = house, owner, stranger
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.mode, self.tasks, self.requests = "good", 0, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # Somebody hung up, which is what some of the runs are about.


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def take(self):
        """The request, and what in it is secret: as it was sent, and what it was made from."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append(f"{self.command} {self.path}\n{self.headers}\n".encode() + body)
        sent = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.server.owner == "pair" and sent.count(".") == 2:
            self.server.house.search.add("minted", sent)
            return sent
        return sent or KEYS.get(self.server.owner, "nothing")

    def answer(self, status, body, kind="application/json", **headers):
        body = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        secret = self.take()
        server = self.server
        mode = server.mode
        # As services do it; the other forms are searched for because of what the program itself may make of a key.
        said = [secret, urllib.parse.quote(secret, safe=""), base64.b64encode(f"user:{secret}".encode()).decode()]
        if server.owner == "pair":
            del said[2:]  # Nobody encodes what is encoded already.
        words = f"Incorrect API key provided: {secret}. You sent Bearer {said[1]} ({said[-1]}), that is\n{secret}"
        headers = {"X_Echo": secret, "WWW_Authenticate": f'Bearer realm="{secret}"', "Set_Cookie": f"token={said[1]}"}
        elsewhere = server.stranger.origin if server.stranger else server.origin

        if server.owner == "proxy":
            return self.answer(407, words, "text/plain", Proxy_Authenticate='Basic realm="proxy"', X_Echo=secret)
        if server.owner == "stranger":
            return self.be_stranger()
        if self.path.startswith("/events"):
            return self.stream(mode, secret, words, elsewhere)
        if self.path.startswith("/files") or self.path.startswith("/bucket"):
            return self.store(mode, words, headers, elsewhere)
        if self.path.startswith("/clip"):
            if mode == "clip-redirect":
                return self.answer(302, "", Location=elsewhere + "/clip.mp4?moved", **headers)
            if mode == "clip-refused":
                server.mode = "good"  # It is asked for once more, and would be for longer.
                return self.answer(403, words, "text/plain", **headers)
            return self.answer(200, CLIP, "video/mp4", **headers)
        if mode == "redirect" or (mode == "status-redirect" and self.command == "GET"):
            return self.answer(307, "", Location=f"{elsewhere}{self.path}", **headers)
        if mode == "refused":
            return self.answer(401, {"error": {"message": words, "code": secret}}, **headers)
        if mode == "bad":
            return self.answer(400, '{"error": {"message": "%s"}}' % "".join(f"\\u{ord(c):04X}" for c in words), **headers)
        if mode == "html":
            return self.answer(502, f"<html><title>{words}</title>{words}</html>", "text/html", **headers)
        if mode == "torn":
            return self.answer(200, '{"id": "7", "echo": "%s' % secret, **headers)
        task = {"id": "task-1", "status": "running", "key": secret, "progress": 0.5, "echo": said}
        if self.command == "POST":
            return self.answer(200, task, **headers)
        if mode == "slow":
            return self.answer(200, {**task, "message": words}, **headers)
        if mode == "failed":
            return self.answer(200, {**task, "status": "failed", "error": {"message": words, "code": secret}}, **headers)
        clip = {"clip-elsewhere": f"{elsewhere}/clip.mp4?token={said[1]}",
                "clip-echo": f"{server.origin}/clip?key={said[1]}"}
        done = {**task, "status": "completed", "url": clip.get(mode, server.origin + "/clip.mp4")}
        return self.answer(200, done, **headers)

    def be_stranger(self):
        if "clip" in self.path:
            return self.answer(200, CLIP, "video/mp4")
        return self.answer(200, {"id": "task-1", "status": "completed", "url": self.server.origin + "/clip.mp4"})

    def stream(self, mode, secret, words, elsewhere):
        if mode == "refused":
            return self.answer(401, words, "text/plain", X_Echo=secret)
        if mode == "redirect":
            return self.answer(307, "", Location=elsewhere + "/events", X_Echo=secret)
        event = f"id: {secret}\nevent: {secret}\ndata: {words.splitlines()[0]}\n\n"
        return self.answer(200, event, "text/event-stream", X_Echo=secret)

    def store(self, mode, words, headers, elsewhere):
        if mode == "refused":
            error = f"<Error><Code>AccessDenied</Code><Message>{words}</Message></Error>"
            return self.answer(403, error, "application/xml", **headers)
        if mode == "redirect":
            return self.answer(307, "", Location=elsewhere + self.path, **headers)
        if self.command in ("GET", "HEAD"):
            return self.answer(200, self.server.house.stored if self.command == "GET" else b"", "image/jpeg")
        if self.command == "PUT":
            self.server.house.stored = self.server.requests[-1].split(b"\n\n", 1)[1]
        return self.answer(200, "", "text/plain", **headers)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any


class Simulator:
    def __init__(self, provider, key):
        words = [os.environ["RUSHES_SIMULATOR"], "--provider", provider, "--key", key, "--while-stdin", "--limit", "600",
                 "--speed", "50"]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


# ---- what is looked at while it runs ----


class Watch(threading.Thread):
    """Looks at every file as soon as it changed, also at those that do not stay, and at all processes of the program."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.seen, self.found, self.over = house, {}, [], threading.Event()
        self.processes, self.n_files = {}, 0

    def look(self):
        for root, _, names in os.walk(self.house.folder):
            for name in names:
                path = os.path.join(root, name)
                try:
                    info = os.stat(path)
                    mark = (info.st_mtime_ns, info.st_size, info.st_ino)
                    if path == self.house.keyring or self.seen.get(path) == mark:
                        continue
                    with open(path, "rb") as file:
                        data = file.read()
                except OSError:
                    continue  # It is gone already.
                self.seen[path] = mark
                self.n_files += 1
                self.judge(path, data + name.encode())
        for process in list(self.processes):
            self.look_at_process(process, self.processes[process])

    def judge(self, where, data, allowed=()):
        found = self.house.search.find(data, allowed)
        if found:
            self.found.append(f"{where}: {found[0]}’s key, as {found[1]}")

    def look_at_process(self, process, allowed):
        """Its words, and its children's words and environment; its own environment is where the test put keys."""
        try:
            tasks = Path(f"/proc/{process}/task").iterdir()
            children = {child for task in tasks for child in (task / "children").read_text().split()}
            self.judge(f"the command line of {process}", Path(f"/proc/{process}/cmdline").read_bytes())
            for child in children:
                self.judge(f"the command line of a child", Path(f"/proc/{child}/cmdline").read_bytes())
                self.judge(f"the environment of a child", Path(f"/proc/{child}/environ").read_bytes())
        except OSError:
            pass

    def run(self):
        while not self.over.wait(0.02):
            self.look()


# ---- everything ----


class House:
    def __init__(self, folder):
        self.folder, self.search = str(folder), Search()
        self.keyring = os.path.join(folder, "keyring")
        self.stored, self.runs, self.said = b"", Counter(), []
        self.environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower() and
                            name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        self.environment |= {"LC_ALL": "C.UTF-8", "G_MESSAGES_DEBUG": "all", "SECRET_BACKEND": "file",
                             "SECRET_FILE_TEST_PATH": self.keyring, "SECRET_FILE_TEST_PASSWORD": "test",
                             "RUSHES_KEY_RUNWAY": KEYS["runway"], "ASAN_OPTIONS": "detect_leaks=0"}
        for variable, name in [("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("TMPDIR", "tmp"),
                               ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "runtime")]:
            os.mkdir(os.path.join(folder, name), 0o700)
            self.environment[variable] = os.path.join(folder, name)
        self.work = Path(self.environment["HOME"])
        (self.work / "boat.jpg").write_bytes(PICTURE)
        self.stranger = Server(self, "stranger")
        self.servers = {owner: Server(self, owner, self.stranger) for owner in
                        ("mine", "query", "short", "pair", "events", "upload:web", "upload:bucket", "proxy")}
        self.simulators = {provider: Simulator(provider, KEYS[provider]) for provider in ("xai", "runway", "kling")}
        settings = Path(folder, "config", "rushes", "settings.ini")
        settings.parent.mkdir()
        settings.write_text("".join(f"[io/github/rushes_app/Rushes/providers/{provider}]\nbase-url='{simulator.origin}'\n"
                                    for provider, simulator in self.simulators.items()))
        self.watch = Watch(self)
        self.watch.start()

    def close(self):
        for simulator in self.simulators.values():
            simulator.close()
        for server in [self.stranger, *self.servers.values()]:
            server.shutdown()
            server.server_close()

    def start(self, *words, **environment):
        process = subprocess.Popen([os.environ["RUSHES_BINARY"], *words], env=self.environment | environment, cwd=self.work,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.watch.processes[process.pid] = ()
        return process

    def finish(self, process, words, given=b""):
        out, err = process.communicate(given, timeout=SECONDS)
        del self.watch.processes[process.pid]
        self.runs[process.returncode] += 1
        self.said.append((" ".join(words), out + err))
        return process.returncode, out

    def run(self, *words, given="", expect=None, **environment):
        status, out = self.finish(self.start(*words, **environment), words, given.encode())
        said = self.said[-1][1].decode(errors="replace")[-3000:]
        assert status >= 0 and (expect is None or status in expect), f"{' '.join(words)} ended with {status}:\n{said}"
        return out

    # ---- planting ----

    def describe(self, id, auth):
        description = {
            "version": 1, "id": id, "name": id.title(), "engine": "http", "default_model": "k1",
            "models": [{"id": "k1", "name": "K1", "durations": [5], "inputs": {"first_frame": "optional"}}],
            "regions": [{"name": "Here", "url": self.servers[id].origin}], "auth": auth,
            "pictures": {"as": ["address"], "types": ["image/jpeg"]},
            "protocol": {
                "submit": {"method": "POST", "path": "/v1/videos", "json": {"prompt": "{prompt}"}},
                "status": {"path": "/v1/videos/{task_id}"}, "test": {"path": "/v1/me"},
                "answer": {"task": ["id"], "state": {"at": ["status"]}, "progress": {"at": ["progress"]},
                           "clips": {"at": ["url"]}, "message": ["error.message", "message"], "code": ["error.code"]}}}
        path = self.work / f"{id}.json"
        path.write_text(json.dumps(description))
        self.run("providers", "add", str(path), "--yes", expect=[0])
        self.run("key", "set", id, given=KEYS[id] + "\n", expect=[0])

    def plant(self):
        bearer = {"scheme": "bearer"}
        self.describe("mine", bearer)
        self.describe("short", bearer)
        self.describe("query", {"scheme": "query", "query": "key"})
        self.describe("pair", {"scheme": "bearer", "pair": "hs256"})
        for provider in ("xai", "kling"):
            self.run("key", "set", provider, "--json", given=KEYS[provider], expect=[0])
        web, bucket = self.servers["upload:web"].origin, self.servers["upload:bucket"].origin
        for id, place in [("web", {"kind": "put", "url": web + "/files/"}),
                          ("bucket", {"kind": "s3", "endpoint": bucket, "bucket": "bucket", "region": "us-east-1",
                                      "access_key": "AKIDEXAMPLE", "path_style": True})]:
            path = self.work / f"{id}-place.json"
            path.write_text(json.dumps({"id": id, "name": id.title(), **place}))
            self.run("uploads", "add", str(path), expect=[0])
            self.run("uploads", "secret", id, given=KEYS["upload:" + id] + "\n", expect=[0])
        self.run("uploads", "choose", "web", expect=[0])

    # ---- running ----

    def generate(self, provider, mode, *words, **environment):
        if provider in self.servers:
            self.servers[provider].mode = mode
        return self.run("generate", f"a paper boat, {mode}", "-p", provider, "--poll-interval", "0.1", "--timeout", "20",
                        "--tries", "0", *words, **environment)

    def kill_in_the_middle(self):
        self.servers["mine"].mode = "slow"
        words = ["generate", "a boat that sinks", "-p", "mine", "--poll-interval", "0.1", "--json"]
        process = self.start(*words)
        lines = []
        for line in process.stdout:
            lines.append(line)
            if b'"progress"' in line:
                break
        self.watch.look()
        process.send_signal(signal.SIGKILL)
        self.said.append(("the one that was killed", b"".join(lines)))
        self.finish(process, words)
        self.servers["mine"].mode = "good"
        self.run("takes", "resume", "--json", expect=[0, 11])

    def run_all(self):
        for mode in ["good", "refused", "bad", "html", "torn", "failed", "redirect", "status-redirect", "clip-redirect",
                     "clip-refused", "clip-elsewhere", "clip-echo"]:
            self.generate("mine", mode, "--json")
        self.generate("mine", "failed")
        for mode in ["refused", "failed", "clip-redirect"]:
            self.generate("pair", mode, "--json")
            self.generate("short", mode, "--json")
            self.generate("query", mode)
        self.generate("mine", "good", "--image", "boat.jpg", "--json", expect=[0])
        self.generate("mine", "good", "--image", "boat.jpg", "--dry-run", "--json", expect=[0])
        self.generate("pair", "good", "--dry-run", expect=[0])
        self.generate("mine", "good", "-o", "boat.mp4", expect=[0])
        for provider, model in [("xai", "grok-imagine-video"), ("runway", "gen4.5"), ("kling", "kling-v2-6")]:
            self.generate(provider, "good", "-m", model, "--json", expect=[0])
        self.kill_in_the_middle()
        self.use_places()
        self.listen()
        self.ask_proxy()
        for mode in ["refused", "redirect"]:
            for provider in ["mine", "query", "pair"]:
                self.servers[provider].mode = mode
                self.run("providers", "test", provider)
        self.tell()

    def use_places(self):
        for id in ["web", "bucket"]:
            for mode in ["good", "refused", "redirect"]:
                self.servers["upload:" + id].mode = mode
                self.run("uploads", "test", id)
        self.servers["upload:web"].mode = "refused"
        self.generate("mine", "good", "--image", "boat.jpg")

    def listen(self):
        for mode in ["good", "refused", "redirect"]:
            self.servers["events"].mode = mode
            self.run("events", self.servers["events"].origin + "/events", "--auth", "bearer", "--max-events", "1", "--json",
                     RUSHES_EVENTS_TOKEN=KEYS["events"])
        self.servers["mine"].mode = "good"
        for server in [self.servers["mine"], self.stranger]:
            self.run("events", server.origin + "/events", "--auth", "bearer", "--key-from", "mine", "--max-events", "1")

    def ask_proxy(self):
        proxy = self.servers["proxy"].origin.replace("http://", f"http://me:{KEYS['proxy']}@")
        # Who asks libproxy for its log is told the password, whatever program uses it.
        self.generate("mine", "good", "--base-url", "http://kites.local", http_proxy=proxy, RUSHES_KEY_MINE=KEYS["mine"],
                      G_MESSAGES_DEBUG="Dex GLib GLib-GIO GLib-Net Json libsecret libsoup")

    def tell(self):
        # The log goes to the same place.
        lines = [line for line in self.run("takes", "list", "--json", expect=[0]).splitlines() if line.startswith(b"{")]
        ids = [json.loads(line)["take"] for line in lines]
        assert len(ids) >= 15, f"only {len(ids)} takes"
        for take in ids[::4]:
            self.run("takes", "show", take, "--json", expect=[0])
            self.run("takes", "pack", take, f"{take}.txt", expect=[0])
        for words in [["takes", "list"], ["ledger"], ["ledger", "--json"], ["providers", "list"],
                      ["providers", "show", "mine", "--json"], ["key", "status", "mine", "--json"],
                      ["uploads", "list", "--json"], ["projects", "list"]]:
            self.run(*words)
        self.run("takes", "save", ids[0], "saved.mp4")


# ---- what must be so ----


def they_were_used(house):
    """every key reached the server that it is for"""
    for owner, server in house.servers.items():
        sent = b"\n".join(server.requests)
        if owner == "upload:bucket":
            assert b"AWS4-HMAC-SHA256" in sent
        elif owner == "pair":
            assert b"Bearer eyJ" in sent
        elif owner == "query":
            assert b"?key=" in sent
        elif owner != "proxy":
            assert KEYS[owner].encode() in sent, owner
    assert house.stranger.requests, "nobody was sent to the stranger"
    assert house.runs[0] >= 20 and house.runs.total() - house.runs[0] >= 15, house.runs


def nothing_said(house):
    """none was said, in answers for people and programs, or in the log"""
    for words, said in house.said:
        found = house.search.find(said)
        if found:
            around = max(said.find(found[1].encode("latin-1")) - 300, 0)
            raise AssertionError(f"rushes {words} says {found[0]}’s key, as {found[1]}:\n" +
                                 said[around:around + 700].decode(errors="replace"))


def nothing_written(house):
    """none is or was in a file, on a command line or in the environment of a child"""
    house.watch.over.set()
    house.watch.join()
    house.watch.seen.clear()  # Those that were minted later are looked for everywhere.
    house.watch.look()
    assert house.watch.n_files > 50, "hardly a file was seen"
    assert not house.watch.found, "\n".join(sorted(set(house.watch.found))[:20])


def nothing_sent(house):
    """none was sent to another server than its own"""
    for owner, server in [("stranger", house.stranger), *house.servers.items()]:
        if owner == "proxy":
            continue  # It is asked to carry what is not encrypted.
        allowed = {owner, "minted"} if owner == "pair" else {owner}
        for request in server.requests:
            found = house.search.find(request, allowed)
            assert not found, f"{owner} got {found[0]}’s key, as {found[1]}:\n{request.decode(errors='replace')[:1000]}"
    for provider, simulator in house.simulators.items():
        with urllib.request.urlopen(simulator.origin + "/_simulator/requests") as reply:
            found = house.search.find(reply.read(), {provider})
        assert not found, f"{provider} got {found}"


CHECKS = [they_were_used, nothing_said, nothing_written, nothing_sent]


def main():
    print(f"1..{len(CHECKS)}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rushes-secrets-") as folder:
        house = House(folder)
        try:
            began = time.monotonic()
            try:
                house.plant()
                house.run_all()
            except Exception as error:  # What was run until then is looked through all the same.
                failed += 1
                print(f"# {type(error).__name__}: {error}".replace("\n", "\n# "), flush=True)
            print(f"# {house.runs.total()} runs ({dict(house.runs)}) in {time.monotonic() - began:.0f} s, "
                  f"{house.watch.n_files} files seen, {len(house.search.owners)} forms of keys")
            for number, check in enumerate(CHECKS, 1):
                try:
                    check(house)
                    print(f"ok {number} - {check.__doc__}", flush=True)
                except Exception as error:  # Any of them is this test's failure, and the others go on.
                    failed += 1
                    print(f"not ok {number} - {check.__doc__}")
                    print("# " + f"{type(error).__name__}: {error}".replace("\n", "\n# "), flush=True)
        finally:
            house.watch.over.set()
            house.close()
    return failed > 0


sys.exit(main())
