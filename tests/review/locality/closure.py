"""What a change of WIT may change in C: the items that differ between two models, and those made of them; read off `witgen --json`.

An item is a named type or a function, and an anonymous type. Its words are how its name is spelt in C, whoever declares it; they come from the mapping in
gen/emit/names.h, not from the emitter.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import re

WORDS = re.compile(r"[^a-z0-9]+")


def snake(name):
    return WORDS.sub("_", name.lower()).strip("_")


class Model:
    def __init__(self, json):
        self.json, self.types = json, json["types"]
        self.items = {}  # (where, name) -> (text, keys that it mentions, texts of its docs and gates)
        self.anonymous = {}  # C name -> keys that it mentions
        self.order = {}  # where -> names in order
        self.package = json["packages"][-1]["name"]
        for interface in json["interfaces"]:
            self.add_scope(self.place(interface), interface)
        for world in json["worlds"]:
            self.add_world(world)

    def place(self, interface):
        return snake(re.sub("@.*", "", self.json["packages"][interface["package"]]["name"])) + "_" + snake(interface["name"] or "")

    # types, as text that mentions named ones by name

    def name_of(self, id):
        t = self.types[id]
        owner = t["owner"]
        where = self.place(self.json["interfaces"][owner["interface"]]) if "interface" in owner else "world"
        return where, t["name"]

    def ref(self, t, keys):
        """How a type is called in C, and in `keys` what it is made of; anonymous ones are items too."""
        if t is None:
            return "void"
        if isinstance(t, str):
            return t
        if self.types[t]["name"]:
            keys.add(self.name_of(t))
            return snake(self.types[t]["name"])
        inside = set()
        name = self.anonymous_name(self.types[t]["kind"], inside)
        self.anonymous.setdefault(name, set()).update(inside)
        keys.update(inside)
        keys.add(name)
        return name

    def anonymous_name(self, kind, keys):
        (what, of), = kind.items() if isinstance(kind, dict) else [(kind, None)]
        if what == "result":
            return f"result_{self.ref(of['ok'], keys)}_{self.ref(of['err'], keys)}"
        if what == "tuple":
            return f"tuple{len(of['types'])}_" + "_".join(self.ref(t, keys) for t in of["types"])
        if what == "handle":
            (how, id), = of.items()
            return f"{how}_{self.ref(id, keys)}"
        if what == "map":
            return "map_" + "_".join(self.ref(t, keys) for t in of)
        if what == "fixed-length-list":
            return f"list{of[1]}_{self.ref(of[0], keys)}"
        return f"{what}_{self.ref(of, keys)}"

    def named_text(self, kind, keys):
        if not isinstance(kind, dict):
            return str(kind)
        (what, of), = kind.items()
        if what in ("record", "variant", "enum", "flags"):
            members = next(v for v in of.values() if isinstance(v, list))
            parts = [(m["name"], self.ref(m["type"], keys) if m.get("type") is not None else "") for m in members]
            return f"{what} {parts} {[m.get('docs') for m in members]}"
        return self.anonymous_name(kind, keys) if what != "type" else "= " + self.ref(of, keys)

    # scopes

    def add_item(self, where, name, text, keys, of):
        about = str([of.get(k) for k in ("docs", "stability")])
        self.items[where, name] = (text, keys, about)
        self.order.setdefault(where, []).append(name)

    def add_type(self, where, name, id):
        keys, t = set(), self.types[id]
        self.add_item(where, name, self.named_text(t["kind"], keys), keys, t)

    def add_func(self, where, f):
        keys, kind = set(), f["kind"]
        if isinstance(kind, dict):
            keys.update(self.name_of(id) for id in kind.values() if isinstance(id, int))
        params = [(p["name"], self.ref(p["type"], keys)) for p in f["params"]]
        result = self.ref(f["result"], keys) if "result" in f else ""
        self.add_item(where, f["name"], f"{kind if isinstance(kind, str) else list(kind)} {params} -> {result}", keys, f)

    def add_scope(self, where, interface):
        for name, id in interface["types"].items():
            self.add_type(where, name, id)
        for f in interface["functions"].values():
            self.add_func(where, f)
        self.add_item(where, "", "interface", set(), interface)

    def add_world(self, world):
        for side in "imports", "exports":
            for name, item in world[side].items():
                if "function" in item:
                    self.add_func("world", item["function"])
                elif "type" in item:
                    self.add_type("world", name, item["type"])
                else:
                    self.add_item(side, self.place(self.json["interfaces"][item["interface"]["id"]]), "listed", set(), item["interface"])
        self.add_item("world", "", "world", set(), world)


def dependents(model, changed):
    """What is made of something changed, in turn."""
    found = set(changed)
    while True:
        more = {k for k, (_, keys, _) in model.items.items() if k not in found and keys & found}
        more |= {k for k, keys in model.anonymous.items() if k not in found and keys & found}
        if not more:
            return found
        found |= more


def used(model, items):
    """What these are made of, in turn."""
    found = set()
    more = set(items)
    while more:
        found |= more
        mentioned = [model.items[k][1] for k in more if k in model.items] + [model.anonymous[k] for k in more if k in model.anonymous]
        more = set().union(*mentioned) - found
    return found - set(items)


def moved(old, new):
    """Names that are in both lists, from the first to the last place where those differ."""
    a, b = [n for n in old if n in new], [n for n in new if n in old]
    at = [i for i in range(len(a)) if a[i] != b[i]]
    return set(a[at[0]:at[-1] + 1]) if at else set()


def closure(old, new):
    """Items whose C may change: their meaning did, or that of what they are made of, or only their own comment."""
    items = {k for k in old.items.keys() | new.items.keys() if old.items.get(k, "")[:2] != new.items.get(k, "")[:2]}
    anonymous = old.anonymous.keys() ^ new.anonymous.keys()
    meaning = dependents(old, items | anonymous) | dependents(new, items | anonymous)
    about = {k for k in old.items.keys() & new.items.keys() if old.items[k][2] != new.items[k][2]}
    places = {(w, n) for w in old.order.keys() & new.order.keys() for n in moved(old.order[w], new.order[w])}
    listed = {k[1] for k in meaning | places if k[0] in ("imports", "exports")}  # an interface comes, goes or moves, with all in it
    inside = {k for m in (old, new) for k in m.items if k[0] in listed}
    return meaning | about | places | inside | used(old, inside) | used(new, inside)


def pattern(items):
    """Matches normalized text that has the words of one of the items."""
    parts = []  # then titles, and what binds the functions of the world itself
    for item in items:
        if isinstance(item, str):
            parts.append(item)
        elif item[0] in ("imports", "exports"):
            parts.append(item[1])
        else:
            where = "(?:stall|root)" if item[0] == "world" else item[0]
            parts.append(f"(?:imported|exported)_{where}_(?:[0-9]+_)*$")
            parts.append(f"{where}_(?:[0-9]+_)*instance_t")
            parts.append(f"{where}_(?:[a-z0-9]+_)*?{snake(item[1])}" if item[1] else where)
    return re.compile("(?:^|_)(?:" + "|".join(parts or ["nothing at all"]) + ")(?:_|$)")
