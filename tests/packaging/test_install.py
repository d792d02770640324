#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a package of Rushes is made of: installed into a folder, then looked at, and run where its prefix says."""

import os
import subprocess
import sys
import tempfile

ID = 'io.github.rushes_app.Rushes'
BUILD, PREFIX = sys.argv[1], sys.argv[2]
EXPECTED = {
    'bin/rushes',
    f'share/applications/{ID}.desktop',
    f'share/dbus-1/services/{ID}.service',
    f'share/glib-2.0/schemas/{ID}.gschema.xml',
    f'share/gnome-shell/search-providers/{ID}.search-provider.ini',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    'share/locale/zh_CN/LC_MESSAGES/rushes.mo',
    f'share/metainfo/{ID}.metainfo.xml',
}
number = 0


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def check(name, fine, why=''):
    global number
    number += 1
    print(f'{"ok" if fine else "not ok"} {number} - {name}', flush=True)
    if not fine:
        print('\n'.join('# ' + line for line in str(why).splitlines()))


with tempfile.TemporaryDirectory(prefix='rushes-install-') as folder:
    done = run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir', folder)
    check('it is installed into a folder', done.returncode == 0, done.stdout + done.stderr)
    root = folder + PREFIX
    found = {os.path.relpath(os.path.join(place, name), root) for place, _, names in os.walk(folder) for name in names}
    check('all that belongs to it, and nothing else', found == EXPECTED, f'missing {EXPECTED - found}, too much {found - EXPECTED}')

    def read(name):
        with open(os.path.join(root, name), encoding='utf-8') as file:
            return file.read()
    texts = {name: read(name) for name in found if name.startswith('share/') and not name.endswith('.mo')}
    check('nothing is left to be filled in, and nothing tells of where it was built',
          not [name for name, text in texts.items() if '@' in text.replace('@2x', '') and name.endswith(('.desktop', '.ini', '.service', '.xml'))
               or BUILD in text or folder in text], texts.keys())
    check('the service starts what is installed', f'Exec={PREFIX}/bin/rushes ' in read(f'share/dbus-1/services/{ID}.service'))
    desktop = run('desktop-file-validate', os.path.join(root, f'share/applications/{ID}.desktop'))
    check('the desktop file is valid', desktop.returncode == 0 and not desktop.stdout, desktop.stdout)
    check('it speaks Chinese', '\nGenericName[zh_CN]=' in read(f'share/applications/{ID}.desktop') and
          'xml:lang="zh' in read(f'share/metainfo/{ID}.metainfo.xml'))

    # At its own prefix, with nothing that leads there; the schemas are compiled, as an installer does.
    run('glib-compile-schemas', os.path.join(root, 'share/glib-2.0/schemas'))
    inside = ['bwrap', '--dev-bind', '/', '/', '--bind', root, PREFIX, '--setenv', 'XDG_DATA_DIRS', '/nowhere', '--setenv', 'HOME', folder,
              '--unsetenv', 'GSETTINGS_SCHEMA_DIR']
    if not os.path.isdir(PREFIX) or run(*inside, 'true').returncode:
        number += 1
        print(f'ok {number} - it runs from its prefix # SKIP nothing can be put at {PREFIX} here')
    else:
        here = [f'{PREFIX}/bin/rushes']
        said = run(*inside, '--setenv', 'LC_ALL', 'zh_CN.UTF-8', *here, 'limits', 'list')
        check('it runs from its prefix', said.returncode == 0 and any('\u4e00' <= letter <= '\u9fff' for letter in said.stdout + said.stderr),
              said.stdout + said.stderr)
print(f'1..{number}')
