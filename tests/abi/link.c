/* The user's part of the link test: defines the export, uses the import, so that both ends of the glue count. */
#include "linked_world.h"

uint32_t exports_linked_world_run(void) {
  linked_world_string_t text;
  linked_world_string_set(&text, "hello");
  test_link_log_write(&text);
  return 42;
}
