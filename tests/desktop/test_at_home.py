#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program among the other parts of a desktop: its search, its notifications, what it is asked and told by it."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time

from desktop import BUS, EmptyBus, Installed, files, has_windows, notifications, owner, portal, sandbox, sessions
from driver import Failure, Program, TAKES_LIMIT, Window, main, run, text_of, until
from scene import Scene

SAMPLE = os.path.join(os.environ['RUSHES_SOURCE'], 'data', 'samples', 'harbour.jpg')
MANY = 1000


def make(environment, *words):
    run(os.environ['RUSHES_BINARY'], 'generate', *words, '-d', '3', '-r', '480p', '--quiet', env=environment)


def write(home, statements):
    database = sqlite3.connect(os.path.join(home, 'data', 'rushes', 'library.db'))
    database.executescript(f'BEGIN; {statements} COMMIT;')
    database.close()


def fill(home):
    """As many takes as somebody has who uses it every day; one in a hundred is about a lighthouse."""
    write(home, f'''
        CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY - 1}) SELECT i FROM n;
        INSERT INTO orders SELECT 'bulk', id, 0 FROM projects LIMIT 1;
        INSERT INTO takes (serial, id, project_id, order_id, place, created, request, provider, model, prompt, state)
          SELECT i + 1000, printf ('01900000-0000-7000-8000-%012x', i), (SELECT id FROM projects LIMIT 1), 'bulk', i, 1000000 + i,
          json_object ('version', 1, 'provider', 'animatic', 'model', 'animatic', 'duration', 5, 'prompt', words), 'animatic',
          'animatic', words, 'cancelled'
          FROM (SELECT i, iif (i % 100 = 7, 'a lighthouse in the fog', 'rain on the lake, take ' || i) AS words FROM n);
        INSERT INTO attempts (id, take_id, number, runner, state, state_since, submitted, created)
          SELECT 'a' || id, id, 1, 'bulk', state, created, created, created FROM takes WHERE order_id = 'bulk';
        UPDATE takes SET attempt_id = 'a' || id WHERE order_id = 'bulk';
        INSERT INTO takes_text (rowid, prompt, model, provider, project)
          SELECT serial, prompt, model, provider, 'My Project' FROM takes WHERE order_id = 'bulk';''')


def begin_a_take(program, *choices):
    """Of the picture that the program was started with; closes the window in the middle of it."""
    program.find(pattern=r'harbour\.jpg')
    for choice in choices:
        program.press(program.find(choice, role='radio button'))
    program.press(program.find(pattern=r'^Generate'))
    until(lambda: program.command('takes', 'list', '--json').stdout, 'the take')
    program.keys('ctrl+w')


def timed(what, *words):
    begin = time.monotonic()
    result = what(*words)
    print(f'# {(time.monotonic() - begin) * 1000:.0f} ms for {words[0]} {words[2]}', flush=True)
    return result


def test_the_desktop_finds_takes_and_opens_them(home):
    with Installed(home) as installed:
        def find(*words):
            return timed(installed.search, 'GetInitialResultSet', '(as)', list(words))[0]

        def meet(*ids):
            return timed(installed.search, 'GetResultMetas', '(as)', list(ids))[0]

        # Looking makes nothing, and who looked goes again.
        if find('boat') or os.path.exists(os.path.join(home, 'data', 'rushes')):
            raise Failure('a search began a library')
        environment = Program.environment_for(home)
        make(environment, '月光下的港口，镜头缓缓拉远')
        make(environment, 'slow push in, a paper boat', '-i', SAMPLE)
        fill(home)
        if (n := len(find('lighthouse'))) != MANY / 100:
            raise Failure(f'{n} lighthouses')
        if not len(find('rain')) == len(find('RAIN', 'la')) == 20:
            raise Failure('not as many as there is room for')
        if find('nothing of the kind') or find('…'):
            raise Failure('something was found for nothing')
        chinese, boats = find('港口'), find('paper', 'bo')
        if len(chinese) != 1 or len(boats) != 1 or installed.search('GetSubsearchResultSet', '(asas)', boats, ['boat'])[0] != boats:
            raise Failure(f'{chinese} {boats}')
        metas = meet(chinese[0], boats[0], 'gone')
        if [meta['name'] for meta in metas] != ['月光下的港口，镜头缓缓拉远', 'slow push in, a paper boat']:
            raise Failure(f'{metas}')
        if has_windows(owner()) or os.listdir(os.path.join(home, 'data', 'rushes', 'runners')):
            raise Failure('a search does more than look')

        installed.search('ActivateResult', '(sasu)', boats[0], ['boat'], 0)
        program = installed.program()
        program.find('Position')
        picture = until(lambda: [meta['icon'][1] for meta in meet(*boats) if meta['icon'][0] == 'file'], 'a picture of the take')[0]
        if not os.path.exists(picture.removeprefix('file://')):
            raise Failure(picture)
        installed.search('LaunchSearch', '(asu)', ['lighthouse'], 0)
        program.find(pattern='a lighthouse in the fog')
        program.window.keep('searched-from-the-desktop')


