/* rushes-test-pseudo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Preloaded into the program, this takes its translations from the folder $RUSHES_PSEUDO_LOCALE, and says on standard
 * error which of them are cut off where they stand: what is, nobody can tell from outside. */

#include <dlfcn.h>
#include <libintl.h>
#include <string.h>
#include <gtk/gtk.h>

/* What begins a translation there. */
#define BEGIN "⟦"

/* Milliseconds from one look to the next. */
#define INTERVAL 250

#undef bindtextdomain
G_MODULE_EXPORT char *
bindtextdomain (const char *domain, const char *folder)
{
  char *(*bind) (const char *, const char *) =
      (char *(*) (const char *, const char *) ) dlsym (RTLD_NEXT, "bindtextdomain");

  return bind (domain, g_strcmp0 (domain, "rushes") == 0 ? g_getenv ("RUSHES_PSEUDO_LOCALE") : folder);
}

/* Whether the whole of it is told by whoever points at it. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_has_tooltip (widget))
      return TRUE;
  return FALSE;
}

/* Whether a label has been cut off since the last look; while it moves it may be for a moment. */
static gboolean
is_cut_off (GtkLabel *label)
{
  gboolean cut_off =
      gtk_widget_get_width (GTK_WIDGET (label)) > 0 && pango_layout_is_ellipsized (gtk_label_get_layout (label));
  gboolean before = g_object_get_data (G_OBJECT (label), "cut-off") != NULL;

  g_object_set_data (G_OBJECT (label), "cut-off", cut_off ? label : NULL);
  return cut_off && before;
}

static void
look_at (GtkWidget *widget, GHashTable *said)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));

      if (strstr (text, BEGIN) != NULL && is_cut_off (GTK_LABEL (widget)) && !has_tooltip (widget) &&
          g_hash_table_add (said, g_strdup (text)))
        g_printerr ("cut off at %d pixels, in a %s: %s\n", gtk_widget_get_width (widget),
                    G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), text);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (child, said);
}

static gboolean
look (gpointer said)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    look_at (l->data, said);
  return G_SOURCE_CONTINUE;
}

G_MODULE_EXPORT int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*run) (GApplication *, int, char **) =
      (int (*) (GApplication *, int, char **)) dlsym (RTLD_NEXT, "g_application_run");
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_timeout_add (INTERVAL, look, said);

  return run (application, argc, argv);
}
