/* rushes-bench-fill.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-bench-fill.h"

#include "rushes-database.h"

/* Of 20 takes 17 are ready, one failed, one was cancelled, one is starred and ready; one in a thousand is about a
 * lighthouse. */
static const char *const filling[] = {
  "PRAGMA synchronous = OFF",
  "BEGIN",
  "INSERT INTO orders SELECT 'bulk', id, 0 FROM projects LIMIT 1",
  "INSERT INTO takes (serial, id, project_id, order_id, place, created, request, provider, model, prompt, state, "
  "starred)"
  " SELECT i + 1, printf ('01900000-0000-7000-8000-%012x', i), (SELECT id FROM projects LIMIT 1), 'bulk', i, 1000000 + "
  "i,"
  " json_object ('version', 1, 'provider', 'kling', 'model', 'kling-v2-6', 'duration', 5, 'prompt', words), 'kling',"
  " 'kling-v2-6', words, CASE i % 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'cancelled' ELSE 'ready' END, i % 20 = 2"
  " FROM (SELECT i, 'Take ' || i || ' of ' || iif (i % 1000 = 7, 'a lighthouse in the fog', 'a paper boat on the rainy "
  "lake')"
  " AS words FROM n)",
  "INSERT INTO attempts (id, take_id, number, runner, state, state_since, submitted, created)"
  " SELECT 'a' || id, id, 1, 'bulk', state, created + 60000000, created, created FROM takes",
  "UPDATE takes SET attempt_id = 'a' || id",
  "INSERT INTO results (attempt_id, number, file, sha256, size, duration, width, height, frame_rate, n_frames, "
  "container,"
  " video_codec) SELECT attempt_id, 0, '2026-01/' || id || '-0.mp4', printf ('%064x', serial), 4000000, 5, 1280, 720, "
  "24,"
  " 120, 'mp4', 'h264' FROM takes WHERE state = 'ready'",
  "INSERT INTO ledger (attempt_id, kind, price, at, day) SELECT id, 'settle', 'free', created, '2026-01-01' FROM "
  "attempts",
  "INSERT INTO takes_text (rowid, prompt, model, provider, project) SELECT serial, prompt, model, provider, 'My "
  "Project'"
  " FROM takes",
  "COMMIT",
};

void
rushes_bench_fill (RushesFolders *folders, guint n)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), "library.db", NULL);
  g_autofree char *numbers = g_strdup_printf ("CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL"
                                              " SELECT i + 1 FROM n WHERE i < %u) SELECT i FROM n",
                                              n - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, &error);

  for (guint i = 0; error == NULL && i <= G_N_ELEMENTS (filling); i++)
    rushes_database_script (database, i == 0 ? numbers : filling[i - 1], &error);
  if (error != NULL)
    g_error ("%s", error->message);
}
