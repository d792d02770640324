#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulators hold: what the services' pages have goes through, what they do not have is refused, and faults happen when
they are switched on. And two readings of the pages meet: what our descriptions make, as the fixtures have it, is what the
simulators, written apart from them, take. TAP. Arguments: the binary, the folder of fixtures."""

import base64
import hashlib
import hmac
import functools
import glob
import http.client
import itertools
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from urllib.parse import quote, urlsplit

PNG = "data:image/png;base64,iVBORw0KGgo="
BINARY = sys.argv[1]
FIXTURES = sys.argv[2]
tests = []


def test(function):
    tests.append(function)
    return function


class Simulator:
    """One that is running; used with `with`."""

    def __init__(self, provider, *faults, key="sk-simulated", polls=3, args=()):
        self.provider, self.key = provider, key
        self.args = [BINARY, "--provider", provider, "--key", key, "--while-stdin", "--limit", "60", *args]
        if polls:
            self.args += ["--polls", str(polls)]
        for fault in faults:
            self.args += ["--fault", fault]

    def __enter__(self):
        self.process = subprocess.Popen(self.args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        status = self.process.wait(20)
        assert status == 0, f"{self.provider} ended with {status}"

    def ask(self, method, address, body=None, key=True, form=None, raw=None, **headers):
        """Status, JSON or bytes, headers."""
        parts = urlsplit(address if address.startswith("http") else self.origin + address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            headers["Authorization"] = f"Bearer {self.key if key is True else key}"
        if form is not None:
            headers["Content-Type"] = "multipart/form-data; boundary=b"
            body = b""
            for name, value in form.items():
                extra = b""
                if isinstance(value, bytes):
                    extra = b'; filename="a.png"\r\nContent-Type: image/png'
                else:
                    value = value.encode()
                body += b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (name.encode(), extra, value)
            body += b"--b--\r\n"
        elif raw is not None:
            body = raw
        elif body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, headers)
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        if reply.headers.get("Content-Type") == "application/json":
            try:
                content = json.loads(content)
            except ValueError:
                pass
        return reply.status, content, reply.headers

    def count(self, name):
        return self.ask("GET", "/_simulator")[1][name]

    def refuses(self, method, address, *statuses, **what):
        status, content, _ = self.ask(method, address, **what)
        assert status in statuses, (status, content, what)
        assert self.count("submits") == 0
        return content

    def fetch(self, url, **headers):
        return self.ask("GET", url, key=False, **headers)


def same(got, wanted):
    assert got == wanted, f"{got!r} is not {wanted!r}"


# ---- what is common; sora2 stands for all ----

SORA = {"model": "sora-2", "prompt": "A kite", "duration": "10"}
SORA_PATH = "/v2/videos/generations"


def sora_task(simulator):
    return quote(simulator.ask("POST", SORA_PATH, SORA)[1]["task_id"], safe="")


def sora_end(simulator, n=3):
    task = sora_task(simulator)
    return [simulator.ask("GET", f"{SORA_PATH}/{task}")[:2] for _ in range(n)]


@test
def common_whole_life():
    with Simulator("sora2") as s:
        states = sora_end(s)
        same([state["status"] for _, state in states], ["NOT_START", "IN_PROGRESS", "SUCCESS"])
        url = states[-1][1]["data"]["output"]
        status, clip, headers = s.fetch(url)
        same((status, clip[4:8], headers["Accept-Ranges"]), (200, b"ftyp", "bytes"))
        status, rest, again = s.fetch(url, Range="bytes=1000-", If_Range=headers["ETag"])
        same((status, rest, again["ETag"]), (206, clip[1000:], headers["ETag"]))
        same(s.fetch(url, Range="bytes=1000-", If_Range='"other"')[0], 200)
        same(s.fetch(url + "0")[0], 403)
        same(s.ask("HEAD", url, key=False)[0], 403)
        same((s.count("submits"), s.count("polls"), s.count("charges"), s.count("leaks")), (1, 3, 1, 0))
        same(s.ask("GET", url)[0], 400)
        same(s.count("leaks"), 1)


@test
def common_keys():
    with Simulator("sora2") as s:
        s.refuses("POST", SORA_PATH, 401, body=SORA, key=False)
        s.refuses("POST", SORA_PATH, 401, body=SORA, key="sk-other")
        same(s.count("wrong_keys"), 2)
        requests = s.ask("GET", "/_simulator/requests")[1]
        same([request["key"] for request in requests], ["none", "wrong"])
        assert "sk-" not in json.dumps(requests)


@test
def common_refusals():
    for fault, status in [("refuse-key", 401), ("balance", 403), ("rate-limit=2", 429), ("reject", 400), ("bad-request", 400),
                          ("unknown-model", 503), ("server-error", 500), ("html", 502), ("html=504", 504),
                          ("submit-503-retry-after", 503)]:
        with Simulator("sora2", fault) as s:
            s.refuses("POST", SORA_PATH, status, body=SORA)


@test
def common_retry_after():
    for value, header in [("7", ("Retry-After", "7")), ("ms", ("retry-after-ms", "700"))]:
        with Simulator("sora2", f"rate-limit={value}") as s:
            same(s.ask("POST", SORA_PATH, SORA)[2][header[0]], header[1])
            same(s.ask("POST", SORA_PATH, SORA)[0], 200)
    with Simulator("sora2", "rate-limit=date") as s:
        assert s.ask("POST", SORA_PATH, SORA)[2]["Retry-After"].endswith(" GMT")


@test
def common_accepted_and_lost():
    for fault, error in [("reset-submit", ConnectionResetError), ("truncate-reply", http.client.IncompleteRead)]:
        with Simulator("sora2", fault) as s:
            try:
                s.ask("POST", SORA_PATH, SORA)
                raise AssertionError(fault)
            except error:
                same(s.count("submits"), 1)
    with Simulator("sora2", "no-task-id") as s:
        same(s.ask("POST", SORA_PATH, SORA)[1]["task_id"], None)
        same(s.count("submits"), 1)


@test
def common_polls():
    for fault, wanted in [("fail", "FAILURE"), ("never", "IN_PROGRESS"), ("unknown-state", "SUCCESS")]:
        with Simulator("sora2", fault) as s:
            same(sora_end(s)[-1][1]["status"], wanted)
    for fault, words in [("fail", "upstream error"), ("fail=rejected", "content policy")]:
        with Simulator("sora2", fault) as s:
            assert words in sora_end(s)[-1][1]["fail_reason"]
    with Simulator("sora2", "unknown-state") as s:
        same(sora_end(s, 2)[-1][1]["status"], "SIMMERING")
    with Simulator("sora2", "fail-then-done") as s:
        same([state["status"] for _, state in sora_end(s, 4)[2:]], ["FAILURE", "SUCCESS"])
    with Simulator("sora2", "done-without-clip") as s:
        same(sora_end(s)[-1][1]["data"], None)
    for fault, status in [("poll-404-first=2", 404), ("poll-500=2", 500), ("poll-401=2", 401), ("poll-429=2", 429)]:
        with Simulator("sora2", fault) as s:
            same([code for code, _ in sora_end(s)], [status, status, 200])


@test
def common_clips():
    def url(simulator):
        return sora_end(simulator)[-1][1]["data"]["output"]

    for fault, wanted in [("expired-result", [403, 403]), ("expired-result=404", [404, 404]), ("result-404-first", [404, 200]),
                          ("html-clip", [200, 200]), ("redirect-result", [302, 302])]:
        with Simulator("sora2", fault) as s:
            address = url(s)
            same([s.fetch(address)[0] for _ in range(2)], wanted)
    with Simulator("sora2", "redirect-result") as s:
        same(s.fetch(s.fetch(url(s))[2]["Location"])[0], 200)
    with Simulator("sora2", "truncated-clip") as s:
        address = url(s)
        try:
            s.fetch(address)
            raise AssertionError("the clip came whole")
        except http.client.IncompleteRead as half:
            rest = s.fetch(address, Range=f"bytes={len(half.partial)}-")
            same((rest[0], len(rest[1])), (206, half.expected))
    with Simulator("sora2", "expired-result=renewed", polls=1) as s:
        task = sora_task(s)
        first, second = (s.ask("GET", f"{SORA_PATH}/{task}")[1]["data"]["output"] for _ in range(2))
        same((s.fetch(first)[0], s.fetch(second)[0]), (403, 200))


@test
def common_counts_are_written_down():
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "counts.json")
        with Simulator("sora2", args=("--count-file", name)) as s:
            sora_task(s)
        with open(name, encoding="utf-8") as file:
            same(json.load(file)["submits"], 1)


@test
def common_by_time():
    with Simulator("sora2", polls=0, args=("--speed", "1000")) as s:
        task = sora_task(s)
        for _ in range(2000):
            if s.ask("GET", f"{SORA_PATH}/{task}")[1]["status"] == "SUCCESS":
                return
        raise AssertionError("it never ended")


# ---- each service ----


@test
def sora2_is_strict():
    with Simulator("sora2") as s:
        for change in [{"duration": 10}, {"duration": "25"}, {"hd": True}, {"aspect_ratio": "1:1"}, {"watermark": "no"},
                       {"images": [PNG, 1]}, {"images": ["data:image/png;base64,!"]}, {"images": ["data:image/jpeg;base64,iVBORw0KGgo="]},
                       {"videos": [PNG]}, {"fps": 24}, {"prompt": ""}, {"model": "veo3.1", "duration": "8"}]:
            s.refuses("POST", SORA_PATH, 400, body={**SORA, **change})
        s.refuses("POST", SORA_PATH, 400, form={"model": "sora-2", "prompt": "A kite"})
        s.refuses("GET", SORA_PATH, 405)
        same(s.ask("GET", f"{SORA_PATH}/no")[0], 404)
        for change in [{"images": [PNG]}, {"model": "veo3.1", "duration": 8}, {"model": "sora-2-pro", "duration": "15", "hd": True}]:
            same(s.ask("POST", SORA_PATH, {**SORA, **change})[0], 200)
    with Simulator("sora2", "openai-style") as s:
        task = quote(s.ask("POST", SORA_PATH, SORA)[1]["id"], safe="")
        assert [s.ask("GET", f"{SORA_PATH}/{task}")[1] for _ in range(3)][-1]["video_url"].startswith("http")


XAI = {"model": "grok-imagine-video", "prompt": "Waves", "duration": 6}
XAI_PATH = "/v1/videos/generations"


@test
def xai_is_strict():
    with Simulator("xai") as s:
        for change in [{"duration": "6"}, {"duration": 16}, {"aspect_ratio": "21:9"}, {"resolution": "1080p"}, {"image": PNG}, {"seed": 1},
                       {"image": {"url": "iVBORw0KGgo="}}, {"last_frame": {"url": PNG}}, {"reference_images": [{"url": PNG}] * 8},
                       {"reference_images": [{"url": PNG}], "image": {"url": PNG}}, {"reference_images": [{"url": PNG}], "duration": 11}]:
            s.refuses("POST", XAI_PATH, 400, body={**XAI, **change})
        s.refuses("POST", XAI_PATH, 404, body={**XAI, "model": "sora-2"})
        s.refuses("POST", XAI_PATH, 400, form={"model": "grok-imagine-video"})
        for change in [{"image": {"url": PNG}}, {"model": "grok-imagine-video-1.5", "resolution": "1080p", "last_frame": {"url": PNG},
                                                 "image": {"url": PNG}}, {"reference_images": [{"url": PNG}] * 7}]:
            same(s.ask("POST", XAI_PATH, {**XAI, **change})[0], 200)


@test
def xai_answers():
    def end(*faults):
        with Simulator("xai", *faults) as s:
            task = s.ask("POST", XAI_PATH, XAI)[1]["request_id"]
            return [s.ask("GET", f"/v1/videos/{task}")[:2] for _ in range(3)]

    states = end()
    same([status for status, _ in states], [202, 202, 200])
    same(states[2][1]["usage"]["cost_in_usd_ticks"], 4200000000)
    same(end("empty-202")[0], (202, b""))
    same(end("moderated")[2][1]["video"]["respect_moderation"], False)
    assert end("stored")[2][1]["video"]["file_output"]["public_url"].startswith("http")
    assert "status" not in end("no-status")[2][1]
    same(end("fail", "expired")[2][1], {"status": "expired"})
    same(end("late-refusal")[0][0], 400)
    with Simulator("xai", "finished-at-once") as s:
        assert s.ask("POST", XAI_PATH, XAI)[1]["video"]["url"].startswith("http")


@test
def grok_chat_answers():
    path, picture = "/v1/chat/completions", [{"type": "text", "text": "It turns"}, {"type": "image_url", "image_url": {"url": PNG}}]
    body = {"model": "grok-imagine-0.9", "stream": False, "messages": [{"role": "user", "content": picture}]}

    def content(*faults, **change):
        with Simulator("grok-chat", *faults) as s:
            status, reply, _ = s.ask("POST", path, {**body, **change})
            assert status == 200 and s.count("submits") == 1, reply
            return reply["choices"][0]["message"]["content"] if isinstance(reply, dict) else reply.decode()

    assert content().startswith('<video src="http')
    assert "&amp;" in content("html-source") and "poster" in content("html-source")
    assert content("markdown").startswith("[video](http")
    assert json.loads(content("json-text"))["video_url"].startswith("http")
    same(content("empty"), "")
    same(content("done-without-clip"), "")
    assert "![" in content(messages=[{"role": "user", "content": "A cat"}])
    assert content("sse").endswith("data: [DONE]\n\n") and '"delta":{"content":' in content("sse")
    with Simulator("grok-chat") as s:
        for change in [{"video_config": {}}, {"messages": []}, {"stream": "no"}, {"n": 1},
                       {"model": "grok-imagine-1.0-video", "video_config": {"video_length": 7}},
                       {"model": "grok-imagine-video", "video_config": {"seconds": "6"}}]:
            s.refuses("POST", path, 400, body={**body, **change})
        s.refuses("POST", path, 404, body={**body, "model": "grok-4"})
        s.refuses("POST", path, 401, body=body, key="sk-other")
    with Simulator("grok-chat", "own-address-key") as s:
        url = s.ask("POST", path, body)[1]["choices"][0]["message"]["content"].split('"')[1]
        same((s.ask("GET", url, key=False)[0], s.ask("GET", url)[0]), (401, 200))


@test
def jiekou_is_strict():
    sora, unified = "/v3/async/sora-2-video-reverse", "/v3/video/create"
    kite = {"prompt": "A kite", "duration": 10, "size": "1280x720"}
    wan = {"model": "wan2.5_preview_i2v", "prompt": "It drifts", "image": PNG, "resolution": "720p", "duration": 5}
    with Simulator("jiekou") as s:
        for change in [{"duration": 5}, {"duration": "10"}, {"size": "1280*720"}, {"image": PNG}, {"image_url": "https://e.x/a.png"},
                       {"image": "https://e.x/a.webp"}, {"seed": 1}]:
            s.refuses("POST", sora, 400, body={**kite, **change})
        s.refuses("POST", "/v3/async/no-such-model", 404, body=kite)
        s.refuses("POST", unified, 400, body={**wan, "image": None})
        s.refuses("POST", unified, 404, body={**wan, "model": "sora9"})
        s.refuses("POST", "/v3/async/wan2.6-t2v", 400, body={"prompt": "A kite"})
        same(s.ask("POST", sora, {**kite, "image": "https://e.x/a.png?x=1"})[0], 200)
        same(s.ask("POST", "/v3/async/wan2.6-i2v", {"input": {"prompt": "A", "img_url": "https://e.x/a"},
                                                    "parameters": {"resolution": "720P", "duration": 5, "seed": 42}})[0], 200)
        task = s.ask("POST", unified, wan)[1]["task_id"]
        end = [s.ask("GET", f"/v3/async/task-result?task_id={task}")[1] for _ in range(3)]
        same([state["task"]["status"] for state in end], ["TASK_STATUS_QUEUED", "TASK_STATUS_PROCESSING", "TASK_STATUS_SUCCEED"])
        same(end[2]["videos"][0]["video_url_ttl"], "3600")


@test
def dyuapi_is_strict():
    form = {"model": "sora2-landscape-10s", "prompt": "The fox looks up"}
    with Simulator("dyuapi") as s:
        for change in [{"seconds": "15"}, {"size": "720x1280"}, {"style": "noir"}, {"input_reference": "text"}, {"image": "x"}]:
            s.refuses("POST", "/v1/videos", 400, form={**form, **change})
        s.refuses("POST", "/v1/videos", 400, body={**form, "image_url": PNG})
        s.refuses("POST", "/v1/videos", 503, form={**form, "model": "veo3"})
        same(s.ask("POST", "/v1/videos", form={**form, "input_reference": b"\x89PNG\r\n\x1a\n"})[0], 200)
        task = s.ask("POST", "/v1/videos", {**form, "image_url": "https://e.x/a.png", "style": "retro"})[1]["id"]
        same([s.ask("GET", f"/v1/videos/{task}")[1]["status"] for _ in range(3)], ["queued", "processing", "completed"])
        assert s.ask("GET", f"/v1/videos/{task}/content")[1]["video_url"].startswith("http")
        links = s.ask("POST", "/v1/chat/completions", {"model": "sora_url", "messages": [
            {"role": "user", "content": "https://sora.chatgpt.com/p/s_1"}]})[1]["links"]
        same(s.fetch(links["mp4"])[0], 200)
        same(s.ask("DELETE", f"/v1/videos/{task}")[0], 405)
    with Simulator("dyuapi", "content-bytes", "no-video-url", "colon") as s:
        task = quote(s.ask("POST", "/v1/videos", form=form)[1]["id"], safe="")
        assert "video_url" not in [s.ask("GET", f"/v1/videos/{task}")[1] for _ in range(3)][-1]
        same(s.ask("GET", f"/v1/videos/{task}/content")[1][4:8], b"ftyp")
        same(s.ask("GET", f"/v1/videos/{task}/content", key=False)[0], 401)


@test
def openai_compatible_dialects():
    png, path, data = b"\x89PNG\r\n\x1a\n", "/v1/videos", {"image_url": PNG}
    accepted = {
        "openai": [dict(form={"model": "sora-2", "prompt": "A", "seconds": "4", "size": "1280x720", "input_reference": png}),
                   dict(body={"model": "sora-2", "prompt": "A", "input_reference": data})],
        "vllm": [dict(form={"prompt": "A", "seconds": "4", "size": "1280x704", "seed": "7", "input_reference": png}),
                 dict(form={"prompt": "A", "num_frames": "33", "image_reference": json.dumps(data)})],
        "sglang": [dict(body={"prompt": "A", "seconds": 4, "seed": 7, "reference_url": PNG}), dict(form={"prompt": "A", "seconds": "4"})],
        "newapi": [dict(body={"model": "kling-v3", "prompt": "A", "seconds": "5", "image": PNG, "metadata": {"a": 1}})],
        "litellm": [dict(form={"model": "veo", "prompt": "A", "input_reference": png})],
    }
    refused = {
        "openai": [dict(body={"prompt": "A", "seconds": 4}), dict(form={"prompt": "A", "seconds": "5"}), dict(form={"prompt": "A", "seed": "7"})],
        "vllm": [dict(body={"prompt": "A"}), dict(form={"prompt": "A", "input_reference": png, "image_reference": json.dumps(data)}),
                 dict(form={"prompt": "A", "model": "sora-2"}), dict(form={"prompt": "A", "seconds": "4.5"}),
                 dict(form={"prompt": "A", "image_reference": PNG})],
        "sglang": [dict(body={"prompt": "A", "seconds": "4"}), dict(body={"prompt": "A", "input_reference": "/srv/a.png"})],
        "newapi": [dict(body={"model": "kling-v3", "prompt": "A", "duration": "5"}), dict(body={"prompt": "A"})],
        "litellm": [dict(body={"model": "veo", "prompt": "A", "input_reference": data})],
    }
    for dialect in accepted:
        with Simulator("openai-compatible", dialect) as s:
            for request in refused[dialect]:
                s.refuses("POST", path, 400, 422, **request)
            for request in accepted[dialect]:
                status, job, _ = s.ask("POST", path, **request)
                same(status, 200)
            task = quote(job["id"], safe="")
            same(s.ask("GET", f"{path}/{task}/content", key=False)[0], 404)
            end = [s.ask("GET", f"{path}/{task}")[1] for _ in range(3)][-1]
            same(end["status"], "completed")
            same(s.ask("GET", f"{path}/{task}/content")[1][4:8], b"ftyp")
            same(s.ask("GET", f"{path}/{task}/content", key="sk-other")[0], 401)
            same("url" in end.get("metadata", {}), dialect == "newapi")


@test
def openai_compatible_ends():
    form = dict(form={"prompt": "A", "seconds": "4"})
    for faults, wanted in [(("vllm", "fail"), 500), (("sglang", "fail"), 200), (("fail",), 200)]:
        with Simulator("openai-compatible", *faults) as s:
            task = s.ask("POST", "/v1/videos", **form)[1]["id"]
            status, job, _ = [s.ask("GET", f"/v1/videos/{task}") for _ in range(3)][-1]
            same((status, job["status"], bool(job["error"]["message"])), (wanted, "failed", True))
    for dialect, wanted in [("vllm", 200), ("sglang", 200), ("newapi", 405), ("litellm", 405)]:
        with Simulator("openai-compatible", dialect) as s:
            task = s.ask("POST", "/v1/videos", form={**form["form"], **({} if dialect in ("vllm", "sglang") else {"model": "a"})})[1]["id"]
            same(s.ask("DELETE", f"/v1/videos/{quote(task, safe='')}")[0], wanted)
            same(s.count("cancels"), 1 if wanted == 200 else 0)
    with Simulator("openai-compatible", "newapi", "wrapped") as s:
        task = s.ask("POST", "/v1/video/generations", {"model": "a", "prompt": "A"})[1]["task_id"]
        assert [s.ask("GET", f"/v1/video/generations/{task}")[1] for _ in range(3)][-1]["data"]["result_url"].startswith("http")


# ---- kling ----


def picture(width, height, prefix=""):
    """The head of a PNG is all that the simulator looks at."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"
    return prefix + base64.b64encode(head).decode()


