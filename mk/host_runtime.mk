# The cases of tests/runtime on the C host, both engines. Included by host.mk.
#
# $(eval $(call runtime_guest,CASE,WORLD)) makes, of tests/runtime/CASE/WORLD.c and its world, WORLD_host.h, WORLD_host.o,
# WORLD_wasm2c.o (with the guest), WORLD_wasmtime.o and WORLD.wasm in $(RUNTIME)/CASE.

RUNTIME     := $(B)/tests/host/runtime
RUNTIME_LIB := $(patsubst %,$(RUNTIME)/lib/%.o,baseline case heap objects)
RUNTIME_LD   = -L$(WASMTIME) -Wl,-rpath,$(WASMTIME) -l:_libwasmtime.so -lboost_context -lm -lpthread -ldl

$(RUNTIME)/lib/%.o: BUILD += -Ihost-rt/src/task -DCASE_DIRECTORY='"$(RUNTIME)"'

# what a guest of tests/runtime counts: see lib/rt.c there
RUNTIME_WRAP := $(patsubst %,-Wl$(comma)--wrap=%,malloc calloc realloc aligned_alloc free)

define runtime_guest
$(foreach f,host.h host.c wasm2c.c wasmtime.c,$(RUNTIME)/$(1)/$(2)_$(f)) $(RUNTIME)/$(1)/$(2).c &: \
    tests/runtime/$(1)/world.wit $(wildcard tests/runtime/$(1)/$(2).options) $(B)/witgen
	@mkdir -p $(RUNTIME)/$(1)
	$$(Q)$(B)/witgen --guest --host --engine wasm2c,wasmtime $$< --world $(2) --out-dir $(RUNTIME)/$(1) \
	  $$(shell cat tests/runtime/$(1)/$(2).options 2>/dev/null)
	@touch $$@

$(RUNTIME)/$(1)/$(2)_guest.c: tests/runtime/$(1)/$(2).c tests/runtime/lib/rt.c $(RUNTIME)/$(1)/$(2).c \
    $(wildcard tests/runtime/*/*.h)
	$$(Q)clang --target=wasm32-wasi -mexec-model=reactor -std=c11 -Os -Itests/runtime/lib -I$(RUNTIME)/$(1) \
	  $(RUNTIME_WRAP) -Wl,--gc-sections,--strip-debug $$(filter %.c,$$^) -lm -o $(RUNTIME)/$(1)/$(2).wasm
	$$(Q)wasm2c -n $(2) $(RUNTIME)/$(1)/$(2).wasm -o $$@

$(RUNTIME)/$(1)/$(2)_wasm2c.o: $(RUNTIME)/$(1)/$(2)_guest.c
$(patsubst %,$(RUNTIME)/$(1)/$(2)_%.o,host wasm2c wasmtime): $(RUNTIME)/$(1)/%.o: $(RUNTIME)/$(1)/%.c
	$$(Q)$$(CC) $$(CPPFLAGS) $$(BUILD) -I$(RUNTIME)/$(1) -MMD -MP -c -o $$@ $$<
endef

# cases with one guest: tests/host/runtime/CASE.c is the host

RUNTIME_CASE  := accessors concurrent host-streams leak options resources strings-latin1 strings-utf16 strings-utf8 values world-resource
RUNTIME_TESTS := $(RUNTIME_CASE:%=$(RUNTIME)/%/case)

HOST_TESTS    += $(RUNTIME_TESTS)
HOST_TEST_SRC += $(RUNTIME_CASE:%=tests/host/runtime/%.c)

$(foreach case,$(RUNTIME_CASE),$(eval $(call runtime_guest,$(case),guest)))

$(RUNTIME)/%/case.o: tests/host/runtime/%.c $(RUNTIME)/%/guest_host.h
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -Itests/host/runtime/lib -I$(RUNTIME)/$* -MMD -MP -c -o $@ $<

$(RUNTIME_TESTS): %/case: %/case.o %/guest_host.o %/guest_wasm2c.o %/guest_wasmtime.o $(RUNTIME_LIB) $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ $(RUNTIME_LD)

-include $(wildcard $(RUNTIME)/*/*.d)
