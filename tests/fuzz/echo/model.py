# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A world as witgen resolved it: `witgen --json` to functions that have types.

A Type has a kind (a scalar's name, "string", "list", "array", "map", "option", "result", "tuple", "record", "variant", "flags",
"enum", "alias", "own", "borrow") and, by kind, parts: a list of (name or None, Type or None). `origin` is what the generated headers
call it in their comments.
"""

SCALARS = ("bool", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "f32", "f64", "char")


class Type:
    def __init__(self, kind):
        self.kind, self.parts, self.count, self.index, self.origin = kind, [], 0, None, None

    def bare(self):
        """The type behind aliases."""
        return self.parts[0][1].bare() if self.kind == "alias" else self

    def key(self):
        """Equal for types that are the same in C."""
        if self.origin:
            return self.index
        return (self.kind, self.count, *((name, part and part.key()) for name, part in self.parts))

    def has(self, *kinds):
        return any(t.kind in kinds for t in self.all())

    def all(self):
        """This type and what it is made of, parts first, each once."""
        seen = {}

        def visit(t):
            if t is not None and id(t) not in seen:
                for _, part in t.parts:
                    visit(part)
                seen[id(t)] = t
        visit(self)
        return list(seen.values())


class Function:
    def __init__(self, interface, data, type_of):
        self.interface, self.name = interface, data["name"]
        self.origin = f"{interface}#{self.name}" if interface else self.name
        self.is_async = str(data["kind"]).startswith("async")
        self.params = [(p["name"], type_of(p["type"])) for p in data["params"]]
        self.result = type_of(data.get("result"))


class World:
    """exports, imports: each a list of Function; `pairs` has an import for each export, with equal types."""

    def __init__(self, data, name):
        self.data, self.name, self.types = data, name, {}
        world = next(w for w in data["worlds"] if w["name"] == name and w["package"] == main_package(data))
        self.exports, self.imports = ([f for label, item in world[side].items() for f in self._functions(label, item)]
                                      for side in ("exports", "imports"))
        imports = {f.origin: f for f in self.imports}
        self.pairs = [(f, imports[f.origin if f.interface else f"to-{f.name}"]) for f in self.exports if f.name != "echo-heap"]

    def _functions(self, label, item):
        if "function" in item:
            return [Function(None, item["function"], self.type_of)]
        if "interface" not in item:
            return []
        index = item["interface"]["id"]
        interface = self._interface(index) if label.startswith("interface-") else label
        return [Function(interface, f, self.type_of) for f in self.data["interfaces"][index]["functions"].values()]

    def _interface(self, index):
        item = self.data["interfaces"][index]
        name, _, version = self.data["packages"][item["package"]]["name"].partition("@")
        return f"{name}/{item['name']}" + (f"@{version}" if version else "")

    def type_of(self, ref):
        if ref is None or isinstance(ref, str):
            key = ref
            if ref is None:
                return None
        else:
            key = int(ref)
        if key not in self.types:
            self.types[key] = Type(key) if isinstance(key, str) else self._type(key)
        return self.types[key]

    def _type(self, index):
        data = self.data["types"][index]
        (kind, body), = data["kind"].items() if isinstance(data["kind"], dict) else ((data["kind"], None),)
        if kind == "handle":
            (kind, body), = body.items()
        t = Type({"type": "alias", "fixed-length-list": "array"}.get(kind, kind))
        t.index = index
        refs = {
            "alias": lambda: [(None, body)], "list": lambda: [(None, body)], "option": lambda: [(None, body)],
            "array": lambda: [(None, body[0])], "map": lambda: [("key", body[0]), ("value", body[1])],
            "result": lambda: [("ok", body["ok"]), ("err", body["err"])], "tuple": lambda: [(None, p) for p in body["types"]],
            "record": lambda: [(f["name"], f["type"]) for f in body["fields"]],
            "variant": lambda: [(c["name"], c["type"]) for c in body["cases"]],
            "own": list, "borrow": list, "resource": list,
            "flags": lambda: [(f["name"], None) for f in body["flags"]], "enum": lambda: [(c["name"], None) for c in body["cases"]],
        }[t.kind]()
        t.parts = [(name, self.type_of(ref)) for name, ref in refs]
        t.count = body[1] if t.kind == "array" else 0
        if data["name"]:
            owner = data["owner"] or {}
            t.origin = f"{self._interface(owner['interface']) if 'interface' in owner else self.name}#{data['name']}"
        return t


def main_package(data):
    return next(i for i, p in enumerate(data["packages"]) if p["name"].startswith("root:pkg"))
