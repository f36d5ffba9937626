# The cases of tests/runtime with two guests on the C host: tests/host/pairs/CASE.c wires a runner to a callee. Included by
# host.mk after host_runtime.mk, which has the rules for guests.

PAIR_CASE  := async-values error-context fixed-lists futures maps named payload-handles payloads streams strings-mixed subtasks sync-binding
PAIR_TESTS := $(PAIR_CASE:%=$(RUNTIME)/%/pair)

HOST_TESTS    += $(PAIR_TESTS)
HOST_TEST_SRC += $(PAIR_CASE:%=tests/host/pairs/%.c)

$(foreach case,$(PAIR_CASE),$(foreach world,runner callee,$(eval $(call runtime_guest,$(case),$(world)))))

$(RUNTIME)/wire.o: tests/host/pairs/wire.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -Itests/host/runtime/lib -MMD -MP -c -o $@ $<

$(RUNTIME)/%/pair.o: tests/host/pairs/%.c $(RUNTIME)/%/runner_host.h $(RUNTIME)/%/callee_host.h
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -Itests/host/runtime/lib -Itests/host/pairs -I$(RUNTIME)/$* \
	  -MMD -MP -c -o $@ $<

PAIR_GUESTS := $(foreach world,runner callee,$(patsubst %,/$(world)_%.o,host wasm2c wasmtime))

$(foreach case,$(PAIR_CASE),$(eval $(RUNTIME)/$(case)/pair: $(PAIR_GUESTS:%=$(RUNTIME)/$(case)%)))

$(PAIR_TESTS): %/pair: %/pair.o $(RUNTIME)/wire.o $(RUNTIME_LIB) $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(RUNTIME_LD)
