# Guests that lie, tests/host/hostile/*.wat, on both engines. Included by host.mk after host_runtime.mk.

HOSTILE      := $(B)/tests/host/hostile
HOSTILE_WAT  := $(patsubst tests/host/hostile/%.wat,%,$(wildcard tests/host/hostile/*.wat))
# what has no C, because wasm2c or the C compiler refuses it
HOSTILE_ONLY := shared-memory memory64 imported-memory memory-is-function realloc-is-global realloc-other-type \
                sum-other-type import-other-type import-memory-as-func two-memories vectors vectors-inside
HOSTILE_W2C  := $(filter-out $(HOSTILE_ONLY),$(HOSTILE_WAT))

HOSTILE_TEST  := chain hostile mutants
HOSTILE_TESTS := $(HOSTILE_TEST:%=$(HOSTILE)/%)
HOST_TESTS    += $(HOSTILE_TESTS)
HOST_TEST_SRC += $(HOSTILE_TEST:%=tests/host/hostile/%.c)

$(HOSTILE)/guest_host.h $(HOSTILE)/guest_host.c $(HOSTILE)/guest_wasm2c.c $(HOSTILE)/guest_wasmtime.c &: \
    tests/host/hostile/world.wit $(B)/witgen
	@mkdir -p $(HOSTILE)
	$(Q)$(B)/witgen --host --engine wasm2c,wasmtime $< --out-dir $(HOSTILE)
	@touch $(HOSTILE)/guest_*

$(HOSTILE)/%.wasm: tests/host/hostile/%.wat
	@mkdir -p $(@D)
	$(Q)wat2wasm --enable-threads --enable-memory64 --enable-multi-memory $< -o $@

# many guests of one world in one program: all names of each are made local, but for its program's, which becomes its own

$(HOSTILE)/%.dir/guest_guest.c: $(HOSTILE)/%.wasm
	@mkdir -p $(@D)
	$(Q)wasm2c -n guest $< -o $@

$(HOSTILE)/%.dir/guest.o: $(HOSTILE)/%.dir/guest_guest.c $(HOSTILE)/guest_wasm2c.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -I$(@D) -I$(HOSTILE) -Wno-infinite-recursion -c -o $@.whole $(HOSTILE)/guest_wasm2c.c
	$(Q)objcopy --redefine-sym guest_program_wasm2c=$(subst -,_,$*)_program --keep-global-symbol=$(subst -,_,$*)_program \
	  $@.whole $@

$(HOSTILE)/guests.inc: mk/host_hostile.mk $(HOSTILE_WAT:%=tests/host/hostile/%.wat)
	@mkdir -p $(@D)
	$(Q)printf 'X(%s)\n' $(foreach g,$(HOSTILE_W2C),'$(subst -,_,$g), "$g"') > $@

$(HOSTILE)/%.o: BUILD += -Itests/host/runtime/lib -I$(HOSTILE) -DHOSTILE_DIRECTORY='"$(HOSTILE)"'
$(HOSTILE)/guest_%.o: $(HOSTILE)/guest_%.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<
$(HOSTILE_TEST:%=$(HOSTILE)/%.o): $(HOSTILE)/guest_host.h
$(HOSTILE)/engine.o: $(HOSTILE)/guest_host.h $(HOSTILE)/guests.inc

$(HOSTILE_TESTS): %: %.o $(HOSTILE)/engine.o $(HOSTILE)/guest_host.o $(HOSTILE)/guest_wasmtime.o $(RUNTIME)/lib/heap.o \
    $(HOSTILE_W2C:%=$(HOSTILE)/%.dir/guest.o) $(B)/libwithost.a | $(HOSTILE_WAT:%=$(HOSTILE)/%.wasm)
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ $(RUNTIME_LD)

-include $(wildcard $(HOSTILE)/*.d)
