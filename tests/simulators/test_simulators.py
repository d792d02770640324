#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulators hold: what the services' pages have goes through, what they do not have is refused, and faults happen when
they are switched on. TAP. Arguments: the binary."""

import http.client
import json
import os
import subprocess
import sys
import tempfile
from urllib.parse import quote, urlsplit

PNG = "data:image/png;base64,iVBORw0KGgo="
BINARY = sys.argv[1]
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

    def ask(self, method, address, body=None, key=True, form=None, **headers):
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
