# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs all cases on libwasmtime: python3 lib/wasmtime_host.py BUILD_DIRECTORY [CASE...]

host.py defines run(t, load): load(imports) makes an instance and answers an object whose attributes call its exports.
`imports` maps an interface name (or "" for the world itself) to a mapping from function name to Python function, or
to a Resource. Every instance's heap is compared with what it was when it was made.

The wheel calls synchronous functions. Its C library also knows asynchronous ones, one at a time: call_async() below
reaches them through ctypes. It has no values for streams and futures, and no calls side by side.
"""

import ctypes
import importlib.util
import math
import os
import re
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../../.deps/wasmtime"))

from wasmtime import Config, Engine, Store, WasmtimeError, _ffi as ffi  # noqa: E402
from wasmtime.component import Component, Linker, ResourceType  # noqa: E402

PATIENCE = 1_000_000  # polls


def lines(path):
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [line for line in file.read().split("\n") if line and not line.startswith("#")]


def same(a, b):
    """Equality that knows NaN, the sign of zero, and the wheel's own classes for records and variants."""
    if isinstance(a, float) and isinstance(b, float):
        return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if hasattr(a, "__dict__") and hasattr(b, "__dict__"):
        return same(vars(a), vars(b))
    return type(a) is type(b) and a == b


class Report:
    """TAP for all cases; see lib/cases.mjs for deviations."""

    def __init__(self):
        self.count = self.failed = 0

    def begin(self, name, deviations):
        self.name = name
        mine = re.compile("^(wasmtime|both): ")
        self.expected = [mine.sub("", line) for line in deviations if mine.match(line)]
        self.seen = set()

    def line(self, held, what, why=""):
        known = None if held else next((text for text in self.expected if what.startswith(text)), None)
        if known:
            self.seen.add(known)
        if not held and not known:
            self.failed += 1
        self.count += 1
        note = " (fails as listed in deviations)" if known else ""
        print(f"{'ok' if held or known else 'not ok'} {self.count} - {self.name} wasmtime: {what}{note}")
        if not held and why:
            print("# " + why.replace("\n", "\n# "))

    def end(self):
        deviations, self.expected = self.expected, []
        for text in deviations:
            if text not in self.seen:
                self.line(False, f"'{text}' fails here", "listed in deviations, but it holds now")

    def ok(self, held, what, why=""):
        self.line(bool(held), what, why)

    def equal(self, actual, wanted, what):
        def show(value):
            return repr(vars(value) if hasattr(value, "__dict__") else value)[:300]
        self.line(same(actual, wanted), what, f"got {show(actual)}, wanted {show(wanted)}")

    def log(self, text):
        for line in text.split("\n"):
            match = re.match("^(not )?ok (.*)$", line)
            if match:
                self.line(not match[1], match[2])
            elif line:
                print(line)


class Resource:
    """A resource that the host provides; `drop(rep)` is told of every owned handle that goes."""

    def __init__(self, number, drop):
        self.type = ResourceType.host(number)
        self.drop = drop


def call_async(store, func):
    """Calls an async export without parameters and turns the loop until it has answered."""
    result_type = func.type(store).result
    value, error = ffi.wasmtime_component_val_t(), ctypes.POINTER(ffi.wasmtime_error_t)()
    future = ffi.wasmtime_component_func_call_async(
        ctypes.byref(func._func), store._context(), None, 0, ctypes.byref(value), 1, ctypes.byref(error))
    for _ in range(PATIENCE):
        if ffi.wasmtime_call_future_poll(future):
            break
    else:
        raise TimeoutError("the call does not come to an end")
    ffi.wasmtime_call_future_delete(future)
    if error:
        raise WasmtimeError._from_ptr(error)
    return result_type.convert_from_c(value)


class Instance:
    """The exports of an instance: instance.f(...) or instance["ns:pkg/iface"].f(...)."""

    def __init__(self, store, instance, outer=None):
        self._store, self._instance, self._outer = store, instance, outer

    def __getitem__(self, interface):
        index = self._instance.get_export_index(self._store, interface)
        if index is None:
            raise KeyError(interface)
        return Instance(self._store, self._instance, index)

    def func(self, name):
        at = self._instance.get_export_index(self._store, name, self._outer)
        if at is None:
            raise KeyError(name)
        return self._instance.get_func(self._store, at)

    def __getattr__(self, name):
        func = self.func(name.replace("_", "-"))
        return lambda *args: func(self._store, *args)

    def call(self, name, *args):
        return self.func(name)(self._store, *args)


def make_engine():
    config = Config()
    for feature in ("accessors", "async", "implements", "map", "more_async_builtins"):
        getattr(ffi, f"wasmtime_config_wasm_component_model_{feature}_set")(config.ptr(), True)
    return Engine(config)


def define(linker, imports):
    with linker.root() as root:
        for interface, items in imports.items():
            if not interface:
                define_items(root, items)
                continue
            with root.add_instance(interface) as instance:
                define_items(instance, items)


def define_items(instance, items):
    for name, item in items.items():
        if isinstance(item, Resource):
            instance.add_resource(name, item.type, lambda _store, rep, item=item: item.drop(rep))
        else:
            instance.add_func(name, item)


def run_case(engine, t, build, directory, name):
    instances = []
    with open(os.path.join(build, name, "component.wasm"), "rb") as file:
        component = Component(engine, file.read())

    def load(imports):
        store, linker = Store(engine), Linker(engine)
        define(linker, imports)
        instance = Instance(store, linker.instantiate(store, component))
        instances.append((instance, instance.heap()))
        return instance

    def pair():
        instance = load({})
        t.log(call_async(instance._store, instance.func("run")))

    host = os.path.join(directory, "host.py")
    if os.path.exists(host):
        spec = importlib.util.spec_from_file_location(f"{name}_host", host)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.run(t, load)
    else:
        pair()
    for instance, baseline in instances:
        t.equal(instance.heap() - baseline, 0, "the guest's heap is back at its baseline")


def main(build, only):
    engine, t = make_engine(), Report()
    root = os.path.join(HERE, "..")
    for name in sorted(os.listdir(root)):
        directory = os.path.join(root, name)
        engines = lines(os.path.join(directory, "engines")) or ["jco", "wasmtime"]
        if not os.path.isdir(directory) or name == "lib" or "wasmtime" not in engines or (only and name not in only):
            continue
        t.begin(name, lines(os.path.join(directory, "deviations")))
        try:
            run_case(engine, t, build, directory, name)
        except Exception:
            t.line(False, "the case runs", traceback.format_exc())
        t.end()
    print(f"1..{t.count}", flush=True)
    return 1 if t.failed else 0


if __name__ == "__main__":
    sys.modules["wasmtime_host"] = sys.modules["__main__"]
    sys.dont_write_bytecode = True
    status = main(sys.argv[1], sys.argv[2:])
    sys.stdout.flush()
    os._exit(status)  # the library's own teardown has nothing left to say
