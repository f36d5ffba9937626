# The host side: libwithost, its tests and benches. Included by the Makefile; mk/wasm2c.mk is the part for others.

# What there is: sources by layer, test programs by what they link. tests/project/lists.test compares with the disk.

HOST_ENGINE  := module module_types wasm2c wasmtime wasmtime_check
HOST_TASK    := answer blocking deadline deadlock end entry error_context future group held host_copy host_end instance \
                pass resource slab step store stream subtask sync table task thread waitable
HOST_VALUE   := memory owned scratch string utf16 utf8
HOST_WASI    := process wasi

HOST_SRC     := $(HOST_ENGINE:%=host-rt/src/engine/%.c) $(HOST_TASK:%=host-rt/src/task/%.c) \
                $(HOST_VALUE:%=host-rt/src/value/%.c) $(HOST_WASI:%=host-rt/src/wasi/%.c)
HOST_OBJ     := $(HOST_SRC:%.c=$(B)/%.o)

HELLO_TEST   := clang blocking stores misfit threads wasi wasmtime uv
STREAM_TEST  := laws payloads rules schedule
VALUES_TEST  := hostile resources text
MACHINE_TEST := hostile laws parked pass rules schedules

HOST_TESTS    := $(HELLO_TEST:%=$(B)/tests/host/hello-%) \
                 $(STREAM_TEST:%=$(B)/tests/host/stream-%) $(VALUES_TEST:%=$(B)/tests/host/values-%)
HOST_TESTS    += $(B)/tests/host/setjmp-hostile $(B)/tests/host/setjmp-laws $(B)/tests/host/tsan-stores
HOST_TESTS    += $(B)/tests/host/labels/test_labels $(B)/tests/host/release/test_release
MACHINE_TESTS := $(MACHINE_TEST:%=$(B)/tests/host/machine/%)

# their files, for tests/project/lists.test
HOST_TEST_SRC := $(HELLO_TEST:%=tests/host/hello/%.c) $(STREAM_TEST:%=tests/host/stream/test_%.c) \
                 $(VALUES_TEST:%=tests/host/values/test_%.c) $(MACHINE_TEST:%=tests/host/machine/%.c) \
                 tests/host/labels/test_labels.c tests/host/release/test_release.c

# libwithost needs wabt's header, its libuv binding libuv's: `make deps` installs both
HOST_LIBS := $(if $(wildcard /usr/include/wasm-rt.h),$(B)/libwithost.a) $(if $(wildcard /usr/include/uv.h),$(B)/libwithost_uv.a)

# the library that C hosts link, with the header of wasm2c's runtime that it implements

$(B)/host-rt/%.o $(B)/tests/host/%.o: BUILD += -Ihost-rt/include