DATA_PNG = "data:image/png;base64,"


def token(access="ak-simulated", secret="sk-simulated", now=None, lifetime=1800, **changes):
    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    now = int(time.time()) if now is None else now
    payload = {"iss": access, "exp": now + lifetime, "nbf": now - 5, **changes}
    text = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode()) + "." + part(json.dumps(payload).encode())
    return text + "." + part(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())


KLING = {"model_name": "kling-v2-6", "prompt": "A fox in snow", "negative_prompt": "blur", "mode": "pro", "duration": "5",
         "aspect_ratio": "16:9", "sound": "on"}
KLING_PICTURE = {"model_name": "kling-v2-5-turbo", "prompt": "The fox looks up", "mode": "pro", "duration": "5"}


@test
def kling_keys():
    with Simulator("kling", key="api-key-kling-1") as s:
        same(s.ask("POST", "/v1/videos/text2video", KLING)[1]["data"]["task_status"], "submitted")
        same(s.ask("POST", "/v1/videos/text2video", KLING, key=token())[0], 200)
        now = int(time.time())
        for key, code in [(token(secret="sk-other"), 1002), (token(access="ak-other"), 1002), (token(now=now + 600), 1003),
                          (token(now=now - 3600), 1004), ("ak-simulated:sk-simulated", 1002), (False, 1001)]:
            status, body, _ = s.ask("POST", "/v1/videos/text2video", KLING, key=key)
            same((status, body["code"]), (401, code))
        same(s.ask("POST", "/v1/videos/text2video", KLING, key=False, Authorization="Key api-key-kling-1")[1]["code"], 1000)
    with Simulator("kling", key="ak-1:sk-1") as s:
        same(s.ask("POST", "/v1/videos/text2video", KLING, key=token("ak-1", "sk-1"))[0], 200)
        same(s.ask("POST", "/v1/videos/text2video", KLING)[0], 401)
    for value, code in [("-600", 1003), ("7200", 1004)]:
        with Simulator("kling", f"clock={value}") as s:
            same(s.ask("POST", "/v1/videos/text2video", KLING, key=token())[1]["code"], code)


