# The guest side: libwitguest, for wasm32, and its tests. Included by the Makefile.

# What there is. tests/project/lists.test compares with the disk.

GUEST_TASK   := error export hooks queue task waitables wake
GUEST_LOOP   := await loop
GUEST_MODE   := affine native off serial

GUEST_RT_SRC := $(GUEST_TASK:%=guest-rt/src/task/%.c) $(GUEST_LOOP:%=guest-rt/src/loop/%.c)
GUEST_MODES  := $(GUEST_MODE:%=guest-rt/src/mode/%.c)
GUEST_HEADERS := $(wildcard guest-rt/include/witguest/*.h guest-rt/src/*/*.h)

# one library a mode; they share all objects but one. They need a compiler and a libc for wasm32 (make deps-test)
GUEST_LIBS   := $(if $(wildcard /usr/include/wasm32-wasi/stdlib.h),$(GUEST_MODE:%=$(B)/wasm/libwitguest-%.a))

WASMCC       ?= clang
WASM_AR      ?= llvm-ar
GUEST_CFLAGS ?= -Oz
WASM_CFLAGS  := --target=wasm32-wasi -std=c11 $(WARN) -fno-exceptions -ffunction-sections -fdata-sections -Iguest-rt/include

$(B)/wasm/%.o: %.c $(GUEST_HEADERS)
	@mkdir -p $(@D)
	$(call say,wasm $<)
	$(Q)$(WASMCC) $(WASM_CFLAGS) $(GUEST_CFLAGS) -c $< -o $@

$(GUEST_MODE:%=$(B)/wasm/libwitguest-%.a): $(B)/wasm/libwitguest-%.a: $(B)/wasm/guest-rt/src/mode/%.o $(GUEST_RT_SRC:%.c=$(B)/wasm/%.o)
	$(call say,ar $@)
	$(Q)rm -f $@ && $(WASM_AR) rcs $@ $^

# Tests: one guest, linked with each library, in a program of its own with the host

GUEST_TESTS    := $(GUEST_MODE:%=$(B)/tests/guest-rt/attribution-%)
GUEST_TEST_SRC := tests/guest-rt/attribution/host.c

ATTRIBUTION := $(B)/tests/guest-rt/attribution

$(ATTRIBUTION)/attribution_host.c $(ATTRIBUTION)/attribution_host.h $(ATTRIBUTION)/attribution_wasm2c.c $(ATTRIBUTION)/attribution.c &: \
    tests/guest-rt/attribution/world.wit $(B)/witgen
	@mkdir -p $(@D)
	$(Q)$(B)/witgen --guest --host $< --out-dir $(ATTRIBUTION)
	@touch $(ATTRIBUTION)/attribution*

$(ATTRIBUTION)/%.dir/attribution_guest.c: tests/guest-rt/attribution/guest.c $(ATTRIBUTION)/attribution.c $(B)/wasm/libwitguest-%.a
	@mkdir -p $(@D)
	$(Q)$(WASMCC) $(WASM_CFLAGS) $(GUEST_CFLAGS) -mexec-model=reactor -I$(ATTRIBUTION) -Wl,--strip-all,--gc-sections $^ -o $(@D)/guest.wasm
	$(Q)wasm2c -n attribution $(@D)/guest.wasm -o $@

$(ATTRIBUTION)/%.dir/attribution_wasm2c.o: $(ATTRIBUTION)/attribution_wasm2c.c $(ATTRIBUTION)/%.dir/attribution_guest.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -Ihost-rt/include -I$(@D) -I$(ATTRIBUTION) -MMD -MP -c -o $@ $<

$(ATTRIBUTION)/%.o: BUILD += -Ihost-rt/include -I$(ATTRIBUTION)
$(ATTRIBUTION)/attribution_host.o: $(ATTRIBUTION)/attribution_host.c
	$(Q)$(CC) $(CPPFLAGS) $(BUILD) -MMD -MP -c -o $@ $<
$(ATTRIBUTION)/host.o: $(ATTRIBUTION)/attribution_host.h

$(B)/tests/guest-rt/attribution-%: $(ATTRIBUTION)/host.o $(ATTRIBUTION)/attribution_host.o $(ATTRIBUTION)/%.dir/attribution_wasm2c.o $(B)/libwithost.a
	$(Q)$(CC) $(BUILD) $(LDFLAGS) -o $@ $^ -lm -lboost_context
