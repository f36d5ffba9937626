# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Echo: random values of random types through generated glue, and through an independent judge. Prints TAP.

    python3 run.py [--count N] [--fresh N] [--sanitize N] [SEED...]

Runs the worlds 1 to N, then `fresh` ones that nobody has seen, or those of the seeds alone. Of each batch of worlds that become one
program, every `sanitize`-th is built with ASan and UBSan, library included. For a world that fails, the function that did is tried alone
too, in a small world that is printed.

A world (worlds.mjs) becomes a guest (guest.py) and a host (host.py) in C on the glue that witgen writes. A value goes from host
to guest (a parameter of an export), to the host (of an import), back to the guest (a result), and to the host again.
At each of these places C walks the value and writes what it sees as bytes; they are compared with the bytes that values.py makes of
the value that was meant. So mistakes cannot cancel each other out. The same guest runs on wasm2c and on libwasmtime, and once more as
a component in libwasmtime's own component API (judge.py).

    host ---- params ----> export      1. what the guest got       (ECHO_GUEST_PARAMS)
    import <- params ----- guest       2. what the host got        (ECHO_IMPORT_PARAMS)
    import -- result ----> guest       3. what the guest got back  (ECHO_GUEST_RESULT)
    host <--- result ----- export      4. what the host got back   (ECHO_EXPORT_RESULT)
"""

import argparse
import concurrent.futures
import glob
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../../.."))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

from guest import Guest  # noqa: E402
from header import Header  # noqa: E402
from host import Host  # noqa: E402
from model import World  # noqa: E402
from small import small_world  # noqa: E402
from values import random_value, to_bytes, utf8  # noqa: E402

NODE = [os.path.join(ROOT, ".deps/npm/node"), "--no-warnings"]
WITGEN = os.path.abspath(os.environ.get("WITGEN", os.path.join(ROOT, "build/witgen")))
ENGINE = glob.glob(os.path.join(ROOT, ".deps/wasmtime/wasmtime/linux-*"))
WORK = os.environ.get("ECHO_DIR", os.path.join(os.path.dirname(WITGEN), "echo"))
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-g1"]
INCLUDE = ["-I.", f"-I{HERE}", f"-I{ROOT}/host-rt/include"]
BATCH, ROUNDS, FRESH = 10, 5, 255

# Options of the generator that change how values look in the guest.
OPTIONS = [[]] * 5 + [["--no-sig-flattening"], ["--string-encoding=utf16"], ["--string-encoding=compact-utf16"], ["--sync", "all"]]


class Wrong(Exception):
    """What is not as it should be, in words."""


def run(directory, *command):
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    if done.returncode:
        raise Wrong(f"{' '.join(command)[:400]}\n{done.stderr[-2000:]}{done.stdout[-2000:]}")
    return done.stdout


def guest_text(encoding):
    """A string's bytes as the guest sees them; see guest.h."""
    if encoding == "utf8":
        return utf8

    def sized(data, tag=0):
        return struct.pack("<I", len(data) | tag) + data

    def convert(value):
        text = value.decode()
        if encoding == "compact-utf16" and all(ord(c) < 256 for c in text):
            return sized(text.encode("latin1"))
        return sized(text.encode("utf-16-le"), 1 << 31 if encoding == "compact-utf16" else 0)
    return convert


class Call:
    """The values of one call, and their bytes for hosts and for the guest."""

    def __init__(self, rng, f, text):
        self.values = [random_value(rng, t) for _, t in f.params]
        self.is_later, self.echoed = rng.random() < 0.5, FRESH
        self.result_value = random_value(rng, f.result) if f.result else None
        same = [n for n, (_, t) in enumerate(f.params) if f.result and t.key() == f.result.key() and not t.has("own")]
        if same and not f.is_async and rng.random() < 0.5:
            self.echoed = rng.choice(same)
            self.result_value = self.values[self.echoed]
        self.params, self.guest_params = (b"".join(to_bytes(t, v, as_text) for (_, t), v in zip(f.params, self.values))
                                          for as_text in (utf8, text))
        self.result, self.guest_result = (to_bytes(f.result, self.result_value, as_text) if f.result else b""
                                          for as_text in (utf8, text))

    def pack(self, can_wait):
        parts = (self.params, self.result, self.guest_params, self.guest_result)
        return bytes([self.echoed, self.is_later and can_wait]) + b"".join(struct.pack("<I", len(p)) + p for p in parts)


