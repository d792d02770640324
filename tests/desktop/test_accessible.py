#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page of the window is walked through with the Tab key, as somebody does who hears it only: wherever the focus comes,
there is a name and a role, and it comes round again."""

import sys
import time

from driver import Atspi, Failure, GLib, Program, main, run, until
from scene import Scene, Tour, short

# Boxes and the like, which say nothing.
NOTHING = {'filler', 'panel', 'unknown', 'invalid', 'generic', 'redundant object', 'scroll pane', ''}
MOST_STOPS = 150


class Focus:
    """Where the focus goes, by the accessibility bus."""

    def __init__(self, program):
        self.program = program
        self.came = []
        self.listener = Atspi.EventListener.new(self.heard)
        self.listener.register('object:state-changed:focused')

    def heard(self, event):
        if event.detail1 and event.source and event.source.get_process_id() == self.program.process.pid:
            self.came.append(event.source)

    def press(self, key):
        """Where a key brings it; None if it stays. What was heard before it is of the way there."""
        while GLib.MainContext.default().iteration(False):
            pass
        self.came.clear()
        run('xdotool', 'key', '--clearmodifiers', key)
        end = time.monotonic() + 3
        while not self.came and time.monotonic() < end:
            if not GLib.MainContext.default().iteration(False):
                time.sleep(0.005)
        return self.came[-1] if self.came else None

    def close(self):
        self.listener.deregister('object:state-changed:focused')


def has_name(node):
    return bool(node.get_name()) or any(one.get_relation_type() == Atspi.RelationType.LABELLED_BY for one in node.get_relation_set())


def describe(node):
    words = []
    while node is not None and len(words) < 5:
        words.append(f'{node.get_role_name()} “{node.get_name()}”')
        node = node.get_parent()
    return ' in '.join(words)


def walk_through(focus, page):
    """What the focus meets on one page that says nothing; how many stops there are."""
    found, stops = [], []
    while len(stops) < MOST_STOPS:
        node = focus.press('Tab')
        if node is None or node in stops:
            break
        stops.append(node)
        if node.get_role_name() in NOTHING or not has_name(node):
            found.append(f'{page}: {describe(node)}')
    if not 1 < len(stops) < MOST_STOPS:
        found.append(f'{page}: the Tab key reaches {len(stops)} places')
    return found


def test_whatever_has_the_focus_says_what_it_is(home):
    with Scene(home) as scene:
        scene.fill(short('harbour', 'portrait'))
        program = Program(home, **{name: value for name, value in scene.environment.items() if name.startswith('RUSHES_KEY')})
        tour = Tour(scene, program)
        program.find(pattern='No Takes Yet')
        tour.open_project()
        program.find(pattern='slow push in')
        program.window.place(0, 0, 1250, 900)
        focus = Focus(program)
        found = walk_through(focus, 'composer and library')
        for page in tour.pages(composer=False):
            time.sleep(0.5)
            found += walk_through(focus, page)
        focus.close()
        program.window.keep('accessible')
        if found:
            raise Failure('\n'.join(found))
        program.close()


def test_the_first_start_says_what_it_is(home):
    program = Program(home)
    program.find('Drop a Picture')
    focus = Focus(program)
    found = walk_through(focus, 'first start')
    focus.close()
    if found:
        raise Failure('\n'.join(found))
    program.close()


def test_the_focus_is_never_lost(home):
    """What had it is hidden: the keys go on."""
    with Scene(home, services=[]) as scene:
        scene.fill(short('harbour'))
        program = Program(home)
        tour = Tour(scene, program)
        program.find(pattern='No Takes Yet')
        tour.open_project()
        program.find(pattern='slow push in')
        program.keys('ctrl+f')
        program.find('Search', 'entry')
        program.keys('Escape')
        program.gone('Search', 'entry')
        tour.app('open-take', f'"{scene.take("slow push")}"')
        program.find('Position')
        program.keys('Escape')
        until(lambda: not program.look('Position'), 'the page to be left')
        program.close()


if __name__ == '__main__':
    sys.exit(main(*(test for name, test in list(globals().items()) if name.startswith('test_'))))
