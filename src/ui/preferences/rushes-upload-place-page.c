/* rushes-upload-place-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-page.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-keyring.h"
#include "rushes-note-row.h"
#include "rushes-provider-id.h"
#include "rushes-test-row.h"
#include "rushes-toast.h"
#include "rushes-ui.h"
#include "rushes-upload-fields.h"

/* What errors call the description of a place that is in no file yet. */
#define NO_FILE "place"

struct _RushesUploadPlacePage
{
  AdwNavigationPage parent_instance;

  RushesUploadPlaces *places;
  RushesUploadPlace *place; /* as it was saved; NULL for a new one */
  gboolean testing;
  gboolean test_next; /* it is being saved in order to be tested */

  AdwEntryRow *name;
  AdwComboRow *kind;
  RushesUploadFields *fields;
  RushesNoteRow *note;
  RushesTestRow *test;
  GtkWidget *removal;
};

G_DEFINE_FINAL_TYPE (RushesUploadPlacePage, rushes_upload_place_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- its secret ---- */

/* As which the keyring knows a place; the same for whoever uploads. */
typedef struct
{
  char *id;
  char *origin;
  const char *origins[2];
  RushesKeyOwner owner;
} Owner;

static void
owner_init (Owner *self, RushesUploadPlace *place)
{
  *self = (Owner) { .id = g_strconcat ("upload:", rushes_upload_place_get_id (place), NULL) };
  rushes_upload_place_get_origin (place, &self->origin);
  self->origins[0] = self->origin;
  self->owner.provider_id = self->id;
  self->owner.origins = self->origins;
}

static void
owner_clear (Owner *self)
{
  g_free (self->id);
  g_free (self->origin);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Owner, owner_clear)

static void
looked (gpointer object, DexFuture *future, gpointer data)
{
  RushesUploadPlacePage *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  int state = value != NULL ? g_value_get_int (value) : RUSHES_KEY_UNKNOWN;

  if (*rushes_upload_fields_get_secret (self->fields) == '\0')
    rushes_upload_fields_clear_secret (self->fields, state == RUSHES_KEY_STORED || state == RUSHES_KEY_LOCKED ||
                                                         state == RUSHES_KEY_SESSION);
}

static void
look_for_secret (RushesUploadPlacePage *self)
{
  g_auto (Owner) owner = { 0 };

  owner_init (&owner, self->place);
  if (owner.origin != NULL)
    rushes_when (rushes_keyring_refresh (rushes_keyring_get_default (), &owner.owner), self, looked, NULL, NULL);
}

/* ---- trying it out ---- */

static void
place_tested (gpointer object, DexFuture *future, gpointer data)
{
  RushesUploadPlacePage *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) ours = NULL;

  self->testing = FALSE;
  rushes_test_row_set_running (self->test, FALSE);
  if (dex_future_get_value (future, &error) != NULL)
    {
      rushes_test_row_show (self->test, TRUE, _ ("It works: a picture was put there, read back and removed."), NULL);
      return;
    }
  ours = rushes_error_translate (error);
  rushes_test_row_show (self->test, FALSE, ours->message, rushes_error_get_words (ours));
}

/* Not every place has a secret; where one is missing the place itself says so. */
static DexFuture *
test_place (gpointer data)
{
  RushesUploadPlace *place = data;
  g_autoptr (RushesHttp) http = rushes_http_usual ();
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Owner) owner = { 0 };

  owner_init (&owner, place);
  if (owner.origin != NULL)
    key = dex_await_boxed (rushes_keyring_look_up (rushes_keyring_get_default (), &owner.owner), &error);
  if (error != NULL && !g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_AUTH))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return rushes_upload_place_test (place, http, key != NULL ? key->value : NULL);
}

static void
start_test (RushesUploadPlacePage *self)
{
  self->test_next = FALSE;
  if (self->testing)
    return;
  self->testing = TRUE;
  rushes_test_row_show (self->test, TRUE, NULL, NULL);
  rushes_test_row_set_running (self->test, TRUE);
  rushes_when (rushes_async_spawn (test_place, g_object_ref (self->place), g_object_unref), self, place_tested, NULL,
               NULL);
}

/* ---- saving ---- */

static void
saved (RushesUploadPlacePage *self)
{
  rushes_note_row_say (self->note, NULL, NULL);
  if (self->test_next)
    start_test (self);
  else
    rushes_toast (GTK_WIDGET (self), _ ("Saved"));
}

static void
secret_stored (gpointer object, DexFuture *future, gpointer data)
{
  RushesUploadPlacePage *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) ours = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    {
      rushes_upload_fields_clear_secret (self->fields, TRUE);
      saved (self);
      return;
    }
  ours = rushes_error_translate (error);
  rushes_note_row_say (self->note, ours->message, _ ("Keep for This Session"));
}

static void
store_secret (RushesUploadPlacePage *self, gboolean session_only)
{
  g_auto (Owner) owner = { 0 };
  g_autoptr (GError) error = NULL;
  char *value = rushes_key_tidy (rushes_upload_fields_get_secret (self->fields), &error);

  owner_init (&owner, self->place);
  if (value == NULL)
    {
      rushes_note_row_say (self->note, error->message, NULL);
    }
  else if (session_only)
    {
      rushes_keyring_keep (rushes_keyring_get_default (), &owner.owner, value);
      rushes_upload_fields_clear_secret (self->fields, TRUE);
      saved (self);
    }
  else
    {
      rushes_when (rushes_keyring_store (rushes_keyring_get_default (), &owner.owner, value), self, secret_stored, NULL,
                   NULL);
    }
  rushes_key_forget (value);
}

