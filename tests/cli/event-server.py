#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event streams of aiohttp-sse on loopback. /count gives nine events, three in each connection, and goes on where
Last-Event-ID says; after the last it answers 204. /quiet says nothing but comments between two events. Prints its port,
and ends with 77 where aiohttp-sse is not installed."""

import asyncio
import sys

try:
    from aiohttp import web
    from aiohttp_sse import EventSourceResponse, sse_response
except ImportError:
    sys.exit(77)


class Talkative(EventSourceResponse):
    DEFAULT_PING_INTERVAL = 0.2


async def count(request):
    last = int(request.headers.get("Last-Event-ID", 0))
    if last >= 9:
        return web.Response(status=204)
    async with sse_response(request) as response:
        for i in range(last + 1, last + 4):
            await response.send(f"number {i}\nof nine", id=str(i), event="count", retry=10)
    return response


async def quiet(request):
    async with sse_response(request, response_cls=Talkative) as response:
        await response.send("before")
        await asyncio.sleep(4)
        await response.send("after")
    return response


async def main():
    app = web.Application()
    app.add_routes([web.get("/count", count), web.get("/quiet", quiet)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
