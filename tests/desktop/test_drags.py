#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures come in and clips go out as they do between programs: pixels are pasted, a picture is dragged from a page of the web,
in a browser and in a window that offers what browsers do, a clip is dragged into a file manager."""

import http.server
import os
import subprocess
import sys
import threading
from contextlib import contextmanager

from driver import Failure, Program, TAKES_LIMIT, Window, drag, frames, insist, main, run, until
from scene import SAMPLE, Scene, Tour, short

HERE = os.path.dirname(os.path.abspath(__file__))


@contextmanager
def other(*command, **environment):
    process = subprocess.Popen(command, env=dict(os.environ, **environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def web(picture, served=None):
    """A server that gives a picture to whoever asks for /open.png, a page with it for /page, and nothing to the others, as
    where one must log in; notes in a set which paths were served."""
    pages = {'/page': ('text/html', b'<title>A Page</title><body style="margin: 0"><img src="open.png">')}
    with open(picture, 'rb') as file:
        pages['/open.png'] = ('image/png', file.read())

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            kind, content = pages.get(self.path, ('text/plain', b''))
            self.send_response(200 if self.path in pages else 403)
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            if served is not None:
                served.add(self.path)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()


def picture(home):
    path = os.path.join(home, 'page.png')
    run('convert', SAMPLE, '-resize', '640x', path)
    return path


def clipboard():
    """The kinds of what is there; an empty one is a failure for xclip."""
    return subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'TARGETS', '-o'], capture_output=True, text=True, timeout=20).stdout


def test_pixels_are_pasted(home):
    path = picture(home)
    rushes = Program(home)
    rushes.find('Drop a Picture', limit=TAKES_LIMIT)
    with other('xclip', '-quiet', '-selection', 'clipboard', '-t', 'image/png', '-i', path):
        until(lambda: 'image/png' in clipboard(), 'the clipboard to have it')
        # The X server tells of a new clipboard when it comes to it; until then there is nothing to paste.
        for _ in range(10):
            rushes.keys('ctrl+v')
            try:
                rushes.find(pattern='Pasted Picture', limit=5)
                break
            except Failure:
                continue
        rushes.find(pattern='Pasted Picture', limit=5)
    rushes.close()


def drag_from_page(home, name, words):
    path = picture(home)
    with web(path) as origin, other('python3', os.path.join(HERE, 'browser.py'), f'{origin}/{name}', path, HOME=home, GDK_BACKEND='x11'):
        rushes = Program(home)
        page = Window.find('^A Page')
        page.place(0, 0, 450, 400)
        rushes.find('Drop a Picture', limit=TAKES_LIMIT)
        rushes.window.place(500, 0, 760, 780)
        rushes.drag_in(page.at(0.5, 0.5), rushes.find('Drop a Picture'), words)
        rushes.window.screenshot('from-a-page')
        rushes.close()


def test_a_picture_is_dragged_from_a_page(home):
    drag_from_page(home, 'open.png', r'open\.png')


def test_a_picture_whose_address_gives_nothing_comes_as_pixels(home):
    drag_from_page(home, 'members-only.png', r'members-only\.png')


def test_a_picture_is_dragged_from_a_browser(home):
    path, served = picture(home), set()
    rushes = Program(home)
    rushes.find('Drop a Picture', limit=TAKES_LIMIT)
    rushes.window.place(500, 0, 760, 780)
    with web(path, served) as origin:
        # No profile but its own, and no sandbox inside that of the tests; one as large as the screen would be maximized.
        with other('chromium', '--no-sandbox', '--test-type', '--no-first-run', '--disable-gpu', '--password-store=basic',
                   '--window-position=0,0', '--window-size=450,400', f'--user-data-dir={home}/chromium', f'--app={origin}/page', HOME=home):
            page = Window.find('^A Page')
            page.place(0, 0, 450, 400)
            until(lambda: '/open.png' in served, 'the page to have its picture')
            page.painted(page.at(0.5, 0.5))
            rushes.drag_in(page.at(0.5, 0.5), rushes.find('Drop a Picture'), r'open\.png')
    rushes.close()


def test_a_clip_is_dragged_into_a_file_manager(home):
    folder = os.path.join(home, 'Film')
    os.makedirs(folder)
    with Scene(home, services=[]) as scene, other('thunar', folder, HOME=home):
        scene.fill(short('harbour'))
        rushes = Program(home)
        files = Window.find('Film')
        files.place(0, 0, 500, 500)
        rushes.window.place(520, 0, 760, 780)
        Tour(scene, rushes).open_project()
        files.painted(files.at(0.2, 0.1))

        def arrived():
            return [name for name in os.listdir(folder) if name.endswith('.mp4')]

        def drag_out():
            if rushes.look('Position'):  # the drag before was taken for a click, and opened the page of the take
                rushes.keys('Escape')
            # the tile is above its title
            x, y = rushes.point(rushes.find(pattern='^slow push in', role='label'))
            drag((x, y - 60), files.at(0.7, 0.6))
        names = insist(drag_out, arrived, 'the clip in the folder')
        rushes.window.screenshot('dragged-out')
        if not names[0].startswith('My Project slow push'):
            raise Failure(f'the clip is called {names[0]}')
        until(lambda: frames(os.path.join(folder, names[0])) == 90, 'all of the clip', 60)
        rushes.close()


if __name__ == '__main__':
    sys.exit(main(*(test for name, test in list(globals().items()) if name.startswith('test_'))))
