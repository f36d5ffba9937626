# witgen: WIT in, C out.   make | make demo | make check | make help

CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wshadow
B       := build
SANITIZE ?=
SAN     := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
GEN_FLAGS := -std=c11 $(WARN) -D_XOPEN_SOURCE=700 -Igen

GEN_SRC := $(wildcard gen/*/*.c)
GEN_OBJ := $(GEN_SRC:%.c=$(B)/%.o)

all: $(B)/witgen

$(B)/witgen: $(B)/gen/main.o $(GEN_OBJ)
	$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ -ljansson

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(GEN_FLAGS) $(SAN) -MMD -MP -c -o $@ $<

clean:
	rm -rf $(B)

.PHONY: all clean
-include $(GEN_OBJ:.o=.d) $(B)/gen/main.d
