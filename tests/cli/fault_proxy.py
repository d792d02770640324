# SPDX-License-Identifier: GPL-3.0-or-later
"""A service as the network may deliver it: a desk on loopback that passes every request on to a simulator, and spoils the
one that it was told to. Beside it a storage server, which clips are fetched from, and a host that has no business here."""

import asyncio
import itertools
import json
import mmap
import re
import shutil
import socket
import ssl
import struct
from dataclasses import dataclass
from email.utils import formatdate

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"
PAGE = b"<!DOCTYPE html><html><head><title>Sign in to the Wi-Fi of this hotel</title></head><body>Welcome!</body></html>"


class Clock:
    """The clock of tests/support/rushes-test-clock.c: in seconds, where it stands is the real time and what was skipped."""

    def __init__(self, path, hurry=1000):
        path.write_bytes(struct.pack("4q", hurry, 0, 0, 0))
        with path.open("r+b") as file:
            self.map = mmap.mmap(file.fileno(), 32)
        self.hurry = hurry
        self.busy = 0

    def now(self):
        return asyncio.get_running_loop().time() + struct.unpack_from("q", self.map, 8)[0] / 1e6

    def set_wrong(self, seconds):
        struct.pack_into("q", self.map, 16, seconds * 1000 * 1000)

    async def run(self):
        """The beat: time is skipped only while this gets to run."""
        for beat in itertools.count(1):
            struct.pack_into("q", self.map, 24, beat)
            await asyncio.sleep(0.002)

    def work(self, n):
        """Nothing is skipped while somebody works at an answer."""
        self.busy += n
        struct.pack_into("q", self.map, 0, 1 if self.busy > 0 else self.hurry)

    async def wait(self, seconds):
        """Until the program has waited so long."""
        end = self.now() + seconds
        self.work(-1)
        while self.now() < end:
            await asyncio.sleep(0.002)
        self.work(1)


@dataclass
class Message:
    start: list
    headers: list
    body: bytes

    def get(self, name):
        return next((value for key, value in self.headers if key.lower() == name), None)


async def read_message(reader, is_reply):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    message = Message(head[0].split(" ", 2), [tuple(line.split(": ", 1)) for line in head[1:] if line], b"")
    if message.get("content-length") is not None:
        message.body = await reader.readexactly(int(message.get("content-length")))
    elif (message.get("transfer-encoding") or "").lower() == "chunked":
        while size := int(await reader.readline(), 16):
            message.body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    elif is_reply and message.start[1] not in ("204", "304"):
        message.body = await reader.read()
    return message


# What takes nothing from an answer.
HARMLESS = ("slow", "typed", "act")


class Door:
    """A port that is held all the time, so that nobody else gets it, and listened at only while it is open."""

    def __init__(self, desk, name, host, context):
        self.desk, self.name, self.host, self.context = desk, name, host, context
        self.holder = socket.socket()
        self.holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.holder.bind((host, 0))
        self.port = self.holder.getsockname()[1]
        self.server = None

    async def open(self):
        self.server = await asyncio.start_server(self.serve, self.host, self.port, ssl=self.context)

    def shut(self):
        if self.server is not None:
            self.server.close()
            self.server = None

    async def serve(self, reader, writer):
        desk = self.desk
        desk.tasks.add(asyncio.current_task())
        desk.clock.work(1)
        try:
            await desk.attend(self.name, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError):
            pass
        finally:
            desk.clock.work(-1)
            desk.tasks.discard(asyncio.current_task())
            writer.close()


# What is answered right before a stage begins; None when it is the first thing that is asked of its host.
BEFORE = {"upload": None, "file": None, "submit": None, "poll": "submit", "later": "poll", "result": "later", "clip": None,
          "renewal": "clip", "cancel": "submit"}


