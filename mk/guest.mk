# The guest side: libwitguest, for wasm32, and its tests. Included by the Makefile.

, := ,

# What there is. tests/project/lists.test compares with the disk.

GUEST_TASK   := error export hooks queue serial task waitables wake
GUEST_LOOP   := await cancel drain foreign loop queue timer wasip3
GUEST_GO     := channel context coroutine go_await go_stream goroutine parking select wait_group
GUEST_STREAM := copy end lines read_all
GUEST_MODE   := affine native off serial
GUEST_DEBUG  := glue hooks memory moves record waits

GUEST_RT_SRC := $(GUEST_TASK:%=guest-rt/src/task/%.c) $(GUEST_LOOP:%=guest-rt/src/loop/%.c) \
                $(GUEST_GO:%=guest-rt/src/go/%.c) $(GUEST_STREAM:%=guest-rt/src/stream/%.c) guest-rt/src/mode/self.c
GUEST_MODES  := $(GUEST_MODE:%=guest-rt/src/mode/%.c)
GUEST_DEBUG_SRC := $(GUEST_DEBUG:%=guest-rt/src/debug/%.c)
GUEST_HEADERS := $(wildcard guest-rt/include/witguest/*.h guest-rt/src/*/*.h)

# one library a mode; they share all objects but one. They need a compiler and a libc for wasm32 (make deps-test)
GUEST_LIBS   := $(if $(wildcard /usr/include/wasm32-wasi/stdlib.h),$(GUEST_MODE:%=$(B)/wasm/libwitguest-%.a) $(B)/wasm/libwitguest-debug.a)

WASMCC       ?= clang
WASM_AR      ?= llvm-ar
GUEST_CFLAGS ?= -O2
WASM_CFLAGS  := --target=wasm32-wasi -std=c11 $(WARN) -fno-exceptions -ffunction-sections -fdata-sections -Iguest-rt/include

$(B)/wasm/%.o: %.c $(GUEST_HEADERS)
	@mkdir -p $(@D)
	$(call say,wasm $<)
	$(Q)$(WASMCC) $(WASM_CFLAGS) $(GUEST_CFLAGS) -c $< -o $@

$(GUEST_MODE:%=$(B)/wasm/libwitguest-%.a): $(B)/wasm/libwitguest-%.a: $(B)/wasm/guest-rt/src/mode/%.o $(GUEST_RT_SRC:%.c=$(B)/wasm/%.o)
	$(call say,ar $@)
	$(Q)rm -f $@ && $(WASM_AR) rcs $@ $^

# the debug layer, before one of them: <witguest/debug.h>
$(B)/wasm/libwitguest-debug.a: $(GUEST_DEBUG_SRC:%.c=$(B)/wasm/%.o)
	$(call say,ar $@)
	$(Q)rm -f $@ && $(WASM_AR) rcs $@ $^

# Tests: a guest, linked with each library, and its host, in one program: NAME-MODE. What they share is in tests/guest-rt/WORLD.

# NAME:WORLD:GUEST
GUEST_TEST     := attribution:attribution:guest own-loop:attribution:own_loop four-hooks:attribution:own_loop \
                  crossing:attribution:goroutines goroutines:goroutines:guest laws:laws:guest unchanged:hello:serial \
                  debug:debug:guest neighbour:neighbour:guest
GUEST_WORLD    := attribution debug goroutines hello laws neighbour

# in every mode, but the four hooks by themselves are enough for native mode only
four-hooks_MODES := native off
unchanged_MODES  := native serial
# serial mode has no second call at a time, and without attribution there is nothing to report
debug_MODES      := native affine
neighbour_MODES  := native affine
GUEST_TESTS    := $(foreach t,$(GUEST_TEST),$(foreach n,$(firstword $(subst :, ,$(t))),$(patsubst %,$(B)/tests/guest-rt/$(n)-%,$(or $($(n)_MODES),$(GUEST_MODE)))))
GUEST_TEST_SRC := $(GUEST_WORLD:%=tests/guest-rt/%/host.c)

# counted: heap and intrinsics
COUNTED_HEAP := $(addprefix -Wl$(,)--wrap=,malloc calloc realloc aligned_alloc free)
COUNTED      := $(COUNTED_HEAP) $(addprefix -Wl$(,)--wrap=witguest__,thread_get_task thread_set_task task_drop thread_index context_get context_set)

attribution_FILES := tests/runtime/lib/rt.c
attribution_FLAGS := -Itests/runtime/lib $(COUNTED_HEAP)
own-loop_FILES    := $(attribution_FILES)
own-loop_FLAGS    := $(attribution_FLAGS)
four-hooks_FILES  := $(attribution_FILES)
four-hooks_FLAGS  := $(attribution_FLAGS) -DFOUR_HOOKS
crossing_FILES    := $(attribution_FILES)
crossing_FLAGS    := $(attribution_FLAGS)
$(B)/tests/guest-rt/attribution/host.o: BUILD += -Ihost-rt/src/task

unchanged_FILES := samples/hello-async/guest.c
unchanged_FLAGS := $(foreach end,greet greet_callback,-Wl$(,)--wrap=exports_demo_hello_greeter_$(end))

