/* bench-animatic.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "rushes-core.h"
#include "rushes-picture-reader.h"
#include "rushes-render.h"

/* How fast clips are rendered on this computer: bench-animatic PICTURE. Each is rendered once to warm up and once for
 * the figures. */

#define SECONDS 5

typedef struct
{
  const char *title;
  int width;
  int height;
  int frame_rate;
  gboolean picture;
  const char *text;
  gboolean caption;
} Case;

static const Case cases[] = {
  { "480p30 picture", 854, 480, 30, TRUE, "", FALSE },
  { "720p30 picture", 1280, 720, 30, TRUE, "", FALSE },
  { "720p30 picture, caption", 1280, 720, 30, TRUE, "evening light over the harbour", TRUE },
  { "720p30 title card", 1280, 720, 30, FALSE, "The paper boat", FALSE },
  { "720p60 picture", 1280, 720, 60, TRUE, "", FALSE },
  { "1080p30 picture", 1920, 1080, 30, TRUE, "", FALSE },
  { "1080p60 picture", 1920, 1080, 60, TRUE, "", FALSE },
};

static double
get_cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static gboolean
run (const Case *one, GFile *picture, const RushesPictureFacts *facts, const char *path)
{
  g_autoptr (RushesShot) shot = g_new0 (RushesShot, 1);
  double wall = 0, cpu = 0;

  shot->width = one->width;
  shot->height = one->height;
  shot->frame_rate = one->frame_rate;
  shot->n_frames = SECONDS * one->frame_rate;
  shot->seed = 1;
  shot->audio = TRUE;
  shot->move = g_strdup ("push-in");
  shot->text = g_strdup (one->text);
  shot->caption = one->caption;
  if (one->picture)
    {
      shot->picture = g_object_ref (picture);
      shot->picture_name = g_file_get_basename (picture);
      shot->picture_width = facts->width;
      shot->picture_height = facts->height;
    }

  for (int round = 0; round < 2; round++)
    {
      g_auto (RushesRenderReport) report = { 0 };
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      double cpu_start = get_cpu_seconds ();

      if (!rushes_render (shot, path, NULL, NULL, NULL, NULL, &report, &error))
        {
          g_printerr ("%s: %s\n", one->title, error->message);
          return FALSE;
        }
      wall = (g_get_monotonic_time () - start) / 1e6;
      cpu = get_cpu_seconds () - cpu_start;
    }
  printf ("%-26s %7.1f fps %6.1f × real time %8.1f ms of processor a frame\n", one->title, shot->n_frames / wall,
          SECONDS / wall, 1000 * cpu / shot->n_frames);
  fflush (stdout);

  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) picture = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  RushesPictureFacts facts;
  gboolean fine = TRUE;

  if (argc != 2)
    {
      g_printerr ("Usage: %s PICTURE\n", argv[0]);
      return 2;
    }
  rushes_core_init ();
  picture = g_file_new_for_commandline_arg (argv[1]);
  if (!(pixbuf = rushes_picture_read (picture, argv[1], 64, &facts, &error)))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  path = g_strdup_printf ("%s/rushes-bench-%d.mp4", g_get_tmp_dir (), (int) getpid ());
  for (guint i = 0; fine && i < G_N_ELEMENTS (cases); i++)
    fine = run (&cases[i], picture, &facts, path);
  g_unlink (path);

  return fine ? 0 : 1;
}
