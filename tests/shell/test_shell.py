#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rushes, installed, under a real GNOME Shell on Wayland: begun from its entry, found by its takes, telling of them when its
window is closed, with a picture dragged in from an image viewer. Run by build-aux/gnome-shell."""

import json
import os
import re
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'desktop'))
from desktop import owner  # noqa: E402
from driver import Failure, TAKES_LIMIT, find_application, is_sensitive, is_showing, until, walk  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402, after the driver has said which

ID = 'io.github.rushes_app.Rushes'
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SAMPLE = os.path.join(SOURCE, 'data', 'samples', 'harbour.jpg')
PICTURES = os.environ.get('RUSHES_SCREENSHOTS')
RETURN = 28  # as evdev counts keys


def ask(script):
    """What GNOME Shell answers to a line of its own language."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    fine, answer = bus.call_sync('org.gnome.Shell', '/org/gnome/Shell', 'org.gnome.Shell', 'Eval', GLib.Variant('(s)', (script,)),
                                 None, Gio.DBusCallFlags.NONE, 20000, None).unpack()
    if not fine:
        raise Failure(f'{script}: {answer}')
    return json.loads(answer) if answer else None


def picture(name):
    if not PICTURES:
        return
    os.makedirs(PICTURES, exist_ok=True)
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.call_sync('org.gnome.Shell.Screenshot', '/org/gnome/Shell/Screenshot', 'org.gnome.Shell.Screenshot', 'Screenshot',
                  GLib.Variant('(bbs)', (False, False, os.path.join(PICTURES, name + '.png'))), None, Gio.DBusCallFlags.NONE,
                  20000, None)


# Its hands; and all texts that can be read on its screen.
ask('''globalThis.Clutter = imports.gi.Clutter; globalThis.Shell = imports.gi.Shell;
  globalThis.seat = Clutter.get_default_backend().get_default_seat();
  globalThis.keyboard = seat.create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE);
  globalThis.pointer = seat.create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE);
  globalThis.nameOf = window => window.get_gtk_application_id() || window.get_wm_class() || '';
  globalThis.texts = actor => !actor.visible ? [] :
    [actor.text, ...actor.get_children().flatMap(child => texts(child))].filter(text => typeof text === 'string' && text);
  true''')


def press(code):
    ask(f'keyboard.notify_key(GLib.get_monotonic_time(), {code}, 1); keyboard.notify_key(GLib.get_monotonic_time(), {code}, 0); true')


def type_words(words):
    for letter in words:
        ask(f'keyboard.notify_keyval(GLib.get_monotonic_time(), {ord(letter)}, 1);'
            f'keyboard.notify_keyval(GLib.get_monotonic_time(), {ord(letter)}, 0); true')


def point(x, y):
    ask(f'pointer.notify_absolute_motion(GLib.get_monotonic_time(), {x}, {y}); true')


def button(down):
    ask(f'pointer.notify_button(GLib.get_monotonic_time(), Clutter.BUTTON_PRIMARY, {int(down)}); true')


def windows(pattern=''):
    """The frames of what is open: name of the program, x, y, width, height."""
    all_of_them = ask('''global.get_window_actors().map(one => { const w = one.meta_window, r = w.get_frame_rect();
      return [nameOf(w), r.x, r.y, r.width, r.height]; })''')
    return [one for one in all_of_them if pattern in one[0]]


def rest():
    ask('Main.overview.hide(); true')
    until(lambda: not ask('Main.overview.visible'), 'the overview to go')


def close_windows():
    ask('global.get_window_actors().forEach(one => one.meta_window.delete(global.get_current_time())); true')
    until(lambda: not windows(), 'the windows to go')


def rushes(*words):
    return subprocess.run(['rushes', *words], capture_output=True, text=True, timeout=TAKES_LIMIT, check=True).stdout


def find(pattern=None, name=None, role=None):
    def look():
        for node in walk(find_application(owner())):
            text = node.get_name()
            if (role is None or node.get_role_name() == role) and is_showing(node) and \
                    (text == name if name else re.search(pattern, text or '')):
                return node
        return None
    return until(look, name or pattern)


def act(node):
    until(lambda: is_sensitive(node), f'{node.get_name()} to be there for a press')
    node.do_action(0)


def begin():
    ask(f"Shell.AppSystem.get_default().lookup_app('{ID}.desktop').activate(); true")
    until(lambda: windows(ID), 'the window')


# ---- the tests ----

def test_it_stands_among_the_programs():
    if ask(f"Shell.AppSystem.get_default().lookup_app('{ID}.desktop').get_icon().to_string()") != ID:
        raise Failure('it has another icon')
    ask('Main.overview.showApps(); true')
    until(lambda: 'Rushes' in ask('texts(Main.layoutManager.overviewGroup)'), 'its name in the grid')
    time.sleep(0.5)  # the shell moves its icons into their places; there is nothing to ask
    picture('shell-grid')
    rest()
    begin()
    find(name='Make Your First Take')
    picture('shell-first')
    close_windows()


