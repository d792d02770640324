# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop tests are driven with: the program as its user meets it, seen through the accessibility bus, acted on
with a real pointer and keyboard (xdotool), under the display of build-aux/session. Every wait has a bound."""

import os
import re
import signal
import subprocess
import tempfile
import time
import traceback

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT = 60.0
Atspi.set_timeout(int(LIMIT * 1000), int(LIMIT * 1000))  # of 800 ms otherwise, which a busy machine may need for an answer
EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'expected')
MOST_DIFFERENCE = 0.12  # of 1; measured: 0.002 again, 0.17 with a card that is not there, 0.7 in dark
TAKES_LIMIT = 120.0


class Failure(Exception):
    """Something that should have happened did not."""


def until(check, what, limit=LIMIT):
    """Gives the first true value of check(); fails with what was waited for."""
    end = time.monotonic() + limit
    last = None
    while time.monotonic() < end:
        try:
            if value := check():
                return value
        except GLib.Error as error:  # a widget that went away while it was looked at
            last = error
        time.sleep(0.05)
    raise Failure(f'waited {limit:.0f} s for {what}' + (f' ({last.message})' if last else ''))


def insist(act, check, what):
    """Acts until check() gives a true value. On a busy machine another program may see all of a drag at once and take it for a
    click: then a hand tries again."""
    for _ in range(4):
        act()
        try:
            return until(check, what, LIMIT / 4)
        except Failure:
            continue
    raise Failure(f'tried in vain for {what}')


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT, **options).stdout


def walk(node, depth=0):
    """All that is shown below an accessible, itself first."""
    if node is None or depth > 60:
        return
    yield node
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except GLib.Error:
            continue
        yield from walk(child, depth + 1)


def is_showing(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def drag(start, end):
    """A drag as a hand makes it: a few small moves to begin with, a steady way, a rest before letting go."""
    (x0, y0), (x1, y1) = start, end
    steps = [f'mousemove {x0} {y0}', 'mousedown 1', 'sleep 0.2']
    steps += [f'mousemove {x0 + i * 4} {y0 + i * 2} sleep 0.03' for i in range(1, 6)]
    steps += [f'mousemove {int(x0 + (x1 - x0) * i / 25)} {int(y0 + (y1 - y0) * i / 25)} sleep 0.012' for i in range(1, 26)]
    steps += [f'mousemove {x1} {y1}', 'sleep 0.4', 'mouseup 1']
    run('xdotool', *' '.join(steps).split())


class Window:
    """A top-level window of any program, by its id of the X server."""

    def __init__(self, identity):
        self.id = identity

    @classmethod
    def find(cls, pattern, pid=None):
        def look():
            arguments = ['xdotool', 'search', '--onlyvisible', '--name', pattern]
            if pid:
                arguments = ['xdotool', 'search', '--onlyvisible', '--all', '--pid', str(pid), '--name', pattern]
            found = subprocess.run(arguments, capture_output=True, text=True, timeout=LIMIT).stdout.split()
            return found[-1] if found else None
        return cls(until(look, f'a window named {pattern}'))

    def place(self, x, y, width, height):
        run('xdotool', 'windowactivate', '--sync', self.id, 'windowsize', self.id, str(width), str(height),
            'windowmove', self.id, str(x), str(y))
        time.sleep(0.5)  # the program draws itself anew; there is nothing to wait for from outside

    def activate(self):
        run('xdotool', 'windowactivate', '--sync', self.id)

    def geometry(self):
        # xdotool counts the frame twice that a window manager puts around a window.
        text = run('xwininfo', '-id', self.id)
        return tuple(int(re.search(rf'{name}:\s*(-?\d+)', text)[1])
                     for name in ('Absolute upper-left X', 'Absolute upper-left Y', 'Width', 'Height'))

    def at(self, across, down):
        """A point on the screen, as parts of the window's width and height."""
        x, y, width, height = self.geometry()
        return x + int(width * across), y + int(height * down)

    def extents(self):
        """The invisible border that a window drawing its own frame has: left, right, top and bottom, in pixels."""
        text = run('xprop', '-id', self.id, '_GTK_FRAME_EXTENTS')
        values = re.findall(r'\d+', text.split('=', 1)[1]) if '=' in text else []
        return tuple(map(int, values)) if len(values) == 4 else (0, 0, 0, 0)

    def shadow(self):
        left, _, top, _ = self.extents()
        return left, top

    def keep(self, name):
        """Keeps a picture of it where the build keeps such; gives its path, or None where nobody wants any."""
        folder = os.environ.get('RUSHES_SCREENSHOTS')
        if not folder:
            return None
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name + '.png')
        self.picture(path)
        return path

    def screenshot(self, name):
        """The same of what stays as it is; fails when it does not become anything like what is expected: a part is missing,
        a page is blank. RUSHES_EXPECT=anew makes that anew."""
        expected = os.path.join(EXPECTED, name + '.png')

        def difference():
            small = ['convert', self.keep(name), '-resize', '160x120!', '-colorspace', 'Gray', '-blur', '0x1']
            if os.environ.get('RUSHES_EXPECT') == 'anew':
                os.makedirs(EXPECTED, exist_ok=True)
                run(*small, '-strip', expected)
            return float(run(*small, expected, '-metric', 'RMSE', '-compare', '-format', '%[distortion]', 'info:'))
        if self.keep(name):
            until(lambda: difference() <= MOST_DIFFERENCE, f'a window like {expected}', 20)

    @staticmethod
    def painted(point):
        """Waits until there is something to be seen around a point, where a window that comes is of one colour."""
        x, y = point

        def colours():
            return int(run('import', '-window', 'root', '-crop', f'60x60+{x - 30}+{y - 30}', '+repage', '-format', '%k', 'info:')) > 10
        until(colours, 'the window to be painted')

    def picture(self, path):
        """What is seen of it, without its shadow."""
        left, right, top, bottom = self.extents()
        _, _, width, height = self.geometry()
        run('import', '-window', self.id, '-crop', f'{width - left - right}x{height - top - bottom}+{left}+{top}', '+repage', path)