class Case:
    """One world: its files in the directory of its batch, named after the seed."""

    def __init__(self, directory, seed):
        self.directory, self.seed = directory, seed
        rng = random.Random(seed)
        self.options = rng.choice(OPTIONS)
        self.encoding = next((o.split("=")[1] for o in self.options if o.startswith("--string-encoding")), "utf8")
        self.is_sync = "--sync" in self.options
        with open(self.path("wit")) as file:
            self.wit = file.read()
        self.name = self.wit.split("\n")[0].split(": ")[1].strip()
        self.c = self.name.lower().replace("-", "_")
        self.rng = rng

    def path(self, suffix):
        return os.path.join(self.directory, f"{self.seed}.{suffix}")

    def write(self, name, data):
        with open(os.path.join(self.directory, name), "wb" if isinstance(data, bytes) else "w") as file:
            file.write(data)

    def header(self, name):
        with open(os.path.join(self.directory, name)) as file:
            return Header(file.read())

    def generate(self):
        """C of all files, values. False: what no world can be (tests/corpus/random.mjs lets the tool confirm that)."""
        try:
            text = run(self.directory, WITGEN, f"{self.seed}.wit", "--world", f"%{self.name}", "--guest", "--host",
                       "--engine", "wasm2c,wasmtime", "--out-dir", ".", "--json", *self.options)
        except Wrong as refusal:
            if "both imported and exported" in str(refusal):
                return False
            raise
        self.world = World(json.loads(text), self.name)
        self.write(f"{self.seed}_guest.c", Guest(self.world, self.header(f"{self.c}.h"), self.c, "all" if self.is_sync else "").text())
        self.write(f"{self.seed}_host.c", Host(self.world, self.header(f"{self.c}_host.h"), self.c, self.seed).text())
        as_text = guest_text(self.encoding)
        self.calls = [[Call(self.rng, f, as_text) for _ in range(ROUNDS)] for f, _ in self.world.pairs]
        self.write(f"{self.seed}.values", b"".join(struct.pack("<I", len(calls)) + b"".join(c.pack(not self.is_sync) for c in calls)
                                                   for calls in self.calls))
        return True

    def compile_guest(self, directory, wasm, level):
        """One unit: -Oz saves more time behind it than it takes, unless nobody compiles the module again."""
        unit = {"utf8": 1, "utf16": 2, "compact-utf16": 0}[self.encoding]
        run(directory, "clang", "--target=wasm32-wasi", "-mexec-model=reactor", level, "-I.", f"-I{HERE}", f"-DECHO_UNIT={unit}",
            f"{self.seed}_guest.c", os.path.join(WORK, "heap.o"), "-o", wasm, "-Wl,--strip-debug,--gc-sections")

    def compile(self, flags):
        """Answers the objects."""
        seed, d = str(self.seed), self.directory
        self.compile_guest(d, f"{seed}.wasm", "-Oz")
        run(d, "wasm2c", "-n", self.c, f"{seed}.wasm", "-o", f"{self.c}_guest.c")
        run(d, "clang", "-std=c11", "-O0", "-w", *INCLUDE, "-c", f"{self.c}_wasm2c.c", "-o", f"{seed}_wasm2c.o")
        run(d, "clang", "-std=c11", "-O0", *INCLUDE, "-c", f"{self.c}_wasmtime.c", "-o", f"{seed}_wasmtime.o")
        run(d, "clang", "-std=c11", "-O0", "-Wall", "-Wextra", *flags, *INCLUDE, "-c", f"{seed}_host.c", "-o", f"{seed}_host.o")
        return [f"{seed}_{part}.o" for part in ("wasm2c", "wasmtime", "host")]