class Desk:
    """@stage is where it goes wrong, @fault how, @times how often (None: for ever). With @certificates, a pair of files,
    it speaks TLS: by the first, or by the second where the fault is that nobody trusts that."""

    def __init__(self, simulator, classify, clock, stage, fault, times, certificates=None):
        self.simulator = simulator
        self.classify = classify
        self.clock = clock
        self.stage, self.fault, self.left = stage, fault, times
        self.certificates = certificates
        self.library = None
        self.freeing = None
        self.seen = []  # (seconds, stage, whether it was spoilt)
        self.hosts = {"service": [], "storage": [], "other": [], "clear": []}  # each request as it came, in one string
        self.doors = {}
        self.urls = {}
        self.tasks = set()

    async def open(self):
        self.tasks.add(asyncio.create_task(self.clock.run()))
        broken = "storage" if self.stage in ("clip", "file") else "service"
        for name, host in [("service", HERE), ("storage", HERE), ("other", ELSEWHERE), ("clear", HERE)]:
            context = None
            if self.certificates and name in ("service", "storage"):
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.certificates[self.fault[0] == "untrusted" and name == broken])
            self.doors[name] = Door(self, name, host, context)
            self.urls[name] = f"{'https' if context else 'http'}://{host}:{self.doors[name].port}"
            await self.doors[name].open()
        await self.refuse_behind(None)

    async def refuse_behind(self, stage):
        """A door is shut before it is knocked at: when the answer to what comes before is on its way."""
        if self.fault[0] != "refused" or self.left == 0 or BEFORE[self.stage] != stage:
            return
        door = self.doors["storage" if self.stage in ("clip", "file") else "service"]
        self.seen.append((self.clock.now(), self.stage, True))
        door.shut()
        if self.left is not None:
            self.left = 0
            self.tasks.add(asyncio.create_task(self.reopen(door)))

    # ---- what happens to the computer ----

    async def remove(self, name):
        path = self.library / name
        await asyncio.to_thread(shutil.rmtree if path.is_dir() else path.unlink, *([path] if path.is_dir() else []))

    async def set_clock(self, seconds):
        self.clock.set_wrong(seconds)

    async def fill_disk(self):
        """Whoever filled it makes room after a minute."""
        filler = self.library / "filler"

        def fill():
            with filler.open("wb", buffering=0) as file:
                try:
                    for piece in 65536, 4096, 1:
                        while file.write(bytes(piece)) == piece:
                            pass
                except OSError:
                    pass

        async def free():
            end = self.clock.now() + 60
            while self.clock.now() < end and self.left is not None:
                await asyncio.sleep(0.002)
            filler.unlink()

        await asyncio.to_thread(fill)
        self.freeing = asyncio.create_task(free())

    async def mend(self):
        """From now on all is well."""
        self.left = None
        if self.freeing is not None:
            await self.freeing
        self.left = 0
        for door in self.doors.values():
            if door.server is None:
                await door.open()

    async def reopen(self, door):
        end = self.clock.now() + 1
        while self.clock.now() < end:
            await asyncio.sleep(0.002)
        await door.open()

    async def close(self):
        for door in self.doors.values():
            door.shut()
            door.holder.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    # ---- a request ----

    async def attend(self, name, reader, writer):
        request = await read_message(reader, False)
        self.hosts[name].append(f"{request.start} {request.headers}")
        stage = self.classify(name, request.start[0], request.start[1].partition("?")[0], self)
        spoilt = name in ("service", "storage") and stage == self.stage and self.left != 0
        spoilt = spoilt and self.fault[0] not in ("refused", "untrusted", "nothing")
        if spoilt and self.left is not None:
            self.left -= 1
        self.seen.append((self.clock.now(), stage if name in ("service", "storage") else name, spoilt))
        await self.refuse_behind(stage)
        fault = Fault(self, name, request, reader, writer)
        if spoilt:
            await getattr(fault, self.fault[0])(*self.fault[1:])
        elif name == "storage" and self.stage == "renewal" and not self.has("renewal"):
            await fault.status(403)  # the first address of the clip is dead
        else:
            await send(writer, await self.forward(request, name))

    def has(self, stage):
        """Whether an answer of that stage was whole."""
        return any(seen == stage and not (spoilt and self.fault[0] not in HARMLESS) for _, seen, spoilt in self.seen)

    def has_come(self, stage):
        return any(seen == stage for _, seen, _ in self.seen)

    async def forward(self, request, name):
        """What the simulator answers, as if it lived here."""
        stored = name == "storage" or (name == "other" and self.stage == "clip")
        origin = self.simulator.elsewhere if stored and self.simulator.elsewhere else self.simulator.origin
        reader, writer = await asyncio.open_connection(HERE, int(origin.rpartition(":")[2]))
        headers = [(key, value) for key, value in request.headers if key.lower() not in ("connection", "transfer-encoding")]
        lines = [" ".join(request.start), *(f"{key}: {value}" for key, value in headers), "Connection: close", "", ""]
        writer.write("\r\n".join(lines).encode("latin-1") + request.body)
        reply = await read_message(reader, True)
        writer.close()
        reply.headers = [(key, value) for key, value in reply.headers
                         if key.lower() not in ("content-length", "transfer-encoding", "connection")]
        if "video" not in (reply.get("content-type") or ""):
            reply.body = re.sub(rb"http://127\.0\.0\.1:\d+", self.move, reply.body)
        return reply

    def move(self, match):
        origin = match[0].decode()
        if origin == self.simulator.origin:
            return self.urls["service"].encode()
        self.simulator.elsewhere = origin
        return self.urls["storage"].encode()


async def send(writer, reply, length=None, framing=True):
    """With another length than it has, or with none at all."""
    headers = [*reply.headers, ("Connection", "close")]
    if framing and reply.start[1] not in ("204", "304"):
        headers.append(("Content-Length", str(len(reply.body) if length is None else length)))
    lines = [" ".join(reply.start), *(f"{key}: {value}" for key, value in headers), "", ""]
    writer.write("\r\n".join(lines).encode("latin-1") + reply.body)
    await writer.drain()


