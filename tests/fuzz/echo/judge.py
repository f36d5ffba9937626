# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The judge: a world's guest as a component, called with the same values through libwasmtime's component API, which shares
nothing with the glue of hosts. Values of that API are made and read here, through ctypes: the wheel's own conversion knows no maps.
"""

import ctypes
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
sys.path.insert(0, os.path.join(ROOT, "tests/runtime/lib"))
sys.dont_write_bytecode = True

import wasmtime_host as lib  # noqa: E402
from wasmtime_host import ffi  # noqa: E402
from values import to_bytes  # noqa: E402

MAP_KIND = 22  # WASMTIME_COMPONENT_MAP in the C header
SCALARS = {"bool": ("BOOL", "boolean"), "char": ("CHAR", "character")}
SCALARS.update({k: (k.upper(), k) for k in ("u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "f32", "f64")})
# What is not judged: libwasmtime's C API has no setting that turns fixed-length lists on; handles are not converted here.
UNKNOWN = {"fixed-length-list": "fixed-length lists", "handle": "handles"}


def unknown_kinds(world):
    """Of all types that the world declares: a component has those too that no function uses."""
    return sorted({UNKNOWN[k] for t in world.data["types"] for k in UNKNOWN if k in t["kind"]})


def kind_of(name):
    return getattr(ffi, f"WASMTIME_COMPONENT_{name}").value


def sequence(items, kind, out, to, fill):
    """`kind` list, tuple, record ...: its array gets one entry an item."""
    array = getattr(ffi, f"wasmtime_component_val{kind}_t")()
    getattr(ffi, f"wasmtime_component_val{kind}_new_uninit")(array, len(items))
    for n, item in enumerate(items):
        fill(array.data[n], item)
    setattr(out.of, to, array)


def boxed(t, v):
    value = ffi.wasmtime_component_val_t()
    to_c(t, v, value)
    return ffi.wasmtime_component_val_new(ctypes.byref(value))


def to_c(t, v, out):
    """Fills the wasmtime_component_val_t `out`."""
    t = t.bare()
    kind, of = t.kind, out.of
    if kind in SCALARS:
        name, member = SCALARS[kind]
        out.kind = kind_of(name)
        setattr(of, member, v)
        return
    out.kind = MAP_KIND if kind == "map" else kind_of(kind.upper())
    if kind == "string":
        of.string = ffi.str_to_capi(v.decode())
    elif kind == "list":
        sequence(v, "list", out, "list", lambda at, item: to_c(t.parts[0][1], item, at))
    elif kind == "tuple":
        sequence(list(zip(t.parts, v)), "tuple", out, "tuple", lambda at, item: to_c(item[0][1], item[1], at))
    elif kind == "record":
        def field(at, item):
            at.name = ffi.str_to_capi(item[0][0])
            to_c(item[0][1], item[1], at.val)
        sequence(list(zip(t.parts, v)), "record", out, "record", field)
    elif kind == "map":
        def entry(at, item):
            to_c(t.parts[0][1], item[0], at.key)
            to_c(t.parts[1][1], item[1], at.value)
        sequence(v, "map", out, "map", entry)
    elif kind == "option":
        of.option = boxed(t.parts[0][1], v[1]) if v[0] else None
    elif kind == "result":
        of.result.is_ok = v[0] == 0
        of.result.val = boxed(t.parts[v[0]][1], v[1]) if t.parts[v[0]][1] else None
    elif kind == "variant":
        of.variant.discriminant = ffi.str_to_capi(t.parts[v[0]][0])
        of.variant.val = boxed(t.parts[v[0]][1], v[1]) if t.parts[v[0]][1] else None
    elif kind == "enum":
        of.enumeration = ffi.str_to_capi(t.parts[v][0])
    else:
        names = [name for n, (name, _) in enumerate(t.parts) if v >> n & 1]
        array = ffi.wasmtime_component_valflags_t()
        ffi.wasmtime_component_valflags_new_uninit(array, len(names))
        for n, name in enumerate(names):
            array.data[n] = ffi.str_to_capi(name)
        of.flags = array


def from_c(t, c):
    """The value of a wasmtime_component_val_t, which stays the caller's."""
    t = t.bare()
    kind, of = t.kind, c.of
    wanted = kind_of(SCALARS[kind][0]) if kind in SCALARS else MAP_KIND if kind == "map" else kind_of(kind.upper())
    if c.kind != wanted:
        raise TypeError(f"{kind}: kind {c.kind}")
    part = lambda p, at: from_c(p, at.contents) if p else None
    case = lambda name: [n for n, _ in t.parts].index(name)
    if kind in SCALARS:
        return getattr(of, SCALARS[kind][1])
    if kind == "string":
        return bytes(ffi.to_bytes(of.string)) if of.string.size else b""
    if kind == "list":
        return [from_c(t.parts[0][1], of.list.data[n]) for n in range(of.list.size)]
    if kind == "tuple":
        return [from_c(p, of.tuple.data[n]) for n, (_, p) in enumerate(t.parts)]
    if kind == "record":
        return [from_c(p, of.record.data[n].val) for n, (_, p) in enumerate(t.parts)]
    if kind == "map":
        entries = [of.map.data[n] for n in range(of.map.size)]
        return [(from_c(t.parts[0][1], entry.key), from_c(t.parts[1][1], entry.value)) for entry in entries]
    if kind == "option":
        return (1, part(t.parts[0][1], of.option)) if of.option else (0, None)
    if kind == "result":
        n = 0 if of.result.is_ok else 1
        return (n, part(t.parts[n][1], of.result.val))
    if kind == "variant":
        n = case(ffi.to_str(of.variant.discriminant))
        return (n, part(t.parts[n][1], of.variant.val))
    if kind == "enum":
        return case(ffi.to_str(of.enumeration))
    return sum(1 << case(ffi.to_str(of.flags.data[n])) for n in range(of.flags.size))


