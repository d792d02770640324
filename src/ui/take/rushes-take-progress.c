/* rushes-take-progress.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-progress.h"

#include <glib/gi18n.h>

#include "rushes-take-words.h"
#include "rushes-ui.h"

struct _RushesTakeProgress
{
  AdwBin parent_instance;

  RushesTake *take;
  GtkPicture *picture;
  GtkLabel *stage;
  GtkProgressBar *bar;
  GtkLabel *elapsed;
  GtkWidget *late;
  GtkButton *cancel;
  GtkLabel *warning;
  double typical; /* seconds, 0 unknown */
  guint clock;
};

G_DEFINE_FINAL_TYPE (RushesTakeProgress, rushes_take_progress, ADW_TYPE_BIN)

static void
show_elapsed (RushesTakeProgress *self)
{
  g_autofree char *words = rushes_take_words_elapsed (self->take, self->typical, g_get_real_time ());

  gtk_label_set_label (self->elapsed, words != NULL ? words : " ");
}

static gboolean
on_second (gpointer data)
{
  show_elapsed (data);

  return G_SOURCE_CONTINUE;
}

static void
follow (RushesTakeProgress *self)
{
  gboolean mapped = gtk_widget_get_mapped (GTK_WIDGET (self));
  g_autofree char *words = NULL;
  double progress;

  if (self->take == NULL)
    return;

  words = rushes_take_words_stage (self->take);
  progress = rushes_take_get_progress (self->take);
  gtk_label_set_label (self->stage, words);
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), progress >= 0 ? 1 : 0);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0.0, 1.0));
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), !rushes_take_get_cancelling (self->take));
  show_elapsed (self);

  g_clear_handle_id (&self->clock, g_source_remove);
  if (mapped && rushes_take_get_state (self->take) == RUSHES_TAKE_STATE_RUNNING)
    self->clock = g_timeout_add_seconds (1, on_second, self);
}

static void
typical_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakeProgress *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  self->typical = value != NULL ? g_value_get_double (value) : 0;
  follow (self);
}

/* What stopping means differs: it ends the work, it may come too late for the money, or nothing but the waiting can be
 * stopped. */
static void
show_what_cancel_means (RushesTakeProgress *self, RushesProvider *provider)
{
  RushesCancelKind kind = provider != NULL
                              ? rushes_provider_get_cancel_kind (provider, rushes_take_get_request (self->take))
                              : RUSHES_CANCEL_NONE;
  gboolean local = provider != NULL && rushes_provider_get_is_local (provider);
  const char *warning = NULL;

  if (!local && kind == RUSHES_CANCEL_NONE)
    warning = _ ("The provider goes on, and may charge for it.");
  else if (!local && kind == RUSHES_CANCEL_MAY_CHARGE)
    warning = _ ("What was begun may still be charged.");

  gtk_button_set_label (self->cancel, !local && kind == RUSHES_CANCEL_NONE ? _ ("Stop Waiting") : _ ("Cancel"));
  gtk_label_set_label (self->warning, warning != NULL ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), warning != NULL);
}

void
rushes_take_progress_set_take (RushesTakeProgress *self,
                               RushesTake *take,
                               RushesLibrary *library,
                               RushesRegistry *registry)
{
  static const char *const watched[] = { "notify::state", "notify::progress", "notify::message", "notify::cancelling" };
  RushesRequest *request;

  g_return_if_fail (RUSHES_IS_TAKE_PROGRESS (self));
  g_return_if_fail (RUSHES_IS_TAKE (take));
  g_return_if_fail (self->take == NULL);

  request = rushes_take_get_request (take);
  self->take = g_object_ref (take);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (take, watched[i], G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  show_what_cancel_means (self, rushes_registry_find (registry, rushes_request_get_provider_id (request)));
  if (rushes_take_get_clip (take) == NULL)
    rushes_when (rushes_library_typical_time (library, rushes_request_get_provider_id (request),
                                              rushes_request_get_model_id (request)),
                 self, typical_came, NULL, NULL);
  follow (self);
}

void
rushes_take_progress_set_picture (RushesTakeProgress *self, GdkPaintable *picture)
{
  g_return_if_fail (RUSHES_IS_TAKE_PROGRESS (self));

  gtk_picture_set_paintable (self->picture, picture);
}

void
rushes_take_progress_set_late (RushesTakeProgress *self, gboolean late)
{
  g_return_if_fail (RUSHES_IS_TAKE_PROGRESS (self));

  gtk_widget_set_visible (self->late, late);
}

static void
rushes_take_progress_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rushes_take_progress_parent_class)->map (widget);
  follow (RUSHES_TAKE_PROGRESS (widget));
}

static void
rushes_take_progress_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rushes_take_progress_parent_class)->unmap (widget);
  follow (RUSHES_TAKE_PROGRESS (widget));
}

static void
rushes_take_progress_dispose (GObject *object)
{
  RushesTakeProgress *self = RUSHES_TAKE_PROGRESS (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->take);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TAKE_PROGRESS);

  G_OBJECT_CLASS (rushes_take_progress_parent_class)->dispose (object);
}

static void
rushes_take_progress_class_init (RushesTakeProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_take_progress_dispose;
  widget_class->map = rushes_take_progress_map;
  widget_class->unmap = rushes_take_progress_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-take-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, picture);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, stage);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, elapsed);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, late);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, cancel);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeProgress, warning);
}

static void
rushes_take_progress_init (RushesTakeProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
