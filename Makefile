# witgen: WIT in, C out.
#
#   make               build/witgen, build/libwithost.a
#   make demo          one world from WIT to three concurrent calls in a component, step by step
#   make check         every test; make check-quick: those that take seconds
#   make bench         the numbers, to build/bench.json; ROWS='gen.*' runs a part
#   make fuzz          mutated input for SECONDS=60 seconds
#   make install       to PREFIX=/usr/local, below DESTDIR=
#   make deps          install what building needs; make deps-test: what demo and check need
#   make bless         rewrite the golden files from what the code does now (review the difference)
#   make bless-compat  record what PEER=wit-bindgen declares, for tests/compat
#   make clean
#
# CC=clang, CFLAGS=-O0, SANITIZE=address,undefined and B=another-directory work with every target.

CFLAGS   ?= -O2 -g
SANITIZE ?=
PREFIX   ?= /usr/local
SECONDS  ?= 60

comma := ,
B     := build$(if $(SANITIZE),/$(subst $(comma),-,$(SANITIZE)))

WARN  := -Wall -Wextra -Wpedantic -Wconversion -Wshadow
SAN   := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
BUILD := $(CFLAGS) -std=c11 $(WARN) -D_XOPEN_SOURCE=700 -Igen -I$(B)/gen $(SAN)

# a build tool should start fast: no libraries to load; STATIC= for systems without a static C library
STATIC ?= $(if $(SANITIZE),,-static)
LIBS   := -l:libjansson.a

# What there is