class Judge:
    """One component; `differences` says what its guest or its host saw that was not meant."""

    def __init__(self, engine, world, path, import_name):
        self.world, self.differences, self.callbacks, self.call = world, [], [], None
        with open(path, "rb") as file:
            component = lib.Component(engine, file.read())
        self.store, linker = lib.Store(engine), lib.Linker(engine)
        with linker.root() as root:
            self._define(root, "echo-saw", self._saw)
            by_interface = {}
            for _, i in world.pairs:
                by_interface.setdefault(i.interface, []).append(i)
            for interface, functions in by_interface.items():
                if not interface:
                    for i in functions:
                        self._define_import(root, i)
                    continue
                with root.add_instance(import_name(interface)) as instance:
                    for i in functions:
                        self._define_import(instance, i)
        self.instance = lib.Instance(self.store, linker.instantiate(self.store, component))

    def _define_import(self, instance, i):
        def call(args):
            seen = b"".join(to_bytes(t, from_c(t, args[n])) for n, (_, t) in enumerate(i.params))
            self._compare("the host's import got other parameters", self.call.params, seen)
            return (i.result, self.call.result_value) if i.result else None
        self._define(instance, i.name, call)

    def _saw(self, args):
        data = args[1].of.list
        seen = bytes(data.data[n].of.u8 for n in range(data.size))
        if args[0].of.u32:
            self._compare("the guest got another result from its import", self.call.guest_result, seen)
        else:
            self._compare("the guest's export got other parameters", self.call.guest_params, seen)

    def _define(self, instance, name, call):
        @ffi.wasmtime_component_func_callback_t
        def callback(_data, _context, _type, args, _nargs, results, nresults):
            try:
                answer = call(args)
                if nresults:
                    to_c(answer[0], answer[1], results[0])
            except Exception as error:
                self.differences.append(repr(error))
            return 0
        self.callbacks.append(callback)
        text = name.encode()
        error = ffi.wasmtime_component_linker_instance_add_func(
            instance.ptr(), ctypes.create_string_buffer(text), len(text), callback, None, ctypes.CFUNCTYPE(None, ctypes.c_void_p)())
        if error:
            raise lib.WasmtimeError._from_ptr(error)

    def _compare(self, place, wanted, seen):
        self.places += 1
        if wanted != seen:
            self.differences.append(f"{place}\n  wanted {wanted.hex()[:320]}\n  got    {seen.hex()[:320]}")

    def run(self, e, call):
        """One call of an export; `call` has params, result, guest_params, guest_result, values and result_value."""
        self.call, self.places = call, 0
        interface = self.instance[e.interface] if e.interface else self.instance
        function = interface.func(e.name)
        args = (ffi.wasmtime_component_val_t * max(1, len(e.params)))()
        for n, ((_, t), value) in enumerate(zip(e.params, call.values)):
            to_c(t, value, args[n])
        result = ffi.wasmtime_component_val_t()
        self._enter(e, function, args, result)
        seen = to_bytes(e.result, from_c(e.result, result)) if e.result else b""
        self._compare("the host got another result from the export", call.result, seen)
        if self.places != 4:
            self.differences.append(f"{self.places} places were passed")
        for n in range(len(e.params)):
            ffi.wasmtime_component_val_delete(ctypes.byref(args[n]))
        if e.result:
            ffi.wasmtime_component_val_delete(ctypes.byref(result))

    def _enter(self, e, function, args, result):
        count, context = 1 if e.result else 0, self.store._context()
        if not e.is_async:
            error = ffi.wasmtime_component_func_call(ctypes.byref(function._func), context, args, len(e.params),
                                                     ctypes.byref(result), count)
        else:
            error = ctypes.POINTER(ffi.wasmtime_error_t)()
            future = ffi.wasmtime_component_func_call_async(ctypes.byref(function._func), context, args, len(e.params),
                                                            ctypes.byref(result), count, ctypes.byref(error))
            polls = 0
            while not ffi.wasmtime_call_future_poll(future):
                polls += 1
                if polls > lib.PATIENCE:
                    raise TimeoutError("the call does not come to an end")
            ffi.wasmtime_call_future_delete(future)
        if error:
            raise lib.WasmtimeError._from_ptr(error)
