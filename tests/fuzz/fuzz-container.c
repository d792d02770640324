/* fuzz-container.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A file that a service says is a clip. */

#include <string.h>

#include "rushes-container-private.h"
#include "rushes-error.h"
#include "rushes-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (RushesByteSource) source = rushes_byte_source_new (bytes);
  RushesClipFacts facts;
  g_autoptr (GError) error = NULL;

  if (rushes_container_read_facts_from (source, &facts, &error))
    {
      g_assert_no_error (error);
      g_assert_cmpint (facts.size, ==, size);
      g_assert_true (facts.width > 0 && facts.height > 0);
      g_assert_true (facts.duration >= 0 && facts.duration < 1e9);
      g_assert_true (facts.frame_rate >= 0 && facts.frame_rate <= 1000);
      g_assert_nonnull (facts.container);
    }
  else
    {
      rushes_fuzz_check_error (error);
      g_assert_cmpint (error->code, ==, RUSHES_ERROR_MEDIA);
    }

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  rushes_fuzz_add_files (seeds, "tests/core/container/media", ".mp4", G_MAXSIZE);
  rushes_fuzz_add_files (seeds, "tests/core/container/media", ".mov", G_MAXSIZE);
  rushes_fuzz_add_files (seeds, "tests/core/container/media", ".webm", G_MAXSIZE);
  rushes_fuzz_add_files (seeds, "tests/core/container/media", ".mkv", G_MAXSIZE);
  rushes_fuzz_add_text (seeds, "#EXTM3U\n#EXT-X-VERSION:3\n");
  rushes_fuzz_add_text (seeds, "<!DOCTYPE HTML><title>404</title>");
}
