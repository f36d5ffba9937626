# What is installed, and where: one list. `make install`, `make uninstall` and `make deb` follow it. Included by the Makefile.

PREFIX  ?= /usr/local
# below PREFIX: where programs for this machine find libraries (Debian: lib/x86_64-linux-gnu)
LIBDIR  ?= lib
VERSION := $(shell sed -n 's/^\#define WITGEN_VERSION "\(.*\)"/\1/p' gen/support/version.h)

# below PREFIX: where zsh looks for completions (Debian: share/zsh/vendor-completions)
ZSHDIR  ?= share/zsh/site-functions

# $(call into,DIRECTORY,FILES): words that scripts/install-files understands. Files that end in .pc.in, .cmake.in and .mk.in have
# holes for version and directories, and are installed without .in
into = $(patsubst %,$(1)=%,$(2))

# Everything, by the package that it belongs to. pkg-config's files and CMake's find the guest libraries of three modes; the fourth
# is for measuring. A library that could not be built here has no pkg-config file either.
INSTALL_witgen := $(call into,bin,$(B)/witgen) \
                  $(call into,share/man/man1,docs/witgen.1 docs/witgen-diff.1) \
                  $(call into,share/bash-completion/completions,$(B)/completion/bash/witgen) \
                  $(call into,$(ZSHDIR),$(B)/completion/zsh/_witgen) \
                  $(call into,share/fish/vendor_completions.d,$(B)/completion/fish/witgen.fish) \
                  $(call into,share/witgen,docs/witgen.schema.json) \
                  $(call into,share/witgen/templates,templates/README.md) \
                  $(call into,share/witgen/templates/guest,$(filter templates/guest/%,$(TEMPLATES))) \
                  $(call into,share/witgen/templates/host,$(filter templates/host/%,$(TEMPLATES))) \
                  $(call into,share/cmake/witgen,$(wildcard gen/install/*.cmake) $(B)/install/witgen-config-version.cmake.in)

INSTALL_libwithost-dev := $(call into,include/withost,$(sort $(wildcard host-rt/include/withost/*.h))) \
                          $(call into,$(LIBDIR),$(HOST_LIBS)) \
                          $(call into,$(LIBDIR)/pkgconfig,$(HOST_LIBS:$(B)/lib%.a=host-rt/install/%.pc.in)) \
                          $(call into,share/witgen,mk/wasm2c.mk) \
                          $(call into,share/cmake/withost,host-rt/install/withost-config.cmake.in $(B)/install/withost-config-version.cmake.in) \
                          $(call into,share/man/man3,docs/withost.3)

GUEST_PC := $(if $(GUEST_LIBS),$(filter-out %-off.pc.in,$(GUEST_MODE:%=$(B)/install/witguest-%.pc.in)))
INSTALL_libwitguest-dev := $(if $(GUEST_LIBS),$(call into,include/witguest,$(sort $(wildcard guest-rt/include/witguest/*.h))) \
                          $(call into,lib/wasm32-wasi,$(filter-out %-off.a,$(GUEST_LIBS))) \
                          $(call into,share/cmake/witguest,$(wildcard guest-rt/install/*.cmake guest-rt/install/*.cmake.in)) \
                          $(call into,share/pkgconfig,$(GUEST_PC)) \
                          $(call into,share/man/man3,docs/witguest.3))

PACKAGES     := witgen libwithost-dev libwitguest-dev
INSTALLED    := $(foreach package,$(PACKAGES),$(INSTALL_$(package)))
INSTALL_FROM := $(foreach word,$(INSTALLED),$(lastword $(subst =, ,$(word))))
INSTALL_FILES = DESTDIR='$(DESTDIR)' VERSION='$(VERSION)' LIBDIR='$(LIBDIR)' scripts/install-files

$(B)/install/witguest-%.pc.in: guest-rt/install/witguest.pc.in
	@mkdir -p $(@D)
	$(Q)sed 's,@MODE@,$*,' $< >$@

# one rule for versions of all packages
$(B)/install/%-config-version.cmake.in: guest-rt/install/witguest-config-version.cmake.in
	@mkdir -p $(@D)
	$(Q)sed 's,witguest_,$*_,g' $< >$@.$$$$ && mv $@.$$$$ $@

$(B)/completion/bash/witgen $(B)/completion/zsh/_witgen $(B)/completion/fish/witgen.fish: $(B)/witgen
	@mkdir -p $(@D)
	$(Q)$< --completion $(notdir $(@D)) >$@.$$$$ && mv $@.$$$$ $@

install: all $(INSTALL_FROM)
	$(call say,install to $(DESTDIR)$(PREFIX))
	$(Q)$(INSTALL_FILES) install '$(PREFIX)' $(INSTALLED)

uninstall:
	$(call say,uninstall from $(DESTDIR)$(PREFIX))
	$(Q)$(INSTALL_FILES) uninstall '$(PREFIX)'

# PACKAGE=name: one package's share of it, as `make deb` wants it
stage: all $(INSTALL_FROM)
	$(Q)$(INSTALL_FILES) stage '$(PREFIX)' $(INSTALL_$(PACKAGE))

deb:
	+$(Q)scripts/deb $(B)/deb

.PHONY: install uninstall stage deb
