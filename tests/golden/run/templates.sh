# Templates of one's own.
wit w.wit 'world w { import f: func(s: string); }'
mkdir -p t/guest
says witgen w.wit --templates nowhere
says witgen w.wit --templates t
cp "$root/templates/guest/header.h.in" t/guest/header.in
says witgen w.wit --templates t
mv t/guest/header.in t/guest/header.h.in
echo '${nothing}' >>t/guest/header.h.in
says witgen w.wit --templates t
echo 'nothing' >t/guest/header.h.in
says witgen w.wit --templates t
rm t/guest/header.h.in && mkdir t/guest/header.h.in
says witgen w.wit --templates t