$(B)/libwithost.a: $(HOST_OBJ)
	$(call say,ar $@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/libwithost_uv.a: $(B)/host-rt/src/uv/withost_uv.o
	$(call say,ar $@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# glue is generated

HELLO := $(B)/tests/host/hello/glue

$(HELLO)/hello_host.c $(HELLO)/hello_host.h $(HELLO)/hello_wasm2c.c $(HELLO)/hello_wasmtime.c &: samples/hello-async/world.wit $(B)/witgen
	$(Q)$(B)/witgen --host --engine wasm2c,wasmtime $< --out-dir $(HELLO)
	@touch $(HELLO)/*

$(HELLO)/%.o: $(HELLO)/%.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<

$(B)/tests/host/hello/%.o: BUILD += -I$(HELLO)
$(HELLO_TEST:%=$(B)/tests/host/hello/%.o): $(HELLO)/hello_host.h

# a guest becomes C; <world>_wasm2c.c, the trampolines of its world, includes that: one object

$(B)/tests/host/hello-clang.dir/guest.wasm: samples/hello-async/guest.c
$(B)/tests/host/hello-wasi.dir/guest.wasm: tests/host/hello/wasi_guest.c
$(B)/tests/host/hello-clang.dir/guest.wasm $(B)/tests/host/hello-wasi.dir/guest.wasm: samples/hello-async/world.wit $(B)/witgen
	@mkdir -p $(@D)
	$(Q)$(B)/witgen samples/hello-async/world.wit --out-dir $(@D)
	$(Q)clang --target=wasm32-wasi -mexec-model=reactor -std=c11 -Oz -Wl,--strip-all,--gc-sections -I$(@D) \
	  $(filter %.c,$^) $(@D)/hello.c -o $@

$(B)/tests/host/hello-misfit.dir/guest.wasm: tests/host/misfits/no-callback.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm $< -o $@

$(B)/tests/host/hello-%.dir/guest.wasm: tests/host/hello/%.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm $< -o $@

$(B)/tests/host/%.dir/hello_guest.c: $(B)/tests/host/%.dir/guest.wasm
	$(Q)wasm2c -n hello $< -o $@

$(B)/tests/host/%.dir/hello_wasm2c.o: $(HELLO)/hello_wasm2c.c $(B)/tests/host/%.dir/hello_guest.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -I$(@D) -I$(HELLO) -MMD -MP -c -o $@ $<

$(B)/tests/host/hello-uv: $(B)/tests/host/hello/uv.o $(HELLO)/hello_host.o \
    $(B)/tests/host/hello-clang.dir/hello_wasm2c.o $(B)/libwithost_uv.a $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -luv -lm -lboost_context

# the same guests, loaded by libwasmtime

WASMTIME    := $(firstword $(wildcard $(CURDIR)/.deps/wasmtime/wasmtime/linux-*))
HELLO_NAMES := clang blocking threads wasi hostile

$(B)/tests/host/hello/wasmtime.o $(B)/tests/host/hello/stores.o: BUILD += -DGUESTS='"$(B)/tests/host"'

$(B)/tests/host/hello-wasmtime: $(B)/tests/host/hello/wasmtime.o $(HELLO)/hello_wasmtime.o $(HELLO)/hello_host.o $(B)/libwithost.a \
    | $(HELLO_NAMES:%=$(B)/tests/host/hello-%.dir/guest.wasm)
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -L$(WASMTIME) -Wl,-rpath,$(WASMTIME) -l:_libwasmtime.so -lm -lpthread -ldl

# what holds handles, streams and memory, and its releases

RELEASE := $(B)/tests/host/release.dir

$(RELEASE)/release_host.h $(RELEASE)/release_host.c $(RELEASE)/release_wasm2c.c $(RELEASE)/release.c &: tests/host/release/world.wit $(B)/witgen
	@mkdir -p $(RELEASE)
	$(Q)$(B)/witgen --guest --host $< --out-dir $(RELEASE)
	@touch $(RELEASE)/*

$(RELEASE)/release_guest.c: tests/host/release/guest.c $(RELEASE)/release.c
	$(Q)clang --target=wasm32-wasi -mexec-model=reactor -std=c11 -Os -I$(RELEASE) -Wl,--strip-all,--gc-sections $^ \
	  -o $(RELEASE)/guest.wasm
	$(Q)wasm2c -n release $(RELEASE)/guest.wasm -o $@

$(RELEASE)/release_wasm2c.o: $(RELEASE)/release_guest.c
$(B)/tests/host/release/test_release.o: $(RELEASE)/release_host.h
$(B)/tests/host/release/test_release.o $(RELEASE)/release_%.o: BUILD += -I$(RELEASE)
$(RELEASE)/release_%.o: $(RELEASE)/release_%.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -MMD -MP -c -o $@ $<

$(B)/tests/host/release/test_release: $(B)/tests/host/release/test_release.o $(RELEASE)/release_host.o $(RELEASE)/release_wasm2c.o $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# several labels of one interface

LABELS := $(B)/tests/host/labels.dir

$(LABELS)/labels_host.h $(LABELS)/labels_host.c $(LABELS)/labels_wasm2c.c $(LABELS)/labels.c &: tests/host/labels/world.wit $(B)/witgen
	@mkdir -p $(LABELS)
	$(Q)$(B)/witgen --guest --host $< --out-dir $(LABELS)
	@touch $(LABELS)/*

$(LABELS)/labels_guest.c: tests/host/labels/guest.c $(LABELS)/labels.c
	$(Q)clang --target=wasm32-wasi -mexec-model=reactor -std=c11 -Os -I$(LABELS) -Wl,--strip-all,--gc-sections $^ \
	  -o $(LABELS)/guest.wasm
	$(Q)wasm2c -n labels $(LABELS)/guest.wasm -o $@

$(LABELS)/labels_wasm2c.o: $(LABELS)/labels_guest.c
$(B)/tests/host/labels/test_labels.o: $(LABELS)/labels_host.h
$(B)/tests/host/labels/test_labels.o $(LABELS)/labels_%.o: BUILD += -I$(LABELS)
$(LABELS)/labels_%.o: $(LABELS)/labels_%.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -MMD -MP -c -o $@ $<

$(B)/tests/host/labels/test_labels: $(B)/tests/host/labels/test_labels.o $(LABELS)/labels_host.o $(LABELS)/labels_wasm2c.o $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# guests that do not fit the world, and one in UTF-16

MISFIT := export-kind export-type import-memory import-needs-memory import-type import-unknown memory-kind no-callback \
          no-memory no-realloc realloc-type

$(B)/tests/host/misfits/%.wasm: tests/host/misfits/%.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm $< -o $@

$(B)/tests/host/hello-wasmtime: | $(MISFIT:%=$(B)/tests/host/misfits/%.wasm) $(B)/tests/host/hello-utf16.dir/guest.wasm

# law 1: stores on several threads, guests on both engines

STORES_LIBS := -L$(WASMTIME) -Wl,-rpath,$(WASMTIME) -l:_libwasmtime.so -lm -lpthread -ldl -lboost_context

$(B)/tests/host/hello-stores: $(B)/tests/host/hello/stores.o $(HELLO)/hello_wasmtime.o $(HELLO)/hello_host.o \
    $(B)/tests/host/hello-blocking.dir/hello_wasm2c.o $(B)/libwithost.a \
    | $(B)/tests/host/hello-clang.dir/guest.wasm $(B)/tests/host/hello-hostile.dir/guest.wasm
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ $(STORES_LIBS)

# the library once more, in ways that the compiler decides: the C library's setjmp, and ThreadSanitizer

VARIANT      = $(CC) $(CPPFLAGS) $(filter-out -fsanitize=% -fno-sanitize-recover=all,$(BUILD)) -Ihost-rt/include -I$(HELLO) -I$(MACHINE) \
               -Ihost-rt/src/task -I$(B)/tests/host/hello-blocking.dir -DGUESTS='"$(B)/tests/host"'
SETJMP      := $(B)/setjmp
TSAN        := $(B)/thread-sanitizer
SETJMP_TEST := hostile laws

$(SETJMP)/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(VARIANT) -DWITHOST_USE_SETJMP=1 -MMD -MP -c -o $@ $<

$(TSAN)/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(VARIANT) -fsanitize=thread -MMD -MP -c -o $@ $<

$(SETJMP)/libwithost.a: $(HOST_SRC:%.c=$(SETJMP)/%.o)
$(TSAN)/libwithost.a: $(HOST_SRC:%.c=$(TSAN)/%.o)
$(SETJMP)/libwithost.a $(TSAN)/libwithost.a:
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(SETJMP)/tests/host/machine/machine_wasm2c.o: $(B)/tests/host/machine/machine_guest.c
$(TSAN)/tests/host/hello/stores.o: $(HELLO)/hello_host.h
$(TSAN)/$(HELLO)/hello_wasm2c.o: $(B)/tests/host/hello-blocking.dir/hello_guest.c

$(SETJMP_TEST:%=$(B)/tests/host/setjmp-%): $(B)/tests/host/setjmp-%: $(SETJMP)/tests/host/machine/%.o \
    $(patsubst %,$(SETJMP)/tests/host/machine/%.o,rig machine_host machine_wasm2c) $(SETJMP)/libwithost.a
	$(Q)$(CC) $(filter-out -fsanitize=%,$(BUILD)) $(LDFLAGS) -o $@ $^ -lm -lpthread -lboost_context

$(B)/tests/host/tsan-stores: $(TSAN)/tests/host/hello/stores.o $(patsubst %,$(TSAN)/$(HELLO)/hello_%.o,wasmtime host wasm2c) \
    $(TSAN)/libwithost.a \
    | $(B)/tests/host/hello-clang.dir/guest.wasm $(B)/tests/host/hello-hostile.dir/guest.wasm
	$(Q)$(CC) $(filter-out -fsanitize=%,$(BUILD)) -fsanitize=thread $(LDFLAGS) -o $@ $^ $(STORES_LIBS)

# the machine's tests: a puppet of a guest, and what is done with it

MACHINE := $(B)/tests/host/machine

$(MACHINE)/guest.wasm: tests/host/machine/puppet.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm $< -o $@

$(MACHINE)/machine_guest.c: $(MACHINE)/guest.wasm
	$(Q)wasm2c -n machine $< -o $@

$(MACHINE)/machine_wasm2c.o: $(MACHINE)/machine_guest.c
$(MACHINE)/%.o: BUILD += -I$(MACHINE) -Ihost-rt/src/task

$(MACHINE)/schedules: $(MACHINE)/model.o $(MACHINE)/guest_ops.o

$(MACHINE_TESTS): %: %.o $(MACHINE)/rig.o $(MACHINE)/machine_host.o $(MACHINE)/machine_wasm2c.o $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

$(B)/tests/host/hello-%: $(B)/tests/host/hello/%.o $(HELLO)/hello_host.o $(B)/tests/host/hello-%.dir/hello_wasm2c.o $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# streams and futures: one guest, several tests (bench/host_stream.c links the same)

STREAM_OBJ := $(B)/tests/host/stream/stream_host.o $(B)/tests/host/stream/stream_wasm2c.o

$(B)/tests/host/stream/stream_guest.c: tests/host/stream/guest.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm $< -o $(@D)/guest.wasm
	$(Q)wasm2c -n stream $(@D)/guest.wasm -o $@

$(B)/tests/host/stream/stream_wasm2c.o: tests/host/stream/stream_wasm2c.c $(B)/tests/host/stream/stream_guest.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -I$(@D) -MMD -MP -c -o $@ $<

$(B)/bench/host_stream.o: BUILD += -Ihost-rt/include

$(B)/bench/host_stream: $(B)/bench/host_stream.o $(STREAM_OBJ) $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

$(B)/tests/host/stream-%: $(B)/tests/host/stream/test_%.o $(STREAM_OBJ) $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context

# values and resources: a guest that does what it is told

VALUES_OBJ := $(B)/tests/host/values/values_host.o $(B)/tests/host/values/values_wasm2c.o

$(B)/tests/host/values/values_guest.c: tests/host/values/guest.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm $< -o $(@D)/guest.wasm
	$(Q)wasm2c -n values $(@D)/guest.wasm -o $@

$(B)/tests/host/values/values_wasm2c.o: tests/host/values/values_wasm2c.c $(B)/tests/host/values/values_guest.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -I$(@D) -MMD -MP -c -o $@ $<

$(B)/tests/host/values-%: $(B)/tests/host/values/test_%.o $(VALUES_OBJ) $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm

# every case of tests/runtime

include mk/host_runtime.mk mk/host_pairs.mk mk/host_stock.mk mk/host_hostile.mk

-include $(HOST_SRC:%.c=$(SETJMP)/%.d) $(HOST_SRC:%.c=$(TSAN)/%.d)
-include $(wildcard $(SETJMP)/tests/host/*/*.d $(TSAN)/tests/host/*/*.d $(TSAN)/$(HELLO)/*.d)
-include $(HOST_OBJ:.o=.d) $(wildcard $(B)/tests/host/*/*.d $(B)/tests/host/*/*/*.d)
