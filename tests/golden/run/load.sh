# Inputs that are not there, or are something else.
says witgen missing.wit
mkdir dir && touch dir/README && mkdir dir.wit
says witgen dir
mkfifo pipe.wit
says witgen pipe.wit
truncate -s 1073741825 large.wit
says witgen large.wit
echo '(component)' >text.wat
says witgen text.wat
wit ok.wit 'interface i {}'
mkdir -p sub/deps/x && cp ok.wit sub/ && ln -s nowhere sub/deps/gone
says witgen sub
