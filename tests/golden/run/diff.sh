# witgen diff: command lines and inputs that are refused.
needs git --version
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
wit w.wit 'world w { import f: func(); }'
says witgen diff
says witgen diff w.wit
says witgen diff w.wit w.wit --format htm
says witgen diff w.wit w.wit --help=yes
says witgen diff w.wit w.wit --fromat text
says witgen diff w.wit missing.wit
says witgen diff git:v1 w.wit
says witgen diff git::w.wit w.wit
says witgen diff git:v1:w.wit w.wit
says witgen diff git:v1:./w.wit w.wit
git init -q repository && cd repository
ln -s /etc/passwd outside.wit && ln -s /etc outside && cp ../w.wit . && git add . && git commit -qm one && git tag v1
says witgen diff git:v1:w.wit git:v2:w.wit
says witgen diff git:v1:w.wit git:v1:x.wit
says witgen diff git:v1:w.wit git:v1:../w.wit
says witgen diff git:v1:w.wit git:v1:outside.wit
says witgen diff git:v1:w.wit git:v1:outside
says witgen diff git:v1:w.wit $'git:v1:\n'
says witgen diff git:v1:w.wit git:v1:w.wit/x
mkdir dir && cp w.wit $'dir/a\nb.wit' && git add . && git commit -qm two
says witgen diff git:v1:w.wit git:HEAD:dir
cd .. && mkdir bin && printf '#!/bin/sh\nexit 1\n' >bin/git && chmod 755 bin/git && cd repository
PATH=../bin:$PATH says witgen diff git:v1:w.wit w.wit
