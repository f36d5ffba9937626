# Templates of one's own.
wit w.wit 'world w { import f: func(s: string); }'
name=guest/component_type_object.c.in
mkdir -p t/guest
says witgen w.wit --templates nowhere
says witgen w.wit --templates t | sed '/there is a template .[a-fh-z]/d; /there is a template .guest\/[abd-z]/d' # not all of them
cp "$root/templates/$name" "t/$name"
echo '${nothing}' >>"t/$name"
says witgen w.wit --templates t
echo 'nothing' >"t/$name"
says witgen w.wit --templates t
rm "t/$name" && mkdir "t/$name"
says witgen w.wit --templates t
rmdir "t/$name" && mkfifo "t/$name"
says witgen w.wit --templates t
rm "t/$name" && ln -s component_type_object.c.in "t/$name"
says witgen w.wit --templates t