def find_application(pid):
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child and child.get_process_id() == pid:
            return child
    return None


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def only_child(pid):
    with open(f'/proc/{pid}/task/{pid}/children') as children:
        return int((children.read().split() or [0])[0])


class Program:
    """One running Rushes with a home of its own."""

    running = []

    def __init__(self, home, *arguments, wrapper=(), **environment):
        self.home = home
        binary = os.environ['RUSHES_BINARY']
        self.environment = Program.environment_for(home, **environment)
        with open(os.path.join(home, 'rushes.log'), 'ab') as log:
            self.process = subprocess.Popen([*wrapper, binary, *arguments], env=self.environment, stdout=log, stderr=log)
        Program.running.append(self)
        self.pid = until(lambda: only_child(self.process.pid), f'{wrapper[0]} to run it') if wrapper else self.process.pid
        # In a sandbox a program does not know its own number, and its window does not say any.
        self._meet(None if wrapper else self.pid)

    @staticmethod
    def environment_for(home, **environment):
        # GTK's own settings (no motion, a font that is there) lie in the session's configuration.
        settings = os.path.join(home, 'config', 'gtk-4.0')
        if not os.path.exists(settings):
            os.makedirs(os.path.dirname(settings), exist_ok=True)
            os.symlink(os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0'), settings)
        return dict(os.environ, HOME=home, XDG_DATA_HOME=home + '/data', XDG_CONFIG_HOME=home + '/config',
                    XDG_CACHE_HOME=home + '/cache', XDG_STATE_HOME=home + '/state',
                    **{'GDK_DEBUG': 'no-portals', 'GSK_RENDERER': 'cairo', 'GDK_DISABLE': 'gl,vulkan', 'LANG': 'en_US.UTF-8',
                       **environment})

    @classmethod
    def adopt(cls, home, pid):
        """One that somebody else started."""
        self = cls.__new__(cls)
        self.home, self.pid, self.process = home, pid, None
        self.environment = Program.environment_for(home)
        self._meet(pid)
        return self

    def _meet(self, pid):
        self.application = until(self._application, 'Rushes on the accessibility bus')
        self.window = Window.find('^Rushes', pid)

    def _application(self):
        if self.process and self.process.poll() is not None:
            raise Failure(f'Rushes ended with {self.process.returncode}')
        return find_application(self.pid)

    def look(self, name=None, role=None, pattern=None):
        for node in walk(self.application):
            try:
                text = node.get_name() or ''
                if name is not None and text != name:
                    continue
                if pattern is not None and not re.search(pattern, text):
                    continue
                if role is not None and node.get_role_name() != role:
                    continue
                if is_showing(node):
                    return node
            except GLib.Error:
                continue
        return None

    def find(self, name=None, role=None, pattern=None, limit=LIMIT):
        return until(lambda: self.look(name, role, pattern), f'{role or "something"} named {name or pattern}', limit)

    def gone(self, name=None, role=None, pattern=None, limit=LIMIT):
        until(lambda: not self.look(name, role, pattern), f'{name or pattern} to go', limit)

    def point(self, node):
        """The middle of a widget on the screen."""
        extents = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        x, y, _, _ = self.window.geometry()
        left, top = self.window.shadow()
        return x + left + extents.x + extents.width // 2, y + top + extents.y + extents.height // 2

    def press(self, node):
        """What a screen reader's user does; falls back to a click, as for tiles that have no action."""
        until(lambda: is_sensitive(node), f'{node.get_name()} to be usable')
        action = node.get_action_iface()
        if action and node.get_n_actions() > 0:
            action.do_action(0)
        else:
            self.click(node)

    def click(self, node, count=1):
        x, y = self.point(node)
        run('xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', str(count), '--delay', '80', '1')

    def drag_in(self, start, target, words):
        """Drags something of another program onto a widget, and waits for what matches the words to be shown."""
        end = self.point(target)
        return insist(lambda: drag(start, end), lambda: self.look(pattern=words), words)

    def keys(self, *keys):
        self.window.activate()
        run('xdotool', 'key', '--clearmodifiers', *keys)

    def type(self, text):
        run('xdotool', 'type', '--delay', '25', text)

    def save(self, target):
        """Saves the clip of the page that is open, through the dialog of whichever program brings it; gives that one's process.
        A dialog takes no keys before it is all there, and what is typed until then is lost: so what it was given is looked at
        before it is told to save."""
        self.keys('ctrl+s')
        dialog = Window.find('^Save')
        pid = int(run('xdotool', 'getwindowpid', dialog.id))

        def shown(what, *states):
            for node in walk(find_application(pid)):
                if what in (node.get_name(), node.get_role_name()) and is_showing(node) and \
                        all(node.get_state_set().contains(state) for state in states):
                    return node
            return None

        def named():
            entry = shown('text', Atspi.StateType.EDITABLE, Atspi.StateType.FOCUSED)
            if entry and text_of(entry) != target:
                dialog.activate()
                run('xdotool', 'key', '--clearmodifiers', 'ctrl+a')
                self.type(target)
            return entry and text_of(entry) == target
        until(named, 'the name to be taken')
        until(lambda: shown('Save', Atspi.StateType.SENSITIVE, Atspi.StateType.FOCUSABLE), 'a name that can be saved')
        run('xdotool', 'key', 'Return')
        until(lambda: os.path.exists(target), 'the saved file')
        return pid

    def await_end(self):
        """Until it ended by itself, and all was well."""
        self.process.wait(TAKES_LIMIT)
        Program.running.remove(self)
        if self.process.returncode != 0:
            raise Failure(f'Rushes ended with {self.process.returncode}')

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(LIMIT)
        Program.running.remove(self)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure('Rushes did not end when it was asked to')
        Program.running.remove(self)

    def command(self, *arguments, check=True):
        """The command line on the same home."""
        result = subprocess.run([os.environ['RUSHES_BINARY'], *arguments], env=self.environment, capture_output=True, text=True,
                                timeout=TAKES_LIMIT)
        if check and result.returncode != 0:
            raise Failure(f'rushes {" ".join(arguments)}: {result.returncode}: {result.stderr}')
        return result


def frames(path):
    """How many frames a file decodes to."""
    out = run('gst-launch-1.0', '-v', 'filesrc', f'location={path}', '!', 'decodebin3', '!', 'videoconvert', '!', 'fakesink', 'silent=false',
              'sync=false')
    return len(re.findall(r'chain .*\*\*\*', out))


def main(*tests):
    """Runs the tests as TAP, each with an empty home."""
    print('TAP version 14')
    print(f'1..{len(tests)}', flush=True)
    status = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix('test_').replace('_', ' ')
        with tempfile.TemporaryDirectory(prefix='rushes-home-', ignore_cleanup_errors=True) as home:
            try:
                test(home)
                print(f'ok {number} - {name}', flush=True)
            except Exception as error:  # whatever went wrong is this test's failure, and the next one begins anew
                status = 1
                print(f'not ok {number} - {name}', flush=True)
                for line in traceback.format_exc().splitlines() + [str(error)]:
                    print(f'# {line}')
                if folder := os.environ.get('RUSHES_SCREENSHOTS'):
                    os.makedirs(folder, exist_ok=True)
                    run('import', '-window', 'root', os.path.join(folder, f'failed-{number}.png'))
                for program in list(Program.running):
                    program.kill()
                try:
                    with open(os.path.join(home, 'rushes.log'), errors='replace') as log:
                        for line in log.read().splitlines()[-20:]:
                            print(f'# rushes: {line}', flush=True)
                except OSError:
                    pass
    return status