@test
def kling_older_is_strict():
    with Simulator("kling") as s:
        text, image = "/v1/videos/text2video", "/v1/videos/image2video"
        good, bad = picture(640, 480), picture(200, 640)
        for path, body in [
            (text, {"prompt": "A"}), (text, {**KLING, "model": "kling-v2-6", "external_task_id": "a"}),
            (text, {**KLING, "model_name": "kling-v3", "duration": "15", "mode": "4k", "multi_shot": True}),
            (image, {**KLING_PICTURE, "image": good, "image_tail": "https://example.com/b.png"}),
            (image, {**KLING_PICTURE, "image_tail": good}),
            (image, {"model_name": "kling-v3", "image": good, "image_tail": good, "duration": "3",
                     "watermark_info": {"enabled": True}}),
        ]:
            same(s.ask("POST", path, body)[0], 200)
        for path, body in [
            (text, {}), (text, {**KLING, "duration": 5}), (text, {**KLING, "duration": "7"}), (text, {**KLING, "seed": 7}),
            (text, {**KLING, "resolution": "720p"}), (text, {**KLING, "mode": "std"}), (text, {**KLING, "mode": "4k"}),
            (text, {**KLING, "cfg_scale": 0.5}), (text, {**KLING, "prompt": "A" * 2501}), (text, {**KLING, "sound": True}),
            (text, {**KLING, "image": good}), (text, {**KLING, "external_task_id": "a"}), (text, {**KLING, "model_name": "kling-v9"}),
            (text, {**KLING, "watermark_info": True}), (image, KLING_PICTURE), (image, {**KLING_PICTURE, "aspect_ratio": "16:9"}),
            (image, {**KLING_PICTURE, "image": DATA_PNG + good}), (image, {**KLING_PICTURE, "mode": "std", "image_tail": good}),
            (image, {**KLING_PICTURE, "image_tail": good, "camera_control": {"type": "simple"}}),
        ]:
            status, reply, _ = s.ask("POST", path, body)
            same((status, reply["code"]), (400, 1201))
        task = s.ask("POST", image, {**KLING_PICTURE, "image": bad})[1]["data"]["task_id"]
        status, reply, _ = s.ask("GET", f"{image}/{task}")
        same((status, reply["message"], reply["data"]["task_status"], reply["data"]["task_status_msg"]),
             (200, "SUCCEED", "failed", "Image pixel is invalid"))


