#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page of the window, of a library that is made for them: light and dark, in several widths, English and
Chinese, with letters of twice the size. They are made to be looked at, and two of them are those of the README.

Run by build-aux/screenshots, which says what can be asked for."""

import argparse
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from driver import Program, run
from scene import SERVICES, Scene, Tour

HEIGHTS = {360: 720, 800: 900, 1400: 900}
LOOKS = {
    'light': {},
    'dark': {'scheme': 'prefer-dark'},
    'zh': {'language': 'zh_CN'},
    'zh-dark': {'scheme': 'prefer-dark', 'language': 'zh_CN'},
    'large': {'scale': 2.0},
    'contrast': {'contrast': True},
    'rtl': {'right_to_left': True},
}


class Studio:
    """The program in one look."""

    def __init__(self, scene, folder, look):
        self.folder, self.look, self.width = folder, look, None
        how = LOOKS[look]
        environment = {name: value for name, value in scene.environment.items() if name.startswith('RUSHES_KEY')}
        environment['ADW_DEBUG_COLOR_SCHEME'] = how.get('scheme', 'prefer-light')
        environment['LANGUAGE'] = how.get('language', 'en')
        if how.get('contrast'):
            environment['ADW_DEBUG_HIGH_CONTRAST'] = '1'
        if how.get('right_to_left'):
            environment['LD_PRELOAD'] = os.environ['RUSHES_DIRECTION']
        # Where no settings daemon runs, GTK takes the size of letters from the X server.
        run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', f'Xft.dpi:\t{int(96 * how.get("scale", 1))}\n')
        self.program = Program(str(scene.home), **environment)
        self.tour = Tour(scene, self.program)

    def size(self, width):
        self.width = width
        self.place(width, HEIGHTS[width])

    def place(self, width, height):
        left, right, top, bottom = self.program.window.extents()
        self.program.window.place(0, 0, width + left + right, height + top + bottom)

    def shoot(self, page):
        time.sleep(1.5)  # pictures are decoded and dialogs laid out; nothing tells from outside when that is over
        path = self.folder / f'{page}-{self.width}-{self.look}.png'
        self.program.window.picture(path)
        print(path.name, flush=True)

    def close(self):
        self.program.close()


def complaints(home, look):
    """What the toolkit said on the way, once each."""
    log = Path(home) / 'rushes.log'
    lines = [re.sub(r'0x[0-9a-f]+|:\d+\)|\d\d:\d\d:\d\d\S*', '', line) for line in log.read_text(errors='replace').splitlines()]
    for line in sorted({line for line in lines if re.search('WARNING|CRITICAL', line)}):
        print('#', look, line)
    log.unlink()


def first_start(folder, look, widths):
    with tempfile.TemporaryDirectory(prefix='rushes-shots-', ignore_cleanup_errors=True) as home, Scene(home) as scene:
        studio = Studio(scene, folder, look)
        for width in widths:
            studio.size(width)
            studio.shoot('first-start')
        studio.close()


def readme(folder):
    """The two pictures that the README and the metainfo begin with."""
    services = [one for one in SERVICES if one[0] == 'pika']
    with tempfile.TemporaryDirectory(prefix='rushes-shots-', ignore_cleanup_errors=True) as home, Scene(home, services) as scene:
        scene.fill()
        studio = Studio(scene, folder, 'light')
        program = studio.program
        program.find(pattern='No Takes Yet')
        studio.tour.open_project()
        studio.tour.show_composer(True)
        program.command(str(scene.home / 'harbour.jpg'))
        studio.place(1200, 780)
        program.find(pattern=r'harbour\.jpg')
        program.click(program.find('Prompt', 'text'))
        program.type('slow push in, the lamp of the lighthouse turns')
        time.sleep(2)
        program.window.picture(folder / 'library.png')
        studio.tour.app('open-take', f'"{scene.take("slow push in, the boats")}"')
        time.sleep(2)
        program.window.picture(folder / 'take.png')
        studio.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder', type=Path)
    parser.add_argument('--look', action='append', choices=list(LOOKS))
    parser.add_argument('--width', action='append', type=int, choices=list(HEIGHTS))
    parser.add_argument('--page', type=re.compile, default=re.compile(''))
    parser.add_argument('--readme', action='store_true')
    options = parser.parse_args()
    widths = options.width or list(HEIGHTS)
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.readme:
        readme(options.folder)
        return

    with tempfile.TemporaryDirectory(prefix='rushes-shots-', ignore_cleanup_errors=True) as home, Scene(home) as scene:
        scene.fill()
        for look in options.look or list(LOOKS):
            if options.page.search('first-start'):
                first_start(options.folder, look, widths)
            studio = Studio(scene, options.folder, look)
            time.sleep(2)
            studio.tour.open_project()
            for width in widths:
                studio.size(width)
                for page in studio.tour.pages(width >= 860, width < 860, options.page.search):
                    studio.shoot(page)
            studio.close()
            complaints(home, look)


if __name__ == '__main__':
    sys.exit(main())
