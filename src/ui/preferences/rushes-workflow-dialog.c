/* rushes-workflow-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-workflow-dialog.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-http-provider.h"
#include "rushes-note-row.h"
#include "rushes-protocol.h"
#include "rushes-ui.h"

#define KIND "comfyui"

/* What is chosen for a slot: nothing yet, that it is not used, or one of its candidates. */
#define UNDECIDED (-2)
#define NOT_USED  (-1)

struct _RushesWorkflowDialog
{
  AdwDialog parent_instance;

  RushesRegistry *registry;
  RushesWorkflow *workflow;
  AdwComboRow *rows[RUSHES_N_SLOTS]; /* NULL where there is nothing to choose */
  gboolean adding;

  GtkWidget *add;
  AdwEntryRow *name;
  AdwEntryRow *address;
  RushesNoteRow *note;
  AdwPreferencesGroup *places;
};

G_DEFINE_FINAL_TYPE (RushesWorkflowDialog, rushes_workflow_dialog, ADW_TYPE_DIALOG)

enum
{
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is chosen ---- */

/* How many choices stand before the candidates: that of a slot that was open, and “Not Used”. */
static int
count_before (RushesWorkflowDialog *self, RushesSlot slot)
{
  GListModel *choices = adw_combo_row_get_model (self->rows[slot]);
  GPtrArray *candidates = rushes_workflow_get_candidates (self->workflow, slot);

  return (int) g_list_model_get_n_items (choices) - (int) candidates->len;
}

static int
get_chosen (RushesWorkflowDialog *self, RushesSlot slot)
{
  int chosen = (int) adw_combo_row_get_selected (self->rows[slot]) - count_before (self, slot);

  return slot == RUSHES_SLOT_OUTPUT && chosen < 0 ? UNDECIDED : chosen;
}

static gboolean
settle (RushesWorkflowDialog *self, GError **error)
{
  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    {
      int chosen = self->rows[slot] != NULL ? get_chosen (self, slot) : 0;
      const RushesWorkflowPlace *place;

      if (self->rows[slot] == NULL)
        continue;
      if (chosen == UNDECIDED)
        {
          /* Translators: the title of a row where nothing is chosen yet. */
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("Choose what this is in the workflow: %s."),
                            rushes_slot_get_title (slot));
          return FALSE;
        }
      place =
          chosen == NOT_USED ? NULL : g_ptr_array_index (rushes_workflow_get_candidates (self->workflow, slot), chosen);
      if (!rushes_workflow_bind (self->workflow, slot, place != NULL ? place->id : NULL, error))
        return FALSE;
    }
  return rushes_workflow_check (self->workflow, error);
}

static void
edited (RushesWorkflowDialog *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));
  g_autoptr (GError) error = NULL;
  gboolean settled = settle (self, &error);

  gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  rushes_note_row_hint (self->note, settled ? NULL : error->message, NULL);
  gtk_widget_set_sensitive (self->add, settled && *name != '\0' && *address != '\0');
}

/* ---- adding ---- */

static void
added (gpointer object, DexFuture *future, gpointer data)
{
  RushesWorkflowDialog *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->adding = FALSE;
  if (value != NULL)
    {
      g_signal_emit (self, signals[ADDED], 0, g_value_get_object (value));
      adw_dialog_force_close (ADW_DIALOG (self));
    }
  else
    {
      g_autoptr (GError) ours = rushes_error_translate (error);

      rushes_note_row_say (self->note, ours->message, NULL);
    }
}

