# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The guest of a world, in C on the glue that witgen writes: each export tells what it got, calls its import with it, tells what
came back, and returns that."""

from walk import Drops, Walker, c_name


class Guest:
    """sync: which async functions are bound as sync ones: "" none, "import", "all"."""

    def __init__(self, world, header, name, sync=""):
        self.world, self.header, self.name, self.sync = world, header, name, sync
        self.id = next((f for f in world.imports if f.name == "[method]thing.id"), None)
        self.put = Walker(header, "put", self._handle())
        self.drop = Drops(header)

    def text(self):
        saw, = self.header.functions("import", "echo-saw")
        heap, = self.header.functions("export", "echo-heap")
        bind = {"": self._async, "import": self._async_of_sync, "all": self._sync}[self.sync]
        bodies = [(bind if e.is_async else self._sync)(e, i) for e, i in self.world.pairs]
        list_type = saw.params[1][0]
        return (f'#include "{self.name}.c"\n#include "guest.h"\n\n'
                f"static void saw(uint32_t what, echo_buffer *b) {{\n  {list_type.rstrip(' *')} bytes = {{b->data, b->size}};\n"
                f"  {saw.name}(what, &bytes);\n  echo_buffer_release(b);\n}}\n"
                f"uint32_t {heap.name}(void) {{ return echo_heap(); }}\n\n{''.join(self.put.functions)}\n" + "\n".join(bodies))

    def _handle(self):
        """Only the host knows what a handle stands for: the guest asks."""
        if not self.id:
            return None
        function, = self.header.functions("import", self.id.origin)
        return f"{function.name}(({function.params[0][0]}){{{{{{}}.__handle}}}})"

    # What is passed: a value, a pointer to one, or NULL for none.

    def _put_param(self, t, kind, name, p):
        if "*" not in kind:
            return self.put.walk(t, p)
        if name.startswith("maybe_"):
            return (f"echo_put_u32(b, {p} != NULL);\nif ({p}) {{\n{self.put.walk(t.bare().parts[0][1], f'(*{p})')}}}\n")
        return self.put.walk(t, f"(*{p})")

    def _put_params(self, e, export):
        return "".join(self._put_param(t, kind, name, f"p{n}")
                       for n, ((_, t), (kind, name)) in enumerate(zip(e.params, export.params)))

    def _release(self, e, export):
        """Owned handles have gone to the import; what was borrowed is given back."""
        borrows = "".join(self._drop_borrows(t, kind, name, f"p{n}")
                          for n, ((_, t), (kind, name)) in enumerate(zip(e.params, export.params)))
        return borrows + "".join(f"if (p{n}) {by}(p{n});\n" for n, (_, name) in enumerate(export.params[:len(e.params)])
                                 if (by := self.header.memory_release(export, name)))

    def _drop_borrows(self, t, kind, name, p):
        if not t.has("borrow"):
            return ""
        if "*" not in kind:
            return self.drop.walk(t, p)
        if name.startswith("maybe_"):
            return f"if ({p}) {{\n{self.drop.walk(t.bare().parts[0][1], f'(*{p})')}}}\n"
        return self.drop.walk(t, f"(*{p})")

    def _put_result(self, t, function, count):
        out = [name for _, name in function.params[count:]]
        if t is None:
            return ""
        bare = t.bare()
        if function.returns == "bool" and bare.kind == "option":
            return f"echo_put_u32(b, r);\nif (r) {{\n{self.put.walk(bare.parts[0][1], '(*ret)')}}}\n"
        if function.returns == "bool" and bare.kind == "result":
            ok, err = bare.parts[0][1], bare.parts[1][1]
            return f"echo_put_u32(b, !r);\nif (r) {{\n{self.put.walk(ok, '(*ret)')}}} else {{\n{self.put.walk(err, '(*err)')}}}\n"
        return self.put.walk(t, "(*ret)" if out else "r")

    def _sync(self, e, i):
        export, = self.header.functions("export", e.origin)
        imported, = self.header.functions("import", i.origin)
        count = len(e.params)
        names = [f"p{n}" if n < count else name for n, (_, name) in enumerate(export.params)]
        params = ", ".join(f"{kind} {p}" for (kind, _), p in zip(export.params, names)) or "void"
        args = ", ".join(f"(void *){p}" if "*" in kind else p for (kind, _), p in zip(export.params, names))
        call = f"{imported.name}({args})"
        if export.returns != "void":
            call = f"{imported.returns} v = {call};\n{export.returns} r = *({export.returns} *)(void *)&v"
        return (f"{export.returns} {export.name}({params}) {{\necho_buffer buffer = {{0}}, *b = &buffer;\n(void)b;\n"
                f"{self._put_params(e, export)}saw(0, b);\n"
                f"{call};\n{self._put_result(e.result, export, count)}saw(1, b);\n{self._release(e, export)}"
                f"{'' if export.returns == 'void' else 'return r;'}\n}}\n")

    # An async export whose import is sync; without flattening, so that what one gives is what the other takes.

    def _async_of_sync(self, e, i):
        export, callback, answer = self.header.functions("export", e.origin, 3)
        imported, = self.header.functions("import", i.origin)
        params = ", ".join(f"{kind} p{n}" for n, (kind, _) in enumerate(export.params)) or "void"
        args = [f"(void *)p{n}" if "*" in kind else f"p{n}" for n, (kind, _) in enumerate(export.params)]
        by_pointer = len(imported.params) > len(e.params)
        result = imported.params[-1][0].rstrip("* ") if by_pointer else imported.returns
        call = f"{imported.name}({', '.join(args + ['&r'] * by_pointer)})"
        call = f"{result} r;\n{call}" if by_pointer else f"{result} r = {call}" if e.result else call
        release = f"{imported.release['ret']}(&r);\n" if "ret" in imported.release else ""
        answered = f"{answer.name}(*({answer.params[0][0]} *)(void *)&r)" if e.result else f"{answer.name}()"
        return (f"{export.returns} {export.name}({params}) {{\necho_buffer buffer = {{0}}, *b = &buffer;\n(void)b;\n"
                f"{self._put_params(e, export)}saw(0, b);\n{call};\n{self.put.walk(e.result, 'r')}saw(1, b);\n"
                f"{self._release(e, export)}{answered};\n{release}return {self.name.upper()}_CALLBACK_CODE_EXIT;\n}}\n"
                f"{callback.returns} {callback.name}({callback.params[0][0]} event) {{\n(void)event;\nabort();\n}}\n")

    # An async export keeps everything in a struct until its import has returned.

    def _async(self, e, i):
        export, callback, answer = self.header.functions("export", e.origin, 3)
        imported, = self.header.functions("import", i.origin)
        n = export.name
        members, places, args = self._places(i, imported)
        result = imported.params[-1][0].rstrip("* ") if e.result else None
        if result:
            members, args = members + f"{result} result;\n", args + ["&c->result"]
        params = ", ".join(f"{kind} p{k}" for k, (kind, _) in enumerate(export.params)) or "void"
        keeps = "".join(self._keep(kind, name, f"p{k}", place)
                        for k, ((kind, name), place) in enumerate(zip(export.params, places)))
        code = self.name.upper()
        return (f"typedef struct {n}_call {{\n{members}{self.name}_waitable_set_t set;\n}} {n}_call;\n"
                f"static void {n}_finish({n}_call *c) {{\necho_buffer buffer = {{0}}, *b = &buffer;\n(void)b;\n"
                f"{self.put.walk(e.result, 'c->result')}saw(1, b);\n{self._release_places(e, export, places)}"
                f"{self._answer(answer, result)}{self._release_result(imported, result)}free(c);\n}}\n"
                f"{export.returns} {n}({params}) {{\necho_buffer buffer = {{0}}, *b = &buffer;\n(void)b;\n"
                f"{self._put_params(e, export)}saw(0, b);\n{n}_call *c = malloc(sizeof *c);\nif (!c) abort();\n{keeps}"
                f"{self.name}_subtask_status_t status = {imported.name}({', '.join(args)});\n"
                f"if ({code}_SUBTASK_STATE(status) == {code}_SUBTASK_RETURNED) {{\n{n}_finish(c);\nreturn {code}_CALLBACK_CODE_EXIT;\n}}\n"
                f"c->set = {self.name}_waitable_set_new();\n{self.name}_waitable_join({code}_SUBTASK_HANDLE(status), c->set);\n"
                f"{self.name}_context_set_0(c);\nreturn {code}_CALLBACK_CODE_WAIT(c->set);\n}}\n"
                f"{callback.returns} {callback.name}({callback.params[0][0]} event) {{\n{n}_call *c = {self.name}_context_get_0();\n"
                f"if (event->event != {code}_EVENT_SUBTASK || event->code != {code}_SUBTASK_RETURNED)\n"
                f"return {code}_CALLBACK_CODE_WAIT(c->set);\n"
                f"{self.name}_subtask_drop(event->waitable);\n{self.name}_waitable_set_drop(c->set);\n{n}_finish(c);\n"
                f"return {code}_CALLBACK_CODE_EXIT;\n}}\n")

    def _places(self, i, imported):
        """Members of the struct, the lvalue of each parameter, and what the import is called with."""
        count = len(i.params)
        if not count or "*" not in imported.params[0][0]:
            members = "".join(f"{kind} a{k};\n" for k, (kind, _) in enumerate(imported.params[:count]))
            return members, [f"c->a{k}" for k in range(count)], [f"c->a{k}" for k in range(count)]
        member = f"{imported.params[0][0].rstrip('* ')} args;\n"
        return member, ["c->args"] if count == 1 else [f"c->args.{c_name(name)}" for name, _ in i.params], ["&c->args"]

    def _keep(self, kind, name, p, place):
        if "*" not in kind:
            return f"{place} = {p};\n"
        if name.startswith("maybe_"):
            return f"{place}.is_some = {p} != NULL;\nif ({p}) memcpy(&{place}.val, {p}, sizeof {place}.val);\n"
        return f"memcpy(&{place}, {p}, sizeof {place});\n"

    def _answer(self, answer, result):
        return f"{answer.name}(*({answer.params[0][0]} *)(void *)&c->result);\n" if result else f"{answer.name}();\n"

    def _release_places(self, e, export, places):
        lines = [self.drop.walk(t, place) for (_, t), place in zip(e.params, places) if t.has("borrow")]
        for (_, name), place in zip(export.params, places):
            by = self.header.memory_release(export, name)
            if by:
                lines.append(f"if ({place}.is_some) {by}((void *)&{place}.val);\n" if name.startswith("maybe_") else
                             f"{by}((void *)&{place});\n")
        return "".join(lines)

    def _release_result(self, imported, result):
        by = self.header.memory_release(imported, "result")
        return f"{by}(&c->result);\n" if result and by else ""
