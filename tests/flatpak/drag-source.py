#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drag-source.py FILE: a window all of which can be dragged, and is that file, as in a file manager."""

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # noqa: E402


def prepare(source, x, y):
    return Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.FileList, Gdk.FileList.new_from_list([Gio.File.new_for_path(sys.argv[1])])))


Gtk.init()
window = Gtk.Window(title='Drag Source', default_width=300, default_height=300, child=Gtk.Label(label='Drag'))
source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
source.connect('prepare', prepare)
window.add_controller(source)
window.present()
GLib.MainLoop().run()
