/* rushes-catalogue-services.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue-services.h"

#include "rushes-catalogue-service-row.h"
#include "rushes-model-list.h"

/* So many are asked at once. */
#define AT_ONCE 3

struct _RushesCatalogueServices
{
  GtkPopover parent_instance;

  GQueue waiting; /* rows to be asked; borrowed */
  guint n_asked;  /* of those, that have yet to answer */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RushesCatalogueServices, rushes_catalogue_services, GTK_TYPE_POPOVER)

static void ask_next (RushesCatalogueServices *self);

static void
answered (RushesCatalogueServiceRow *row, RushesCatalogueServices *self)
{
  g_signal_handlers_disconnect_by_func (row, answered, self);
  self->n_asked--;
  ask_next (self);
}

static void
ask_next (RushesCatalogueServices *self)
{
  while (self->n_asked < AT_ONCE && !g_queue_is_empty (&self->waiting))
    {
      RushesCatalogueServiceRow *row = g_queue_pop_head (&self->waiting);

      if (!rushes_catalogue_service_row_refresh (row))
        continue;
      self->n_asked++;
      g_signal_connect_object (row, "done", G_CALLBACK (answered), self, 0);
    }
}

static void
ask_all (RushesCatalogueServices *self)
{
  GtkListBoxRow *row;

  g_queue_clear (&self->waiting);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    g_queue_push_tail (&self->waiting, row);
  ask_next (self);
}

gboolean
rushes_catalogue_services_fill (RushesCatalogueServices *self, RushesRegistry *registry)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_SERVICES (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), FALSE);

  g_queue_clear (&self->waiting);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (registry), i);

      if (rushes_provider_can_list_models (provider) && rushes_model_list_offers (provider))
        gtk_list_box_append (self->list, rushes_catalogue_service_row_new (provider));
    }
  return gtk_list_box_get_row_at_index (self->list, 0) != NULL;
}

static void
rushes_catalogue_services_dispose (GObject *object)
{
  RushesCatalogueServices *self = RUSHES_CATALOGUE_SERVICES (object);

  g_queue_clear (&self->waiting);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_CATALOGUE_SERVICES);

  G_OBJECT_CLASS (rushes_catalogue_services_parent_class)->dispose (object);
}

static void
rushes_catalogue_services_class_init (RushesCatalogueServicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_catalogue_services_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-catalogue-services.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueServices, list);
  gtk_widget_class_bind_template_callback (widget_class, ask_all);
}

static void
rushes_catalogue_services_init (RushesCatalogueServices *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
}
