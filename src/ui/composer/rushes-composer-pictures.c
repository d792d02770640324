/* rushes-composer-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-drop.h"
#include "rushes-mention.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* Two stand beside each other in the composer, also on a telephone. */
#define REFERENCE_WIDTH 156

/* ---- what came ---- */

guint
rushes_composer_pictures_get_place (RushesWell *well)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (well), "place"));
}

static RushesReference *
get_reference (RushesComposer *self, RushesReferenceRole role, guint place)
{
  return place < rushes_draft_get_n_references (self->draft, role)
             ? rushes_draft_get_reference (self->draft, role, place)
             : NULL;
}

/* A picture that is dragged from one well to another changes places with what lay there. */
static void
put (RushesComposer *self, RushesReferenceRole role, guint place, RushesReference *reference)
{
  if (get_reference (self, role, place) != reference && !rushes_composer_pictures_drag (self, reference, role, place))
    rushes_draft_set_reference (self->draft, role, place, reference);
}

void
rushes_composer_pictures_delivered (RushesComposer *self, RushesDelivery *delivery, RushesWell *well)
{
  g_autofree char *complaint = rushes_delivery_get_complaint (delivery);
  RushesReferenceRole role = rushes_well_get_role (well);
  GPtrArray *references = delivery->references;

  if (delivery->recipe != NULL)
    {
      rushes_composer_restore (self, delivery->recipe, delivery->recipe_name);
      rushes_composer_focus_prompt (self);
    }
  if (references->len == 0)
    {
      if (rushes_well_get_reference (well) == NULL && delivery->recipe == NULL)
        rushes_well_set_problem (well, complaint);
      else if (complaint != NULL)
        rushes_toast (self->toasts, complaint);
      rushes_composer_emit_pictures_came (self);
      return;
    }

  put (self, role, rushes_composer_pictures_get_place (well), references->pdata[0]);
  if (role == RUSHES_ROLE_FIRST_FRAME)
    rushes_batch_row_set_pictures (self->batch_row, references);
  if (role == RUSHES_ROLE_REFERENCE)
    {
      guint most = (guint) rushes_model_get_max_references (rushes_settings_group_get_narrowed (self->settings_group));

      for (guint i = 1; i < references->len; i++)
        {
          guint n = rushes_draft_get_n_references (self->draft, role);

          if (n < most)
            rushes_draft_set_reference (self->draft, role, n, references->pdata[i]);
        }
    }
  if (complaint != NULL)
    rushes_toast (self->toasts, complaint);
  rushes_composer_emit_pictures_came (self);
  if (role == RUSHES_ROLE_FIRST_FRAME)
    rushes_composer_focus_prompt (self);
}

void
rushes_composer_pictures_cleared (RushesComposer *self, RushesWell *well)
{
  g_autoptr (GPtrArray) pictures = rushes_draft_list_pictures (self->draft);
  g_autoptr (JsonNode) before = rushes_draft_to_json (self->draft);
  RushesReferenceRole role = rushes_well_get_role (well);

  if (role == RUSHES_ROLE_FIRST_FRAME)
    rushes_batch_row_set_pictures (self->batch_row, NULL);
  rushes_draft_set_reference (self->draft, role, rushes_composer_pictures_get_place (well), NULL);
  rushes_composer_names_follow (self, pictures, before);
}

/* Where a picture goes that was not brought into a well: that of the first frame, or, where a model takes none, the
 * next one that is there. */
static RushesWell *
get_well (RushesComposer *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->first_well)) &&
      gtk_widget_get_visible (GTK_WIDGET (self->reference_wells)))
    return RUSHES_WELL (gtk_widget_get_last_child (GTK_WIDGET (self->reference_wells)));
  return self->first_well;
}

void
rushes_composer_pictures_pasted (RushesComposer *self, GdkClipboard *clipboard)
{
  rushes_well_take_clipboard (get_well (self), clipboard);
}

gboolean
rushes_composer_paste (RushesComposer *self)
{
  GdkClipboard *clipboard;

  g_return_val_if_fail (RUSHES_IS_COMPOSER (self), FALSE);

  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  if (self->draft == NULL || !rushes_delivery_may_be_picture (gdk_clipboard_get_formats (clipboard)))
    return FALSE;
  rushes_well_take_clipboard (get_well (self), clipboard);

  return TRUE;
}

