/* rushes-catalogue-service-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue-service-row.h"

#include <glib/gi18n.h>

#include "rushes-model-words.h"
#include "rushes-ui.h"

struct _RushesCatalogueServiceRow
{
  AdwActionRow parent_instance;

  RushesProvider *provider;
  gboolean busy;
  char *failure; /* how it went the last time; NULL for well */

  GtkWidget *trouble;
  GtkWidget *button;
  GtkStack *stack;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesCatalogueServiceRow, rushes_catalogue_service_row, ADW_TYPE_ACTION_ROW)

static void
show (RushesCatalogueServiceRow *self)
{
  g_autoptr (GError) problem = rushes_provider_get_problem (self->provider);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *listed = rushes_model_words_listed (rushes_provider_get_models_time (self->provider), now);
  const char *words = problem != NULL ? problem->message : self->failure != NULL ? self->failure : listed;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_widget_set_visible (self->trouble, problem == NULL && self->failure != NULL && !self->busy);
  gtk_widget_set_sensitive (self->button, problem == NULL);
  gtk_stack_set_visible_child_name (self->stack, self->busy ? "spinner" : "icon");
}

static void
answered (gpointer object, DexFuture *future, gpointer data)
{
  RushesCatalogueServiceRow *self = object;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  g_clear_pointer (&self->failure, g_free);
  if (dex_future_get_value (future, &error) == NULL)
    self->failure = g_strdup (error->message);
  show (self);
  g_signal_emit (self, signals[DONE], 0);
}

gboolean
rushes_catalogue_service_row_refresh (RushesCatalogueServiceRow *self)
{
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (RUSHES_IS_CATALOGUE_SERVICE_ROW (self), FALSE);

  problem = rushes_provider_get_problem (self->provider);
  if (self->busy || problem != NULL)
    return FALSE;
  self->busy = TRUE;
  show (self);
  rushes_when (rushes_provider_refresh_models (self->provider), self, answered, NULL, NULL);
  return TRUE;
}

static void
clicked (RushesCatalogueServiceRow *self)
{
  rushes_catalogue_service_row_refresh (self);
}

static void
rushes_catalogue_service_row_dispose (GObject *object)
{
  RushesCatalogueServiceRow *self = RUSHES_CATALOGUE_SERVICE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_CATALOGUE_SERVICE_ROW);
  g_clear_object (&self->provider);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (rushes_catalogue_service_row_parent_class)->dispose (object);
}

static void
rushes_catalogue_service_row_class_init (RushesCatalogueServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_catalogue_service_row_dispose;

  signals[DONE] =
      g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-catalogue-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueServiceRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueServiceRow, button);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueServiceRow, stack);
  gtk_widget_class_bind_template_callback (widget_class, clicked);
}

static void
rushes_catalogue_service_row_init (RushesCatalogueServiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_catalogue_service_row_new (RushesProvider *provider)
{
  RushesCatalogueServiceRow *self;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);

  self = g_object_new (RUSHES_TYPE_CATALOGUE_SERVICE_ROW, NULL);
  self->provider = g_object_ref (provider);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rushes_provider_get_name (provider));
  /* Translators: %s is the name of a service, which is asked which models it has */
  label = g_strdup_printf (_ ("Ask %s for Its Models"), rushes_provider_get_name (provider));
  gtk_widget_set_tooltip_text (self->button, label);
  g_signal_connect_object (provider, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  /* How long ago it was is reckoned when somebody looks. */
  g_signal_connect (self, "map", G_CALLBACK (show), NULL);
  show (self);
  return GTK_WIDGET (self);
}
