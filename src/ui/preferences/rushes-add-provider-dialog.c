/* rushes-add-provider-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-add-provider-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-http-provider.h"
#include "rushes-note-row.h"
#include "rushes-protocol.h"
#include "rushes-provider-offer.h"
#include "rushes-toast.h"
#include "rushes-ui.h"
#include "rushes-workflow-dialog.h"

/* What most servers speak like. */
#define USUAL_KIND "openai-compatible"

struct _RushesAddProviderDialog
{
  AdwDialog parent_instance;

  RushesRegistry *registry;
  GWeakRef opener;
  GListStore *kinds; /* RushesProvider, those that ship */
  GBytes *bytes;     /* of the description that it is asked about */
  char *file_name;
  char *prefilled; /* what was put into the address for a kind */
  gboolean adding;

  GtkWidget *add;
  AdwComboRow *kind;
  AdwEntryRow *name;
  AdwEntryRow *address;
  RushesNoteRow *note;
};

G_DEFINE_FINAL_TYPE (RushesAddProviderDialog, rushes_add_provider_dialog, ADW_TYPE_DIALOG)

static void
open_provider (RushesAddProviderDialog *self, RushesProvider *provider)
{
  g_autoptr (GtkWidget) opener = g_weak_ref_get (&self->opener);
  /* Translators: %s is the name of a service. */
  g_autofree char *news = g_strdup_printf (_ ("%s was added"), rushes_provider_get_name (provider));

  adw_dialog_force_close (ADW_DIALOG (self));
  if (opener == NULL)
    return;
  gtk_widget_activate_action (opener, "preferences.show-provider", "s", rushes_provider_get_id (provider));
  rushes_toast (opener, news);
}

/* ---- a server ---- */

static RushesProtocol *
get_protocol (RushesAddProviderDialog *self)
{
  RushesProvider *kind = adw_combo_row_get_selected_item (self->kind);

  return kind != NULL ? rushes_description_get_protocol (rushes_provider_get_description (kind)) : NULL;
}

static void
edited (RushesAddProviderDialog *self)
{
  RushesProtocol *protocol = get_protocol (self);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));
  const char *example = protocol != NULL ? rushes_protocol_get_example_url (protocol) : NULL;
  g_autofree char *hint = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  if (example != NULL && *address == '\0')
    hint = g_strdup_printf (_ ("The address looks like %s."), example);
  rushes_note_row_hint (self->note, hint, NULL);
  gtk_widget_set_sensitive (self->add, *name != '\0' && *address != '\0' && protocol != NULL);
}

static void
kind_chosen (RushesAddProviderDialog *self)
{
  RushesProtocol *protocol = get_protocol (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->address));

  /* Another account at the same server; but nothing goes that was typed. */
  if (protocol != NULL && (*typed == '\0' || g_strcmp0 (typed, self->prefilled) == 0))
    {
      GPtrArray *regions = rushes_protocol_get_regions (protocol);

      g_set_str (&self->prefilled, regions->len > 0 ? ((const RushesRegion *) regions->pdata[0])->url : "");
      gtk_editable_set_text (GTK_EDITABLE (self->address), self->prefilled);
    }
  edited (self);
}

static void
server_added (gpointer object, DexFuture *future, gpointer data)
{
  RushesAddProviderDialog *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->adding = FALSE;
  if (value != NULL)
    {
      open_provider (self, g_value_get_object (value));
    }
  else
    {
      g_autoptr (GError) ours = rushes_error_translate (error);

      rushes_note_row_say (self->note, ours->message, NULL);
    }
}

