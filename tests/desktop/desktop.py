# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands for the desktop around the program: services on the session bus that note what they are called with, and the
activation of the program by its name, as its installed files say it."""

import os
import subprocess
import threading

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

from driver import LIMIT, Failure, Program, until  # noqa: E402

BUS = 'io.github.rushes_app.Rushes'
PATH = '/io/github/rushes_app/Rushes'
REPLACE = 2
DAEMON = ('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus')


def session_bus():
    """A connection of one's own, that another thread may serve."""
    return Gio.DBusConnection.new_for_address_sync(
        os.environ['DBUS_SESSION_BUS_ADDRESS'],
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


def call(name, path, interface, method, parameters=None):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, int(LIMIT * 1000), None).unpack()


def owner(name=BUS):
    """The process that has a name on the bus; None."""
    if not call(*DAEMON, 'NameHasOwner', GLib.Variant('(s)', (name,)))[0]:
        return None
    return call(*DAEMON, 'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]


class Service:
    """Has names on the bus and answers calls there: {interface: {method: (what goes in, what goes out, answer)}}, where answer
    takes the service, the caller and the arguments; types are set apart by blanks. What was called stands in calls."""

    def __init__(self, names, path, interfaces):
        self.calls = []
        self.interfaces = interfaces
        self.connection = None
        self.loop = None
        ready = threading.Event()
        self.thread = threading.Thread(target=self._serve, args=(names, path, ready), daemon=True)
        self.thread.start()
        if not ready.wait(LIMIT):
            raise Failure(f'nobody became {names}')

    def _serve(self, names, path, ready):
        context = GLib.MainContext()
        context.push_thread_default()
        self.connection = session_bus()

        def arguments(kind, signature):
            return ''.join(f'<arg type="{one}" direction="{kind}"/>' for one in signature.split())
        for interface, methods in self.interfaces.items():
            xml = f'<node><interface name="{interface}">' + ''.join(
                f'<method name="{name}">{arguments("in", given)}{arguments("out", taken)}</method>'
                for name, (given, taken, _) in methods.items()) + '</interface></node>'
            node = Gio.DBusNodeInfo.new_for_xml(xml)
            self.connection.register_object(path, node.interfaces[0], self._called, None, None)
        for name in names:
            # In the place of a real one, where the bus has begun one.
            self.connection.call_sync(*DAEMON, 'RequestName', GLib.Variant('(su)', (name, REPLACE)), None,
                                      Gio.DBusCallFlags.NONE, -1, None)
        self.loop = GLib.MainLoop(context)
        ready.set()
        self.loop.run()

    def _called(self, connection, sender, path, interface, method, parameters, invocation):
        _, taken, answer = self.interfaces[interface][method]
        words = parameters.unpack()
        self.calls.append((method, *words))
        result = answer(self, sender, *words) if answer else ()
        invocation.return_value(GLib.Variant(f'({taken.replace(" ", "")})', result) if taken else None)

    def emit(self, receiver, path, interface, signal, parameters):
        self.connection.emit_signal(receiver, path, interface, signal, parameters)

    def called(self, method, *words):
        """The calls of a method that begin with these arguments."""
        return [one for one in self.calls if one[:1 + len(words)] == (method, *words)]

    def await_call(self, method, *words):
        return until(lambda: self.called(method, *words), f'{method}{words}')[-1]

    def close(self):
        self.loop.quit()
        self.thread.join(LIMIT)
        self.connection.close_sync(None)


def notifications():
    """GNOME Shell, as far as notifications go: it keeps them when their program has ended."""
    return Service(['org.gtk.Notifications'], '/org/gtk/Notifications', {'org.gtk.Notifications': {
        'AddNotification': ('s s a{sv}', '', None), 'RemoveNotification': ('s s', '', None)}})


def files():
    """A file manager."""
    return Service(['org.freedesktop.FileManager1'], '/org/freedesktop/FileManager1', {'org.freedesktop.FileManager1': {
        'ShowItems': ('as s', '', None)}})


def sessions():
    """GNOME's session manager, as far as a program tells it what must not be cut off."""
    return Service(['org.gnome.SessionManager'], '/org/gnome/SessionManager', {'org.gnome.SessionManager': {
        'RegisterClient': ('s s', 'o', lambda *_: ('/org/gnome/SessionManager/Client1',)),
        'UnregisterClient': ('o', '', None),
        'Inhibit': ('s u s u', 'u', lambda service, *_: (len(service.called('Inhibit')),)),
        'Uninhibit': ('u', '', None)}})


def portal(may):
    """The portals of a desktop that is asked from within a sandbox; @may is what it says to going on in the background."""
    def request(service, sender, parent, options):
        path = f'/org/freedesktop/portal/desktop/request/{sender[1:].replace(".", "_")}/{options["handle_token"]}'
        service.emit(sender, path, 'org.freedesktop.portal.Request', 'Response',
                     GLib.Variant('(ua{sv})', (0, {'background': GLib.Variant('b', may)})))
        return (path,)
    return Service(['org.freedesktop.portal.Desktop'], '/org/freedesktop/portal/desktop', {
        'org.freedesktop.portal.Background': {'RequestBackground': ('s a{sv}', 'o', request), 'SetStatus': ('a{sv}', '', None)},
        'org.freedesktop.portal.Notification': {'AddNotification': ('s a{sv}', '', None), 'RemoveNotification': ('s', '', None)}})


def sandbox(home):
    """What a command is run with to be in a sandbox of Flatpak, as it can tell itself."""
    info = os.path.join(home, 'flatpak-info')
    with open(info, 'w') as file:
        file.write(f'[Application]\nname={BUS}\n\n[Instance]\nflatpak-version=1.14.10\n')
    wrapper = ['bwrap', '--die-with-parent']
    for name in os.listdir('/'):
        path = '/' + name
        wrapper += ['--symlink', os.readlink(path), path] if os.path.islink(path) else ['--dev-bind', path, path]
    return wrapper + ['--ro-bind', info, '/.flatpak-info']


# A bus on which there is nobody, and nobody to be started.
EMPTY_BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'''


class EmptyBus:
    def __init__(self, home):
        config = os.path.join(home, 'bus.conf')
        with open(config, 'w') as file:
            file.write(EMPTY_BUS)
        self.process = subprocess.Popen(['dbus-daemon', '--config-file', config, '--print-address', '--nofork'],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def __enter__(self):
        return self.address

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()


class Installed:
    """The program as the bus starts it, with the file that the build installs, on the home of a test."""

    def __init__(self, home):
        self.home = home
        services = os.path.join(os.environ['XDG_DATA_HOME'], 'dbus-1', 'services')
        os.makedirs(services, exist_ok=True)
        self.file = os.path.join(services, BUS + '.service')
        binary = os.environ['RUSHES_BINARY']
        with open(os.path.join(os.path.dirname(os.path.dirname(binary)), 'data', BUS + '.service')) as built:
            lines = built.read().splitlines()
        # Installed it is where the prefix says, which it is not yet.
        lines = [f'Exec={binary} ' + line.split(' ', 1)[1] if line.startswith('Exec=') else line for line in lines]
        with open(self.file, 'w') as file:
            file.write('\n'.join(lines) + '\n')
        environment = Program.environment_for(home)
        call(*DAEMON, 'UpdateActivationEnvironment', GLib.Variant('(a{ss})', (environment,)))
        call(*DAEMON, 'ReloadConfig')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.remove(self.file)
        call(*DAEMON, 'ReloadConfig')
        if pid := owner():
            os.kill(pid, 9)
            until(lambda: not owner(), 'Rushes to end')

    def search(self, method, signature, *words):
        return call(BUS, PATH + '/SearchProvider', 'org.gnome.Shell.SearchProvider2', method, GLib.Variant(signature, words))

    def act(self, action, word):
        """What the desktop does when a button of a notification is pressed."""
        call(BUS, PATH, 'org.freedesktop.Application', 'ActivateAction',
             GLib.Variant('(sava{sv})', (action, [GLib.Variant('s', word)], {})))

    def open(self, *paths):
        """What a file manager does for “Open With”."""
        call(BUS, PATH, 'org.freedesktop.Application', 'Open',
             GLib.Variant('(asa{sv})', ([Gio.File.new_for_path(path).get_uri() for path in paths], {})))

    def program(self):
        """The program that is running under its name, with its window."""
        return Program.adopt(self.home, until(owner, 'Rushes on the bus'))


def has_windows(pid):
    return subprocess.run(['xdotool', 'search', '--onlyvisible', '--all', '--pid', str(pid), '--name', '.'], capture_output=True,
                          timeout=LIMIT).stdout != b''