def table_of(cases):
    externs = "".join(f"extern const echo_world echo_{c.seed};\n" for c in cases)
    names = "".join(f"&echo_{c.seed}, " for c in cases)
    return f'#include "host.h"\n{externs}const echo_world *const echo_worlds[] = {{{names}NULL}};\n'


def link(directory, cases, objects, flags, library):
    cases[0].write("table.c", table_of(cases))
    run(directory, "clang", "-std=gnu11", *flags, *INCLUDE, "table.c", f"{HERE}/host.c", *objects, library, f"-L{ENGINE[0]}",
        f"-Wl,-rpath,{ENGINE[0]}", "-l:_libwasmtime.so", "-lm", "-lpthread", "-ldl", "-lboost_context", "-o", "host")


def run_host(directory, cases):
    """Answers seed -> (calls on both engines, what was wrong). A crash is its world's; the others run again without it."""
    answers, left = {}, [c.seed for c in cases]
    while left:
        done = subprocess.run(["./host", ".", *map(str, left)], cwd=directory, capture_output=True, text=True, errors="replace")
        running, ended = None, {}
        for line in done.stdout.split("\n"):
            word = line.split()
            if line.startswith("begin"):
                running = int(word[1])
                answers.setdefault(running, (0, []))
            elif line.startswith("end"):
                ended[running] = ended.get(running, 0) + 1
                answers[running] = (answers[running][0] + int(word[3]), answers[running][1])
            elif line:
                answers[running][1].append(line)
        if done.returncode == 0:
            break
        crashed = running if running in left and ended.get(running) != 2 else None
        for seed in [crashed] if crashed else left:
            answers.setdefault(seed, (0, []))[1].append(f"the host ended with status {done.returncode}\n{done.stderr[-3000:]}")
        left = [s for s in left if crashed and s != crashed and ended.get(s) != 2]
    return answers


class Batch:
    """Worlds that become one program."""

    def __init__(self, directory, seeds, sanitized=False, change=None, small=None):
        """change: is called with each case before it is compiled. small: WIT in place of the seed's."""
        self.directory, self.seeds, self.sanitized, self.change, self.small = directory, seeds, sanitized, change, small
        self.wrong = {seed: [] for seed in seeds}
        self.notes = {seed: [] for seed in seeds}

    def run(self):
        try:
            self._run()
        except Exception:  # a mistake of the test: all of these worlds are untried
            for seed in self.seeds:
                self.wrong[seed].append(traceback.format_exc())
        return self

    def _run(self):
        os.makedirs(self.directory, exist_ok=True)
        self._write_worlds()
        cases, objects = [], []
        flags = SANITIZERS if self.sanitized else []
        for seed in self.seeds:
            case = Case(self.directory, seed)
            try:
                if not case.generate():
                    self.notes[seed].append("is no world")
                    continue
                if self.change:
                    self.change(case)
                objects += case.compile(flags)
                cases.append(case)
            except Wrong as why:
                self.wrong[seed].append(str(why))
        if cases:
            link(self.directory, cases, objects, flags, library(self.sanitized))
            for seed, (calls, wrong) in run_host(self.directory, cases).items():
                self.wrong[seed] += wrong
                self.notes[seed].append(f"{calls} calls")
            self._judge(cases)
        if not self.small and not self.change:
            self._try_small(cases)
        if not any(self.wrong.values()):
            shutil.rmtree(self.directory)

    def _write_worlds(self):
        if not self.small:
            run(self.directory, *NODE, f"{HERE}/worlds.mjs", ".", *map(str, self.seeds))
            return
        with open(os.path.join(self.directory, f"{self.seeds[0]}.wit"), "w") as file:
            file.write(self.small)

    def _try_small(self, cases):
        for case in cases:
            said = "\n".join(self.wrong[case.seed])
            f = next((f for f, _ in case.world.pairs if f"{f.origin} #" in said), None)
            if f:
                text = small_world(f, case.seed)
                batch = Batch(case.path("small"), [case.seed], self.sanitized, small=text).run()
                self.wrong[case.seed] += [f"alone, {f.name} {'fails too' if batch.wrong[case.seed] else 'does not fail'}:\n{text}"]

    def _judge(self, cases):
        from judge_run import judge_cases
        for seed, (wrong, note) in judge_cases(self.directory, cases).items():
            self.wrong[seed] += wrong
            self.notes[seed].append(note)