static gboolean
is_taken (const char *id, gpointer data)
{
  return rushes_upload_places_find (data, id) != NULL;
}

static JsonNode *
write_place (RushesUploadPlacePage *self, GError **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *id = self->place != NULL ? g_strdup (rushes_upload_place_get_id (self->place))
                                            : rushes_provider_id_derive (name, NULL, "place", is_taken, self->places);

  json_node_init_object (node, object);
  json_object_unref (object);
  if (*name == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("Give the place a name by which you know it again."));
      return NULL;
    }
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  if (!rushes_upload_fields_write (self->fields, object, error))
    return NULL;

  return g_steal_pointer (&node);
}

static gboolean
save_place (RushesUploadPlacePage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = write_place (self, &error);
  g_autoptr (RushesUploadPlace) place = NULL;

  rushes_note_row_say (self->note, NULL, NULL);
  if (node == NULL)
    {
      rushes_toast (GTK_WIDGET (self), error->message);
      return FALSE;
    }
  place = rushes_upload_place_new_from_json (node, NO_FILE, &error);
  if (place == NULL)
    {
      g_autofree char *words = rushes_upload_fields_explain (self->fields, NO_FILE, error);

      rushes_toast (GTK_WIDGET (self), words);
      return FALSE;
    }
  /* The first one is the usual one. */
  if (!rushes_upload_places_set (self->places, place, &error) ||
      (rushes_upload_places_get_chosen (self->places) == NULL &&
       !rushes_upload_places_set_chosen (self->places, rushes_upload_place_get_id (place), &error)))
    {
      rushes_toast (GTK_WIDGET (self), error->message);
      return FALSE;
    }
  g_set_object (&self->place, place);

  return TRUE;
}

static void
show_saved (RushesUploadPlacePage *self)
{
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), rushes_upload_place_get_name (self->place));
  gtk_widget_set_visible (GTK_WIDGET (self->kind), FALSE);
  gtk_widget_set_visible (self->removal, TRUE);
}

static void
save_and_go_on (RushesUploadPlacePage *self, gboolean test_next)
{
  self->test_next = test_next;
  if (!save_place (self))
    return;
  show_saved (self);
  if (*rushes_upload_fields_get_secret (self->fields) != '\0')
    store_secret (self, FALSE);
  else
    saved (self);
}

static void
save (RushesUploadPlacePage *self)
{
  save_and_go_on (self, FALSE);
}

static void
run_test (RushesUploadPlacePage *self)
{
  save_and_go_on (self, TRUE);
}

static void
save_for_session (RushesUploadPlacePage *self)
{
  store_secret (self, TRUE);
}

/* ---- removing ---- */

static void
removal_answered (RushesUploadPlacePage *self, const char *response)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  g_auto (Owner) owner = { 0 };
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "remove"))
    return;
  owner_init (&owner, self->place);
  if (!rushes_upload_places_remove (self->places, rushes_upload_place_get_id (self->place), &error))
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  dex_future_disown (rushes_keyring_clear (rushes_keyring_get_default (), owner.id));
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog));
}

static void
remove_place (RushesUploadPlacePage *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Remove the Upload Place?"), NULL);

  /* Translators: %s is the name of a place that pictures are uploaded to. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                _ ("Rushes forgets %s and its secret. Pictures that still lie there stay there."),
                                rushes_upload_place_get_name (self->place));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (removal_answered), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- the object ---- */

static void
kind_chosen (RushesUploadPlacePage *self)
{
  rushes_upload_fields_set_kind (self->fields, adw_combo_row_get_selected (self->kind));
}

static void
rushes_upload_place_page_dispose (GObject *object)
{
  RushesUploadPlacePage *self = RUSHES_UPLOAD_PLACE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_UPLOAD_PLACE_PAGE);
  g_clear_object (&self->places);
  g_clear_object (&self->place);

  G_OBJECT_CLASS (rushes_upload_place_page_parent_class)->dispose (object);
}

static void
rushes_upload_place_page_class_init (RushesUploadPlacePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_upload_place_page_dispose;

  g_type_ensure (RUSHES_TYPE_UPLOAD_FIELDS);
  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  g_type_ensure (RUSHES_TYPE_TEST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-upload-place-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacePage, name);
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacePage, kind);
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacePage, fields);
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacePage, note);
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacePage, test);
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacePage, removal);
  gtk_widget_class_bind_template_callback (widget_class, kind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, save_for_session);
  gtk_widget_class_bind_template_callback (widget_class, run_test);
  gtk_widget_class_bind_template_callback (widget_class, remove_place);
}

static void
rushes_upload_place_page_init (RushesUploadPlacePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_upload_place_page_new (RushesUploadPlaces *places, RushesUploadPlace *place)
{
  RushesUploadPlacePage *self;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (places), NULL);

  self = g_object_new (RUSHES_TYPE_UPLOAD_PLACE_PAGE, NULL);
  self->places = g_object_ref (places);
  if (place != NULL)
    {
      g_autoptr (JsonNode) node = rushes_upload_place_to_json (place);

      self->place = g_object_ref (place);
      gtk_editable_set_text (GTK_EDITABLE (self->name), rushes_upload_place_get_name (place));
      adw_combo_row_set_selected (self->kind, rushes_upload_place_get_kind (place));
      rushes_upload_fields_read (self->fields, json_node_get_object (node));
      show_saved (self);
      look_for_secret (self);
    }

  return GTK_WIDGET (self);
}
