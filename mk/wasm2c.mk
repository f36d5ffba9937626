# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# For makefiles of hosts: from a guest's .wasm to an object, with Debian's wabt. Example, for a world named `hello`:
#
#   include /path/to/witgen/mk/wasm2c.mk
#   $(eval $(call withost_guest,hello,guest.wasm,gen,world.wit))
#
#   host: host.o gen/hello_host.o gen/hello_wasm2c.o
#           $(CC) -o $@ $^ $(WITHOST_LIBS)
#
# $(call withost_guest,WORLD,WASM,DIR,WIT) makes DIR/WORLD_wasm2c.o of WASM, and DIR/WORLD_host.h and .c of WIT; before that
# it checks that WASM fits the world, and how it encodes strings. WIT may have options of witgen beside the path, and may be a
# directory; all that is read counts, and what stays as it was is not compiled again. Without WIT
# the files of `witgen --host` have to be in DIR already. Two
# guests in one program need two worlds' names (wasm2c's names are global), or one of them its own DIR and WORLD.
# A guest of a megabyte takes a minute at -O2: set WITHOST_GUEST_CFLAGS=-O1.

# This file is in mk/ of the sources, or in share/witgen/ below the prefix of `make install`.
WITHOST_MK           := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
WITHOST_SOURCES      := $(if $(wildcard $(WITHOST_MK)../host-rt/include),$(abspath $(WITHOST_MK)..))
WITHOST_PREFIX       ?= $(abspath $(WITHOST_MK)../..)
# Debian has libraries in a directory for each architecture.
WITHOST_BUILD        ?= $(if $(WITHOST_SOURCES),$(WITHOST_SOURCES)/build,$(patsubst %/,%,$(dir $(firstword $(wildcard \
                          $(WITHOST_PREFIX)/lib/libwithost.a $(WITHOST_PREFIX)/lib/$(shell $(CC) -print-multiarch)/libwithost.a)))))
WITHOST_CPPFLAGS     ?= -I$(if $(WITHOST_SOURCES),$(WITHOST_SOURCES)/host-rt/include,$(WITHOST_PREFIX)/include)
WITHOST_GUEST_CFLAGS ?= -O2
# The last is needed by guests that block on their own stack only.
WITHOST_LIBS         ?= $(WITHOST_BUILD)/libwithost.a -lm -lboost_context
WASM2C               ?= wasm2c
WITGEN               ?= $(if $(WITHOST_SOURCES),$(WITHOST_BUILD)/witgen,$(WITHOST_PREFIX)/bin/witgen)

define withost_guest
$(if $(4),$(3)/$(1)_witgen.stamp: $(2) $(filter %.wit,$(4))
	@mkdir -p $(3)
	$$(WITGEN) --host --guest-module $(2) --out-dir $(3) $(4) --depfile $(3)/$(1)_witgen.d -MT $$@
	@touch $$@
$(3)/$(1)_host.h $(3)/$(1)_host.c $(3)/$(1)_wasm2c.c: $(3)/$(1)_witgen.stamp ;
-include $(3)/$(1)_witgen.d
$(3)/$(1)_host.o: $(3)/$(1)_host.c $(3)/$(1)_host.h)
$(3)/$(1)_guest.c: $(2)
	@mkdir -p $(3)
	$$(WASM2C) -n $(1) $$< -o $$@
$(3)/$(1)_wasm2c.o: $(3)/$(1)_wasm2c.c $(3)/$(1)_guest.c
	$$(CC) $$(CPPFLAGS) $$(WITHOST_CPPFLAGS) $$(CFLAGS) $$(WITHOST_GUEST_CFLAGS) -I$(3) -c -o $$@ $$<
endef