def test_notifications_work_when_the_program_has_ended(home):
    shell, manager = notifications(), files()
    months = {time.strftime('%Y-%m', time.gmtime(time.time() + days * 86400)) for days in (-1, 0, 1)}
    folders = [os.path.join(home, 'data', 'rushes', 'clips', month) for month in months]
    try:
        # Nothing is made while the queue is paused, and then not, for there is no place for it.
        program = Program(home, SAMPLE)
        program.command('takes', 'pause')
        begin_a_take(program, '480p')
        for folder in folders:
            open(folder, 'w').close()
        program.command('takes', 'go')
        program.await_end()
        for folder in folders:
            os.remove(folder)
        shell.await_call('AddNotification', BUS, 'working')
        shell.await_call('RemoveNotification', BUS, 'working')
        told = [one[2:] for one in shell.called('AddNotification') if one[2] != 'working']
        if len(told) != 1:
            raise Failure(f'{told}')
        take, notification = told[0]
        if notification['body'] != 'The take could not be made.' or notification['default-action'] != 'app.open-take' or \
                [button['action'] for button in notification['buttons']] != ['app.retry-take']:
            raise Failure(f'{notification}')

        with Installed(home) as installed:
            installed.act('retry-take', take)
            notification = until(lambda: shell.called('AddNotification', BUS, take)[1:], 'the take to be made')[0][3]
            if notification['body'] != 'The take is ready.' or notification['icon'][0] != 'file' or has_windows(owner()) or \
                    [button['action'] for button in notification['buttons']] != ['app.save-take', 'app.show-take']:
                raise Failure(f'{notification}')
        with Installed(home) as installed:
            installed.act('show-take', take)
            clip = manager.await_call('ShowItems')[1][0]
            if take not in clip or has_windows(owner()):
                raise Failure(clip)
            installed.act('retry-take', take)  # what is ready is not made again, but shown
            installed.program().find('Position')
        with Installed(home) as installed:
            installed.act('save-take', take)
            program = installed.program()
            program.find('Position')
            Window.find('Save')
        if len(shell.called('AddNotification')) != 3 or len(shell.called('RemoveNotification', BUS, take)) < 3:
            raise Failure(f'{shell.calls}')
    finally:
        shell.close()
        manager.close()


def test_open_with_comes_to_the_one_window(home):
    clip = os.path.join(home, 'clip.mp4')
    environment = Program.environment_for(home)
    make(environment, 'a lantern on the pier', '-o', clip)
    with Installed(home) as installed:
        installed.open(SAMPLE)
        program = installed.program()
        program.find(pattern=r'harbour\.jpg')
        run(os.environ['RUSHES_BINARY'], clip, env=environment)
        program.find(pattern='The recipe of “clip.mp4”')
        prompt = program.find('Prompt', role='text')
        if (words := text_of(prompt)) != 'a lantern on the pier':
            raise Failure(f'the recipe did not come back: {words}')

        def recent():
            with open(os.path.join(home, 'data', 'recently-used.xbel')) as file:
                words = file.read()
            return 'harbour.jpg' in words and 'clip.mp4' in words
        until(recent, 'both among the recent files')


def test_who_calls_it_while_it_ends_is_not_forgotten(home):
    with Installed(home) as installed:
        installed.open(SAMPLE)
        for _ in range(4):
            program = installed.program()
            program.find(pattern=r'harbour\.jpg')
            program.keys('ctrl+w')
            # The picture is laid upon the program that is just going.
            until(lambda: not has_windows(program.pid), 'the window to go')
            installed.open(SAMPLE)
            until(lambda: owner() not in (None, program.pid), 'another program')
        installed.program().find(pattern=r'harbour\.jpg')


