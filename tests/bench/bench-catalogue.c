/* bench-catalogue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How quick the list of all models is: bench-catalogue, under a display. Figures are milliseconds of the main thread's
 * own processor time until the list is in its place. */

#include "config.h"

#include <stdio.h>
#include <time.h>

#include "rushes-catalogue-dialog.h"
#include "rushes-favourites.h"
#include "rushes-set.h"
#include "rushes-settings.h"

#define PROVIDERS 4
#define MODELS    500 /* of each */

static double
get_cpu (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  return (double) cpu.tv_sec * 1000 + (double) cpu.tv_nsec / 1e6;
}

/* As a description has them that knows much of each: rules, and prices in several cases. */
static char *
write_models (guint provider)
{
  GString *json = g_string_new (NULL);

  g_string_printf (json,
                   "{\"version\":1,\"id\":\"mill%u\",\"name\":\"Mill %u\"," RUSHES_SET_SERVICE
                   ",\"slots\":4,\"default_model\":\"m0\",\"models\":[",
                   provider, provider);
  for (guint i = 0; i < MODELS; i++)
    g_string_append_printf (
        json,
        "%s{\"id\":\"m%u\",\"name\":\"Mill %u.%u\",\"durations\":[%u,10],\"resolutions\":[\"720p\",\"1080p\"],"
        "\"aspects\":[\"16:9\",\"9:16\",\"1:1\"],\"inputs\":{\"first_frame\":\"optional\",\"references\":%u},"
        "\"prompt\":{\"input\":\"optional\"},\"seed\":true,\"audio\":%s,\"rules\":[{\"when\":{\"resolutions\":["
        "\"1080p\"]},"
        "\"durations\":[10]}],\"prices\":[{\"amount\":\"0.%02u\",\"currency\":\"USD\",\"per\":\"second\",\"as_of\":"
        "\"2026-08-01\","
        "\"source\":\"https://mill.example/"
        "\",\"when\":{\"resolutions\":[\"1080p\"]}},{\"amount\":\"0.%02u\",\"currency\":\"USD\","
        "\"per\":\"second\",\"as_of\":\"2026-08-01\",\"source\":\"https://mill.example/\"}]}",
        i > 0 ? "," : "", i, i / 10, i % 10, 2 + i % 7, i % 4, i % 3 == 0 ? "true" : "false", 10 + i % 80, 5 + i % 40);
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

/* Until nothing more is to be done at once. */
static void
settle (RushesSet *set)
{
  rushes_test_await_rest (GTK_WIDGET (set->window));
}

static void
tell (const char *what, double since)
{
  printf ("%-40s %8.1f\n", what, get_cpu () - since);
  fflush (stdout);
}

static void
find (RushesSet *set, AdwDialog *dialog, GtkEditable *entry, const char *words)
{
  g_autofree char *what = g_strdup_printf ("“%s” is typed", words);
  double since = get_cpu ();

  gtk_editable_set_text (entry, words);
  tell (what, since);
  settle (set);
  tell ("  and shown", since);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) mills = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSettings) settings = NULL;
  AdwDialog *dialog;
  GtkEditable *entry;
  double since;

  rushes_test_init (&argc, &argv);
  {
    g_autoptr (RushesSet) set = rushes_set_open ();

    settings = rushes_settings_get ();
    for (guint i = 0; i < PROVIDERS; i++)
      {
        g_autofree char *json = write_models (i);

        g_ptr_array_add (mills, rushes_set_new_provider (json, NULL));
      }
    since = get_cpu ();
    for (guint i = 0; i < PROVIDERS; i++)
      rushes_registry_add (set->registry, mills->pdata[i]);
    tell ("the composer's own list has them", since);
    rushes_set_compose (set);
    settle (set);
    since = get_cpu ();
    rushes_provider_emit_changed (mills->pdata[0]);
    tell ("a provider has news, no list open", since);

    since = get_cpu ();
    dialog = rushes_composer_show_models (set->composer);
    tell ("the list is made", since);
    settle (set);
    tell ("  and shown", since);
    entry = GTK_EDITABLE (rushes_set_find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY, NULL));
    find (set, dialog, entry, "m");
    find (set, dialog, entry, "mi");
    find (set, dialog, entry, "mill 19");
    find (set, dialog, entry, "mill 1");
    find (set, dialog, entry, "");
    since = get_cpu ();
    g_settings_set_string (settings, "model-sort", "price");
    tell ("sorted by price, reckoned for the first time", since);
    settle (set);
    tell ("  and shown", since);
    since = get_cpu ();
    g_settings_set_string (settings, "model-sort", "name");
    settle (set);
    tell ("sorted by name", since);
    since = get_cpu ();
    rushes_draft_set_duration (rushes_set_draft (set), 8);
    settle (set);
    tell ("another length in the composer", since);
    since = get_cpu ();
    rushes_favourites_set (rushes_provider_find_model (mills->pdata[0], "m7"), TRUE);
    settle (set);
    tell ("a star", since);
    adw_dialog_force_close (dialog);
    settle (set);
  }
  return 0;
}