def library(sanitized):
    return os.path.join(WORK, "sanitized" if sanitized else "plain", "libwithost.a")


def build_shared():
    """What all batches link. The make that runs this test may have another compiler and other flags."""
    if not ENGINE or not os.path.exists(NODE[0]):
        sys.exit("echo: run 'make deps-test' first")
    shutil.rmtree(os.path.join(WORK, "worlds"), ignore_errors=True)
    os.makedirs(WORK, exist_ok=True)
    for name in ("MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS"):
        os.environ.pop(name, None)
    run(WORK, "clang", "--target=wasm32-wasi", "-O1", "-std=c11", f"-I{HERE}", "-c", f"{HERE}/heap.c", "-o", "heap.o")
    for sanitized in (False, True):
        path = library(sanitized)
        run(ROOT, "make", "-j2", "--no-print-directory", f"B={os.path.dirname(path)}", "CC=clang", "CFLAGS=-O1 -g1", "LDFLAGS=",
            f"SANITIZE={'address,undefined' if sanitized else ''}", path)


def report(batches):
    """Prints a line for each world as it is done, and what there was how often."""
    count = failed = 0
    done = []
    for batch in batches:
        done.append(batch)
        for seed in batch.seeds:
            count += 1
            wrong, title = batch.wrong[seed], f"world {seed}: {', '.join(batch.notes[seed])}{', sanitized' if batch.sanitized else ''}"
            print(f"{'not ok' if wrong else 'ok'} {count} - {title}", flush=True)
            if not wrong:
                continue
            failed += 1
            text = "\n".join(wrong) + f"\nagain: python3 tests/fuzz/echo/run.py {seed}\nfiles: {batch.directory}/{seed}*"
            print("# " + text[:6000].replace("\n", "\n# "), flush=True)
    notes = [note for batch in done for notes in batch.notes.values() for note in notes]
    total = {note: notes.count(note) for note in sorted(set(notes)) if not note.endswith("calls")}
    print("# " + ", ".join(f"{n} {note}" for note, n in total.items()))
    print(f"1..{count}")
    return failed


def run_all(batches):
    """In order, as many at a time as there are processors."""
    with concurrent.futures.ProcessPoolExecutor(max_workers=len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(Batch.run, batches)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=int(os.environ.get("WORLDS", 480)))
    options.add_argument("--fresh", type=int, default=int(os.environ.get("FRESH", 20)))
    options.add_argument("--sanitize", type=int, default=5)
    options.add_argument("seeds", type=int, nargs="*")
    given = options.parse_args()
    base = int(os.environ.get("SEED", random.SystemRandom().randrange(10**5, 10**9)))
    seeds = given.seeds or [*range(1, given.count + 1), *range(base, base + given.fresh)]
    if not given.seeds:
        print(f"# worlds 1 to {given.count}, and SEED={base} FRESH={given.fresh}", flush=True)
    build_shared()
    groups = [seeds[n:n + BATCH] for n in range(0, len(seeds), BATCH)]
    batches = [Batch(os.path.join(WORK, "worlds", str(group[0])), group, given.sanitize and n % given.sanitize == 0)
               for n, group in enumerate(groups)]
    failed = report(run_all(batches))
    sys.stdout.flush()
    os._exit(1 if failed else 0)


if __name__ == "__main__":
    sys.modules["run"] = sys.modules["__main__"]
    main()
