# Inputs of `witgen diff` in a git repository.
needs git --version
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CEILING_DIRECTORIES=$PWD
wit ok.wit 'interface i {}'
says witgen diff git:HEAD:ok.wit ok.wit
says witgen diff git:HEAD:./ok.wit ok.wit
git init -q .
mkdir -p wit/deps linked/deps
ln -s /etc linked/deps/out && cp ok.wit linked && cp ok.wit wit && cp ok.wit wit/deps/"$(printf 'a\033b.wit')"
git add -A && git -c user.name=t -c user.email=t@t commit -qm one
says witgen diff git:HEAD ok.wit
says witgen diff git::ok.wit ok.wit
says witgen diff "$(printf 'git:HEAD:ok\t.wit')" ok.wit
says witgen diff git:v1:ok.wit ok.wit
says witgen diff git:HEAD:nix.wit ok.wit
says witgen diff git:HEAD:../ok.wit ok.wit
says witgen diff git:HEAD:wit ok.wit
says witgen diff git:HEAD:linked ok.wit