static void
add_server (RushesAddProviderDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *url = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  if (self->adding || !gtk_widget_get_sensitive (self->add))
    return;
  url =
      rushes_protocol_normalize_url (get_protocol (self), gtk_editable_get_text (GTK_EDITABLE (self->address)), &error);
  if (url == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
      rushes_note_row_say (self->note, error->message, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      return;
    }
  id = rushes_registry_derive_id (self->registry, name, url, "server");
  self->adding = TRUE;
  rushes_when (rushes_registry_install_server (self->registry, id, name,
                                               rushes_provider_get_id (adw_combo_row_get_selected_item (self->kind)),
                                               url),
               self, server_added, NULL, NULL);
}

/* ---- a description ---- */

static void
description_added (gpointer object, DexFuture *future, gpointer data)
{
  RushesAddProviderDialog *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->adding = FALSE;
  if (value != NULL)
    open_provider (self, g_value_get_object (value));
  else
    rushes_provider_offer_complain (GTK_WIDGET (self), error);
}

static void
addition_answered (RushesAddProviderDialog *self, const char *response)
{
  if (!g_str_equal (response, "add") || self->adding)
    return;
  self->adding = TRUE;
  rushes_when (rushes_registry_install (self->registry, self->bytes, self->file_name), self, description_added, NULL,
               NULL);
}

static void
ask (RushesAddProviderDialog *self, RushesDescription *description)
{
  AdwDialog *dialog = rushes_provider_offer_new (description);

  g_signal_connect_object (dialog, "response", G_CALLBACK (addition_answered), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- a workflow ---- */

static void
workflow_added (RushesWorkflowDialog *dialog, RushesProvider *provider, RushesAddProviderDialog *self)
{
  open_provider (self, provider);
}

/* "wan" of "wan.json" */
static char *
strip_ending (const char *file)
{
  const char *dot = strrchr (file, '.');

  return dot != NULL && dot > file ? g_strndup (file, dot - file) : g_strdup (file);
}

static void
offer_workflow (RushesAddProviderDialog *self)
{
  g_autofree char *shown = g_filename_display_name (self->file_name);
  g_autofree char *name = strip_ending (shown);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (self->bytes, shown, &error);
  AdwDialog *dialog;

  if (workflow == NULL)
    {
      rushes_provider_offer_complain (GTK_WIDGET (self), error);
      return;
    }
  dialog = rushes_workflow_dialog_new (self->registry, workflow, name);
  g_signal_connect_object (dialog, "added", G_CALLBACK (workflow_added), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- files ---- */

static void
file_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesAddProviderDialog) self = data;
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    {
      g_clear_pointer (&self->bytes, g_bytes_unref);
      self->bytes = g_bytes_new_take (text, length);
      g_free (self->file_name);
      self->file_name = g_file_get_basename (G_FILE (source));
      if (rushes_workflow_recognize (self->bytes))
        {
          offer_workflow (self);
          return;
        }
      description = rushes_description_new_strange (self->bytes, self->file_name, &error);
    }
  if (description != NULL)
    ask (self, description);
  else
    rushes_provider_offer_complain (GTK_WIDGET (self), error);
}

void
rushes_add_provider_dialog_read_file (RushesAddProviderDialog *self, GFile *file)
{
  g_return_if_fail (RUSHES_IS_ADD_PROVIDER_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  g_file_load_contents_async (file, NULL, file_read, g_object_ref (self));
}

static void
file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesAddProviderDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    rushes_add_provider_dialog_read_file (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rushes_provider_offer_complain (GTK_WIDGET (self), error);
}

static void
choose_file (RushesAddProviderDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_filter_set_name (filter, _ ("Descriptions and Workflows"));
  gtk_file_filter_add_mime_type (filter, "application/json");
  gtk_file_filter_add_suffix (filter, "json");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Choose a File"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, file_chosen,
                        g_object_ref (self));
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, RushesAddProviderDialog *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files != NULL)
    rushes_add_provider_dialog_read_file (self, files->data);
  g_slist_free (files);
  return TRUE;
}

/* ---- the object ---- */

static char *
name_provider (RushesProvider *provider, gpointer data)
{
  return g_strdup (rushes_provider_get_name (provider));
}

static void
fill_kinds (RushesAddProviderDialog *self)
{
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_provider), NULL, NULL);
  guint selected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->registry), i);

      if (!RUSHES_IS_HTTP_PROVIDER (provider) || rushes_registry_is_own (self->registry, provider))
        continue;
      if (g_str_equal (rushes_provider_get_id (provider), USUAL_KIND))
        selected = g_list_model_get_n_items (G_LIST_MODEL (self->kinds));
      g_list_store_append (self->kinds, provider);
    }
  adw_combo_row_set_expression (self->kind, name);
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (self->kinds));
  adw_combo_row_set_selected (self->kind, selected);
}

static void
rushes_add_provider_dialog_dispose (GObject *object)
{
  RushesAddProviderDialog *self = RUSHES_ADD_PROVIDER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_ADD_PROVIDER_DIALOG);
  g_clear_object (&self->registry);

  G_OBJECT_CLASS (rushes_add_provider_dialog_parent_class)->dispose (object);
}

static void
rushes_add_provider_dialog_finalize (GObject *object)
{
  RushesAddProviderDialog *self = RUSHES_ADD_PROVIDER_DIALOG (object);

  g_weak_ref_clear (&self->opener);
  g_clear_object (&self->kinds);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->file_name);
  g_free (self->prefilled);

  G_OBJECT_CLASS (rushes_add_provider_dialog_parent_class)->finalize (object);
}

static void
rushes_add_provider_dialog_class_init (RushesAddProviderDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rushes_add_provider_dialog_dispose;
  object_class->finalize = rushes_add_provider_dialog_finalize;

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-add-provider-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesAddProviderDialog, add);
  gtk_widget_class_bind_template_child (widget_class, RushesAddProviderDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RushesAddProviderDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RushesAddProviderDialog, address);
  gtk_widget_class_bind_template_child (widget_class, RushesAddProviderDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, kind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, add_server);
  gtk_widget_class_bind_template_callback (widget_class, choose_file);
}

static void
rushes_add_provider_dialog_init (RushesAddProviderDialog *self)
{
  GtkDropTarget *target;

  g_weak_ref_init (&self->opener, NULL);
  self->kinds = g_list_store_new (RUSHES_TYPE_PROVIDER);
  gtk_widget_init_template (GTK_WIDGET (self));

  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

AdwDialog *
rushes_add_provider_dialog_new (RushesRegistry *registry, GtkWidget *opener)
{
  RushesAddProviderDialog *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (opener), NULL);

  self = g_object_new (RUSHES_TYPE_ADD_PROVIDER_DIALOG, NULL);
  self->registry = g_object_ref (registry);
  g_weak_ref_set (&self->opener, opener);
  fill_kinds (self);

  return ADW_DIALOG (self);
}