def test_its_takes_are_found():
    for words in ('a paper boat on a rainy lake', 'lanterns above the harbour'):
        rushes('generate', words, '-i', SAMPLE, '-d', '3', '-r', '480p', '--quiet')
    ask('Main.overview.show(); true')
    until(lambda: ask('Main.overview.visible && !Main.overview.animationInProgress'), 'the overview')
    type_words('paper boat')
    until(lambda: [text for text in ask('texts(Main.layoutManager.overviewGroup)') if text.startswith('a paper boat on a rainy')],
          'the take among what was found')
    if [text for text in ask('texts(Main.layoutManager.overviewGroup)') if 'lanterns' in text]:
        raise Failure('something else was found, too')
    time.sleep(0.5)
    picture('shell-search')
    press(RETURN)
    until(lambda: windows(ID), 'the window')
    find(name='Position')
    find(pattern='a paper boat on a rainy lake')
    until(lambda: not ask('Main.overview.visible'), 'the overview to go')
    picture('shell-take')
    close_windows()


def test_it_tells_when_its_window_is_closed():
    begin()
    rushes('takes', 'pause')
    find(pattern='a paper boat on a rainy')
    find(name='Prompt', role='text').set_text_contents('a night train')
    act(find(pattern='^Generate', role='button'))
    until(lambda: 'a night train' in rushes('takes', 'list', '--json'), 'the take')
    close_windows()
    rushes('takes', 'go')

    def told():
        return ask("Main.messageTray.getSources().flatMap(one => one.notifications.map(n => [one.title, n.title, n.body,"
                   " n.actions.map(a => a.label)]))")
    ready = until(lambda: [one for one in told() if 'ready' in (one[2] or '')], 'to be told', TAKES_LIMIT)[0]
    if ready[0] != 'Rushes' or 'a night train' not in ready[1] or ready[3] != ['Save…', 'Show in Files']:
        raise Failure(f'{ready}')
    ask('Main.panel.statusArea.dateMenu.menu.open(); true')
    time.sleep(0.5)
    picture('shell-notification')
    ask('Main.panel.statusArea.dateMenu.menu.close(); true')
    ask("Main.messageTray.getSources().flatMap(one => one.notifications).find(n => n.title.includes('night train')).activate(); true")
    until(lambda: windows(ID), 'the window')
    find(name='Position')
    find(pattern='a night train')
    close_windows()


def drag(start, end):
    point(*start)
    time.sleep(0.2)
    button(True)
    time.sleep(0.2)
    for step in range(1, 31):
        point(start[0] + (end[0] - start[0]) * step / 30, start[1] + (end[1] - start[1]) * step / 30)
        time.sleep(0.02)
    time.sleep(0.4)
    button(False)


def test_a_picture_comes_from_an_image_viewer():
    begin()
    act(find(name='Back', role='button'))
    find(name='Drop a Picture')
    if [node for node in walk(find_application(owner())) if node.get_name() == 'harbour.jpg' and is_showing(node)]:
        raise Failure('the picture is there before it was dragged')
    viewer = subprocess.Popen(['loupe', SAMPLE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: windows('oupe'), 'the image viewer')
        def placed():
            ask('''for (const one of global.get_window_actors()) { const w = one.meta_window; w.unmaximize(3);
              nameOf(w).includes('Rushes') ? w.move_resize_frame(true, 0, 40, 1180, 780) :
                w.move_resize_frame(true, 1190, 40, 400, 780); } true''')
            return [one[1] for one in sorted(windows(), key=lambda one: one[1])] == [0, 1190]
        until(placed, 'the windows in their places')
        time.sleep(1)  # the picture of the viewer has no sign of its own
        picture('shell-before-drag')
        well = find(name='Drop a Picture')
        extents = well.get_extents(1)
        frame = windows(ID)[0]
        drag((1390, 430), (frame[1] + extents.x + extents.width / 2, frame[2] + extents.y + extents.height / 2))
        find(name='harbour.jpg')
        picture('shell-dragged')
    finally:
        viewer.terminate()
        viewer.wait(20)
        close_windows()


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith('test_') and (not sys.argv[1:] or name in sys.argv[1:])]
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    until(lambda: ask('Main.layoutManager._startingUp') is False, 'the shell')
    rest()
    ask('Main.messageTray.getSources().forEach(one => one.destroy()); true')  # it warns of who runs it
    for number, (name, test) in enumerate(tests, 1):
        words = name.removeprefix('test_').replace('_', ' ')
        try:
            test()
            print(f'ok {number} - shell: {words}', flush=True)
        except Exception:  # whatever it is, it is said and the next one tried
            failed += 1
            picture(f'failed-{name}')
            print(f'not ok {number} - shell: {words}', flush=True)
            print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()), flush=True)
    return failed != 0


if __name__ == '__main__':
    sys.exit(main())
