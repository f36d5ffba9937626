# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The smallest echo world that has one given function of a larger one."""

THINGS = "package root:things {\n  interface things { resource thing { id: func() -> u32; } }\n}\n"


def small_world(f, seed):
    """WIT as worlds.mjs writes it."""
    names, declarations = {}, []
    has_handles = any(t.has("own", "borrow") for t in [*(t for _, t in f.params), f.result] if t)
    use, things = "  use root:things/things.{thing};\n", "  import root:things/things;\n"

    def text(t):
        t = t.bare()
        parts = [(name, text(p) if p else None) for name, p in t.parts] if t.kind not in ("record", "variant", "flags", "enum") else []
        inside = [p or "_" for _, p in parts]
        if t.kind in ("own", "borrow"):
            return f"{t.kind}<thing>"
        if t.kind in ("list", "option", "map", "tuple"):
            return f"{t.kind}<{', '.join(inside)}>"
        if t.kind == "array":
            return f"list<{inside[0]}, {t.count}>"
        if t.kind == "result":
            ok, err = inside
            return "result" if (ok, err) == ("_", "_") else f"result<{ok}>" if err == "_" else f"result<{ok}, {err}>"
        return named(t) if t.parts else t.kind

    def named(t):
        if t.index not in names:
            colon = {"record": ": {}", "variant": "({})"}.get(t.kind)
            parts = ", ".join("%" + name + (colon.format(text(p)) if p else "") for name, p in t.parts)
            names[t.index] = f"t{len(names)}"
            declarations.append(f"  {t.kind} {names[t.index]} {{ {parts} }}\n")
        return names[t.index]

    params = ", ".join(f"%{name}: {text(t)}" for name, t in f.params)
    result = f" -> {text(f.result)}" if f.result else ""
    function = f"  f: {'async ' if f.is_async else ''}func({params}){result};\n"
    return (f"// world: w{seed}\npackage root:pkgs{seed};\ninterface i {{\n{use * has_handles}{''.join(declarations)}{function}}}\n"
            f"world w{seed} {{\n{things * has_handles}  import i;\n  export i;\n"
            f"  import echo-saw: func(what: u32, bytes: list<u8>);\n  export echo-heap: func() -> u32;\n}}\n"
            f"{THINGS * has_handles}")
