# Components that run, and are damaged or ask for too much; then what is refused in the component-type section of a module.
hex() { printf "$(sed 's/../\\x&/g' <<<"$2")" >"$1"; }
header=0061736d0d000100
while read -r name bytes; do
  hex "$name.wasm" "$header$bytes"
  says witgen --json "$name.wasm"
done <<'END'
alias-of-a-component-that-is-not-there 06050104020005
alias-of-an-item-of-another-kind 070c014202017d040001740300000a0601000169050006060101000001740b0100
alias-of-something-that-the-instance-does-not-export 070c014202017d040001740300000a06010001690500060601010000017800
argument-that-is-given-twice 0702017d04080061736d0d000100050c010000020161030001610300
export-of-a-kind-that-wit-does-not-have 0601000b080100016100110000
instance-of-a-component-without-something-that-it-imports 04170061736d0d000100070501400001000a06010001610100050401000000
resource-with-an-unknown-representation 0704013f7c0006010000
section-of-a-kind-that-is-not-read 0c0100
unknown-canonical-function 0802013f
unknown-component-index 050401000500
unknown-form-of-instance 05020107
unknown-index 0b07010001610105000a0100
unknown-option-of-a-canonical-function 080701000000017700
values-or-something-newer-which-are-not-read 060401020000
END

leb() { local n=$1; while [ "$n" -gt 127 ]; do printf %02x $((n % 128 + 128)); n=$((n / 128)); done; printf %02x "$n"; }
# nest LEVELS INSTANCES: a component with INSTANCES instances of one inside that has as many of one inside it, and so on.
nest() {
  local inner=$header instances
  instances=$(leb "$2")$(for ((i = 0; i < $2; i++)); do printf 000000; done)
  for ((level = 0; level < $1; level++)); do
    inner=${header}04$(leb $((${#inner} / 2)))${inner}05$(leb $((${#instances} / 2)))$instances
  done
  hex nested.wasm "$inner"
}
nest 40 1
says witgen --json nested.wasm
nest 8 16
says witgen --json nested.wasm

module=0061736d01000000
name=0e636f6d706f6e656e742d74797065
hex module.wasm "${module}0019$name${header}c700"
says witgen --json module.wasm
hex module.wasm "${module}0017$name$header"
says witgen --json module.wasm
