#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job as a person does it: a picture is dragged in from an image viewer, something is said, Generate is pressed, the
clip is watched and saved."""

import json
import os
import subprocess
import sys

from driver import Failure, Program, TAKES_LIMIT, Window, frames, main, run, until

SAMPLE = os.path.join(os.environ['RUSHES_SOURCE'], 'data', 'samples', 'harbour.jpg')


def picture(folder, name):
    """A photograph of the person's own."""
    path = os.path.join(folder, name)
    run('convert', SAMPLE, '-resize', '1280x', path)
    return path


def listing(rushes):
    return [json.loads(line) for line in rushes.command('takes', 'list', '--json').stdout.splitlines()]


def drag_from(command, pattern, home, name, grip):
    """Starts another program, drags what grip(its window) gives onto the well of a Rushes that was never used, and waits
    for the picture of that name there."""
    # Without a graphics card some paint nothing otherwise.
    other = subprocess.Popen(command, env=dict(os.environ, HOME=home, GSK_RENDERER='cairo', GDK_DISABLE='gl,vulkan'),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        rushes = Program(home)
        source = Window.find(pattern)
        source.place(0, 0, 500, 500)
        rushes.find('Drop a Picture', limit=TAKES_LIMIT)
        rushes.window.place(520, 0, 760, 780)
        source.painted(grip(source))
        rushes.drag_in(grip(source), rushes.find('Drop a Picture'), name.replace('.', r'\.'))
    finally:
        other.terminate()
        other.wait(20)
    return rushes


def test_a_picture_from_an_image_viewer_becomes_a_saved_clip(home):
    path = picture(home, 'evening.jpg')
    # The left part of the viewer's window is the picture, the right one may be its side pane.
    rushes = drag_from(['eog', path], r'evening\.jpg', home, 'evening.jpg', lambda window: window.at(0.28, 0.54))
    rushes.window.place(0, 0, 1200, 780)

    prompt = rushes.find('Prompt', role='text')
    rushes.click(prompt)
    rushes.type('slow pull out, the boats sway')
    rushes.window.screenshot('composing')
    rushes.press(rushes.find(pattern=r'^Generate'))
    rushes.window.keep('in-work')

    def ready():
        takes = listing(rushes)
        if any(take['status'] in ('failed', 'cancelled') for take in takes):
            raise Failure(f'the take ended otherwise: {takes}')
        return takes if takes and takes[0]['status'] == 'ready' else None
    takes = until(ready, 'the take to be ready', TAKES_LIMIT)
    if len(takes) != 1:
        raise Failure(f'one press made {len(takes)} takes')

    rushes.window.screenshot('ready')
    card = rushes.find(pattern='slow pull out')
    rushes.click(card)
    position = rushes.find('Position', limit=30)
    seen = set()

    def moves():
        seen.add(position.get_value_iface().get_current_value())
        return len(seen) >= 5
    until(moves, 'the player to advance')
    rushes.window.keep('playing')

    target = os.path.join(home, 'saved.mp4')
    rushes.save(target)
    if (n := frames(target)) != 150:
        raise Failure(f'the saved clip has {n} frames, not 150')
    rushes.close()


def test_a_picture_from_another_image_viewer_lands_in_the_well(home):
    path = picture(home, 'noon.jpg')
    rushes = drag_from(['loupe', path], r'noon\.jpg', home, 'noon.jpg', lambda window: window.at(0.5, 0.5))
    rushes.close()


def test_a_picture_from_a_file_manager_lands_in_the_well(home):
    folder = os.path.join(home, 'Pictures')
    os.makedirs(folder)
    picture(folder, 'shore.jpg')
    rushes = drag_from(['thunar', folder], 'Pictures', home, 'shore.jpg', lambda window: window.at(0.48, 0.29))
    rushes.close()


def test_a_crash_in_mid_render_loses_nothing(home):
    rushes = Program(home, SAMPLE)
    rushes.find(pattern=r'harbour\.jpg')
    rushes.press(rushes.find('1080p', role='radio button'))
    rushes.press(rushes.find(pattern=r'^Generate'))
    until(lambda: [take for take in listing(rushes) if take['status'] == 'running'], 'the take to be rendered')
    rushes.kill()

    rushes = Program(home)

    def ready():
        takes = listing(rushes)
        return takes if takes and all(take['status'] == 'ready' for take in takes) else None
    takes = until(ready, 'the take to be finished after the crash', TAKES_LIMIT)
    if len(takes) != 1:
        raise Failure(f'one press became {len(takes)} takes')
    rushes.close()


def test_a_take_of_the_command_line_appears_in_the_window(home):
    rushes = Program(home)
    rushes.find('Drop a Picture', limit=TAKES_LIMIT)
    rushes.command('generate', 'a quiet title', '--duration', '3', '--resolution', '480p', '--quiet')
    rushes.find(pattern='a quiet title')
    rushes.close()


def test_the_window_finishes_what_a_killed_command_left(home):
    rushes = Program(home)
    rushes.find('Drop a Picture', limit=TAKES_LIMIT)
    command = subprocess.Popen([os.environ['RUSHES_BINARY'], 'generate', 'drift', '-i', SAMPLE, '-d', '5', '-r', '1080p', '--quiet'],
                               env=rushes.environment)
    until(lambda: [take for take in listing(rushes) if take['status'] == 'running'], 'the take to be rendered')
    command.kill()
    command.wait(20)
    until(lambda: all(take['status'] == 'ready' for take in listing(rushes)), 'the window to finish it', TAKES_LIMIT)
    if len(listing(rushes)) != 1:
        raise Failure('one order became several takes')
    rushes.close()


if __name__ == '__main__':
    sys.exit(main(*(test for name, test in list(globals().items()) if name.startswith('test_'))))
