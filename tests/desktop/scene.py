# SPDX-License-Identifier: GPL-3.0-or-later
"""A home with a library that shows what there is to see: clips, a take that is made, one that was declined, one of which nobody
knows; and how the window is told to show a page, whatever its language."""

import json
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from driver import Failure, run

SAMPLE = os.path.join(os.environ['RUSHES_SOURCE'], 'data', 'samples', 'harbour.jpg')
BUS = 'io.github.rushes_app.Rushes'
KEY = 'sk-of-nobody'
# What is seen in the tiles: one photograph, taken at several hours by several people.
PICTURES = {
    'harbour': [],
    'evening': ['-modulate', '92,140,92'],
    'night': ['-modulate', '55,40,88', '-fill', '#10245c', '-colorize', '35%'],
    'mist': ['-modulate', '118,38', '-blur', '0x2', '-level', '0,100%,1.4'],
    'old': ['-sepia-tone', '75%'],
    'portrait': ['-gravity', 'center', '-crop', '45%x100%+0+0', '+repage'],
}
ANIMATICS = [
    ('harbour', 'slow push in, the boats sway in the morning light', ['-d', '6']),
    ('evening', 'pan right along the quay, lanterns are lit one by one', ['-d', '5']),
    ('portrait', 'tilt up to the masts', ['-d', '4', '-a', '9:16']),
    ('night', '月光下的港口，镜头缓缓拉远', ['-d', '8']),
    ('mist', 'drift, fog comes in from the sea', ['-d', '5']),
    ('old', 'pull out, an old film of the harbour', ['-d', '4', '-r', '480p']),
    (None, 'The Harbour, a film in four takes', ['-d', '3']),
]
# Services that are played on this computer: what is asked of them, and how it ends there.
SERVICES = [
    ('kling', ['-m', 'kling-v2-6'], 'a heron lands on the pier, close shot', []),
    ('xai', ['-m', 'grok-imagine-video', '-d', '6'], 'a fox runs through snow', ['--fault', 'reject']),
    ('runway', ['-m', 'gen4.5'], 'rain on the water, close', ['--fault', 'reset-submit']),
    ('pika', [], 'a paper boat on a river', ['--fault', 'never']),
]


def short(*names):
    """Of those pictures, quick to make: for who looks at the window and not at the clips."""
    return [(name, prompt, ['-d', '3', '-r', '480p', *words[2:]]) for name, prompt, words in ANIMATICS if name in names]


class Scene:
    """A home with a library in it that shows what there is to see."""

    def __init__(self, home, services=SERVICES):
        self.home = Path(home)
        self.services = services
        self.simulators = []
        self.environment = dict(os.environ, HOME=home, LANG='en_US.UTF-8')
        for variable, name in [('XDG_DATA_HOME', 'data'), ('XDG_CONFIG_HOME', 'config'), ('XDG_CACHE_HOME', 'cache'),
                               ('XDG_STATE_HOME', 'state')]:
            (self.home / name).mkdir()
            self.environment[variable] = str(self.home / name)
        self.serve()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def serve(self):
        settings = self.home / 'config' / 'rushes' / 'settings.ini'
        settings.parent.mkdir()
        with settings.open('w') as file:
            for provider, _, _, faults in self.services:
                words = [os.environ['RUSHES_SIMULATOR'], '--provider', provider, '--key', KEY, '--while-stdin', '--limit', '3600',
                         '--speed', '10', *faults]
                simulator = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                self.simulators.append(simulator)
                origin = simulator.stdout.readline().strip()
                self.environment[f'RUSHES_KEY_{provider.upper()}'] = KEY
                file.write(f'[io/github/rushes_app/Rushes/providers/{provider}]\nbase-url=\'{origin}\'\n')

    def close(self):
        for simulator in self.simulators:
            simulator.stdin.close()
            simulator.stdout.close()
            simulator.wait(20)

    def rushes(self, *words):
        return subprocess.run([os.environ['RUSHES_BINARY'], *words], env=self.environment, capture_output=True, text=True, timeout=300)

    def generate(self, *words):
        result = self.rushes('generate', '--quiet', *words)
        # those that fail are wanted as well
        if result.returncode not in (0, 5, 7, 11):
            raise Failure(f'generate {" ".join(words)}: {result.returncode}: {result.stderr}')

    def fill(self, animatics=ANIMATICS):
        pictures = {}
        for name in {'evening', *(name for name, _, _ in animatics if name)}:
            pictures[name] = str(self.home / f'{name}.jpg')
            run('convert', SAMPLE, '-resize', '1280x', *PICTURES[name], pictures[name])
        self.rushes('limits', 'set', 'day', '5', 'USD')
        for picture, prompt, words in animatics:
            self.generate(prompt, *(['-i', pictures[picture]] if picture else []), *words)
        # They mostly wait, which they can do at once.
        with ThreadPoolExecutor() as pool:
            for _ in pool.map(lambda one: self.generate(one[2], '-p', one[0], *one[1], '-i', pictures['evening'], '--timeout', '3',
                                                        '--tries', '0'), self.services):
                pass
        self.project = json.loads(self.rushes('projects', 'list', '--json').stdout.splitlines()[0])['project']
        self.rushes('projects', 'create', 'A Film in Four Takes')
        self.rushes('takes', 'star', self.take('slow push'))

    def take(self, words):
        """The id of the take with these words."""
        found = self.rushes('takes', 'list', '--json', '--search', words).stdout
        if not found:
            raise Failure(f'there is no take of “{words}”')
        return json.loads(found.splitlines()[0])['take']