@test
def kling_older_answers():
    with Simulator("kling") as s:
        body = {**KLING, "external_task_id": "app-7f3c", "watermark_info": {"enabled": True}}
        task = s.ask("POST", "/v1/videos/text2video", body)[1]["data"]["task_id"]
        assert int(task) > 2**53
        same(s.ask("GET", f"/v1/videos/image2video/{task}")[1]["code"], 1203)
        states = [s.ask("GET", f"/v1/videos/text2video/{name}")[1]["data"] for name in (task, "app-7f3c")]
        same([state["task_status"] for state in states], ["processing", "succeed"])
        clip = states[-1]["task_result"]["videos"][0]
        same((s.fetch(clip["url"])[0], "watermark_url" in clip, clip["duration"]), (200, True, "5"))
    for fault, status, code in [("arrears", 429, 1101), ("parallel-limit", 429, 1303), ("ip-not-listed", 429, 1304),
                                ("upstream-timeout", 504, 5002), ("balance", 429, 1102), ("reject", 400, 1301)]:
        with Simulator("kling", fault) as s:
            reply = s.ask("POST", "/v1/videos/text2video", KLING)
            same((reply[0], reply[1]["code"]), (status, code))
    with Simulator("kling", "balance", "error-200") as s:
        reply = s.ask("POST", "/v1/videos/text2video", KLING)
        same((reply[0], reply[1]["code"]), (200, 1102))


@test
def kling_3_is_strict():
    settings = {"resolution": "1080p", "duration": 5, "audio": "native", "multi_shot": False}
    contents = [{"type": "prompt", "text": "The fox looks up"}, {"type": "first_frame", "url": picture(640, 480, DATA_PNG)},
                {"type": "last_frame", "url": "https://example.com/b.png"}]
    with Simulator("kling") as s:
        text, image = "/text-to-video/kling-3.0", "/image-to-video/kling-3.0"
        for path, body in [(text, {"prompt": "A"}), (text, {"prompt": "A", "settings": {**settings, "aspect_ratio": "1:1"}}),
                           (image, {"contents": contents, "settings": settings, "options": {"external_task_id": "a"}}),
                           ("/omni-video/kling-o1", {"contents": contents[:1]}),
                           ("/image-to-video/kling-3.0-turbo", {"contents": contents[:2]})]:
            same(s.ask("POST", path, body)[0], 200)
        for path, body in [
            (text, {}), (text, {"prompt": "A", "negative_prompt": "B"}), (text, {"prompt": "A", "settings": {"duration": "5"}}),
            (text, {"prompt": "A", "settings": {"duration": 2}}), (text, {"prompt": "A" * 3073}),
            (text, {"prompt": "A", "settings": {"audio": True}}), ("/text-to-video/kling-9", {"prompt": "A"}),
            ("/text-to-video/kling-3.0-turbo", {"prompt": "A", "settings": {"resolution": "4k"}}),
            ("/text-to-video/kling-2.6", {"prompt": "A", "settings": {"duration": 7}}),
            (image, {"contents": contents[:1]}), (image, {"prompt": "A"}),
            (image, {"contents": contents, "settings": {**settings, "aspect_ratio": "1:1"}}),
            (image, {"contents": [contents[0], {"type": "first_frame", "url": picture(640, 480)}]}),
            ("/image-to-video/kling-3.0-turbo", {"contents": contents}),
            (image, {"contents": contents, "options": {"external_task_id": "a"}}),
        ]:
            status, reply, _ = s.ask("POST", path, body)
            same((status, reply["code"]), (400, 1201))
        same(s.ask("GET", "/tasks?task_ids=none")[1]["code"], 1203)
    for faults, member in [((), "outputs"), (("result-list",), "result")]:
        with Simulator("kling", *faults) as s:
            task = s.ask("POST", text, {"prompt": "A", "options": {"external_task_id": "b"}})[1]["data"]["id"]
            states = [s.ask("GET", f"/tasks?{query}")[1]["data"][0]
                      for query in (f"task_ids={task}", "external_task_ids=b", f"task_ids={task}")]
            same([state["status"] for state in states], ["submitted", "processing", "succeeded"])
            same(s.fetch(states[-1][member][0]["url"])[0], 200)


# ---- runway ----

RUNWAY = {"model": "gen4.5", "promptText": "The boat drifts left", "ratio": "1280:720", "duration": 5, "seed": 7}
VEO = {"model": "veo3.1_fast", "promptText": "A fox in snow", "ratio": "1280:720", "duration": 8}


def runway(simulator, method, path, body=None, **headers):
    return simulator.ask(method, path, body, X_Runway_Version="2024-11-06", **headers)


@test
def runway_is_strict():
    text, image = "/v1/text_to_video", "/v1/image_to_video"
    first = {"uri": "https://example.com/a.png", "position": "first"}
    last = {"uri": PNG, "position": "last"}
    with Simulator("runway") as s:
        for path, body in [
            (text, RUNWAY), (text, {**VEO, "audio": True, "negativePrompt": "text, logo", "seed": 4294967295}),
            (image, {**RUNWAY, "promptImage": PNG, "ratio": "1584:672"}), (image, {**VEO, "promptImage": [first, last]}),
            (text, {"model": "seedance2", "promptText": "A", "duration": "auto", "ratio": "1920:1080", "references": [{"uri": PNG}]}),
            (image, {"model": "seedance2", "promptImage": [{"uri": PNG}, {"uri": "https://example.com/a.png"}]}),
            (image, {"model": "gen4_turbo", "promptImage": PNG, "ratio": "960:960"}),
            (image, {"model": "grok_imagine_1_5", "promptImage": PNG, "resolution": "480p"}),
            (image, {"model": "wan3", "promptText": "A", "promptImage": [first, last], "ratio": "auto_720p"}),
            (image, {"model": "wan3", "promptText": "A", "promptImage": [{"uri": PNG}], "ratio": "1280:720"}),
        ]:
            same(runway(s, "POST", path, body)[0], 200)
        same(s.ask("POST", text, RUNWAY)[0], 400)
        same(s.ask("POST", text, RUNWAY, X_Runway_Version="2023-01-01")[0], 400)
        for path, body, where in [
            (text, {**RUNWAY, "ratio": "16:9"}, "ratio"), (text, {**RUNWAY, "ratio": "960:960"}, "ratio"),
            (text, {**RUNWAY, "duration": "5"}, "duration"), (text, {**RUNWAY, "duration": 11}, "duration"),
            (text, {**VEO, "duration": 5}, "duration"), (text, {**RUNWAY, "audio": True}, "audio"),
            (text, {**RUNWAY, "negativePrompt": "A"}, "negativePrompt"), (text, {**RUNWAY, "watermark": False}, "watermark"),
            (text, {**RUNWAY, "promptText": "\U0001f98a" * 501}, "promptText"), (text, {**RUNWAY, "model": "gen3a_turbo"}, "model"),
            (text, {**RUNWAY, "model": "gen4_turbo"}, "model"), (text, {**RUNWAY, "promptImage": PNG}, "promptImage"),
            (text, {**RUNWAY, "seed": 4294967296}, "seed"), (image, RUNWAY, "promptImage"),
            (image, {**RUNWAY, "promptImage": [first, last]}, "promptImage"), (image, {**VEO, "promptImage": [last]}, "promptImage"),
            (image, {**VEO, "promptImage": [first, {"uri": PNG}]}, "promptImage"),
            (image, {**RUNWAY, "promptImage": "http://example.com/a.png"}, "promptImage"),
            (image, {**RUNWAY, "promptImage": "https://192.0.2.1/a.png"}, "promptImage"),
            (image, {**RUNWAY, "promptImage": "runway://nowhere"}, "promptImage"),
            (image, {**RUNWAY, "promptImage": PNG.replace("png", "gif")}, "promptImage"),
            (image, {**RUNWAY, "promptImage": PNG + "A" * 5 * 1024 * 1024}, "promptImage"),
            (image, {"model": "wan3", "promptText": "A", "promptImage": [first, last], "ratio": "1280:720"}, "ratio"),
            (image, {"model": "grok_imagine_1_5", "promptImage": PNG, "ratio": "16:9"}, "ratio"),
        ]:
            status, reply, _ = runway(s, "POST", path, body)
            same((status, reply["issues"][0]["path"]), (400, [where]))


@test
def runway_answers():
    with Simulator("runway", "throttled") as s:
        reply = runway(s, "POST", "/v1/text_to_video", RUNWAY)[1]
        same(reply["estimatedCost"], {"credits": 60})
        states = [runway(s, "GET", f"/v1/tasks/{reply['id']}")[1] for _ in range(3)]
        same([state["status"] for state in states], ["THROTTLED", "RUNNING", "SUCCEEDED"])
        assert 0 < states[1]["progress"] < 1
        same((s.fetch(states[2]["output"][0])[0], states[2]["cost"]), (200, {"credits": 60}))
        same(runway(s, "DELETE", f"/v1/tasks/{reply['id']}")[:2], (204, b""))
        same(runway(s, "GET", f"/v1/tasks/{reply['id']}")[0], 404)
    with Simulator("runway") as s:
        task = runway(s, "POST", "/v1/text_to_video", RUNWAY)[1]["id"]
        same(runway(s, "DELETE", f"/v1/tasks/{task}")[0], 204)
        same(runway(s, "GET", f"/v1/tasks/{task}")[1]["status"], "CANCELLED")
        same(runway(s, "GET", "/v1/organization")[1]["creditBalance"], 1234)
        same(s.ask("GET", "/v1/organization")[0], 400)
    for fault, code, credits in [("unsafe-input", "SAFETY.INPUT.TEXT", 60), ("bad-asset", "ASSET.INVALID", 0)]:
        with Simulator("runway", "fail", fault, polls=1) as s:
            task = runway(s, "POST", "/v1/text_to_video", RUNWAY)[1]["id"]
            state = runway(s, "GET", f"/v1/tasks/{task}")[1]
            same((state["status"], state["failureCode"], state["cost"]), ("FAILED", code, {"credits": credits}))