def test_it_comes_back_as_it_was_left(home):
    make(Program.environment_for(home), 'a lantern on the pier')
    program = Program(home)
    program.click(program.find(pattern='a lantern on the pier'))
    program.find('Position')
    program.kill()
    program = Program(home)
    program.find('Position')
    program.keys('Escape')
    program.gone('Position')
    program.close()
    program = Program(home)
    program.find(pattern='a lantern on the pier')
    if program.look('Position'):
        raise Failure('the page is open that was left')
    program.close()


def test_a_clip_is_saved_through_the_portal(home):
    """Where there is one: the dialog is another program's then."""
    make(Program.environment_for(home), 'a lantern on the pier')
    program = Program(home, GDK_DEBUG='')
    program.click(program.find(pattern='a lantern on the pier'))
    program.find('Position')
    if program.save(os.path.join(home, 'saved.mp4')) == program.pid:
        raise Failure('the dialog is our own')
    program.close()


def test_what_must_not_be_cut_off_is_said(home):
    services = [('xai', [], '', ['--fault', 'slow-submit=2'])]
    manager = sessions()
    try:
        with Scene(home, services) as scene:
            scene.rushes('generate', 'a first one', '-d', '3', '-r', '480p', '--quiet')
            scene.rushes('projects', 'set', 'My Project', '-p', 'xai', '-m', 'grok-imagine-video')
            keys = {name: value for name, value in scene.environment.items() if name.startswith('RUSHES_KEY')}
            program = Program(home, **keys)
            program.find(pattern='a first one')
            program.click(program.find('Prompt', role='text'))
            program.type('a fox in the snow')
            program.keys('ctrl+Return')
            sleep = manager.await_call('Inhibit')
            if sleep[1] != BUS or sleep[4] != 4:
                raise Failure(f'{sleep}')
            program.keys('ctrl+q')
            program.press(program.find('Cancel', role='button'))
            manager.await_call('Uninhibit', 1)

            program.click(program.find(pattern='a first one'))
            program.find('Position')
            program.save(os.path.join(home, 'saved.mp4'))
            if not [one for one in manager.called('Inhibit') if one[4] == 5]:
                raise Failure(f'{manager.calls}')
            manager.await_call('Uninhibit', len(manager.called('Inhibit')))
            program.close()
    finally:
        manager.close()


def test_a_sandbox_asks_before_it_goes_on(home):
    desktop = portal(True)
    try:
        program = Program(home, SAMPLE, wrapper=sandbox(home))
        begin_a_take(program, '480p')
        desktop.await_call('RequestBackground', '')
        program.await_end()
        if desktop.called('SetStatus')[0][1] != {'message': 'Making 1 take'}:
            raise Failure(f'{desktop.calls}')
        ready = [one for one in desktop.called('AddNotification') if one[1] != 'working']
        if len(ready) != 1 or ready[0][2]['icon'][0] != 'bytes' or ready[0][2]['default-action'] != 'app.open-take':
            raise Failure(f'{ready}')
    finally:
        desktop.close()


def test_a_sandbox_that_is_refused_goes_on_at_the_next_start(home):
    desktop = portal(False)
    try:
        program = Program(home, SAMPLE, wrapper=sandbox(home))
        begin_a_take(program, '1080p')
        program.await_end()
        said = desktop.called('AddNotification', 'working')[-1][2]
        if said['body'] != 'It may not go on without a window. 1 take will be picked up at the next start.':
            raise Failure(f'{said}')
    finally:
        desktop.close()
    program = Program(home)
    until(lambda: '"running"' in program.command('takes', 'list', '--json').stdout, 'the take to be picked up')
    program.close()


class Idle:
    """A service that the bus began for somebody who then asks nothing, on a bus of its own while the other tests go on."""

    def __init__(self):
        self.home = tempfile.TemporaryDirectory(prefix='rushes-home-', ignore_cleanup_errors=True)
        self.bus = EmptyBus(self.home.name)
        environment = Program.environment_for(self.home.name, DBUS_SESSION_BUS_ADDRESS=self.bus.address)
        self.process = subprocess.Popen([os.environ['RUSHES_BINARY'], '--gapplication-service'], env=environment)

    def test_a_service_that_nobody_asks_goes(self, home):
        with self.home, self.bus:
            if self.process.wait(TAKES_LIMIT) != 0:
                raise Failure(f'it ended with {self.process.returncode}')
            if os.path.exists(os.path.join(self.home.name, 'data', 'rushes')):
                raise Failure('it began a library')


if __name__ == '__main__':
    idle = Idle()
    tests = [test for name, test in list(globals().items()) if name.startswith('test_')]
    sys.exit(main(*tests, idle.test_a_service_that_nobody_asks_goes))