class Tour:
    """Shows one page of the window after the other."""

    path = '/' + BUS.replace('.', '/')
    window_path = path + '/window/1'

    def __init__(self, scene, program):
        self.scene, self.program = scene, program

    @staticmethod
    def call(path, method, *words):
        run('gdbus', 'call', '--session', '--dest', BUS, '--object-path', path, '--method', f'org.gtk.Actions.{method}', *words, '{}')

    def app(self, action, *parameters):
        self.call(self.path, 'Activate', action, '[' + ', '.join(f'<{one}>' for one in parameters) + ']')

    def win(self, action, *parameters):
        self.call(self.window_path, 'Activate', action, '[' + ', '.join(f'<{one}>' for one in parameters) + ']')

    def show_composer(self, shown):
        self.call(self.window_path, 'SetState', 'composer', '<true>' if shown else '<false>')

    def open_project(self):
        self.win('project', f'"{self.scene.project}"')

    def leave(self):
        self.program.keys('Escape')
        time.sleep(0.5)

    def pages(self, composer=True, sheet=False, wants=lambda page: True):
        """Gives the name of each page while it is shown, with the composer beside it or not, or in its sheet as a page of its
        own; whoever looks lets it come to rest first."""
        self.show_composer(composer)
        if wants('library'):
            yield 'library'
        if sheet and wants('composer'):
            self.show_composer(True)
            yield 'composer'
            self.leave()
        if wants('search'):
            self.program.keys('ctrl+f')
            yield 'search'
            self.leave()
        for page, words in [('take', 'slow push'), ('take-portrait', 'tilt up'), ('take-rejected', 'a fox'),
                            ('take-unconfirmed', 'rain on'), ('take-running', 'paper boat')]:
            if wants(page):
                self.app('open-take', f'"{self.scene.take(words)}"')
                yield page
                self.leave()
        if wants('compare'):
            takes = ', '.join(f'"{self.scene.take(words)}"' for words in ('slow push', 'tilt up'))
            self.win('compare', f'[{takes}]')
            yield 'compare'
            self.leave()
        if wants('models'):
            self.program.keys('ctrl+m')
            yield 'models'
            self.leave()
        # the way there, with the keys: the first card, what is typed there, the second card, the button that looks
        for page, way in [('getting-started', []), ('getting-started-services', [['Return']]),
                          ('getting-started-key', [['Return'], ['l', 'u', 'm', 'a'], ['Return']]),
                          ('getting-started-servers', [['Tab', 'Return'], ['Return']])]:
            if wants(page):
                self.win('getting-started')
                for keys in way:
                    time.sleep(0.7)
                    self.program.keys(*keys)
                yield page
                self.leave()
        for page in ('general', 'providers', 'providers/runway', 'presets', 'spending', 'storage'):
            name = 'preferences-' + page.split('/')[-1]
            if wants(name):
                self.app('preferences', f'"{page}"')
                yield name
                self.leave()
        for page in ('shortcuts', 'about'):
            if wants(page):
                self.app(page)
                yield page
                self.leave()
