#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktops that are not GNOME: another window manager, and what is not there at all. What cannot be is said in a sentence, and the
rest works."""

import os
import shutil
import sys

from desktop import EmptyBus
from driver import Failure, Program, TAKES_LIMIT, main, until

SAMPLE = os.path.join(os.environ['RUSHES_SOURCE'], 'data', 'samples', 'harbour.jpg')
SESSION = os.path.join(os.environ['RUSHES_SOURCE'], 'build-aux', 'session')
MANAGER = 'openbox'


def test_with_nobody_on_the_bus_it_is_all_there(home):
    """No portals, no notifications, no keyring: the main job, a key for this session, and the end without a window."""
    with EmptyBus(home) as bus:
        program = Program(home, SAMPLE, DBUS_SESSION_BUS_ADDRESS=bus, GDK_DEBUG='')
        program.window.place(0, 0, 1200, 780)
        program.find(pattern=r'harbour\.jpg')
        program.click(program.find('Prompt', role='text'))
        program.type('the boats sway')
        program.press(program.find('480p', role='radio button'))
        program.press(program.find(pattern=r'^Generate'))
        until(lambda: '"ready"' in program.command('takes', 'list', '--json').stdout, 'the clip', TAKES_LIMIT)
        program.window.keep('elsewhere-openbox')
        program.click(program.find(pattern='the boats sway'))
        program.find('Position')
        program.save(os.path.join(home, 'saved.mp4'))
        program.keys('ctrl+w')
        program.await_end()


def test_without_a_bus_there_are_windows_all_the_same(home):
    program = Program(home, DBUS_SESSION_BUS_ADDRESS='unix:path=/nowhere')
    program.find('Drop a Picture')
    program.window.keep('elsewhere-no-bus')
    program.close()


def test_where_nothing_can_be_written_it_says_so(home):
    Program.environment_for(home)
    log = os.path.join(home, 'rushes.log')
    open(log, 'w').close()
    program = Program(home, wrapper=['bwrap', '--die-with-parent', '--dev-bind', '/', '/', '--ro-bind', home, home, '--bind', log, log])
    program.find(pattern=r'cannot|Read-only')
    program.window.keep('elsewhere-read-only')
    program.close()


if __name__ == '__main__':
    if os.environ.get('WINDOW_MANAGER') != MANAGER:
        if not shutil.which(MANAGER):
            print(f'1..0 # SKIP {MANAGER} is not there')
            sys.exit(0)
        os.environ['WINDOW_MANAGER'] = MANAGER
        os.execv(SESSION, [SESSION, sys.executable, *sys.argv])
    sys.exit(main(*(test for name, test in list(globals().items()) if name.startswith('test_'))))
