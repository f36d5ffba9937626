#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a header declares, as the compiler sees it: one name a line.

    public_symbols.py CLANG-ARGUMENTS... HEADER

Names with two underscores after the first word are private, and so is what follows the line of a section "For glue".
"""
import json
import re
import subprocess
import sys

*arguments, header = sys.argv[1:]
limit = next((n for n, line in enumerate(open(header), 1) if line.startswith('/* ---- For glue')), 1 << 30)


def clang(*more):
    command = [*arguments, '-fsyntax-only', '-x', 'c', *more, header]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def place(node):
    """(line, whether it is in the header itself); clang leaves out a line that is that of the node before."""
    loc = node.get('loc', {})
    loc = loc.get('expansionLoc', loc)
    return loc.get('line'), bool(loc) and 'includedFrom' not in loc


def declared():
    line = 0
    for node in json.loads(clang('-Xclang', '-ast-dump=json'))['inner']:
        here, own = place(node)
        line = here or line
        if not own or line > limit:
            continue
        if node['kind'] == 'EnumDecl':
            yield from (c['name'] for c in node.get('inner', []) if c['kind'] == 'EnumConstantDecl')
        elif node['kind'] in ('FunctionDecl', 'TypedefDecl', 'VarDecl') and not node['name'].startswith('__'):
            yield node['name']


def defined():
    """Macros that are defined in the header itself, and not taken back."""
    names, file, line = set(), None, 0
    for text in clang('-E', '-dD').split('\n'):
        marker = re.match(r'# (\d+) "(.*?)"', text)
        if marker:
            line, file = int(marker[1]) - 1, marker[2]
            continue
        line += 1
        macro = re.match(r'#(define|undef) (\w+)', text)
        if macro and file == header and line <= limit:
            names.add(macro[2]) if macro[1] == 'define' else names.discard(macro[2])
    return {n for n in names if not n.endswith('_H')}


print('\n'.join(sorted(n for n in {*declared(), *defined()} if not re.match(r'[A-Za-z0-9]+__', n))))
