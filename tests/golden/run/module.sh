# Guests that do not fit the world of their host.
needs wat2wasm --version
for wat in "$root"/tests/host/misfits/*.wat; do
  name=$(basename "$wat" .wat)
  wat2wasm "$wat" -o "$name.wasm"
  says witgen --host --guest-module "$name.wasm" "$root/samples/hello-async/world.wit"
done | sed "s:$root/::"
wit w.wit 'world w { import f: func(s: string); }'
module() { printf "$2" >"$1" && says witgen --host --guest-module "$1" w.wit; }
says witgen --host --guest-module missing.wasm w.wit
mkdir dir
says witgen --host --guest-module dir w.wit
module component.wasm '\0asm\15\0\1\0'
module text.wasm 'text'
module section.wasm '\0asm\1\0\0\0\1\177\1'
module type.wasm '\0asm\1\0\0\0\1\3\1\77\0'
module function.wasm '\0asm\1\0\0\0\3\2\1\0'
section() { printf '\\0\\%o\\%o%s%s' $((${#1} + ${#2} + 1)) ${#1} "$1" "$2"; }
encodings=$(for e in 0 1; do
  component="\\0asm\\15\\0\\1\\0\\0\\31\\26wit-component-encoding\\4\\$e"
  printf '\\0\\62\\16component-type%s' "$component"
done)
module encodings.wasm "\\0asm\\1\\0\\0\\0$encodings"
wat2wasm "$root/tests/host/misfits/import-type.wat" -o excluded.wasm
says witgen --host --exclude demo:hello/timer#wait --guest-module excluded.wasm "$root/samples/hello-async/world.wit" | sed "s:$root/::"
