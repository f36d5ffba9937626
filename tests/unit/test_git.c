/*
 * WIT out of git: `git:REV:PATH` gives what a checkout of the revision gives.
 *
 * Oracle: the same input on disk. The whole corpus of the reference parser is committed, and every file and directory of
 * it is resolved both ways: the models must be equal as JSON, the refusals equal but for the names of files. Then a
 * repository with everything that names and links can do.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/json.h"
#include "review/input.h"

typedef struct outcome {
  arena arena;
  diag diag;
  bool ok;
  str text; /* JSON, or the messages */
} outcome;

static void outcome_of(outcome *o, const char *input) {
  resolve_options options = {.all_features = true};
  resolved result;
  arena_init(&o->arena);
  diag_init(&o->diag, &o->arena);
  o->ok = review_input_load(str_copy(&o->arena, str_of(input)), &options, &o->arena, &o->diag, &result);
  if (o->ok) {
    o->text = model_json(&result.model, &o->arena);
    return;
  }
  char *text;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  diag_print(&o->diag, out, false);
  fclose(out);
  o->text = str_copy(&o->arena, (str){text, length});
  free(text);
}

/* `text` without every `what` */
static str without(arena *a, str text, const char *what) {
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < text.len;) {
    if (str_starts_with(str_sub(text, i, text.len), what)) {
      i += strlen(what);
    } else {
      buf_add_byte(&b, text.ptr[i++]);
    }
  }
  return buf_str(&b);
}

/* Carets and messages are the same but for "HEAD:". What the disk says of a missing file is in other words. */
static void assert_same(const char *path) {
  outcome disk, git;
  outcome_of(&disk, path);
  outcome_of(&git, str_format(&disk.arena, "git:HEAD:%s", path).ptr);
  str have = without(&git.arena, git.text, "HEAD:");
  if (disk.ok != git.ok || !str_eq(have, disk.text)) {
    fail_msg("%s: from git\n%.*s\nfrom disk\n%.*s", path, STR_ARG(str_sub(have, 0, 2000)),
             STR_ARG(str_sub(disk.text, 0, 2000)));
  }
  arena_release(&git.arena);
  arena_release(&disk.arena);
}

static void run(const char *command) {
  assert_int_equal(system(command), 0);
}

/* In a repository with the corpus; the work tree is the checkout. */
static int start_repository(void **state) {
  char *dir = strdup("/tmp/witgen-git-XXXXXX"), from[4096], command[8192];
  assert_non_null(mkdtemp(dir));
  assert_non_null(getcwd(from, sizeof from));
  snprintf(command, sizeof command,
           "cp -r '%s/../shared/corpus/.' '%s' && cd '%s' && git init -q -b main . && git config user.name t && "
           "git config user.email t@t && git add -A -f . && git commit -q -m corpus",
           from, dir, dir);
  setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
  run(command);
  assert_int_equal(chdir(dir), 0);
  *state = dir;
  return 0;
}

static int end_repository(void **state) {
  char command[256];
  snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
  run(command);
  free(*state);
  return 0;
}

static unsigned compare_directory(const char *dir, unsigned *files) {
  DIR *d = opendir(*dir == '\0' ? "." : dir);
  unsigned done = 0;
  assert_non_null(d);
  for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
    char path[1024];
    struct stat st;
    snprintf(path, sizeof path, "%s%s", dir, e->d_name);
    size_t length = strlen(path);
    if (e->d_name[0] == '.' || stat(path, &st) != 0) {
      continue;
    }
    bool is_file = S_ISREG(st.st_mode) && length > 4 && strcmp(path + length - 4, ".wit") == 0;
    if (is_file || S_ISDIR(st.st_mode)) {
      assert_same(path);
      done++;
      *files += is_file;
    }
  }
  closedir(d);
  return done;
}

static void a_revision_gives_what_a_checkout_gives(void **state) {
  (void)state;
  static const char *const dirs[] = {"", "wit-ui/", "wit-ui/parse-fail/", "wasi-0.3.0/"};
  unsigned files = 0, all = 0;
  for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++) {
    all += compare_directory(dirs[i], &files);
  }
  assert_true(files > 100 && all > files + 20);
}

static void assert_refused(const char *input, const char *message) {
  outcome o;
  outcome_of(&o, input);
  assert_false(o.ok);
  if (strstr(str_c(&o.arena, o.text), message) == NULL) {
    fail_msg("'%s' is not in: %.*s", message, STR_ARG(o.text));
  }
  arena_release(&o.arena);
}

static void what_is_no_input_is_refused(void **state) {
  (void)state;
  assert_refused("git:", "is not git:REVISION:PATH");
  assert_refused("git:HEAD", "is not git:REVISION:PATH");
  assert_refused("git::x.wit", "is not git:REVISION:PATH");
  assert_refused("git:HEAD\n:x.wit", "has control characters");
  assert_refused("git:nix:x.wit", "git has no revision 'nix', or more than one");
  assert_refused("git:--help:x.wit", "git has no revision '--help'");
  assert_refused("git:HEAD:nix.wit", "cannot read 'HEAD:nix.wit': the revision has no such file");
  assert_refused("git:HEAD:../x.wit", "leads out of the repository");
  assert_refused("git:HEAD:wit-ui/../../x.wit", "leads out of the repository");
  assert_refused("git:HEAD:/etc/passwd", "the revision has no such file");
}