GtkWidget *
rushes_composer_get_well (RushesComposer *self)
{
  g_return_val_if_fail (RUSHES_IS_COMPOSER (self), NULL);

  return GTK_WIDGET (self->first_well);
}

void
rushes_composer_take_drop (RushesComposer *self, GdkDrop *drop)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));

  rushes_well_take_drop (get_well (self), drop);
}

void
rushes_composer_take_files (RushesComposer *self, GListModel *files)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));

  rushes_well_take_files (get_well (self), files);
}

void
rushes_composer_choose_picture (RushesComposer *self)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));

  rushes_well_choose (get_well (self));
}

static void
bytes_imported (gpointer object, DexFuture *future, gpointer data)
{
  RushesComposer *self = object;
  RushesReferenceRole role = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      rushes_toast_error (self->toasts, error);
      return;
    }
  if (role == RUSHES_ROLE_FIRST_FRAME)
    rushes_batch_row_set_pictures (self->batch_row, NULL);
  put (self, role, role == RUSHES_ROLE_REFERENCE ? rushes_draft_get_n_references (self->draft, role) : 0,
       g_value_get_object (value));
  rushes_composer_emit_pictures_came (self);
}

void
rushes_composer_take_bytes (RushesComposer *self, GBytes *bytes, const char *name, RushesReferenceRole role)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (self->studio != NULL);

  rushes_when (rushes_importer_import_bytes (rushes_studio_get_importer (self->studio), bytes, name), self,
               bytes_imported, GINT_TO_POINTER (role), NULL);
}

GPtrArray *
rushes_composer_pictures_get_batch (RushesComposer *self)
{
  return rushes_batch_row_get_accepted (self->batch_row) ? rushes_batch_row_get_pictures (self->batch_row) : NULL;
}

/* ---- what is shown ---- */

/* What becomes of the picture in a well: it is cut to what the service is sent, or, on this computer, to what the clip
 * is. */
static void
follow_sending (RushesComposer *self, RushesWell *well)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);
  RushesProvider *provider =
      rushes_registry_find (rushes_studio_get_registry (self->studio), rushes_model_get_provider_id (model));
  RushesReference *picture = rushes_well_get_reference (well);
  RushesPictureLimits limits;
  g_autofree char *mention = NULL;
  int width, height;

  if (picture != NULL && rushes_model_get_has_names (model, rushes_well_get_role (well)))
    mention = rushes_mention_spell (rushes_well_get_role (well), rushes_composer_pictures_get_place (well));
  g_object_set (well, "mention", mention, NULL);

  if (picture != NULL && rushes_model_get_picture_limits (model, self->draft, picture, &limits))
    rushes_well_set_limits (well, &limits);
  else
    rushes_well_set_limits (well, NULL);

  if (rushes_provider_get_is_local (provider) &&
      rushes_resolution_to_size (rushes_draft_get_resolution (self->draft), rushes_draft_get_aspect (self->draft),
                                 &width, &height))
    {
      g_autofree char *size = g_strdup_printf (RUSHES_LEFT_TO_RIGHT ("%d × %d"), width, height);
      /* Translators: %s is a size in pixels, “1280 × 720” */
      g_autofree char *caption = g_strdup_printf (_ ("Rendered at %s"), size);

      rushes_well_set_aspect (well, (double) width / height);
      g_object_set (well, "caption", caption, NULL);
    }
}

