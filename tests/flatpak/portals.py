#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""portals.py FOLDER: the part of a desktop that stands behind its portals, for tests. Whoever asks for a file or for a place to
save gets the address in FOLDER/answer; each program has a secret of its own. The portals themselves are the real ones."""

import hashlib
import os
import sys

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.impl.portal.desktop.rushestest'
PATH = '/org/freedesktop/portal/desktop'
INTERFACES = '''<node>
  <interface name="org.freedesktop.impl.portal.FileChooser">
    <method name="OpenFile">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
    </method>
    <method name="SaveFile">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
    </method>
  </interface>
  <interface name="org.freedesktop.impl.portal.Secret">
    <method name="RetrieveSecret">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="h" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
</node>'''
folder = sys.argv[1]


def called(connection, sender, path, interface, method, parameters, invocation):
    results = {}
    if method == 'RetrieveSecret':
        _, program, handle, _ = parameters.unpack()
        descriptor = invocation.get_message().get_unix_fd_list().get(handle)
        os.write(descriptor, hashlib.sha512(program.encode()).digest())
        os.close(descriptor)
    else:
        with open(os.path.join(folder, 'answer'), encoding='utf-8') as file:
            results['uris'] = GLib.Variant('as', [file.read().strip()])
    invocation.return_value(GLib.Variant('(ua{sv})', (0, results)))


def acquired(connection, name):
    for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
        connection.register_object(PATH, interface, called, lambda *_: GLib.Variant('u', 1), None)


def owned(connection, name):
    with open(os.path.join(folder, 'ready'), 'w', encoding='utf-8'):
        pass


Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, acquired, owned, None)
GLib.MainLoop().run()