class Fault:
    """What can become of one request. What an answer was made for was accepted."""

    def __init__(self, desk, name, request, reader, writer):
        self.desk, self.name, self.request, self.reader, self.writer = desk, name, request, reader, writer

    async def answer(self):
        return await self.desk.forward(self.request, self.name)

    def abort(self):
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def gone(self):
        """Until the other side gives up."""
        await self.writer.drain()
        self.desk.clock.work(-1)
        try:
            while await self.reader.read(65536):
                pass
        finally:
            self.desk.clock.work(1)

    # ---- on the other side ----

    async def act(self, what, *words):
        """The answer is as it should be, but while it was waited for something happened to the computer."""
        await getattr(self.desk, what)(*words)
        await send(self.writer, await self.answer())

    # ---- the connection ----

    async def reset(self):
        await self.answer()
        self.abort()

    async def reset_unread(self):
        self.abort()

    async def closed(self):
        await self.answer()

    async def stalled(self):
        await self.answer()
        await self.gone()

    async def half(self, then):
        reply = await self.answer()
        size = len(reply.body)
        reply.body = reply.body[:size // 2]
        await send(self.writer, reply, size)
        await getattr(self, then)()

    async def all_but_the_end(self, then):
        reply = await self.answer()
        await send(self.writer, reply, len(reply.body) + 10)
        await getattr(self, then)()

    async def over(self):
        pass

    async def reset_now(self):
        await asyncio.sleep(0.05)  # what was sent would be thrown away with the connection
        self.abort()

    async def slow(self):
        """Longer than anybody may be silent, but never silent for so long."""
        reply = await self.answer()
        pieces = [reply.body[i:i + 1 + len(reply.body) // 4] for i in range(0, len(reply.body), 1 + len(reply.body) // 4)]
        body, reply.body = reply.body, b""
        await send(self.writer, reply, len(body))
        for piece in pieces:
            await self.desk.clock.wait(40)
            self.writer.write(piece)
            await self.writer.drain()

    async def endless(self):
        reply = await self.answer()
        reply.body = b""
        await send(self.writer, reply, framing=False)
        self.desk.clock.work(-1)
        try:
            while True:
                self.writer.write(b" " * 65536)
                await self.writer.drain()
        finally:
            self.desk.clock.work(1)

    # ---- the form ----

    async def length(self, change):
        reply = await self.answer()
        await send(self.writer, reply, max(0, len(reply.body) + change))

    async def chunks(self):
        reply = await self.answer()
        size = len(reply.body) // 2
        reply.headers.append(("Transfer-Encoding", "chunked"))
        reply.body = f"{size:x}\r\n".encode() + reply.body[:size] + b"\r\nno number\r\n" + reply.body[size:]
        await send(self.writer, reply, framing=False)

    async def no_http(self):
        await self.answer()
        self.writer.write(b"SSH-2.0-OpenSSH_10.0\r\n")
        await self.writer.drain()

    # ---- what is said ----

    async def body(self, change, kind=None):
        reply = await self.answer()
        if reply.start[1] == "204":
            reply.start[1:] = ["200", "OK"]
        reply.body = change(reply.body)
        if kind is not None:
            reply.headers = [pair for pair in reply.headers if pair[0].lower() != "content-type"] + [("Content-Type", kind)]
        await send(self.writer, reply)

    async def empty(self):
        await self.body(lambda body: b"")

    async def invalid(self):
        await self.body(lambda body: b"{'status': pending, }")

    async def cut(self):
        await self.body(lambda body: body[:len(body) // 2])

    async def typed(self, kind):
        await self.body(lambda body: body, kind)

    async def html(self):
        await self.body(lambda body: PAGE, "text/html")

    async def status(self, status, *headers, page=False):
        body = PAGE if page else json.dumps({"error": "This is a failure that was asked for."}).encode()
        kind = "text/html" if page else "application/json"
        await send(self.writer, Message(["HTTP/1.1", str(status), "Asked For"], [("Content-Type", kind), *headers], body))

    async def status_page(self, status):
        await self.status(status, page=True)

    async def again(self, status, form, seconds=0):
        """Refuses, and says when to come again."""
        headers = {
            "": [],
            "seconds": [("Retry-After", str(seconds))],
            "date": [("Date", formatdate(self.desk.clock.now(), usegmt=True)),
                     ("Retry-After", formatdate(self.desk.clock.now() + seconds, usegmt=True))],
            "ms": [("Retry-After-Ms", str(seconds * 1000))],
            "text": [("Retry-After", "soon")],
        }[form]
        await self.status(status, *headers)

    async def redirect(self, status, where):
        target = self.request.start[1]
        path = re.sub("^[a-z]*://[^/]*", "", target)
        address = {
            "other": self.desk.urls["other"] + path,
            "clear": self.desk.urls["clear"] + path,
            "file": "file:///etc/hostname",
            "loop": path,
            "nowhere": None,
        }[where]
        await self.status(status, *([("Location", address)] if address is not None else []))