@test
def runway_uploads():
    file = b"\x89PNG\r\n\x1a\n" + b"0" * 600
    with Simulator("runway") as s:
        same(runway(s, "POST", "/v1/uploads", {"filename": "first.png", "type": "lasting"})[0], 400)
        offer = runway(s, "POST", "/v1/uploads", {"filename": "first.png", "type": "ephemeral"})[1]
        use = {**RUNWAY, "promptImage": offer["runwayUri"]}
        same(runway(s, "POST", "/v1/image_to_video", use)[0], 400)
        for form in [{"file": file, **offer["fields"]}, {**offer["fields"], "file": file[:511]},
                     {**offer["fields"], "policy": "other", "file": file}, {"file": file}, offer["fields"]]:
            assert s.ask("POST", offer["uploadUrl"], key=False, form=form)[0] in (400, 403), form
        same(s.ask("POST", offer["uploadUrl"], form={**offer["fields"], "file": file})[0], 400)
        same((s.count("leaks"), s.count("uploads")), (1, 0))
        same(s.ask("POST", offer["uploadUrl"], key=False, form={**offer["fields"], "file": file})[0], 204)
        same((runway(s, "POST", "/v1/image_to_video", use)[0], s.count("uploads")), (200, 1))
    with Simulator("runway", "no-uploads") as s:
        same(runway(s, "POST", "/v1/uploads", {"filename": "first.png", "type": "ephemeral"})[0], 400)


# ---- pika ----

PIKA = {"prompt": "The horse walks", "negative_prompt": "", "resolution": "720p", "duration": "5", "seed": 42}


def pika(simulator, method, path, body=None, **headers):
    return simulator.ask(method, path, body, key=False, Authorization=f"Key {simulator.key}", **headers)


@test
def pika_is_strict():
    with Simulator("pika") as s:
        new, old = "/fal-ai/pika/v2.2", "/fal-ai/pika/v2.1"
        frames = {"image_urls": [PNG, "https://example.com/b.png"], "transitions": [{"duration": 5, "prompt": "morph"}]}
        for path, body in [
            (f"{new}/text-to-video", {**PIKA, "aspect_ratio": "4:5"}), (f"{new}/image-to-video", {**PIKA, "image_url": PNG}),
            (f"{new}/pikaframes", frames), (f"{new}/pikascenes", {"prompt": "A", "images": [{"image_url": PNG}]}),
            (f"{old}/image-to-video", {**PIKA, "image_url": PNG, "duration": 5}),
            ("/fal-ai/pika/v2/turbo/text-to-video", {**PIKA, "duration": 5}),
        ]:
            same(pika(s, "POST", path, body)[0], 200)
        for path, body, where in [
            (f"{new}/text-to-video", {}, "prompt"), (f"{new}/text-to-video", {**PIKA, "duration": 5}, "duration"),
            (f"{new}/text-to-video", {**PIKA, "input": {}}, "input"), (f"{new}/text-to-video", {**PIKA, "image_url": PNG}, "image_url"),
            (f"{new}/image-to-video", PIKA, "image_url"),
            (f"{new}/image-to-video", {**PIKA, "image_url": PNG, "aspect_ratio": "16:9"}, "aspect_ratio"),
            (f"{old}/text-to-video", PIKA, "duration"), (f"{new}/pikaframes", {**frames, "image_urls": [PNG]}, "image_urls"),
            (f"{new}/pikaframes", {**frames, "transitions": [{"duration": 26}]}, "transitions[0].duration"),
            (f"{new}/pikaframes", {**frames, "transitions": frames["transitions"] * 2}, "transitions"),
        ]:
            status, reply, _ = pika(s, "POST", path, body)
            same((status, reply["detail"][0]["loc"]), (422, ["body", where]))
        same(pika(s, "POST", f"{new}/video-to-video", PIKA)[0], 404)
        same(s.ask("POST", f"{new}/text-to-video", PIKA)[0], 401)
        task = pika(s, "POST", f"{new}/text-to-video", PIKA)[1]["request_id"]
        same(pika(s, "GET", f"{new}/text-to-video/requests/{task}/status")[0], 405)


@test
def pika_queues():
    with Simulator("pika") as s:
        task = pika(s, "POST", "/fal-ai/pika/v2.2/text-to-video", PIKA)[1]
        same(task["status_url"], f"{s.origin}/fal-ai/pika/requests/{task['request_id']}/status")
        same(pika(s, "GET", task["response_url"])[:2], (400, {"detail": "Request is still in progress"}))
        states = [pika(s, "GET", task["status_url"] + "?logs=1")[:2] for _ in range(3)]
        same([(status, body["status"]) for status, body in states], [(202, "IN_QUEUE"), (202, "IN_PROGRESS"), (200, "COMPLETED")])
        same((states[0][1]["queue_position"], states[1][1]["logs"][0]["message"]), (3, "Generating 66%"))
        same(s.fetch(pika(s, "GET", task["response_url"])[1]["video"]["url"])[0], 200)
        same(pika(s, "PUT", task["cancel_url"])[:2], (400, {"status": "ALREADY_COMPLETED"}))
        same(pika(s, "PUT", "/fal-ai/pika/requests/none/cancel")[:2], (404, {"status": "NOT_FOUND"}))
        task = pika(s, "POST", "/fal-ai/pika/v2.2/text-to-video", PIKA)[1]
        same(pika(s, "PUT", task["cancel_url"])[:2], (202, {"status": "CANCELLATION_REQUESTED"}))
        same((pika(s, "GET", task["status_url"])[1]["status"], s.count("cancels")), ("CANCELED", 1))
    for faults, wanted in [(("fail=rejected",), 422), (("fail",), 500), (("fail", "broken-picture"), 422)]:
        with Simulator("pika", *faults, polls=1) as s:
            task = pika(s, "POST", "/fal-ai/pika/v2.2/text-to-video", PIKA)[1]
            same(pika(s, "GET", task["status_url"])[1]["status"], "COMPLETED")
            same(pika(s, "GET", task["response_url"])[0], wanted)
    with Simulator("pika", "fail", "error-in-status", "late-validation", polls=1) as s:
        task = pika(s, "POST", "/fal-ai/pika/v2.2/text-to-video", {})[1]
        same(pika(s, "GET", task["status_url"])[1]["error_type"], "request_timeout")


@test
def pika_storage():
    file = b"\x89PNG\r\n\x1a\n" + b"0" * 600
    with Simulator("pika") as s:
        same(pika(s, "POST", "/storage/upload/initiate", {"content_type": "image/png", "file_name": "a.png"})[0], 422)
        offer = pika(s, "POST", "/storage/upload/initiate?storage_type=fal-cdn-v3",
                     {"content_type": "image/png", "file_name": "a.png"})[1]
        body = {**PIKA, "image_url": offer["file_url"]}
        same(pika(s, "POST", "/fal-ai/pika/v2.2/image-to-video", body)[0], 422)
        same(s.ask("PUT", offer["upload_url"], raw=file, key=False, Content_Type="image/jpeg")[0], 403)
        same(pika(s, "PUT", offer["upload_url"], raw=file, Content_Type="image/png")[0], 400)
        same(s.ask("PUT", offer["upload_url"], raw=file, key=False, Content_Type="image/png")[0], 200)
        same(pika(s, "POST", "/fal-ai/pika/v2.2/image-to-video", body)[0], 200)
        same((s.count("uploads"), s.count("leaks")), (1, 1))


# ---- clips that are made longer ----


def finish(s, path):
    """The last of the answers about a task."""
    return [s.ask("GET", path)[1] for _ in range(3)][-1]


@test
def xai_extends():
    path = "/v1/videos/extensions"
    with Simulator("xai") as s:
        def make(body, where=XAI_PATH):
            status, reply, _ = s.ask("POST", where, body)
            same(status, 200)
            return finish(s, f"/v1/videos/{reply['request_id']}")

        clip = make({**XAI, "model": "grok-imagine-video", "duration": 8})["video"]["url"]
        body = {"model": "grok-imagine-video", "prompt": "on", "video": {"url": clip}, "duration": 6}
        for change in [{"video": {"url": clip.replace("/clips/", "/other/")}}, {"video": {}}, {"model": "grok-imagine-video-1.5"},
                       {"aspect_ratio": "16:9"}, {"resolution": "720p"}, {"duration": "6"}]:
            same(s.ask("POST", path, {**body, **change})[0], 400)
        same(make({**body, "duration": 11}, path)["status"], "failed")
        longer = make(body, path)["video"]
        same(longer["duration"], 14)
        longest = make({**body, "video": {"url": longer["url"]}}, path)["video"]
        same(longest["duration"], 20)
        same(s.ask("POST", path, {**body, "video": {"url": longest["url"]}})[0], 400)
    with Simulator("xai", "extend-gone") as s:
        task = s.ask("POST", XAI_PATH, XAI)[1]["request_id"]
        clip = finish(s, f"/v1/videos/{task}")["video"]["url"]
        same(s.ask("POST", path, {**body, "video": {"url": clip}})[0], 400)