laws_FILES := tests/guest-rt/laws/shared.c tests/runtime/lib/rt.c
laws_FLAGS := -Itests/runtime/lib $(COUNTED)
$(B)/tests/guest-rt/goroutines/host.o: BUILD += -Itests/guest-rt/goroutines
$(B)/tests/guest-rt/laws/host.o: BUILD += -Ihost-rt/src/task -DGUESTS='"$(B)/tests/guest-rt/laws"'

goroutines_WITGEN := --for-task
debug_WITGEN := --debug-hooks
goroutines_FILES := tests/guest-rt/goroutines/streams.c tests/runtime/lib/rt.c
goroutines_FLAGS := -Itests/runtime/lib -Itests/guest-rt/goroutines $(COUNTED_HEAP)

debug_FILES := $(B)/wasm/libwitguest-debug.a
debug_FLAGS := -DWITGUEST_DEBUG -Wl$(,)--wrap=free$(,)--wrap=realloc

# half of its module was made elsewhere: the glue is that of our half, the host's is for both
neighbour_FLAGS := -Wl,--whole-archive tests/guest-rt/neighbour/theirs.lib -Wl,--no-whole-archive
neighbour_GLUE   = $(B)/witgen -w our-side --rename-world neighbour $< --out-dir $(@D) && $(B)/witgen --host -w neighbour $< --out-dir $(@D)

# what goroutines need done to the linked module
ASYNCIFY        := wasm-opt --asyncify --pass-arg=asyncify-ignore-imports -Oz
goroutines_PASS := $(ASYNCIFY)
crossing_PASS   := $(ASYNCIFY)
debug_PASS      := $(ASYNCIFY)

# $(call guest_world,WORLD)
define guest_world
$(B)/tests/guest-rt/$(1)/$(1)_host.c $(B)/tests/guest-rt/$(1)/$(1)_host.h $(B)/tests/guest-rt/$(1)/$(1)_wasm2c.c $(B)/tests/guest-rt/$(1)/$(1).c &: \
    tests/guest-rt/$(1)/world.wit $(B)/witgen
	@mkdir -p $$(@D)
	$$(Q)$(if $($(1)_GLUE),$$($(1)_GLUE),$(B)/witgen --guest --host $($(1)_WITGEN) $$< --out-dir $$(@D))
	@touch $$(@D)/$(1)*.[ch]

$(B)/tests/guest-rt/$(1)/%.o: BUILD += -Ihost-rt/include -I$(B)/tests/guest-rt/$(1)
$(B)/tests/guest-rt/$(1)/$(1)_host.o: $(B)/tests/guest-rt/$(1)/$(1)_host.c
	$$(Q)$$(CC) $$(CPPFLAGS) $$(BUILD) -MMD -MP -c -o $$@ $$<
$(B)/tests/guest-rt/$(1)/host.o: $(B)/tests/guest-rt/$(1)/$(1)_host.h
endef

# $(call guest_test,NAME,WORLD,GUEST): $* is the mode; NAME_FILES and NAME_FLAGS are more of the guest, NAME_PASS rewrites it
define guest_test
$(B)/tests/guest-rt/$(2)/$(1)-%.dir/$(2)_guest.c: tests/guest-rt/$(2)/$(3).c $($(1)_FILES) $(B)/tests/guest-rt/$(2)/$(2).c $(B)/wasm/libwitguest-%.a
	@mkdir -p $$(@D)
	$$(Q)$$(WASMCC) $$(WASM_CFLAGS) $$(GUEST_CFLAGS) -mexec-model=reactor -I$(B)/tests/guest-rt/$(2) -Wl,--strip-all,--gc-sections \
	  $($(1)_FLAGS) $$(filter %.c,$$^) $$(filter %.a,$$^) -o $$(@D)/guest.wasm
	$(if $($(1)_PASS),$$(Q)$($(1)_PASS) $$(@D)/guest.wasm -o $$(@D)/guest.wasm)
	$$(Q)wasm2c -n $(2) $$(@D)/guest.wasm -o $$@

$(B)/tests/guest-rt/$(2)/$(1)-%.dir/$(2)_wasm2c.o: $(B)/tests/guest-rt/$(2)/$(2)_wasm2c.c $(B)/tests/guest-rt/$(2)/$(1)-%.dir/$(2)_guest.c
	$$(Q)$$(CC) $$(CPPFLAGS) $$(BUILD) -I$$(@D) -MMD -MP -c -o $$@ $$<

$(B)/tests/guest-rt/$(1)-%: $(B)/tests/guest-rt/$(2)/host.o $(B)/tests/guest-rt/$(2)/$(2)_host.o $(B)/tests/guest-rt/$(2)/$(1)-%.dir/$(2)_wasm2c.o $(B)/libwithost.a
	$$(Q)$$(CC) $$(BUILD) $$(LDFLAGS) -o $$@ $$^ -lm -lboost_context
endef

part = $(word $(1),$(subst :, ,$(2)))
$(foreach w,$(GUEST_WORLD),$(eval $(call guest_world,$(w))))
$(foreach t,$(GUEST_TEST),$(eval $(call guest_test,$(call part,1,$(t)),$(call part,2,$(t)),$(call part,3,$(t)))))

check-guest: $(GUEST_TESTS)
	@tests/run $(B)/logs $(GUEST_TESTS)

.PHONY: check-guest
-include $(wildcard $(B)/tests/guest-rt/*/*.d)
