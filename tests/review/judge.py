"""What the tests of `witgen diff` share: cases, and how the classes of their changes are judged.

ABI: the reference validator's verdicts, as tests/review/targets gives them. Source: a C user of everything in the old glue
(user.py), compiled against the new glue.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import json
import os
import re
import subprocess

import user

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.join(here, '..', '..')
witgen = os.environ.get('WITGEN', os.path.join(root, 'build', 'witgen'))
compiler = os.environ.get('CC', 'cc')


class Tap:
    """Test points, numbered."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, name, problem):
        self.count += 1
        self.failed += bool(problem)
        print(('not ok' if problem else 'ok'), self.count, '-', name)
        for line in (problem or '').splitlines():
            print('#  ', line)

    def finish(self):
        print(f'1..{self.count}')
        return self.failed > 0


def read(path):
    return open(path, encoding='utf-8').read() if os.path.exists(path) else ''


def changes(old, new, options=()):
    out = subprocess.run([witgen, 'diff', '--format', 'json', *options, old, new], capture_output=True, text=True, check=True)
    return json.loads(out.stdout)['changes']


def uses_of_interfaces(path, options):
    """{interface: {'imports', 'exports'}} of the world `w`."""
    out = subprocess.run([witgen, '--json', *options, path], capture_output=True, text=True, check=True)
    model, uses = json.loads(out.stdout), {}
    world = next(w for w in model['worlds'] if w['name'] == 'w')
    for side in ('imports', 'exports'):
        for item in world[side].values():
            if 'interface' in item:
                uses.setdefault(model['interfaces'][item['interface']['id']]['name'], set()).add(side)
    return uses


class Case:
    def __init__(self, directory):
        self.name, self.directory = os.path.basename(directory), directory
        self.options = read(f'{directory}/with').split()
        self.old, self.new = f'{directory}/old.wit', f'{directory}/new.wit'
        self.is_world = bool(re.search(r'^world w\b', read(self.old), re.M))
        self.excused = {p for p in ('callers', 'implementers', 'guests', 'hosts') if os.path.exists(f'{directory}/but.{p}')}
        self.changes = changes(self.old, self.new, self.options)
        self.uses = {}
        if self.is_world:
            self.uses = {'guests': uses_of_interfaces(self.old, self.options), 'hosts': uses_of_interfaces(self.new, self.options)}

    def classes(self, party):
        """The classes of all changes for a party; guests call what a world imports and implement what it exports."""
        roles = {'guests': {'imports': 'callers', 'exports': 'implementers'}, 'hosts': {'imports': 'implementers', 'exports': 'callers'}}
        for c in self.changes:
            item, interface = re.search(r'\.(import|export)\.', c['path']), re.match(r't:t/(\w+)', c['path'])
            if party not in roles:
                sides = [party]
            elif item or not interface:
                sides = [roles[party][item[1] + 's']] if item else list(roles[party].values())
            else:
                sides = [roles[party][use] for use in self.uses[party].get(interface[1], ())]
            yield from (c[side] for side in sides)


def places_problem(case):
    """Every change has both places; a package that is on one side only has one."""
    bad = [c['path'] for c in case.changes if not (c['old'] and c['new']) and c['rule'] not in ('package-added', 'package-removed')]
    return f'a place is missing: {bad}' if bad else None


# ABI

def validator_problem(case, party, verdict):
    broken = 'abi-breaking' in case.classes(party)
    if verdict == 'unknown':
        return f'the validator has no word on {party}'
    if verdict == 'breaks' and not broken:
        return f'{party}: the validator refuses it, but no change is abi-breaking'
    if verdict == 'fits' and broken and party not in case.excused:
        return f'{party}: the validator lets it pass, but a change is abi-breaking'
    return None


def validator_problems(case, verdicts):
    """`verdicts`: PARTY VERDICT PARTY VERDICT, as in a line of validator.txt."""
    pairs = verdicts.split()
    problems = [validator_problem(case, pairs[i], pairs[i + 1]) for i in range(0, len(pairs), 2)]
    return '\n'.join(filter(None, problems)) if pairs else 'no verdict'


# Source

def glue(case, side, world):
    """Both sides' glue for one of the inputs, in a directory; the worlds are those of `targets`."""
    directory = f'{case.directory}/{side}.{world}'
    names = [n for n in 'ji' if all(re.search(rf'^interface {n}\b', read(f), re.M) for f in (case.old, case.new))]
    verb = 'import' if world == 'callers' else 'export'
    os.makedirs(directory)
    with open(f'{directory}/all.wit', 'w', encoding='utf-8') as out:
        out.write(read(getattr(case, side)) + f'world {world} {{ ' + ' '.join(f'{verb} {n};' for n in names) + ' }\n')
    subprocess.run([witgen, '--guest', '--host', '-w', world, '--out-dir', directory, f'{directory}/all.wit', *case.options], check=True,
                   capture_output=True)
    return directory


def compiles(text, directory):
    """What the compiler has against a user of the glue in the directory."""
    flags = ['-std=gnu11', '-fsyntax-only', '-Werror=incompatible-pointer-types', '-Werror=implicit-function-declaration',
             '-Werror=int-conversion']
    done = subprocess.run([compiler, *flags, '-I', directory, '-I', f'{root}/host-rt/include', '-x', 'c', '-'], input=text,
                          capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ''


def source_problems(case):
    """A party is the guest of its own world, and the host of the other: a host implements what a guest calls."""
    worlds = {}
    for side in ('old', 'new'):
        for world in ('callers', 'implementers'):
            worlds[side, world] = glue(case, side, world)
    problems = []
    for party, other in (('callers', 'implementers'), ('implementers', 'callers')):
        authored = f'{worlds["old", party]}/{party}.c' if party == 'implementers' else None
        guest = compiles(user.user(f'{worlds["old", party]}/{party}.h', authored), worlds['new', party])
        host = compiles(user.user(f'{worlds["old", other]}/{other}_host.h'), worlds['new', other])
        classes = set(case.classes(party))
        if (guest or host) and classes <= {'compatible'}:
            problems.append(f'{party}: classed compatible, but:\n{guest}{host}')
        if not guest and not host and 'source-breaking' in classes and 'abi-breaking' not in classes and party not in case.excused:
            problems.append(f'{party}: classed source-breaking, but everything compiles')
    return '\n'.join(problems)