@test
def kling_extends():
    path, text = "/v1/videos/video-extend", "/v1/videos/text2video"
    with Simulator("kling") as s:
        def make(body, where=text):
            status, reply, _ = s.ask("POST", where, body)
            same(status, 200)
            return finish(s, f"{where}/{reply['data']['task_id']}")["data"]["task_result"]["videos"][0]

        clip = make({"model_name": "kling-v1-6", "prompt": "a boat"})
        newer = make({"model_name": "kling-v2-6", "prompt": "a boat", "mode": "pro"})
        for change in [{"video_id": "clip-7"}, {"video_id": newer["id"]}, {"duration": "5"}, {"model_name": "kling-v1-6"},
                       {"external_task_id": "ours"}]:
            same(s.ask("POST", path, {"video_id": clip["id"], "prompt": "on", **change})[0], 400)
        for seconds in range(10, 181, 5):
            clip = make({"video_id": clip["id"]}, path)
            same(clip["duration"], str(seconds))
        same(s.ask("POST", path, {"video_id": clip["id"]})[0], 400)


@test
def openai_compatible_extends():
    path = "/v1/videos/extensions"
    with Simulator("openai-compatible", "litellm") as s:
        def make(body, where="/v1/videos"):
            status, reply, _ = s.ask("POST", where, body)
            same(status, 200)
            return finish(s, f"/v1/videos/{quote(reply['id'], safe='')}")

        clip = make({"model": "sora-2", "prompt": "a boat", "seconds": "8"})
        body = {"prompt": "on", "seconds": "20", "video": {"id": clip["id"]}}
        for change in [{"seconds": "5"}, {"seconds": 4}, {"model": "sora-2"}, {"video": clip["id"]}]:
            same(s.ask("POST", path, {**body, **change})[0], 400)
        same(s.ask("POST", path, {**body, "video": {"id": "video_7"}})[0], 404)
        for seconds in range(28, 121, 20):
            clip = make({**body, "video": {"id": clip["id"]}}, path)
            same(clip["seconds"], str(seconds))
        same(s.ask("POST", path, {**body, "video": {"id": clip["id"]}})[0], 400)
    with Simulator("openai-compatible", "vllm") as s:
        same(s.ask("POST", path, body)[0], 404)


# ---- Seedance, MiniMax, Gemini, Luma, Vidu, LTX, DashScope ----


def ends(provider, submit, body, where, *faults, read=lambda reply: reply, status=200, key=None, **headers):
    """What is answered to the questions about a task that is submitted there; @where takes the reply to the submit."""
    with Simulator(provider, *faults, polls=2) as s:
        what = {"key": False, **key(s)} if key else {}
        code, reply, _ = s.ask("POST", submit, body, **what, **headers)
        same((code, s.count("submits")), (status, 1))
        return [read(s.ask("GET", where(reply), **what)[1]) for _ in range(2)]


def strict(provider, path, body, wrong, right, *statuses, key=None, **headers):
    """Each change of @wrong is refused, and each of @right is taken; None takes a member out."""
    with Simulator(provider) as s:
        what = {"key": False, **key(s)} if key else {}
        changed = lambda change: {name: value for name, value in {**body, **change}.items() if value is not None}
        for change in wrong:
            status, reply, _ = s.ask("POST", path, changed(change), **what, **headers)
            assert status in statuses and s.count("submits") == 0, (change, status, reply)
        for change in right:
            status, reply, _ = s.ask("POST", path, changed(change), **what, **headers)
            assert status in (200, 201, 202), (change, status, reply)
        same(s.count("submits"), len(right))


BASE64 = PNG.split(",")[1]
ARK = "/api/v3/contents/generations/tasks"
SEEDANCE = {"model": "dreamina-seedance-2-5-260628", "content": [{"type": "text", "text": "Rain"}], "duration": 5}


def content_image(role):
    return {"type": "image_url", "image_url": {"url": PNG}, **({"role": role} if role else {})}


@test
def seedance_is_strict():
    text, older = SEEDANCE["content"], {"model": "seedance-1-0-pro-250528"}
    strict("seedance", ARK, SEEDANCE,
           [{"duration": 31}, {"duration": 3}, {"aspect_ratio": "16:9"}, {"content": [content_image(None)]}, {"resolution": "4k"}, {"service_tier": "flex"},
            {"content": text + [content_image("last_frame")]}, {"content": text + [content_image("first_frame"), content_image("reference_image")]}, {"camera_fixed": True},
            {"content": text + [content_image("first_frame")], "ratio": "16:9"}, {"model": "doubao-seedance-2-0-260128", "duration": 16},
            {"model": "sora-2"}, {**older, "generate_audio": True}, {"content": []}],
           [{}, {"content": [content_image("first_frame"), content_image("last_frame")], "ratio": "adaptive"}, {"content": text + [content_image("reference_image")] * 30},
            {**older, "service_tier": "flex", "camera_fixed": True, "duration": 2}], 400, 404)


@test
def seedance_answers():
    end = lambda *faults: ends("seedance", ARK, SEEDANCE, lambda reply: f"{ARK}/{reply['id']}", *faults)
    same([state["status"] for state in end()], ["queued", "succeeded"])
    same(end("fail", "expired")[1]["status"], "expired")
    same(end("fail=rejected")[1]["error"]["code"], "OutputVideoSensitiveContentDetected")
    with Simulator("seedance", "reject", "real-face") as s:
        same(s.refuses("POST", ARK, 400, body=SEEDANCE)["error"]["code"], "InputImageSensitiveContentDetected.PrivacyInformation")
    for faults, status, state in [((), 409, "succeeded"), (("cancel-running",), 200, "cancelled")]:
        with Simulator("seedance", *faults) as s:
            task = f"{ARK}/{s.ask('POST', ARK, SEEDANCE)[1]['id']}"
            for _ in range(2):
                s.ask("GET", task)
            same((s.ask("DELETE", task)[0], s.ask("GET", task)[1]["status"]), (status, state))


HAILUO = {"model": "MiniMax-Hailuo-2.3", "prompt": "Rain", "duration": 6, "resolution": "768P"}
H3 = {"model": "MiniMax-H3", "content": [{"type": "text", "text": "Rain"}], "resolution": "768P", "duration": 5, "ratio": "16:9"}


@test
def minimax_is_strict():
    with Simulator("minimax") as s:
        for change in [{"resolution": "768p"}, {"resolution": "1080P", "duration": 10}, {"model": "MiniMax-Hailuo-2.3-Fast"}, {"model": "S2V-01"}, {"seed": 1},
                       {"last_frame_image": PNG}, {"resolution": "512P"}, {"model": "sora-2"}]:
            status, reply, _ = s.ask("POST", "/v1/video_generation", {**HAILUO, **change})
            same((status, reply["task_id"], reply["base_resp"]["status_code"]), (200, "", 2013))
        same(s.count("submits"), 0)
    first = H3["content"] + [content_image("first_frame")]
    strict("minimax", "/v2/video_generation", H3,
           [{"ratio": None}, {"ratio": "adaptive"}, {"content": [content_image("first_frame")], "ratio": None}, {"content": first}, {"duration": 3},
            {"resolution": "2k"}, {"content": first + [content_image("reference_image")], "ratio": None}, {"model": "MiniMax-Hailuo-2.3"}],
           [{}, {"content": first, "ratio": None}, {"content": first + [content_image("last_frame")], "ratio": "adaptive"}], 400)


@test
def minimax_answers():
    older = lambda *faults: ends("minimax", "/v1/video_generation", HAILUO, lambda reply: f"/v1/query/video_generation?task_id={reply['task_id']}", *faults)
    newer = lambda *faults: ends("minimax", "/v2/video_generation", H3, lambda reply: f"/v2/query/video_generation/{reply['task_id']}", *faults)
    same(older("late-file@1")[1]["file_id"], "")
    assert int(older("number-ids")[1]["file_id"]) > 2**53
    same(older("fail=rejected")[1]["base_resp"]["status_code"], 1027)
    same(newer("fail", "expired")[1]["task"]["status"], "expired")
    same(newer("fail=rejected")[1]["task"]["error"]["code"], "1027")
    with Simulator("minimax", polls=1) as s:
        task = s.ask("POST", "/v1/video_generation", HAILUO)[1]["task_id"]
        file = s.ask("GET", f"/v1/query/video_generation?task_id={task}")[1]["file_id"]
        same(s.fetch(s.ask("GET", f"/v1/files/retrieve?file_id={file}")[1]["file"]["download_url"])[0], 200)
    with Simulator("minimax", "cancel-running") as s:
        same(s.ask("DELETE", f"/v2/video_generation/{s.ask('POST', '/v2/video_generation', H3)[1]['task_id']}")[0], 200)


