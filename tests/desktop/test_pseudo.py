#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page in a language that nobody speaks: each text stands in ⟦brackets⟧ and is a quarter longer. What has no brackets was not
given to the translators, what has two pairs side by side was put together from pieces, and what is cut off has no room."""

import ast
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from driver import Failure, GLib, Program, is_showing, main, walk
from scene import ANIMATICS, SERVICES, Scene, Tour

SOURCE = Path(os.environ['RUSHES_SOURCE'])
# Words of the toolkit, which brings its own translations.
TOOLKIT = {'About', 'Close the window', 'Minimize the window', 'Maximize the window', 'Close', 'Minimize', 'Maximize', 'Restore', 'Back', 'Search',
           'Clear', 'Clear Entry', 'Dialog', 'Sheet', 'Menu', 'Increase', 'Decrease', 'Edit', 'Apply', 'Legal', 'Credits', 'Website', 'Report an Issue',
           'Troubleshooting', 'Details', 'Show Password', 'Notification'}
# Keys as the toolkit writes them, addresses, files, currencies.
KEYS = r'^((Shift|Ctrl|Alt)\+)*(\S|F\d+|Home|End|Up|Down|Left|Right|Return|Space|Escape|Delete)$'
NOBODYS = re.compile(KEYS + r'|\b[a-z0-9.-]+\.(com|ai|org|io|cn|net|dev|app)\b(/\S*)?|\b127\.0\.0\.1\S*|~?/\S+|\S+\.jpg$|^[A-Z]{3}$')
PAIR = re.compile(r'⟦[^⟦⟧]*⟧')


def entries():
    """All texts that the program has: context, text and plural of each."""
    template = subprocess.run([SOURCE / 'build-aux' / 'template'], capture_output=True, text=True, check=True).stdout
    for block in template.split('\n\n'):
        parts, current = {}, None
        for line in block.splitlines():
            begin = re.match(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', line)
            if begin:
                current = begin[1]
                parts[current] = ast.literal_eval(begin[2])
            elif line.startswith('"') and current:
                parts[current] += ast.literal_eval(line)
        if parts.get('msgid'):
            yield parts.get('msgctxt'), parts['msgid'], parts.get('msgid_plural')


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def strange(text):
    return f'⟦{text}{"~" * max(1, len(text) // 4)}⟧'


def translate(folder):
    """A catalogue in which every text is strange."""
    catalogue = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"', '']
    for context, text, plural in entries():
        if context is not None:
            catalogue.append(f'msgctxt {quote(context)}')
        catalogue.append(f'msgid {quote(text)}')
        if plural is None:
            catalogue += [f'msgstr {quote(strange(text))}', '']
        else:
            catalogue += [f'msgid_plural {quote(plural)}', f'msgstr[0] {quote(strange(text))}', f'msgstr[1] {quote(strange(plural))}', '']
    target = Path(folder) / 'eo' / 'LC_MESSAGES'
    target.mkdir(parents=True)
    subprocess.run(['msgfmt', '-o', target / 'rushes.mo', '-'], input='\n'.join(catalogue), text=True, check=True)


def names():
    """What is called the same in every language."""
    found = {'Rushes', 'io.github.rushes_app.Rushes', 'A Film in Four Takes', 'My Project'}
    found |= {prompt for _, prompt, _ in ANIMATICS} | {prompt for _, _, prompt, _ in SERVICES}
    # what is sent is English
    for preset in json.loads((SOURCE / 'data' / 'presets.json').read_text())['presets']:
        found.add(preset['prompt'])
    for path in (SOURCE / 'data' / 'providers').glob('*.json'):
        description = json.loads(path.read_text())
        found |= {description.get('name'), description.get('server')}
        for model in description.get('models', []):
            found |= {model.get('id'), model.get('name')}
    return sorted(found - {None}, key=len, reverse=True)


def kept(scene):
    """Why takes failed: that is kept in the language in which it happened."""
    takes = [json.loads(line) for line in scene.rushes('takes', 'list', '--json').stdout.splitlines()]
    return [take['error']['message'] for take in takes if take.get('error')]


def texts(program):
    """What stands in the window, and what it is called there."""
    for node in walk(program.application):
        try:
            if node.get_role_name() in ('frame', 'application', 'window') or not is_showing(node):
                continue
            for text in {node.get_name() or '', node.get_description() or ''}:
                yield node.get_role_name(), text
        except GLib.Error:
            continue


def faults(page, program, known):
    for role, text in texts(program):
        rest = text
        while PAIR.search(rest):
            rest = PAIR.sub('\0', rest)
        for name in known:
            rest = rest.replace(name, '')
        if text in TOOLKIT:
            continue
        if re.search(r'[A-Za-z]{3}', NOBODYS.sub('', rest)):
            yield f'{page}: not translated: {role} “{text}”'
        # what stands in a list is no sentence
        elif re.search('\0 *\0', rest) and '⟦, ' not in text and len(set(PAIR.findall(text))) > 1:
            yield f'{page}: put together: {role} “{text}”'


def test_every_text_is_translated_whole_and_has_room(home):
    translate(os.path.join(home, 'locale'))
    with Scene(home) as scene:
        scene.fill([one for one in ANIMATICS if one[0] in ('harbour', 'portrait')])
        program = Program(home, LANGUAGE='eo', LD_PRELOAD=os.environ['RUSHES_PSEUDO'], RUSHES_PSEUDO_LOCALE=os.path.join(home, 'locale'),
                          **{name: value for name, value in scene.environment.items() if name.startswith('RUSHES_KEY')})
        tour = Tour(scene, program)
        program.find(pattern='⟦')
        program.window.place(0, 0, 1250, 900)
        known, found = names() + kept(scene), []
        tour.open_project()
        program.find(pattern='slow push in')
        for page in tour.pages(composer=True):
            time.sleep(0.6)
            found += faults(page, program, known)
            program.window.keep(f'pseudo-{page.replace("/", "-")}')
        program.close()
        found += [line for line in Path(home, 'rushes.log').read_text(errors='replace').splitlines() if line.startswith('cut off ')]
        if found:
            raise Failure('\n'.join(dict.fromkeys(found)))


if __name__ == '__main__':
    sys.exit(main(*(test for name, test in list(globals().items()) if name.startswith('test_'))))