GEN_SRC    := $(wildcard gen/*/*.c)
TEMPLATES  := $(wildcard templates/*/*.in)
UNIT_SRC   := $(wildcard tests/unit/test_*.c)
CHECKS     := $(wildcard tests/*/*.test)
SLOW       := $(wildcard tests/abi/*.test tests/corpus/codegen.test tests/host/codegen.test tests/fuzz/*.test tests/packages/*.test tests/runtime/*.test)
QUICK      := $(filter-out $(SLOW),$(CHECKS))

GEN_OBJ    := $(GEN_SRC:%.c=$(B)/%.o)
UNIT_TESTS := $(UNIT_SRC:%.c=$(B)/%)

HOST_SRC   := $(filter-out host-rt/src/uv/%,$(wildcard host-rt/src/*/*.c))
HOST_OBJ   := $(HOST_SRC:%.c=$(B)/%.o)
HOST_TESTS := $(B)/tests/host/hello-clang $(B)/tests/host/hello-blocking $(B)/tests/host/hello-wasi $(B)/tests/host/hello-wasmtime $(B)/tests/host/hello-uv
HOST_TESTS += $(B)/tests/host/values/values
HOST_TESTS += $(patsubst tests/host/stream/test_%.c,$(B)/tests/host/stream-%,$(wildcard tests/host/stream/test_*.c))
MACHINE_TESTS := $(patsubst tests/host/machine/%.c,$(B)/tests/host/machine/%,$(filter-out %/rig.c %/machine_host.c %/machine_wasm2c.c,$(wildcard tests/host/machine/*.c)))
HOST_TESTS += $(patsubst tests/host/values/test_%.c,$(B)/tests/host/values-%,$(wildcard tests/host/values/test_*.c))

# Building

all: $(B)/witgen $(B)/libwithost.a $(B)/libwithost_uv.a

$(B)/witgen: $(B)/gen/main.o $(GEN_OBJ)
	$(CC) $(BUILD) $(STATIC) $(LDFLAGS) -o $@ $^ $(LIBS)

# templates become part of the program

$(B)/templates/embed: templates/embed.c
	@mkdir -p $(@D)
	$(CC) $(BUILD) -o $@ $<

$(B)/gen/templates.inc: $(B)/templates/embed $(TEMPLATES)
	@mkdir -p $(@D)
	$< $(TEMPLATES) > $@ || { rm -f $@; exit 1; }

$(B)/gen/emit/template.o: $(B)/gen/templates.inc

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<

$(B)/tests/unit/%: $(B)/tests/unit/%.o $(GEN_OBJ)
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

# Fuzzing: a build with sanitizers in a directory of its own

FUZZERS := $(patsubst tests/fuzz/%.c,build/fuzz/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

$(B)/tests/fuzz/mutants: $(B)/tests/fuzz/mutants.o $(B)/tests/fuzz/fuzz_wit.o $(GEN_OBJ)
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(GEN_OBJ)
	$(CC) $(BUILD) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

fuzz:
	$(MAKE) B=build/fuzz CC=clang CFLAGS='-O1 -g' SANITIZE=fuzzer-no-link,address,undefined $(FUZZERS)
	@for fuzzer in $(FUZZERS); do \
	  mkdir -p $$fuzzer.corpus; \
	  $$fuzzer -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
	    -artifact_prefix=$$fuzzer. $$fuzzer.corpus ../shared/corpus/wit-ui || exit 1; \
	done

# the library that C hosts link, with the header of wasm2c's runtime that it implements

$(B)/host-rt/%.o $(B)/tests/host/%.o: BUILD += -Ihost-rt/include

$(B)/libwithost.a: $(HOST_OBJ)
	rm -f $@ && $(AR) rcs $@ $^

$(B)/libwithost_uv.a: $(B)/host-rt/src/uv/withost_uv.o
	rm -f $@ && $(AR) rcs $@ $^

# glue is generated

HELLO := $(B)/tests/host/hello/glue

$(HELLO)/hello_host.c $(HELLO)/hello_host.h $(HELLO)/hello_wasm2c.c $(HELLO)/hello_wasmtime.c &: samples/hello-async/world.wit $(B)/witgen
	$(B)/witgen --host --engine wasm2c,wasmtime $< --out-dir $(HELLO)
	@touch $(HELLO)/*

$(HELLO)/%.o: $(HELLO)/%.c
	$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<

$(B)/tests/host/hello/%.o: BUILD += -I$(HELLO)
$(patsubst %.c,$(B)/%.o,$(wildcard tests/host/hello/*.c)): $(HELLO)/hello_host.h

# a guest becomes C, and one object with the trampolines of its world: <world>_wasm2c.c includes it

$(B)/tests/host/hello-clang.dir/guest.wasm: samples/hello-async/guest.c
$(B)/tests/host/hello-wasi.dir/guest.wasm: tests/host/hello/wasi_guest.c
$(B)/tests/host/hello-clang.dir/guest.wasm $(B)/tests/host/hello-wasi.dir/guest.wasm: samples/hello-async/world.wit $(B)/witgen
	@mkdir -p $(@D)
	$(B)/witgen samples/hello-async/world.wit --out-dir $(@D)
	clang --target=wasm32-wasi -mexec-model=reactor -std=c11 -Oz -Wl,--strip-all,--gc-sections -I$(@D) $(filter %.c,$^) $(@D)/hello.c -o $@

$(B)/tests/host/hello-%.dir/guest.wasm: tests/host/hello/%.wat
	@mkdir -p $(@D)
	wat2wasm $< -o $@

$(B)/tests/host/%.dir/hello_guest.c: $(B)/tests/host/%.dir/guest.wasm
	wasm2c -n hello $< -o $@

$(B)/tests/host/%.dir/hello_wasm2c.o: $(HELLO)/hello_wasm2c.c $(B)/tests/host/%.dir/hello_guest.c
	$(CC) $(CPPFLAGS) $(BUILD) -I$(@D) -I$(HELLO) -MMD -MP -c -o $@ $<

$(B)/tests/host/hello-uv: $(B)/tests/host/hello/uv.o $(HELLO)/hello_host.o $(B)/tests/host/hello-clang.dir/hello_wasm2c.o $(B)/libwithost_uv.a $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -luv -lm -lboost_context

# the same guests, loaded by libwasmtime

WASMTIME    := $(firstword $(wildcard $(CURDIR)/.deps/wasmtime/wasmtime/linux-*))
HELLO_NAMES := clang blocking wasi hostile

$(B)/tests/host/hello/wasmtime.o: BUILD += -DGUESTS='"$(B)/tests/host"'

$(B)/tests/host/hello-wasmtime: $(B)/tests/host/hello/wasmtime.o $(HELLO)/hello_wasmtime.o $(HELLO)/hello_host.o $(B)/libwithost.a | $(HELLO_NAMES:%=$(B)/tests/host/hello-%.dir/guest.wasm)
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -L$(WASMTIME) -Wl,-rpath,$(WASMTIME) -l:_libwasmtime.so -lm -lpthread -ldl

# the machine's tests: a puppet of a guest, and what is done with it

MACHINE := $(B)/tests/host/machine

$(MACHINE)/guest.wasm: tests/host/machine/puppet.wat
	@mkdir -p $(@D)
	wat2wasm $< -o $@

$(MACHINE)/machine_guest.c: $(MACHINE)/guest.wasm
	wasm2c -n machine $< -o $@

$(MACHINE)/machine_wasm2c.o: $(MACHINE)/machine_guest.c
$(MACHINE)/%.o: BUILD += -I$(MACHINE) -Ihost-rt/src/task

$(MACHINE_TESTS): %: %.o $(MACHINE)/rig.o $(MACHINE)/machine_host.o $(MACHINE)/machine_wasm2c.o $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

$(B)/tests/host/hello-%: $(B)/tests/host/hello/%.o $(HELLO)/hello_host.o $(B)/tests/host/hello-%.dir/hello_wasm2c.o $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# values: the guest of tests/runtime/values, on generated glue

VALUES := $(B)/tests/host/values.dir

$(VALUES)/guest_host.h $(VALUES)/guest_host.c $(VALUES)/guest_wasm2c.c $(VALUES)/guest.c &: tests/runtime/values/world.wit $(B)/witgen
	@mkdir -p $(VALUES)
	$(B)/witgen --guest --host $< --out-dir $(VALUES)
	@touch $(VALUES)/*

$(VALUES)/guest_guest.c: tests/runtime/values/guest.c tests/runtime/lib/rt.c $(VALUES)/guest.c
	clang --target=wasm32-wasi -mexec-model=reactor -std=c11 -Os -Itests/runtime/lib -I$(VALUES) $(WRAP) \
	  -Wl,--gc-sections,--strip-debug $^ -lm -o $(VALUES)/guest.wasm
	wasm2c -n guest $(VALUES)/guest.wasm -o $@

WRAP := $(patsubst %,-Wl$(comma)--wrap=%,malloc calloc realloc aligned_alloc free)

$(VALUES)/guest_wasm2c.o: $(VALUES)/guest_guest.c
$(B)/tests/host/values/values.o: $(VALUES)/guest_host.h
$(B)/tests/host/values/values.o $(VALUES)/%.o: BUILD += -I$(VALUES)
$(VALUES)/guest_%.o: $(VALUES)/guest_%.c
	$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<

$(B)/tests/host/values/values: $(B)/tests/host/values/values.o $(VALUES)/guest_host.o $(VALUES)/guest_wasm2c.o $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# streams and futures: one guest, several tests (bench/host_stream.c links the same)

STREAM_OBJ := $(B)/tests/host/stream/stream_host.o $(B)/tests/host/stream/stream_wasm2c.o

$(B)/tests/host/stream/stream_guest.c: tests/host/stream/guest.wat
	@mkdir -p $(@D)
	wat2wasm $< -o $(@D)/guest.wasm
	wasm2c -n stream $(@D)/guest.wasm -o $@

$(B)/tests/host/stream/stream_wasm2c.o: tests/host/stream/stream_wasm2c.c $(B)/tests/host/stream/stream_guest.c
	$(CC) $(CPPFLAGS) $(BUILD) -I$(@D) -MMD -MP -c -o $@ $<

$(B)/bench/host_stream.o: BUILD += -Ihost-rt/include

$(B)/bench/host_stream: $(B)/bench/host_stream.o $(STREAM_OBJ) $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

$(B)/tests/host/stream-%: $(B)/tests/host/stream/test_%.o $(STREAM_OBJ) $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# values and resources: a guest that does what it is told

VALUES_OBJ := $(B)/tests/host/values/values_host.o $(B)/tests/host/values/values_wasm2c.o

$(B)/tests/host/values/values_guest.c: tests/host/values/guest.wat
	@mkdir -p $(@D)
	wat2wasm $< -o $(@D)/guest.wasm
	wasm2c -n values $(@D)/guest.wasm -o $@

$(B)/tests/host/values/values_wasm2c.o: tests/host/values/values_wasm2c.c $(B)/tests/host/values/values_guest.c
	$(CC) $(CPPFLAGS) $(BUILD) -I$(@D) -MMD -MP -c -o $@ $<

$(B)/tests/host/values-%: $(B)/tests/host/values/test_%.o $(VALUES_OBJ) $(B)/libwithost.a
	$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm

# Running

export WITGEN := $(abspath $(B)/witgen)

demo: deps-test all
	samples/hello-async/run

check: deps-test all $(UNIT_TESTS) $(HOST_TESTS) $(MACHINE_TESTS)
	tests/run $(B)/logs $(UNIT_TESTS) $(HOST_TESTS) $(MACHINE_TESTS) $(CHECKS)

check-quick: all $(UNIT_TESTS)
	tests/run $(B)/logs $(UNIT_TESTS) $(QUICK)

bless: all
	BLESS=1 tests/run $(B)/logs $(QUICK)

bless-compat:
	tests/compat/bless $(or $(PEER),$(error say PEER=path-of-wit-bindgen))

bench: all
	bench/run $(B) '$(or $(ROWS),*)'

deps:
	scripts/deps.sh

deps-test: deps
	scripts/deps-test.sh

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/include/withost $(DESTDIR)$(PREFIX)/lib
	install -m 755 $(B)/witgen $(DESTDIR)$(PREFIX)/bin/witgen
	install -m 644 host-rt/include/withost/*.h $(DESTDIR)$(PREFIX)/include/withost
	install -m 644 $(B)/libwithost.a $(B)/libwithost_uv.a $(DESTDIR)$(PREFIX)/lib
	install -d $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include/withost
	install -m 644 $(B)/libwithost.a $(DESTDIR)$(PREFIX)/lib/libwithost.a
	install -m 644 host-rt/include/withost/*.h $(DESTDIR)$(PREFIX)/include/withost
	install -m 644 docs/witgen.1 $(DESTDIR)$(PREFIX)/share/man/man1/witgen.1

help:
	@sed -n '/^[^#]/q; s/^#$$//p; s/^# //p' Makefile

clean:
	rm -rf build

.PHONY: all demo check check-quick bless bless-compat bench fuzz deps deps-test install help clean
.SECONDARY:
-include $(GEN_OBJ:.o=.d) $(HOST_OBJ:.o=.d) $(UNIT_TESTS:=.d) $(B)/gen/main.d $(wildcard $(B)/tests/host/*/*.d $(B)/tests/host/*/*/*.d $(B)/tests/host/*.dir/*.d)
