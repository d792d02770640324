#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rushes as a Flatpak, in its sandbox: what it may, what it sees, keys, files through the portals, and how it is installed.
build-aux/flatpak --test runs this, in a session whose portals end in portals.py."""

import functools
import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'desktop'))
os.environ.setdefault('RUSHES_SOURCE', os.path.dirname(os.path.dirname(HERE)))

from driver import LIMIT, TAKES_LIMIT, Atspi, Program, Window, drag, main, run, until  # noqa: E402

ID = 'io.github.rushes_app.Rushes'
SAMPLE = os.path.join(os.environ['RUSHES_SOURCE'], 'data', 'samples', 'harbour.jpg')
BUNDLE = os.environ['RUSHES_BUNDLE']
DESKTOP = os.environ['RUSHES_DESKTOP']
KEY = 'sk-of-nobody-4711'
UNSEEN = 'Rushes runs in a sandbox and cannot see “'
SHORT = ['generate', 'slow push in', '-d', '3', '-r', '480p']


def figure(words):
    print(f'# {words}', flush=True)


def flatpak(home, *arguments, options=(), **more):
    """Rushes in its sandbox with that home: the folder of its data is in there."""
    more.setdefault('capture_output', True)
    return subprocess.run(['flatpak', 'run', *options, ID, *arguments], env=dict(os.environ, HOME=home), timeout=TAKES_LIMIT, **more)


def assert_clip(content):
    assert content[4:8] == b'ftyp', content[:64]


def takes(home):
    return [json.loads(line) for line in flatpak(home, 'takes', 'list', '--json').stdout.splitlines()]


class Sandboxed(Program):
    """The window of the Flatpak; on the accessibility bus it is known by its name, for its process is in a world of its own."""

    def __init__(self, home, *arguments, options=()):
        self.home = home
        settings = os.path.join(home, '.var', 'app', ID, 'config', 'gtk-4.0')
        os.makedirs(settings, exist_ok=True)
        with open(os.path.join(settings, 'settings.ini'), 'w', encoding='utf-8') as file:
            file.write('[Settings]\ngtk-enable-animations=false\n')
        self.log = os.path.join(home, 'rushes.log')
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(['flatpak', 'run', *options, ID, *arguments], stdout=log, stderr=log,
                                            env=dict(os.environ, HOME=home, GSK_RENDERER='cairo', GDK_DISABLE='gl,vulkan'))
        Program.running.append(self)
        self.application = until(self._application, 'Rushes on the accessibility bus')
        self.window = Window.find('^Rushes')
        self.window.place(320, 0, 900, 900)

    def _application(self):
        assert self.process.poll() is None, open(self.log, encoding='utf-8').read()
        desktop = Atspi.get_desktop(0)
        children = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((child for child in children if child and 'rushes' in (child.get_name() or '').lower()), None)

    def close(self):
        subprocess.run(['flatpak', 'kill', ID], timeout=LIMIT, check=False)
        self.process.wait(LIMIT)
        Program.running.remove(self)

    def generate(self, known):
        """Presses the button; gives the take that was not known when it is ready."""
        self.press(self.find(pattern='^Generate'))

        def ready():
            new = [take for take in takes(self.home) if take['take'] not in known]
            assert not any(take['status'] in ('failed', 'cancelled') for take in new), new
            return next((take for take in new if take['status'] == 'ready'), None)
        return until(ready, 'the take to be ready', TAKES_LIMIT)


@contextmanager
def window(*arguments, **more):
    program = Sandboxed(*arguments, **more)
    try:
        yield program
    except Exception:
        program.window.keep('flatpak-failed')
        raise
    finally:
        program.close()


def answer(path):
    """What the person chooses in the next file dialog."""
    with open(os.path.join(DESKTOP, 'answer'), 'w', encoding='utf-8') as file:
        file.write('file://' + path)


def test_it_may_no_more_than_it_says(home):
    shown = run('flatpak', 'info', '--show-permissions', ID)
    figure(' '.join(shown.split()))
    assert sorted(shown.split()) == sorted(
        ['[Context]', 'shared=network;ipc;', 'sockets=x11;wayland;pulseaudio;fallback-x11;', 'devices=dri;']), shown


def test_a_clip_goes_through_the_standard_streams(home):
    started = time.monotonic()
    with open(SAMPLE, 'rb') as picture:
        made = flatpak(home, *SHORT, '-i', '-', '-o', '-', '--json', stdin=picture)
    assert made.returncode == 0, made.stderr
    assert_clip(made.stdout)
    assert b'"completed"' in made.stderr, made.stderr
    figure(f'{len(made.stdout)} bytes of clip in {time.monotonic() - started:.1f} s')
    assert [take['status'] for take in takes(home)] == ['ready']
    assert os.path.exists(os.path.join(home, '.var', 'app', ID, 'data', 'rushes', 'library.db'))


def test_what_cannot_be_seen_is_said_before_anything_is_made(home):
    mine = os.path.join(home, 'Pictures')
    os.mkdir(mine)
    run('cp', SAMPLE, os.path.join(mine, 'photo.jpg'))
    for arguments in ([*SHORT, '-i', mine + '/photo.jpg', '-o', '-'], [*SHORT, '-o', mine + '/clip.mp4'], [*SHORT, '-o', mine],
                      [*SHORT, '-o', '/tmp/clip.mp4'], [*SHORT, '-o', 'clip.mp4'], ['library', 'backup', mine + '/all.backup'],
                      ['presets', 'import', mine + '/presets.json']):
        refused = flatpak(home, *arguments, text=True)
        assert refused.returncode == 2 and UNSEEN in refused.stderr, (arguments, refused)
    assert takes(home) == []


def test_files_are_forwarded(home):
    picture = os.path.join(home, 'photo.jpg')
    clip = os.path.join(home, 'clip.mp4')
    run('cp', SAMPLE, picture)
    open(clip, 'wb').close()
    made = flatpak(home, *SHORT, '-i', '@@', picture, '@@', '--force', '-o', '@@', clip, '@@', options=['--file-forwarding'])
    assert made.returncode == 0, made.stderr
    with open(clip, 'rb') as file:
        assert_clip(file.read())


def test_keys_are_kept_by_the_portal_of_secrets(home):
    stored = flatpak(home, 'key', 'set', 'kling', input=KEY, text=True)
    assert stored.returncode == 0, stored
    known = flatpak(home, 'key', 'status', 'kling', '--json', text=True)
    assert known.returncode == 0 and KEY not in known.stdout, known
    figure(known.stdout.strip())
    found = [os.path.join(folder, name) for folder, _, names in os.walk(home) for name in names if name.endswith('.keyring')]
    assert len(found) == 1 and f'/.var/app/{ID}/data/' in found[0], found
    for folder, _, names in os.walk(home):
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                assert KEY.encode() not in file.read(), name
    assert flatpak(home, 'key', 'clear', 'kling').returncode == 0
    assert flatpak(home, 'key', 'status', 'kling').returncode == 3


def test_a_desktop_without_a_place_for_keys_is_said(home):
    nothing = os.path.join(home, 'nothing')
    os.mkdir(nothing)
    script = f'printf %s {KEY} | exec flatpak run {ID} key set kling'
    refused = subprocess.run(['dbus-run-session', '--', 'sh', '-c', script], capture_output=True, text=True, timeout=LIMIT,
                             env=dict(os.environ, HOME=home, XDG_DESKTOP_PORTAL_DIR=nothing, XDG_RUNTIME_DIR=nothing))
    figure(refused.stderr.strip().splitlines()[-1])
    assert refused.returncode == 10 and 'RUSHES_KEY_KLING' in refused.stderr, refused


def test_the_window_plays_and_saves_through_the_portals(home):
    picture = os.path.join(home, 'evening.jpg')
    saved = os.path.join(home, 'saved.mp4')
    run('cp', SAMPLE, picture)
    started = time.monotonic()
    with window(home, '@@', picture, '@@', options=['--file-forwarding']) as rushes:
        rushes.find('evening.jpg')
        figure(f'{time.monotonic() - started:.1f} s to a window with the picture')
        rushes.click(rushes.find('Prompt', role='text'))
        rushes.type('slow pull out')
        take = rushes.generate([])
        rushes.window.keep('flatpak-library')
        run('gdbus', 'call', '--session', '--dest', ID, '--object-path', '/' + ID.replace('.', '/'), '--method',
            'org.gtk.Actions.Activate', 'open-take', f'[<"{take["take"]}">]', '{}')
        rushes.find(pattern='^Save')
        before = rushes.window.keep('flatpak-take')

        def moved():
            after = rushes.window.keep('flatpak-playing')
            return digest(after) != digest(before)
        until(moved, 'the picture to move', 20)
        answer(saved)
        rushes.press(rushes.find(pattern='^Save'))
        until(lambda: os.path.exists(saved) and os.path.getsize(saved) > 1000, 'the clip to be saved')
    with open(saved, 'rb') as file:
        assert_clip(file.read())


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).digest()


def test_pictures_come_through_the_portals(home):
    chosen, dropped = os.path.join(home, 'chosen.jpg'), os.path.join(home, 'dropped.jpg')
    run('cp', SAMPLE, chosen)
    run('cp', SAMPLE, dropped)
    with window(home) as rushes:
        answer(chosen)
        rushes.press(rushes.find(pattern='Drop a Picture'))
        rushes.find('chosen.jpg')
        rushes.window.keep('flatpak-chosen')
    with window(home) as rushes:
        source = subprocess.Popen([sys.executable, os.path.join(HERE, 'drag-source.py'), dropped], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env=dict(os.environ, GSK_RENDERER='cairo'))
        try:
            other = Window.find('Drag Source')
            other.place(0, 0, 300, 300)
            rushes.window.place(320, 0, 900, 900)
            drag(other.at(0.5, 0.5), rushes.point(rushes.find(pattern='Drop a Picture')))
            rushes.find('dropped.jpg')
            rushes.window.keep('flatpak-dropped')
        finally:
            source.terminate()
            source.wait(20)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_it_is_installed_from_a_served_repository(home):
    handler = functools.partial(Quiet, directory=BUNDLE)
    server = http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['RUSHES_PORT'])), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        environment = dict(os.environ, FLATPAK_USER_DIR=os.path.join(home, 'flatpak'),
                           DBUS_SYSTEM_BUS_ADDRESS=os.environ['DBUS_SESSION_BUS_ADDRESS'])
        reference = f'http://127.0.0.1:{server.server_port}/{ID}.flatpakref'
        run('flatpak', '--user', 'install', '-y', '--noninteractive', '--no-deps', '--from', reference, env=environment)
        shown = run('flatpak', '--user', 'info', ID, env=environment)
    finally:
        server.shutdown()
        server.server_close()
    assert 'Origin: ' in shown, shown
    size = os.path.getsize(os.path.join(BUNDLE, ID + '.flatpak'))
    figure(f'the single file has {size} bytes')


if __name__ == '__main__':
    main(test_it_may_no_more_than_it_says, test_a_clip_goes_through_the_standard_streams,
         test_what_cannot_be_seen_is_said_before_anything_is_made, test_files_are_forwarded,
         test_keys_are_kept_by_the_portal_of_secrets, test_a_desktop_without_a_place_for_keys_is_said,
         test_the_window_plays_and_saves_through_the_portals, test_pictures_come_through_the_portals,
         test_it_is_installed_from_a_served_repository)