def gemini_key(simulator):
    return {"x_goog_api_key": simulator.key}


def omni(*images, task="text_to_video", **change):
    parts = [*images, {"type": "text", "text": "Rain"}]
    return {"model": "gemini-omni-1.1-flash", "input": [{"type": "user_input", "content": parts}], "response_modalities": ["video"], "background": True,
            "response_format": {"type": "video", "duration": "5s", **change}, "generation_config": {"video_config": {"task": task}}}


@test
def gemini_is_strict():
    part = {"type": "image", "mime_type": "image/png", "data": BASE64}
    wrong = [omni(duration="11s"), omni(duration=5), omni(aspect_ratio="1:1"), omni(part), omni(task="image_to_video"), omni(seed=1), {"model": "veo-3.1"},
             omni(part, part, part, task="image_to_video"), {**omni(), "background": None}, omni({**part, "mime_type": "image/gif"}, task="image_to_video")]
    strict("gemini", "/v1beta/interactions", omni(), wrong, [{}, omni(part, part, task="image_to_video"), omni(part, part, part, task="reference_to_video")],
           400, 404, key=gemini_key)
    picture = {"bytesBase64Encoded": BASE64, "mimeType": "image/png"}
    veo = lambda instance, **parameters: {"instances": [{"prompt": "Rain", **instance}], "parameters": parameters}
    strict("gemini", "/v1beta/models/veo-3.1:predictLongRunning", veo({}),
           [veo({}, durationSeconds="8"), veo({}, resolution="4k", durationSeconds=4), veo({"lastFrame": picture}), veo({}, generateAudio=True),
            veo({"image": picture, "referenceImages": [{"image": picture, "referenceType": "asset"}]})],
           [{}, veo({"image": picture, "lastFrame": picture}, durationSeconds=4)], 400, key=gemini_key)


@test
def gemini_answers():
    end = lambda *faults: ends("gemini", "/v1beta/interactions", omni(), lambda reply: f"/v1beta/interactions/{reply['id']}", *faults, key=gemini_key)[1]
    veo = lambda *faults: ends("gemini", "/v1beta/models/veo-3.1:predictLongRunning", {"instances": [{"prompt": "Rain"}]},
                               lambda reply: f"/v1beta/{reply['name']}", *faults, key=gemini_key)[1]
    same(base64.b64decode(end("inline")["steps"][0]["content"][0]["data"])[4:8], b"ftyp")
    assert "output_video" not in end("filtered") and "output_video" not in end("fail=rejected")
    same(end("fail")["error"]["code"], 13)
    same(veo("fail=rejected")["response"]["generateVideoResponse"]["raiMediaFilteredCount"], 1)
    same(veo("fail")["error"]["code"], 13)
    assert veo()["response"]["generateVideoResponse"]["generatedSamples"][0]["video"]["uri"].startswith("http")
    with Simulator("gemini", "late-file@1", polls=1) as s:
        what = {"key": False, **gemini_key(s)}
        task = s.ask("POST", "/v1beta/interactions", omni(), **what)[1]["id"]
        uri = s.ask("GET", f"/v1beta/interactions/{task}", **what)[1]["output_video"]["uri"]
        same([s.ask("GET", uri, **what)[1]["state"] for _ in range(2)], ["PROCESSING", "ACTIVE"])
        same(s.ask("GET", uri + ":download?alt=media", key=False)[0], 400)
        status, _, headers = s.ask("GET", uri + ":download?alt=media", **what)
        same((status, s.fetch(headers["Location"])[0], s.count("leaks")), (302, 200, 0))


RAY = {"model": "ray-3.2", "type": "video", "prompt": "Rain"}


@test
def luma_is_strict():
    frame = {"data": BASE64, "media_type": "image/png"}
    video = lambda **members: {"video": members}
    strict("luma", "/v1/generations", RAY,
           [video(duration=5), video(duration="9s"), video(start_frame=frame, duration="10s"), video(end_frame=frame, loop=True), video(resolution="4k"),
            video(start_frame={**frame, "url": "https://example.com/a.png"}), video(start_frame={"data": BASE64}), video(resolution="540p", hdr=True),
            {"model": "ray-2"}, {"prompt": ""}],
           [{}, video(start_frame=frame, end_frame={"url": "https://example.com/a.png"}, duration="5s")], 422)
    keyframe = lambda url: {"keyframes": {"frame0": {"type": "image", "url": url}}}
    older = {"model": "ray-2", "prompt": "Rain"}
    strict("luma", "/v1/generations/video", older, [keyframe(PNG), {"duration": "10s"}, {"resolution": "4k", "duration": "9s"}, {"type": "video"}],
           [{}, keyframe("https://example.com/a.png")], 422)


@test
def luma_answers():
    end = lambda *faults: ends("luma", "/v1/generations", RAY, lambda reply: f"/v1/generations/{reply['id']}", *faults, status=201)
    assert end()[1]["output"][0]["url"].startswith("http")
    same(end("fail=rejected")[1]["failure_code"], "content_moderated")
    same(ends("luma", "/v1/generations/video", {"model": "ray-2", "prompt": "Rain"}, lambda reply: f"/v1/generations/{reply['id']}",
              "dreaming", status=201, read=lambda reply: reply["state"])[1], "completed")
    with Simulator("luma", "balance", "message") as s:
        same(s.refuses("POST", "/v1/generations", 402, body=RAY), {"message": "Insufficient credits"})


def vidu_key(simulator):
    return {"Authorization": f"Token {simulator.key}"}


VIDU = {"model": "viduq3-turbo", "prompt": "Rain", "duration": 5}


@test
def vidu_is_strict():
    strict("vidu", "/ent/v2/text2video", VIDU, [{"model": "viduq3"}, {"duration": 17}, {"images": [PNG]}, {"bgm": True}, {"negative_prompt": "fog"}],
           [{}, {"aspect_ratio": "1:1", "audio": True}], 400, key=vidu_key)
    strict("vidu", "/ent/v2/img2video", {**VIDU, "images": [PNG]}, [{"aspect_ratio": "1:1"}, {"images": [PNG, PNG]}, {"model": "viduq2-pro", "audio": True},
                                                                    {"images": [BASE64]}], [{}, {"model": "vidu2.0", "duration": 8}], 400, key=vidu_key)
    strict("vidu", "/ent/v2/start-end2video", {**VIDU, "images": [PNG, PNG]}, [{"images": [PNG]}, {"model": "viduq2-pro", "duration": 9}], [{}], 400, key=vidu_key)
    strict("vidu", "/ent/v2/reference2video", {**VIDU, "model": "viduq3", "images": [PNG] * 7}, [{"images": [PNG] * 8}, {"duration": 2}, {"model": "viduq3-pro"}],
           [{}], 400, key=vidu_key)
    with Simulator("vidu") as s:
        s.refuses("POST", "/ent/v2/text2video", 401, body=VIDU)


@test
def vidu_answers():
    end = lambda *faults: ends("vidu", "/ent/v2/text2video", VIDU, lambda reply: f"/ent/v2/tasks/{reply['task_id']}/creations", *faults, key=vidu_key)
    same(end()[1]["creations"][0]["watermarked_url"], "")
    same([(state["err_code"], state["credits"]) for state in (end("fail")[1], end("fail=rejected", "charged")[1])],
         [("Internal", 0), ("CreationPolicyViolation", 60)])
    assert "progress" in end("progress")[0]
    for faults, wanted in [((), 400), (("cancel-running",), 200)]:
        with Simulator("vidu", *faults) as s:
            what = {"key": False, **vidu_key(s)}
            task = s.ask("POST", "/ent/v2/text2video", VIDU, **what)[1]["task_id"]
            for _ in range(2):
                s.ask("GET", f"/ent/v2/tasks/{task}/creations", **what)
            same(s.ask("POST", f"/ent/v2/tasks/{task}/cancel", {"id": "0"}, **what)[0], 400)
            same(s.ask("POST", f"/ent/v2/tasks/{task}/cancel", {"id": task}, **what)[0], wanted)


LTX = {"prompt": "Rain", "model": "ltx-2-fast", "duration": 6, "resolution": "1920x1080"}


@test
def ltx_is_strict():
    strict("ltx", "/v2/text-to-video", LTX,
           [{"duration": 7}, {"duration": 12, "fps": 50}, {"duration": 12, "resolution": "3840x2160"}, {"fps": 50, "resolution": "2560x1440"}, {"image_uri": PNG},
            {"resolution": "1080x1920"}, {"model": "ltx-2-pro", "duration": 12}, {"resolution": None}, {"seed": 1}, {"model": "ltx-2-5-pro", "resolution": "3840x2160"}],
           [{}, {"duration": 20, "fps": 25}, {"model": "ltx-2-5-pro", "resolution": "1280x720", "duration": 3}, {"model": "ltx-2-3-fast", "resolution": "1080x1920"}], 400)
    strict("ltx", "/v2/image-to-video", {**LTX, "image_uri": PNG}, [{"image_uri": None}, {"last_frame_uri": PNG}, {"image_uri": "ltx://uploads/1"}],
           [{}, {"model": "ltx-2-3-fast", "last_frame_uri": PNG}], 400)


