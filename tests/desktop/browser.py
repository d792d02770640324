#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that lets a picture be dragged out of it as a browser does: its address, as a list and as Mozilla writes it, a piece of
HTML, and the pixels.

  browser.py ADDRESS PICTURE"""

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

ADDRESS, PICTURE = sys.argv[1:]


def offer(*_):
    with open(PICTURE, 'rb') as file:
        pixels = file.read()
    kinds = [('text/uri-list', ADDRESS.encode() + b'\r\n'),
             ('text/x-moz-url', f'{ADDRESS}\nA picture'.encode('utf-16')),
             ('text/html', f'<img src="{ADDRESS}" alt="A picture">'.encode()),
             ('text/plain;charset=utf-8', ADDRESS.encode()),
             ('image/png', pixels)]
    return Gdk.ContentProvider.new_union([Gdk.ContentProvider.new_for_bytes(kind, GLib.Bytes.new(content)) for kind, content in kinds])


def open_window(application):
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', offer)
    picture = Gtk.Picture.new_for_filename(PICTURE)
    picture.add_controller(source)
    Gtk.ApplicationWindow(application=application, title='A Page', default_width=400, default_height=300, child=picture).present()


browser = Gtk.Application(application_id='io.github.rushes_app.TestBrowser', flags=Gio.ApplicationFlags.NON_UNIQUE)
browser.connect('activate', open_window)
browser.run([])
