/* rushes-window-compare.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window-private.h"

#include "rushes-compare-page.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

static void
take_wanted (RushesComparePage *page, RushesTake *take, RushesWindow *self)
{
  rushes_window_open_take (self, take);
}

static void
takes_found (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  RushesStudio *studio = self->studio;
  GPtrArray *finds = data;
  g_autoptr (GPtrArray) takes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  RushesComparePage *page;

  for (guint i = 0; i < finds->len; i++)
    {
      const GValue *value = dex_future_get_value (g_ptr_array_index (finds, i), &error);

      if (value == NULL)
        {
          rushes_toast_error (GTK_WIDGET (self), error);
          return;
        }
      g_ptr_array_add (takes, g_value_get_object (value));
    }

  page = rushes_compare_page_new (rushes_studio_get_library (studio), rushes_studio_get_queue (studio),
                                  rushes_studio_get_registry (studio), rushes_studio_get_thumbnailer (studio), takes);
  g_signal_connect_object (page, "open-take", G_CALLBACK (take_wanted), self, 0);
  rushes_window_push_page (self, ADW_NAVIGATION_PAGE (page));
}

/* Each once, in their order. */
static GPtrArray *
find_takes (RushesWindow *self, const char *const *ids)
{
  RushesLibrary *library = rushes_studio_get_library (self->studio);
  GPtrArray *finds = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < i; j++)
        known = known || g_str_equal (ids[i], ids[j]);
      if (!known)
        g_ptr_array_add (finds, rushes_library_find_take (library, ids[i]));
    }

  return finds;
}

static void
compare_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);
  g_autoptr (GPtrArray) finds = NULL;
  DexFuture *all;

  if (self->studio == NULL)
    return;
  finds = find_takes (self, ids);
  if (finds->len < RUSHES_COMPARE_LEAST || finds->len > RUSHES_COMPARE_MOST)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  all = dex_future_allv ((DexFuture *const *) finds->pdata, finds->len);
  rushes_when (all, self, takes_found, g_steal_pointer (&finds), (GDestroyNotify) g_ptr_array_unref);
}

void
rushes_window_compare_init (RushesWindow *self)
{
  static const GActionEntry actions[] = { { "compare", compare_action, "as", NULL, NULL } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