static void
add_workflow (RushesWorkflowDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (self->adding || !gtk_widget_get_sensitive (self->add))
    return;
  id = rushes_registry_derive_id (self->registry, name, NULL, "workflow");
  file = g_strconcat (id, ".json", NULL);
  bytes =
      rushes_workflow_describe (self->workflow, id, name, gtk_editable_get_text (GTK_EDITABLE (self->address)), &error);
  if (bytes == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
      rushes_note_row_say (self->note, error->message, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      return;
    }
  self->adding = TRUE;
  rushes_when (rushes_registry_install (self->registry, bytes, file), self, added, NULL, NULL);
}

/* ---- the rows ---- */

/* "A fox in snow – CLIP Text Encode (6)" */
static char *
name_place (RushesSlot slot, const RushesWorkflowPlace *place)
{
  if (slot == RUSHES_SLOT_OUTPUT || *place->value == '\0')
    /* Translators: the title of a node of a workflow, and its number. */
    return g_strdup_printf (_ ("%s (%s)"), place->title, place->node);
  /* Translators: what a workflow says there, then the title of the node and its number. */
  return g_strdup_printf (_ ("%s – %s (%s)"), place->value, place->title, place->node);
}

static void
add_row (RushesWorkflowDialog *self, RushesSlot slot)
{
  GPtrArray *candidates = rushes_workflow_get_candidates (self->workflow, slot);
  const RushesWorkflowPlace *place = rushes_workflow_get_place (self->workflow, slot);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  guint selected = 0;

  if (rushes_workflow_is_open (self->workflow, slot))
    gtk_string_list_append (choices, _ ("Choose…"));
  if (slot != RUSHES_SLOT_OUTPUT)
    /* Translators: of an input that a workflow could be given. */
    gtk_string_list_append (choices, _ ("Not Used"));
  for (guint i = 0; i < candidates->len; i++)
    {
      const RushesWorkflowPlace *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *name = name_place (slot, candidate);

      if (place != NULL && g_str_equal (candidate->id, place->id))
        selected = g_list_model_get_n_items (G_LIST_MODEL (choices));
      gtk_string_list_append (choices, name);
    }
  self->rows[slot] = row;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rushes_slot_get_title (slot));
  adw_combo_row_set_use_subtitle (row, TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_combo_row_set_model (row, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (row, selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (edited), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->places, GTK_WIDGET (row));
}

/* Where ComfyUI is spoken to, or would be. */
static char *
find_address (RushesWorkflowDialog *self)
{
  RushesProvider *provider = rushes_registry_find (self->registry, KIND);
  g_autoptr (RushesDescription) kind = NULL;
  GPtrArray *regions;

  if (RUSHES_IS_HTTP_PROVIDER (provider) && rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)) != NULL)
    return g_strdup (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)));

  kind = rushes_description_new_shipped (KIND, NULL);
  regions = rushes_protocol_get_regions (rushes_description_get_protocol (kind));
  return g_strdup (((const RushesRegion *) regions->pdata[0])->url);
}

static void
fill (RushesWorkflowDialog *self, const char *name)
{
  g_autofree char *proposed = rushes_registry_derive_name (self->registry, name, NULL);
  g_autofree char *address = find_address (self);

  /* What can only be one thing needs no row. */
  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    if (rushes_workflow_get_candidates (self->workflow, slot)->len > (slot == RUSHES_SLOT_OUTPUT ? 1 : 0))
      add_row (self, slot);
  gtk_editable_set_text (GTK_EDITABLE (self->name), proposed);
  gtk_editable_set_text (GTK_EDITABLE (self->address), address);
  edited (self);
}

/* ---- the object ---- */

static void
rushes_workflow_dialog_dispose (GObject *object)
{
  RushesWorkflowDialog *self = RUSHES_WORKFLOW_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_WORKFLOW_DIALOG);
  g_clear_object (&self->registry);
  g_clear_object (&self->workflow);

  G_OBJECT_CLASS (rushes_workflow_dialog_parent_class)->dispose (object);
}

static void
rushes_workflow_dialog_class_init (RushesWorkflowDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_workflow_dialog_dispose;

  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, RUSHES_TYPE_PROVIDER);

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-workflow-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesWorkflowDialog, add);
  gtk_widget_class_bind_template_child (widget_class, RushesWorkflowDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RushesWorkflowDialog, address);
  gtk_widget_class_bind_template_child (widget_class, RushesWorkflowDialog, note);
  gtk_widget_class_bind_template_child (widget_class, RushesWorkflowDialog, places);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, add_workflow);
}

static void
rushes_workflow_dialog_init (RushesWorkflowDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
rushes_workflow_dialog_new (RushesRegistry *registry, RushesWorkflow *workflow, const char *name)
{
  RushesWorkflowDialog *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_WORKFLOW (workflow), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_WORKFLOW_DIALOG, NULL);
  self->registry = g_object_ref (registry);
  self->workflow = g_object_ref (workflow);
  fill (self, name);

  return ADW_DIALOG (self);
}
