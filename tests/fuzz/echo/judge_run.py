# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The judge's part of a batch: components of its guests, and their calls; see judge.py.

libwasmtime's C API has no way to provide an import of type `async func`. For the judge such imports become sync functions: in the
component type, byte by byte, and in the guest, whose glue is made once more with `--sync import:...`. Exports stay async, so the
imported interfaces are no longer the exported ones, and get names of their own.
"""

import os
import re

import run as runner
from judge import Judge, lib, unknown_kinds


def section_lines(text):
    """The component type in the glue: (bytes, comment) of each line of its assembly."""
    for literal, comment in re.findall(r'^\s*"\.ascii \\"(.*)\\"\\n"(?: /\* (.*) \*/)?$', text, re.M):
        once = literal.encode().decode("unicode_escape")
        yield once.encode("latin1").decode("unicode_escape").encode("latin1"), comment


def other_name(interface):
    """As long as before."""
    return re.sub("^(root|dep):", lambda match: match[1][::-1] + ":", interface)


def leb(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            return value, at


def rename_core_imports(core, names):
    """In the import section of a module."""
    at = 8
    while at < len(core):
        kind = core[at]
        size, start = leb(core, at + 1)
        at = start + size
        if kind == 2:
            body = core[start:at]
            for name in names:
                body = body.replace(bytes([len(name)]) + name.encode(), bytes([len(name)]) + other_name(name).encode())
            return core[:start] + body + core[at:]
    return core


def with_sync_imports(core, glue):
    """The core module with a component type in which no import is async."""
    lines = [[bytearray(data), comment] for data, comment in section_lines(glue)]
    before = b"".join(data for data, _ in lines)
    if core.count(before) != 1:
        raise runner.Wrong("the component type is not in the module as it is in the glue")
    block = None  # lines of async function types in the instance type that is being defined, or None: in the world
    of_world, names = {}, []
    for line in lines:
        match = re.match(r"type (\d+): (instance|async func)|(import|export) (instance|func) .*: type (\d+)$", line[1])
        if not match:
            continue
        number, what, direction, sort, named = match.groups()
        if what == "instance":
            block = []
        elif what:
            block.append(line) if block is not None else of_world.update({number: line})
        elif sort == "instance":
            if direction == "import":
                make_sync(block)
                name = line[1].split('"')[1]
                names.append(name)
                line[0] = line[0].replace(name.encode(), other_name(name).encode())
            block = None
        elif direction == "import" and named in of_world:
            make_sync([of_world.pop(named)])
    return rename_core_imports(core.replace(before, b"".join(data for data, _ in lines)), names)


def make_sync(lines):
    for data, _ in lines:
        assert data[:2] == b"\1C", "a type, an async function"
        data[1:2] = b"@"


def has_async(case):
    return any(f.is_async for f, _ in case.world.pairs)


def guest_of(case):
    """The directory of the glue, and the core module: the one of the hosts, unless async imports are in the way."""
    if case.is_sync or not has_async(case):
        return case.directory, case.path("wasm")
    directory = case.path("judge")
    os.makedirs(directory, exist_ok=True)
    options = [option for option in case.options if option != "--no-sig-flattening"]
    sync = ",".join(f"import:{i.origin}" for _, i in case.world.pairs if i.is_async)
    runner.run(directory, runner.WITGEN, case.path("wit"), "--world", f"%{case.name}", "--sync", sync, "--no-sig-flattening", *options)
    guest = runner.Guest(case.world, case.header(f"{case.seed}.judge/{case.c}.h"), case.c, "import")
    case.write(f"{case.seed}.judge/{case.seed}_guest.c", guest.text())
    case.compile_guest(directory, "guest.wasm", "-O0")
    return directory, f"{directory}/guest.wasm"


def make_components(directory, cases):
    """Answers seed -> why there is none."""
    for case in cases:
        where, wasm = guest_of(case)
        with open(wasm, "rb") as file:
            core = file.read()
        if has_async(case):
            with open(f"{where}/{case.c}.c") as file:
                core = with_sync_imports(core, file.read())
        case.write(f"{case.seed}.judge.wasm", core)
    out = runner.run(directory, *runner.NODE, f"{runner.HERE}/components.mjs", ".", *(str(c.seed) for c in cases))
    return {int(seed): why for seed, why in (line.split(": ", 1) for line in out.split("\n") if line)}


def judge_cases(directory, cases):
    """Answers seed -> (what was wrong, a note)."""
    answers = {c.seed: ([], f"not judged: {', '.join(unknown_kinds(c.world))}") for c in cases if unknown_kinds(c.world)}
    able = [c for c in cases if c.seed not in answers]
    refused = make_components(directory, able) if able else {}
    engine = lib.make_engine()
    for case in able:
        wrong = [f"no component: {refused[case.seed]}"] if case.seed in refused else judge_case(engine, case)
        answers[case.seed] = ([f"judge: {w}" for w in wrong], "judged with sync imports" if has_async(case) else "judged")
    return answers


def judge_case(engine, case):
    judge = Judge(engine, case.world, case.path("component"), other_name if has_async(case) else str)
    for (f, _), calls in zip(case.world.pairs, case.calls):
        for n, call in enumerate(calls):
            try:
                judge.run(f, call)
            except Exception as error:  # a trap, or values of another kind
                judge.differences.append(repr(error))
            if judge.differences:
                return [f"{f.origin} #{n}: {difference}" for difference in judge.differences]
    return []
