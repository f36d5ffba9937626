# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The host of a world, in C on the glue that witgen writes: what host.c (the loop over values) needs to know of its types."""

import re

from header import Declaration
from walk import Walker, c_name_on_host


class Host:
    def __init__(self, world, header, name, seed):
        self.world, self.header, self.name, self.seed = world, header, name, seed
        self.put, self.get, self.helpers = Walker(header, "put", name=c_name_on_host), Walker(header, "get", name=c_name_on_host), ""

    def text(self):
        saw = self.header.functions("import", "echo-saw")[0]
        heap, = self.header.functions("export", "echo-heap")
        functions = [self._pair(n, e, i) for n, (e, i) in enumerate(self.world.pairs)]
        members = "".join(f"  .{self.header.functions('import', i.origin)[0].name} = import_{n},\n"
                          for n, (_, i) in enumerate(self.world.pairs))
        calls = ", ".join(f'{{"{e.origin}", {"true" if e.is_async else "false"}, call_{n}}}' for n, (e, _) in enumerate(self.world.pairs))
        members += self._things()
        w = self.name
        return (f'#include "{w}_host.c"\n#include "host.h"\n\n'
                f"static void import_saw(void *host, withost_call *call, uint32_t what, {saw.params[3][0]} bytes) {{\n  (void)call;\n"
                f"  echo_check(host, what ? ECHO_GUEST_RESULT : ECHO_GUEST_PARAMS, bytes.ptr, bytes.len);\n}}\n"
                f"{''.join(self.put.functions + self.get.functions)}\n{''.join(functions)}{self.helpers}\n"
                f"static const {w}_imports echo_imports = {{\n  .{saw.name} = import_saw,\n{members}}};\n"
                f"static int open_guest(withost_store *store, const withost_program *program, echo *host, void **guest) {{\n"
                f"  return {w}_instantiate(store, program, &echo_imports, host, ({w}_instance **)guest);\n}}\n"
                f"static int close_guest(void *guest) {{ return {w}_close(guest); }}\n"
                f"static int guest_heap(void *guest, uint32_t *blocks) {{ return {heap.name}(guest, NULL, blocks); }}\n"
                f"static const echo_function functions[] = {{{calls}}};\n"
                f"const echo_world echo_{self.seed} = {{{self.seed}, functions, {len(self.world.pairs)}, open_guest, close_guest,\n"
                f"  guest_heap, {w}_program_wasm2c, {w}_load_wasmtime}};\n")

    def _things(self):
        f = next((f for f in self.world.imports if f.name == "[method]thing.id"), None)
        if not f:
            return ""
        member, = self.header.functions("import", f.origin)
        destructor = re.search(r"\(\*(\w+_destructor)\)\(void \*host, (\w+) ", self.header.text)
        self.helpers = (f"static uint32_t thing_id(void *host, withost_call *call, {member.params[2][0]} p) {{\n"
                        f"(void)host;\n(void)call;\nreturn p.rep;\n}}\n"
                        f"static void thing_gone(void *host, {destructor[2]} handle) {{\n(void)handle;\necho_thing_gone(host);\n}}\n")
        return f"  .{member.name} = thing_id,\n  .{destructor[1]} = thing_gone,\n"

    def _pair(self, n, e, i):
        return (self._async_import(n, i) + self._async_call(n, e)) if e.is_async else self._import(n, i) + self._call(n, e)

    def _answer(self, n, i, member):
        by = re.search(rf"int (\w*{member.name}_return)\((.*?)\);", self.header.text, re.S)
        if i.result is None:
            return f"static int answer_{n}(echo *e, withost_call *call) {{\n(void)e;\nreturn {by[1]}(call);\n}}\n"
        kind = Declaration(f"int {by[1]}({by[2]})").params[1][0]
        return f"static int answer_{n}(echo *e, withost_call *call) {{\n{self._result(i.result, kind)}return {by[1]}(call, r);\n}}\n"

    def _async_import(self, n, i):
        member, = self.header.functions("import", i.origin)
        return self._answer(n, i, member) + f"{self._import_head(n, i, member)}echo_answer(e, call, answer_{n});\n}}\n"

    def _async_call(self, n, e):
        done, export = self.header.functions("export", e.origin, 2)
        check = (f"echo_buffer buffer = {{0}}, *b = &buffer;\n{self.put.walk(e.result, '(*result)')}"
                 f"echo_check(e, ECHO_EXPORT_RESULT, b->data, b->size);\necho_buffer_release(b);\n" if e.result else
                 "echo_check(e, ECHO_EXPORT_RESULT, NULL, 0);\n")
        params = ", ".join(f"{kind} {name}" for kind, name in done.params)
        gets, args = self._arguments(e, export)
        return (f"static void done_{n}({params}) {{\necho *e = user;\n(void)call;\nif (!echo_done(e, status)) return;\n{check}}}\n"
                f"static int call_{n}(echo *e, void *guest) {{\n{gets}return {export.name}(guest, NULL{args}, done_{n}, e, NULL);\n}}\n")

    def _import_head(self, n, i, member):
        kinds = [kind for kind, _ in member.params[2:]]
        params = ", ".join(f"{kind} p{n}" for n, kind in enumerate(kinds))
        puts = "".join(self.put.walk(t, f"p{n}") for n, (_, t) in enumerate(i.params))
        return (f"static {member.returns} import_{n}(void *host, withost_call *call{', ' + params if params else ''}) {{\n"
                f"echo *e = host;\necho_buffer buffer = {{0}}, *b = &buffer;\n(void)call;\n(void)b;\n{puts}"
                f"echo_check(e, ECHO_IMPORT_PARAMS, b->data, b->size);\necho_buffer_release(b);\n")

    def _import(self, n, i):
        member, = self.header.functions("import", i.origin)
        same = [f"if (e->echoed == {k}) return p{k};\n" for k, (kind, _) in enumerate(member.params[2:]) if kind == member.returns]
        result = "" if i.result is None else f"{''.join(same)}{self._result(i.result, member.returns)}return r;\n"
        return f"{self._import_head(n, i, member)}{result}}}\n"

    def _result(self, t, kind):
        return (f"{kind} r;\n{{ echo_reader reader = echo_result(e), *b = &reader;\n(void)b;\n"
                f"{self.get.walk(t, 'r')}echo_reader_end(b); }}\n")

    def _arguments(self, e, export):
        kinds = [kind for kind, _ in export.params[2:2 + len(e.params)]]
        gets = "".join(f"{kind} p{n};\n{self.get.walk(t, f'p{n}')}" for n, ((_, t), kind) in enumerate(zip(e.params, kinds)))
        return (f"echo_reader reader = echo_params(e), *b = &reader;\n(void)b;\n{gets}echo_reader_end(b);\n",
                "".join(f", p{n}" for n in range(len(kinds))))

    def _call(self, n, e):
        export, = self.header.functions("export", e.origin)
        gets, args = self._arguments(e, export)
        out = export.params[2 + len(e.params):]
        result = f"{out[0][0].rstrip('* ')} result;\n" if out else ""
        by = self.header.memory_release(export, "result")
        release = f"{by}(&result);\n" if out and by else ""
        done = (f"{{ echo_buffer buffer = {{0}}, *b = &buffer;\n{self.put.walk(e.result, 'result')}"
                f"echo_check(e, ECHO_EXPORT_RESULT, b->data, b->size);\necho_buffer_release(b); }}\n{release}") if out else (
                    "echo_check(e, ECHO_EXPORT_RESULT, NULL, 0);\n")
        return (f"static int call_{n}(echo *e, void *guest) {{\n{gets}{result}"
                f"int error = {export.name}(guest, NULL{args}{', &result' if out else ''});\n"
                f"if (error) return error;\n{done}return 0;\n}}\n")
