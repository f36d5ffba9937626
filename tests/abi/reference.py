"""The reference tool's bytes and ours, for every package of the corpora.

For each package the tool writes the binary form. Then
  * what it prints of that binary as JSON must be what we print, and
  * the section that it embeds for each world must be ours, byte for byte, but for the section that names the tool.

Needs wasm-tools on the PATH or in WASM_TOOLS; without it there is one skipped test.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

from section import custom_sections, leb

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
CORPUS = os.path.join(ROOT, "..", "shared", "corpus")
WITGEN = os.environ.get("WITGEN", os.path.join(ROOT, "build", "witgen"))
WASM_TOOLS = os.environ.get("WASM_TOOLS") or shutil.which("wasm-tools")


class Refused(Exception):
    pass


def run(*command):
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        raise Refused(done.stderr.decode())
    return done.stdout


def packages():
    for pattern in "wit-codegen/*", "wit-ui/*", "wasi-0.3.0/*":
        for path in sorted(glob.glob(os.path.join(CORPUS, pattern))):
            is_package = glob.glob(os.path.join(path, "*.wit")) and not path.endswith("parse-fail")
            if path.endswith("kinds-of-deps"):
                continue  # has a dependency in the text format of components, which we leave to other tools
            if path.endswith(".wit") or is_package:
                yield path


def without_producers(component):
    at = 8
    while at < len(component):
        size, start = leb(component, at + 1)
        if component[at] == 0 and component[start + 1:].startswith(b"producers"):
            return component[:at] + component[start + size:]
        at = start + size
    return component


def reference_section(path, world, scratch):
    module = os.path.join(scratch, "embedded.wasm")
    escaped = "%" + world  # a world may be called like a keyword
    run(WASM_TOOLS, "component", "embed", "--all-features", "--dummy", "-w", escaped, path, "-o", module)
    with open(module, "rb") as file:
        sections = [data for name, data in custom_sections(file.read()) if name.startswith("component-type")]
    return without_producers(sections[0])


def our_section(path, world, scratch):
    out = os.path.join(scratch, "out")
    shutil.rmtree(out, ignore_errors=True)
    run(WITGEN, "--all-features", "--object-file", "-w", world, "--out-dir", out, path)
    with open(glob.glob(os.path.join(out, "*_component_type.o"))[0], "rb") as file:
        return [data for name, data in custom_sections(file.read()) if name.startswith("component-type")][0]


def check_package(path, scratch):
    """Returns what differs, and how many worlds were compared; the second is None when the tool refuses the path."""
    binary = os.path.join(scratch, "package.wasm")
    try:
        run(WASM_TOOLS, "component", "wit", "--all-features", "--wasm", path, "-o", binary)
        model = json.loads(run(WASM_TOOLS, "component", "wit", "--all-features", "--json", binary))
    except Refused:
        return [], None
    if not model["packages"] or model["packages"][-1]["name"] == "root:component":
        return [], 0  # nothing in it: its binary form is that of any empty component
    problems = []
    if json.loads(run(WITGEN, "--all-features", "--json", binary)) != model:
        problems.append("JSON of the binary differs")
    worlds = model["packages"][-1]["worlds"]
    for world in worlds:
        if our_section(path, world, scratch) != reference_section(path, world, scratch):
            problems.append(f"section of world {world} differs")
    return problems, len(worlds)


def main():
    if not WASM_TOOLS:
        print("1..1\nok 1 - the reference's bytes # skip wasm-tools is not installed")
        return 0
    sys.stdout.reconfigure(line_buffering=True)
    count = failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in packages():
            name = os.path.relpath(path, CORPUS)
            try:
                problems, worlds = check_package(path, scratch)
            except Refused as error:
                problems, worlds = [str(error)], 0
            if worlds is None:
                continue
            count += 1
            failures += bool(problems)
            print(f"{'not ok' if problems else 'ok'} {count} - {name}, {worlds} worlds")
            for problem in problems:
                print("#  ", problem.replace("\n", "\n#   "))
    print(f"1..{count}")
    return 1 if failures else 0


sys.exit(main())
