/* rushes-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preferences.h"

#include "rushes-general-page.h"
#include "rushes-presets-page.h"
#include "rushes-providers-page.h"
#include "rushes-spending-page.h"
#include "rushes-storage-page.h"

#define PROVIDERS "providers"
#define N_PAGES   5

struct _RushesPreferences
{
  AdwPreferencesDialog parent_instance;

  RushesGeneralPage *general;
  RushesProvidersPage *providers;
  RushesPresetsPage *presets;
  RushesSpendingPage *spending;
  RushesStoragePage *storage;
};

G_DEFINE_FINAL_TYPE (RushesPreferences, rushes_preferences, ADW_TYPE_PREFERENCES_DIALOG)

static void
list_pages (RushesPreferences *self, AdwPreferencesPage *pages[N_PAGES])
{
  pages[0] = ADW_PREFERENCES_PAGE (self->general);
  pages[1] = ADW_PREFERENCES_PAGE (self->providers);
  pages[2] = ADW_PREFERENCES_PAGE (self->presets);
  pages[3] = ADW_PREFERENCES_PAGE (self->spending);
  pages[4] = ADW_PREFERENCES_PAGE (self->storage);
}

static void
show_provider_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_providers_page_show_provider (RUSHES_PREFERENCES (widget)->providers, g_variant_get_string (parameter, NULL));
}

void
rushes_preferences_show (RushesPreferences *self, const char *place)
{
  AdwPreferencesPage *pages[N_PAGES];

  g_return_if_fail (RUSHES_IS_PREFERENCES (self));
  g_return_if_fail (place != NULL);

  list_pages (self, pages);
  for (gsize i = 0; i < N_PAGES; i++)
    {
      const char *name = adw_preferences_page_get_name (pages[i]);
      gsize length = strlen (name);

      if (!g_str_has_prefix (place, name) || (place[length] != '\0' && place[length] != '/') ||
          !gtk_widget_get_visible (GTK_WIDGET (pages[i])))
        continue;
      adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (self), pages[i]);
      if (place[length] == '/' && g_str_equal (name, PROVIDERS))
        rushes_providers_page_show_provider (self->providers, place + length + 1);
    }
}

/* A subpage whose header has the focus, which it has while there is nothing else in it, would be kept by
 * libadwaita 1.7, and the dialog with it. */
static void
rushes_preferences_closed (AdwDialog *dialog)
{
  while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog)))
    ;
  adw_dialog_set_focus (dialog, NULL);

  if (ADW_DIALOG_CLASS (rushes_preferences_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (rushes_preferences_parent_class)->closed (dialog);
}

static void
rushes_preferences_dispose (GObject *object)
{
  RushesPreferences *self = RUSHES_PREFERENCES (object);
  AdwPreferencesPage *pages[N_PAGES];

  /* libadwaita 1.7 does not let go of pages by itself. */
  if (self->providers != NULL)
    {
      while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self)))
        ;
      list_pages (self, pages);
      for (gsize i = 0; i < N_PAGES; i++)
        adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), pages[i]);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PREFERENCES);

  G_OBJECT_CLASS (rushes_preferences_parent_class)->dispose (object);
}

static void
rushes_preferences_class_init (RushesPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_preferences_dispose;
  ADW_DIALOG_CLASS (klass)->closed = rushes_preferences_closed;

  g_type_ensure (RUSHES_TYPE_GENERAL_PAGE);
  g_type_ensure (RUSHES_TYPE_PRESETS_PAGE);
  g_type_ensure (RUSHES_TYPE_PROVIDERS_PAGE);
  g_type_ensure (RUSHES_TYPE_SPENDING_PAGE);
  g_type_ensure (RUSHES_TYPE_STORAGE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, general);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, presets);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, providers);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, spending);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, storage);
  gtk_widget_class_install_action (widget_class, "preferences.show-provider", "s", show_provider_action);
}

static void
rushes_preferences_init (RushesPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RushesPreferences *
rushes_preferences_new (RushesRegistry *registry, RushesLibrary *library, RushesPresets *presets)
{
  RushesPreferences *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_PREFERENCES, NULL);
  rushes_general_page_set_registry (self->general, registry);
  rushes_presets_page_set_presets (self->presets, presets);
  rushes_providers_page_set_registry (self->providers, registry, library);
  rushes_spending_page_set_library (self->spending, library, registry);
  rushes_storage_page_set_library (self->storage, library, presets, registry);

  return self;
}