static void
make_reference_well (RushesComposer *self, guint place)
{
  /* Translators: %u is the number by which a prompt names the picture: @1, @2 … */
  g_autofree char *title = g_strdup_printf (_ ("Reference %u"), place + 1);
  GtkWidget *well = g_object_new (RUSHES_TYPE_WELL, "role", RUSHES_ROLE_REFERENCE, "title", title, "compact", TRUE,
                                  "maximum-height", 120, "width-request", REFERENCE_WIDTH, NULL);

  g_object_set_data (G_OBJECT (well), "place", GUINT_TO_POINTER (place));
  rushes_well_set_tools (RUSHES_WELL (well), rushes_studio_get_importer (self->studio),
                         rushes_studio_get_thumbnailer (self->studio), rushes_studio_get_fitter (self->studio));
  g_signal_connect_object (well, "delivered", G_CALLBACK (rushes_composer_pictures_delivered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (well, "cleared", G_CALLBACK (rushes_composer_pictures_cleared), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (well, "menu-opening", G_CALLBACK (rushes_composer_pictures_menu_opens), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (well, "moved", G_CALLBACK (rushes_composer_pictures_moved), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->reference_wells, well);
}

/* One well for each picture that is there, and an empty one while the model takes more. */
static void
follow_reference_wells (RushesComposer *self, RushesModel *model)
{
  guint most = rushes_model_get_input (model, RUSHES_ROLE_REFERENCE) != RUSHES_INPUT_NONE
                   ? (guint) rushes_model_get_max_references (model)
                   : 0;
  guint n = MIN (rushes_draft_get_n_references (self->draft, RUSHES_ROLE_REFERENCE) + 1, most);
  GtkWidget *well = gtk_widget_get_first_child (GTK_WIDGET (self->reference_wells));
  guint place = 0;

  for (; place < n; place++)
    {
      if (well == NULL)
        {
          make_reference_well (self, place);
          well = gtk_widget_get_last_child (GTK_WIDGET (self->reference_wells));
        }
      rushes_well_set_reference (RUSHES_WELL (well), get_reference (self, RUSHES_ROLE_REFERENCE, place));
      follow_sending (self, RUSHES_WELL (well));
      well = gtk_widget_get_next_sibling (well);
    }
  while (well != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (well);

      adw_wrap_box_remove (self->reference_wells, well);
      well = next;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reference_wells), n > 0);
}

void
rushes_composer_pictures_follow (RushesComposer *self)
{
  RushesModel *model = rushes_settings_group_get_narrowed (self->settings_group);

  rushes_well_set_reference (self->first_well, get_reference (self, RUSHES_ROLE_FIRST_FRAME, 0));
  follow_sending (self, self->first_well);
  gtk_widget_set_visible (GTK_WIDGET (self->first_well),
                          rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME) != RUSHES_INPUT_NONE);
  rushes_well_set_reference (self->last_well, get_reference (self, RUSHES_ROLE_LAST_FRAME, 0));
  follow_sending (self, self->last_well);
  gtk_widget_set_visible (GTK_WIDGET (self->last_well),
                          rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME) != RUSHES_INPUT_NONE);
  g_object_set (self->last_well, "required",
                rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME) == RUSHES_INPUT_REQUIRED, NULL);
  follow_reference_wells (self, model);
}

/* ---- drops beside the wells ---- */

static void
drop_came (GtkWidget *widget, GdkDrop *drop, gpointer data)
{
  rushes_composer_take_drop (data, drop);
}

static gboolean
take_dropped (GtkDropTarget *target, const GValue *value, double x, double y, RushesComposer *self)
{
  rushes_composer_remix (self, rushes_take_get_request (g_value_get_object (value)));

  return TRUE;
}

void
rushes_composer_pictures_init (RushesComposer *self)
{
  RushesImporter *importer = rushes_studio_get_importer (self->studio);
  RushesThumbnailer *thumbnailer = rushes_studio_get_thumbnailer (self->studio);
  RushesPictureFitter *fitter = rushes_studio_get_fitter (self->studio);
  GtkDropTarget *recipes = gtk_drop_target_new (RUSHES_TYPE_TAKE, GDK_ACTION_COPY);

  rushes_well_set_tools (self->first_well, importer, thumbnailer, fitter);
  rushes_well_set_tools (self->last_well, importer, thumbnailer, fitter);
  g_signal_connect_object (self->first_well, "notify::paintable", G_CALLBACK (rushes_composer_notify_picture), self,
                           G_CONNECT_SWAPPED);

  rushes_drop_accept (GTK_WIDGET (self), GTK_WIDGET (self->first_well), GTK_PHASE_BUBBLE, drop_came, self);
  /* The text view would take the path of a dropped file as words. */
  rushes_drop_accept (self->prompt_area, GTK_WIDGET (self->first_well), GTK_PHASE_CAPTURE, drop_came, self);
  g_signal_connect_object (recipes, "drop", G_CALLBACK (take_dropped), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (recipes));
}
