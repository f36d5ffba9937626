# Guests that `wit-bindgen c` made, tests/host/stock/CASE.WORLD.wasm, under the hosts of tests/host/runtime and tests/host/pairs. Included
# by host.mk after host_pairs.mk. tests/host/stock/remake makes them; what is not in the lists the peer cannot do.

STOCK       := $(B)/tests/host/stock
STOCK_CASE  := accessors concurrent host-streams options strings-utf16 strings-utf8 values
STOCK_PAIR  := subtasks
STOCK_TESTS := $(STOCK_CASE:%=$(STOCK)/%/case) $(STOCK_PAIR:%=$(STOCK)/%/pair)
STOCK_LIB   := $(RUNTIME)/lib/baseline.o $(RUNTIME)/lib/heap.o $(RUNTIME)/lib/objects.o $(STOCK)/lib/case.o

HOST_TESTS  += $(STOCK_TESTS)

# the peer never frees parameters of async exports that came in memory, as those of `wide` do
STOCK_KNOWN := {"concurrent", "the guest'\''s heap is back at its baseline"}, {"concurrent", "the guest'\''s memory has not grown"}

$(STOCK)/lib/case.o: tests/host/runtime/lib/case.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -Ihost-rt/src/task -DCASE_DIRECTORY='"$(STOCK)"' \
	  -DCASE_KNOWN='$(STOCK_KNOWN)' -MMD -MP -c -o $@ $<

# $(call stock_guest,CASE,WORLD): the object with the guest; glue of the host is that of the case

define stock_guest
$(STOCK)/$(1)/$(2)_wasm2c.o: tests/host/stock/$(1).$(2).wasm $(RUNTIME)/$(1)/$(2)_wasm2c.c
	@mkdir -p $$(@D)
	@cp $$< $$(@D)/$(2).wasm
	@cp $(RUNTIME)/$(1)/$(2)_wasm2c.c $$(@D)
	$$(Q)wasm2c -n $(2) $$< -o $$(@D)/$(2)_guest.c
	$$(Q)$$(CC) $$(CPPFLAGS) $$(BUILD) -Ihost-rt/include -I$(RUNTIME)/$(1) -c -o $$@ $$(@D)/$(2)_wasm2c.c
endef

$(foreach case,$(STOCK_CASE),$(eval $(call stock_guest,$(case),guest)))
$(foreach case,$(STOCK_PAIR),$(foreach world,runner callee,$(eval $(call stock_guest,$(case),$(world)))))

STOCK_GLUE   := host wasmtime
stock_objects = $(foreach w,$(2),$(STOCK)/$(1)/$(w)_wasm2c.o $(STOCK_GLUE:%=$(RUNTIME)/$(1)/$(w)_%.o))

$(foreach case,$(STOCK_CASE),$(eval $(STOCK)/$(case)/case: $(RUNTIME)/$(case)/case.o $(call stock_objects,$(case),guest)))
$(foreach case,$(STOCK_PAIR),$(eval $(STOCK)/$(case)/pair: $(RUNTIME)/$(case)/pair.o $(RUNTIME)/wire.o \
  $(call stock_objects,$(case),runner callee)))

$(STOCK_TESTS): $(STOCK_LIB) $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(RUNTIME_LD)