@test
def ltx_answers():
    with Simulator("ltx", "plain-200") as s:
        status, reply, _ = s.ask("POST", "/v2/image-to-video", {**LTX, "image_uri": PNG})
        same((status, s.ask("GET", f"/v2/text-to-video/{reply['id']}")[0], s.ask("GET", f"/v2/image-to-video/{reply['id']}")[0]), (200, 404, 200))
    with Simulator("ltx", "address@1") as s:
        assert s.ask("POST", "/v1/text-to-video", LTX)[1]["video_url"].startswith("http")
        same(s.ask("POST", "/v1/text-to-video", LTX)[1][4:8], b"ftyp")
    with Simulator("ltx", "bad-request", "too-large") as s:
        same(s.ask("POST", "/v2/text-to-video", LTX)[0], 413)
    with Simulator("ltx") as s:
        offer = s.ask("POST", "/v1/upload")[1]
        file = base64.b64decode(BASE64)
        same(s.ask("PUT", offer["upload_url"], raw=file, key=False, Content_Type="image/png")[0], 403)
        headers = {"Content_Type": "image/png", "x_goog_content_length_range": "0,104857600"}
        same(s.ask("PUT", offer["upload_url"], raw=file, key=False, **headers)[0], 200)
        same(s.ask("POST", "/v2/image-to-video", {**LTX, "image_uri": offer["storage_uri"]})[0], 202)


WAN_PATH = "/api/v1/services/aigc/video-generation/video-synthesis"
WAN = {"model": "wan2.7-t2v", "input": {"prompt": "Rain"}, "parameters": {"resolution": "720P", "duration": 5}}


def wan(model, parameters, **pictures):
    return {"model": model, "input": {"prompt": "Rain", **pictures}, "parameters": parameters}


@test
def dashscope_is_strict():
    first, ratio = [{"type": "first_frame", "url": PNG}], {"resolution": "720P", "ratio": "16:9"}
    strict("dashscope", WAN_PATH, WAN,
           [wan("wan2.7-t2v", {"size": "1280*720"}), wan("wan2.7-t2v", {"audio": True}), wan("wan2.7-t2v", {}, media=first), wan("wan2.7-i2v", {}),
            wan("wan2.7-t2v", {"resolution": "720p"}), wan("happyhorse-1.1-i2v", ratio, media=first), wan("wan2.6-t2v", {"size": "1280x720"}),
            wan("wan2.6-i2v", {}, media=first), wan("wan2.6-t2v", {"size": "1280*720", "duration": 7}), wan("wan2.7", {}), wan("wan2.7-t2v", {"duration": 16}),
            wan("happyhorse-1.1-t2v", {}, negative_prompt="fog"), wan("wan2.7-i2v", {}, media=[{"type": "first_frame", "url": "oss://nowhere/a.png"}])],
           [{}, wan("wan2.7-i2v", {}, media=first), wan("wan3.0-video", {"audio": False, "duration": 30}), wan("wan2.6-t2v", {"size": "1280*720"}),
            wan("wan2.6-i2v", {"resolution": "720P"}, img_url=PNG)], 400, 404, X_DashScope_Async="enable")
    with Simulator("dashscope") as s:
        assert "synchronous" in s.refuses("POST", WAN_PATH, 403, body=WAN)["message"]


@test
def dashscope_answers():
    end = lambda *faults: ends("dashscope", WAN_PATH, WAN, lambda reply: f"/api/v1/tasks/{reply['output']['task_id']}", *faults,
                               X_DashScope_Async="enable", read=lambda reply: reply["output"])
    same([state["task_status"] for state in end()], ["PENDING", "SUCCEEDED"])
    same((end("fail", "unknown")[1]["task_status"], end("fail=rejected")[1]["code"]), ("UNKNOWN", "DataInspectionFailed"))
    assert "code" not in end("fail", "wordless")[1]
    for faults, wanted in [((), 400), (("cancel-running",), 200)]:
        with Simulator("dashscope", *faults) as s:
            task = s.ask("POST", WAN_PATH, WAN, X_DashScope_Async="enable")[1]["output"]["task_id"]
            for _ in range(2):
                s.ask("GET", f"/api/v1/tasks/{task}")
            same(s.ask("POST", f"/api/v1/tasks/{task}/cancel")[0], wanted)
    with Simulator("dashscope") as s:
        s.refuses("GET", "/api/v1/uploads?action=getPolicy&model=wan2.7", 404)
        data = s.ask("GET", "/api/v1/uploads?action=getPolicy&model=wan2.7-i2v")[1]["data"]
        form = {"OSSAccessKeyId": data["oss_access_key_id"], "policy": data["policy"], "Signature": data["signature"], "key": data["upload_dir"] + "/a.png",
                "x-oss-object-acl": "private", "x-oss-forbid-overwrite": "true", "success_action_status": "200", "file": b"\x89PNG\r\n\x1a\n"}
        same(s.ask("POST", data["upload_host"] + "/", form={**form, "Signature": "no"}, key=False)[0], 403)
        same(s.ask("POST", data["upload_host"] + "/", form=form, key=False)[0], 200)
        body = wan("wan2.7-i2v", {}, media=[{"type": "first_frame", "url": "oss://" + form["key"]}])
        same(s.ask("POST", WAN_PATH, body, X_DashScope_Async="enable")[0], 400)
        same(s.ask("POST", WAN_PATH, body, X_DashScope_Async="enable", X_DashScope_OssResourceResolve="enable")[0], 200)


# ---- two readings ----

OWN_ID = "00000000-0000-7000-8000-000000000001"
# A name that people may type for what is not listed: no simulator has it. An upload, and a clip to go on from, that were
# never made.
NOT_SIMULATED = ["free-name", "picture-uploaded", "request-extend"]
DIALECTS = ["vllm", "sglang", "newapi", "litellm", "gateway", "openai"]
numbers = itertools.count(1)


def submits(provider):
    """Name, method, address, headers, and body or form of each fixture of a submit."""
    for name in sorted(glob.glob(f"{FIXTURES}/{provider}/request-*.json")):
        with open(name, encoding="utf-8") as file:
            fixture = json.load(file)
        wanted = fixture["expect"]
        if fixture["operation"] != "submit" or "error" in wanted or any(part in name for part in NOT_SIMULATED):
            continue
        # Own ids are ours to make, each one once.
        body = json.loads(json.dumps(wanted["body"]).replace(OWN_ID, f"own-{next(numbers)}"))
        if isinstance(body, list):
            sent = {"form": {part["name"]: b"\x89PNG\r\n\x1a\n" if "filename" in part else str(part["value"]) for part in body}}
        else:
            sent = {"body": body}
        headers = {header.replace("-", "_"): value for header, value in wanted["headers"].items()}
        path = urlsplit(wanted["url"]).path
        yield os.path.basename(name), wanted["method"], path, {**sent, **headers}


def meets(provider, *variants):
    """Each is taken by the simulator, or by one of its variants."""
    refused = {name: [] for name, *_ in submits(provider)}
    assert refused, "there are no fixtures"
    for variant in variants or ((),):
        with Simulator(provider, *variant) as s:
            for name, method, path, what in submits(provider):
                if provider in ("fal", "pika"):
                    what = {**what, "key": False, "Authorization": f"Key {s.key}"}
                if provider == "gemini":
                    what = {**what, "key": False, "x_goog_api_key": s.key}
                if provider == "vidu":
                    what = {**what, "key": False, "Authorization": f"Token {s.key}"}
                status, reply, _ = s.ask(method, path, **what)
                if status in (200, 201, 202):
                    refused.pop(name, None)
                elif name in refused:
                    refused[name].append((*variant, status, reply))
    assert not refused, json.dumps(refused, ensure_ascii=False)


for service in ["comfyui", "dashscope", "dyuapi", "fal", "gemini", "grok-chat", "jiekou", "kling", "localai", "ltx", "luma",
                "minimax", "openrouter", "pika", "replicate", "runway", "seedance", "sglang", "sora2", "stable-diffusion-cpp", "vidu", "vllm-omni", "xai"]:
    function = functools.partial(meets, service)
    function.__name__ = f"{service} readings meet"
    test(function)


@test
def openai_compatible_readings_meet():
    meets("openai-compatible", *((dialect,) for dialect in DIALECTS))


print(f"1..{len(tests)}")
failed = 0
for number, function in enumerate(tests, 1):
    name = function.__name__.replace("_", " ")
    try:
        function()
        print(f"ok {number} - {name}", flush=True)
    except Exception as error:  # Any of them is this test's failure, and the others go on.
        failed += 1
        print(f"not ok {number} - {name}\n# {type(error).__name__}: {error}", flush=True)
sys.exit(failed > 0)
