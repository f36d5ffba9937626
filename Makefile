# witgen: WIT in, C out.
#
#   make               build/witgen, build/libwithost.a, build/wasm/libwitguest-*.a
#   make demo          one world from WIT to three concurrent calls in one guest, step by step
#   make check         every test; make check-quick: those that take seconds
#   make bench         the numbers, to build/bench.json; ROWS='gen.*' runs a part
#   make fuzz          each fuzzer for SECONDS=60 seconds, under sanitizers
#   make install       to PREFIX=/usr/local, below DESTDIR=; make uninstall takes that away again
#   make deb           Debian packages of the same files, to build/deb
#   make deps          install what building needs; make deps-test: what check needs
#   make bless         rewrite the golden files from what the code does now (review the difference)
#   make bless-compat  record what PEER=wit-bindgen declares, for tests/compat
#   make clean
#
# V=1 shows the commands. CC=clang, CFLAGS=-O0, SANITIZE=address,undefined and B=another-directory work with every target.

CFLAGS   ?= -O2 -g
SANITIZE ?=
SECONDS  ?= 60

comma := ,
B     := build$(if $(SANITIZE),/$(subst $(comma),-,$(SANITIZE)))

WARN  := -Wall -Wextra -Wpedantic -Wconversion -Wshadow
SAN   := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
BUILD := $(CFLAGS) -std=c11 $(WARN) -D_XOPEN_SOURCE=700 -Igen -I$(B)/gen $(SAN)

# a build tool should start fast: no libraries to load; STATIC= for systems without a static C library
STATIC ?= $(if $(SANITIZE),,-static)
LIBS   := -l:libjansson.a -l:libyaml.a -l:libpcre2-8.a

Q   := $(if $(V),,@)
say = @$(if $(V),:,echo '  $1')

# What there is: the generator in the order of its pipeline, templates, tests. tests/project/lists.test compares with the disk.

SUPPORT  := arena diag inputs pattern process semver str table utf8 vec
CLI      := options options_help options_merge options_set options_table output
CLI      += check config config_node config_print config_schema depfile file file_list
CLI      += completion completion_bash completion_fish completion_zsh
WIT      := files lex lex_string name parse parse_cursor parse_def parse_docs parse_item parse_parts parse_type
WIT      += resolve resolve_accessors resolve_check resolve_elaborate resolve_foreign resolve_funcs \
            resolve_gate resolve_include resolve_interface resolve_link resolve_load resolve_merge \
            resolve_names resolve_order resolve_package resolve_scope resolve_select resolve_sort \
            resolve_types resolve_world resolve_module wasm_component
WIT      += print print_func print_type wasm_docs wasm_module wasm_names wasm_order wasm_package wasm_reader wasm_types
MODEL    := json model
ABI      := component_comment component_object component_type component_world core_names layout wasm_write
EMIT     := async_export body borrows debug_hooks docs export file file_name for_task funcs import lift lower names nominal notes pipe proto release \
            resource section slots template types view view_twin view_types
EMIT     += func_filter reach rename selection
EMIT     += view_idents
EMIT     += host_check host_core host_export host_file host_flat host_func host_helper host_identity host_import host_load host_own host_parts host_pipe \
            host_resource host_store host_types host_wasm2c host_wasmtime
REVIEW   := change compare compare_func compare_gate compare_member compare_type compare_world diff_main flow hidden hint input \
            json markdown options pair positions render rules same text type_text world_use
REVIEW   += edits git git_files lines words
REVIEW   += html html_code html_list html_text html_wit html_write

GEN_SRC := $(SUPPORT:%=gen/support/%.c) $(CLI:%=gen/cli/%.c) $(WIT:%=gen/wit/%.c) $(MODEL:%=gen/model/%.c) \
           $(ABI:%=gen/abi/%.c) $(EMIT:%=gen/emit/%.c) $(REVIEW:%=gen/review/%.c)

GUEST    := async.c async.h component_type.c component_type_object.c error_context.c error_context.h future.h \
            header.h pipe.c realloc.c resource_exported.c resource_exported.h resource_imported.c \
            resource_imported.h source.c stream.h string.h string_latin1.h string_latin1_helpers.c \
            string_latin1_helpers.h string_utf16_helpers.c string_utf16_helpers.h string_utf8_helpers.c \
            string_utf8_helpers.h threads.c threads.h
HOST     := header.h source.c string.h wasm2c.c wasmtime.c
TEMPLATES := $(GUEST:%=templates/guest/%.in) $(HOST:%=templates/host/%.in) templates/review/page.html.in

UNIT     := component_type core_names diag git layout lex lines names parse print select semver support \
            wasm_package wit_ui world_binary
UNIT     += func_filter pattern wasm_component
UNIT_SRC := $(UNIT:%=tests/unit/test_%.c)

# seconds each, with a C compiler and clang; then those that take longer or need the engines of `make deps-test`

QUICK    := builds/depfile cli/config cli/options cli/output cli/paths cli/runner compat/compat docs/snippets emit/emit emit/templates \
            golden/diag project/lists