/* A package with a dependency behind links of every kind; `-x` and the like are names as others. */
static void names_and_links_are_harmless(void **state) {
  (void)state;
  run("mkdir -p l/deps far -- '-x' 'a b' && cd l && echo 'package a:b; world w { import c:d/i; }' >w.wit && "
      "echo 'package c:d; interface i {}' >../far/i.wit && ln -s ../../far deps/in && cp w.wit ../-x/-y.wit && "
      "cp ../far/i.wit '../a b/%s.wit' && cd .. && ln -s l alias && ln -s nowhere dangling.wit && ln -s loop.wit loop.wit && "
      "cp far/i.wit ':(top)x.wit' && git add -A . && git commit -q -m links");
  assert_same("l");
  assert_same("alias");
  assert_same("a b");
  assert_same("a b/%s.wit");
  assert_same(":(top)x.wit");
  assert_refused("git:HEAD:-x/-y.wit", "HEAD:-x/-y.wit:1:31: error: package 'c:d' not found");
  assert_refused("git:HEAD:dangling.wit", "the revision has no such file");
  assert_refused("git:HEAD:loop.wit", "the revision has no such file");
  run("ln -sfn /etc l/deps/out && git add -A . && git commit -q -m out");
  assert_refused("git:HEAD:l", "it is behind a symbolic link to '/etc', outside of the repository");
  run("rm l/deps/out && ln -sfn ../../../.. l/deps/up && git add -A . && git commit -q -m up");
  assert_refused("git:HEAD:l", "outside of the repository");
}

/* Entries that git writes only when told to: no checkout could make them, so they are not there. */
static void answer_of(const char *command, char *out, size_t size) {
  FILE *f = popen(command, "r");
  assert_non_null(f);
  assert_non_null(fgets(out, (int)size, f));
  out[strcspn(out, "\n")] = '\0';
  assert_int_equal(pclose(f), 0);
}

static void add_entry(FILE *tree, const char *name, const char *id) {
  fprintf(tree, "100644 %s", name);
  fputc(0, tree);
  for (unsigned byte; *id != '\0' && sscanf(id, "%2x", &byte) == 1; id += 2) {
    fputc((int)byte, tree);
  }
}

static void hostile_trees_lead_nowhere(void **state) {
  (void)state;
  char blob[80], tree[80], command[256];
  answer_of("printf 'package a:b; interface i {}' | git hash-object -w --stdin", blob, sizeof blob);
  FILE *f = fopen("tree.bin", "wb");
  assert_non_null(f);
  add_entry(f, "../../etc/x.wit", blob);
  add_entry(f, "..", blob);
  add_entry(f, "a/b.wit", blob);
  add_entry(f, "ok.wit", blob);
  fclose(f);
  answer_of("git hash-object -w -t tree --literally tree.bin", tree, sizeof tree);
  snprintf(command, sizeof command, "git update-ref refs/heads/hostile $(git commit-tree -m hostile %s)", tree);
  run(command);
  outcome o;
  outcome_of(&o, "git:hostile:");
  assert_true(o.ok);
  arena_release(&o.arena);
}

static void paths_may_start_where_one_is(void **state) {
  (void)state;
  outcome top, here;
  outcome_of(&top, "git:HEAD:wit-ui/types.wit");
  assert_int_equal(chdir("wasi-0.3.0"), 0);
  outcome_of(&here, "git:HEAD:../wit-ui/./types.wit");
  assert_true(top.ok && here.ok && str_eq(top.text, here.text));
  arena_release(&here.arena);
  arena_release(&top.arena);
  outcome_of(&here, "git:HEAD:./random");
  assert_true(here.ok);
  arena_release(&here.arena);
  assert_refused("git:HEAD:../../x", "leads out of the repository");
  assert_int_equal(chdir(".."), 0);
}

static void git_itself_may_fail(void **state) {
  (void)state;
  setenv("GIT_DIR", "/nonexistent", 1);
  assert_refused("git:HEAD:x.wit", "git says: not a git repository: '/nonexistent'");
  assert_refused("git:HEAD:./x.wit", "git says: not a git repository: '/nonexistent'");
  unsetenv("GIT_DIR");
  char *path = strdup(getenv("PATH"));
  setenv("PATH", "/nonexistent", 1);
  assert_refused("git:HEAD:x.wit", "cannot read 'git:HEAD:x.wit': cannot run 'git': No such file or directory");
  setenv("PATH", path, 1);
  free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_revision_gives_what_a_checkout_gives), cmocka_unit_test(what_is_no_input_is_refused),
      cmocka_unit_test(names_and_links_are_harmless),           cmocka_unit_test(hostile_trees_lead_nowhere),
      cmocka_unit_test(paths_may_start_where_one_is),           cmocka_unit_test(git_itself_may_fail),
  };
  return cmocka_run_group_tests_name("git", tests, start_repository, end_repository);
}