QUICK    += golden/run golden/texts review/check
QUICK    += review/diff review/rules
QUICK    += review/git review/html
QUICK    += project/manual cli/everywhere
QUICK    += cli/patterns
QUICK    += cli/modules
QUICK    += cli/safety
SLOW     := abi/link builds/cmake builds/make builds/meson builds/ninja builds/sandbox host/codegen host/module corpus/codegen corpus/random fuzz/echo fuzz/mutants guest-rt/debug guest-rt/jco \
            install/install packages/packages runtime/runtime runtime/quickjs runtime/recipes runtime/sample
SLOW     += install/deb cli/completion
SLOW     += review/built review/oracles review/random
SLOW     += review/locality
SLOW     += fuzz/fuzz
SLOW     += fuzz/names project/determinism
QUICK    := $(QUICK:%=tests/%.test)
CHECKS   := $(QUICK) $(SLOW:%=tests/%.test)

FUZZ     := config diff emit template wasm_package wit

GEN_OBJ    := $(GEN_SRC:%.c=$(B)/%.o)
UNIT_TESTS := $(UNIT_SRC:%.c=$(B)/%)

# The host side, the guest side, and what is installed

.DEFAULT_GOAL := all
include mk/host.mk
include mk/guest.mk
include mk/install.mk

# Building

all: $(B)/witgen $(HOST_LIBS) $(GUEST_LIBS)
	$(if $(filter %/libwithost.a,$(HOST_LIBS)),,@echo "  libwithost is left out: it needs wabt (make deps)")

$(B)/witgen: $(B)/gen/main.o $(B)/gen.a
	$(call say,link $@)
	$(Q)$(CC) $(BUILD) $(STATIC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/gen.a: $(GEN_OBJ)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# templates become part of the program

$(B)/templates/embed: templates/embed.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(BUILD) -o $@ $<

$(B)/gen/templates.inc: $(B)/templates/embed $(TEMPLATES)
	@mkdir -p $(@D)
	$(call say,embed templates)
	$(Q)$< $(TEMPLATES) > $@ || { rm -f $@; exit 1; }

$(B)/gen/emit/template.o: $(B)/gen/templates.inc

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc $<)
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<

$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/gen.a
	$(call say,link $@)
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

# Fuzzing: a build with sanitizers in a directory of its own

FUZZERS := $(FUZZ:%=build/fuzz/tests/fuzz/fuzz_%)

$(B)/tests/fuzz/mutants: $(B)/tests/fuzz/mutants.o $(B)/tests/fuzz/fuzz_wit.o $(B)/tests/fuzz/help.o $(B)/gen.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/fuzz/names: $(B)/tests/fuzz/names.o $(B)/tests/fuzz/names_wit.o $(B)/gen.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/help.o $(B)/gen.a
	$(Q)$(CC) $(BUILD) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

fuzzers:
	@$(MAKE) --no-print-directory B=build/fuzz CC=clang CFLAGS='-O1 -g' SANITIZE=fuzzer-no-link,address,undefined $(FUZZERS)

fuzz: fuzzers
	@tests/fuzz/run $(SECONDS) $(FUZZERS)

# Running

export WITGEN := $(abspath $(B)/witgen)
export LIBWITHOST := $(abspath $(B)/libwithost.a)

# what has just been installed is seen by a make that starts after it; that one uses all processors unless -j says otherwise
AGAIN = +@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

demo:
	@scripts/deps.sh demo
	$(AGAIN) all
	@samples/hello-async/run

check: deps-test
	$(AGAIN) check-all

check-all: all $(UNIT_TESTS) $(HOST_TESTS) $(MACHINE_TESTS) $(GUEST_TESTS)
	@tests/run $(B)/logs $(UNIT_TESTS) $(HOST_TESTS) $(MACHINE_TESTS) $(GUEST_TESTS) $(CHECKS)

check-quick: all $(UNIT_TESTS)
	@tests/run $(B)/logs $(UNIT_TESTS) $(QUICK)

bless: all
	BLESS=1 tests/run $(B)/logs $(QUICK)

bless-compat:
	tests/compat/bless $(or $(PEER),$(error say PEER=path-of-wit-bindgen))

bench: all
	bench/run $(B) '$(or $(ROWS),*)'

deps:
	@scripts/deps.sh

deps-test: deps
	@scripts/deps-test.sh

# what the lists above hold, one file a line
lists:
	@printf '%s\n' $(GEN_SRC) $(TEMPLATES) $(HOST_SRC) $(HOST_TEST_SRC) $(GUEST_RT_SRC) $(GUEST_MODES) $(GUEST_DEBUG_SRC) $(GUEST_TEST_SRC) $(UNIT_SRC) $(CHECKS) $(FUZZ:%=tests/fuzz/fuzz_%.c)

help:
	@sed -n '/^[^#]/q; s/^#$$//p; s/^# //p' Makefile

clean:
	rm -rf build

.PHONY: all demo check check-all check-quick bless bless-compat bench fuzz fuzzers deps deps-test lists help clean
.SECONDARY:
-include $(GEN_OBJ:.o=.d) $(UNIT_TESTS:=.d) $(B)/gen/main.d
