/* rushes-upload-fields.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-fields.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-toast.h"

typedef enum
{
  FIELD_TEXT,
  FIELD_ADDRESS,
  FIELD_FOLDER,
  FIELD_SWITCH,
  FIELD_SECONDS,
  FIELD_HEADERS, /* "Name: value; Name: value" */
} FieldType;

typedef struct
{
  RushesUploadKind kind;
  const char *member; /* of the JSON */
  const char *title;
  FieldType type;
  gboolean required;
  double usual; /* of SWITCH and SECONDS */
} Field;

static const Field fields[] = {
  { RUSHES_UPLOAD_S3, "endpoint", N_ ("Server Address"), FIELD_ADDRESS, TRUE },
  { RUSHES_UPLOAD_S3, "bucket", N_ ("Bucket"), FIELD_TEXT, TRUE },
  { RUSHES_UPLOAD_S3, "region", N_ ("Region"), FIELD_TEXT },
  { RUSHES_UPLOAD_S3, "prefix", N_ ("Folder in the Bucket"), FIELD_TEXT },
  { RUSHES_UPLOAD_S3, "access_key", N_ ("Access Key ID"), FIELD_TEXT, TRUE },
  { RUSHES_UPLOAD_S3, "path_style", N_ ("Bucket in the Path"), FIELD_SWITCH, FALSE, TRUE },
  { RUSHES_UPLOAD_S3, "lifetime", N_ ("Readable For"), FIELD_SECONDS, FALSE, 3600 },
  { RUSHES_UPLOAD_PUT, "url", N_ ("Address of the Folder"), FIELD_ADDRESS, TRUE },
  { RUSHES_UPLOAD_PUT, "public_url", N_ ("Address for Reading"), FIELD_ADDRESS },
  { RUSHES_UPLOAD_PUT, "user", N_ ("User Name"), FIELD_TEXT },
  { RUSHES_UPLOAD_PUT, "headers", N_ ("Further Headers"), FIELD_HEADERS },
  { RUSHES_UPLOAD_FORM, "url", N_ ("Address of the Form"), FIELD_ADDRESS, TRUE },
  { RUSHES_UPLOAD_FORM, "field", N_ ("File Field"), FIELD_TEXT },
  { RUSHES_UPLOAD_FORM, "answer", N_ ("Path to the Address"), FIELD_TEXT },
  { RUSHES_UPLOAD_FORM, "delete", N_ ("Path to Remove It"), FIELD_TEXT },
  { RUSHES_UPLOAD_FORM, "headers", N_ ("Further Headers"), FIELD_HEADERS },
  { RUSHES_UPLOAD_FOLDER, "path", N_ ("Folder"), FIELD_FOLDER, TRUE },
  { RUSHES_UPLOAD_FOLDER, "public_url", N_ ("Address for Reading"), FIELD_ADDRESS, TRUE },
};

/* What may be left empty, and how the rest is written. */
static const char *const hints[] = {
  [RUSHES_UPLOAD_S3] = N_ ("Without a region it is us-east-1. The folder may be left empty."),
  [RUSHES_UPLOAD_PUT] =
      N_ ("Without an address for reading pictures are read where they are put. With a user name the secret is a "
          "password, else a token. Headers are written “Name: value; Name: value”."),
  [RUSHES_UPLOAD_FORM] =
      N_ ("The file field is called “file” unless there is a name. The paths say where in the reply, such as "
          "“data.url”, the picture’s address stands, and one that removes it; without them the reply is "
          "the address. Headers are written “Name: value; Name: value”."),
  [RUSHES_UPLOAD_FOLDER] =
      N_ ("A folder of this computer that a web server of yours already serves under the address."),
};

static const char *const kinds[] = { "s3", "put", "form", "folder" };

struct _RushesUploadFields
{
  AdwPreferencesGroup parent_instance;

  RushesUploadKind kind;
  GtkWidget *rows[G_N_ELEMENTS (fields)]; /* those of all kinds; only those of one are visible */
  GtkWidget *secret;
};

G_DEFINE_FINAL_TYPE (RushesUploadFields, rushes_upload_fields, ADW_TYPE_PREFERENCES_GROUP)

/* ---- the rows ---- */

static void
unmark (GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
mark (GtkWidget *row)
{
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_grab_focus (row);
}

static void
folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder != NULL && g_file_peek_path (folder) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), g_file_peek_path (folder));
  else if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rushes_toast_error (row, error);
}

static void
choose_folder (GtkWidget *row)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose a Folder That Is Served"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (row)), NULL, folder_chosen,
                                 g_object_ref (row));
}

static GtkWidget *
make_folder_button (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("folder-open-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Choose a Folder"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_folder), row, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
make_row (const Field *field)
{
  GtkWidget *row;

  switch (field->type)
    {
    case FIELD_SWITCH:
      row = adw_switch_row_new ();
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Off: the bucket stands before the name of the server."));
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), field->usual);
      break;
    case FIELD_SECONDS:
      row = adw_spin_row_new_with_range (600, 7 * 24 * 3600, 600);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Seconds for which the address of a picture works."));
      adw_spin_row_set_value (ADW_SPIN_ROW (row), field->usual);
      break;
    case FIELD_TEXT:
    case FIELD_ADDRESS:
    case FIELD_FOLDER:
    case FIELD_HEADERS:
    default:
      row = adw_entry_row_new ();
      if (field->type == FIELD_ADDRESS)
        adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_URL);
      if (field->type == FIELD_FOLDER)
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), make_folder_button (row));
      g_signal_connect (row, "changed", G_CALLBACK (unmark), NULL);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (field->title));

  return row;
}

static const char *
name_secret (RushesUploadKind kind, gboolean stored)
{
  if (kind == RUSHES_UPLOAD_S3)
    return stored ? _ ("New Secret Access Key") : _ ("Secret Access Key");
  if (kind == RUSHES_UPLOAD_PUT)
    return stored ? _ ("New Password or Token") : _ ("Password or Token");

  return stored ? _ ("New Token") : _ ("Token");
}

void
rushes_upload_fields_set_kind (RushesUploadFields *self, RushesUploadKind kind)
{
  g_return_if_fail (RUSHES_IS_UPLOAD_FIELDS (self));

  self->kind = kind;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_widget_set_visible (self->rows[i], fields[i].kind == kind);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ (hints[kind]));
  gtk_widget_set_visible (self->secret, kind != RUSHES_UPLOAD_FOLDER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret), name_secret (kind, FALSE));
}

/* ---- as JSON ---- */

static char *
headers_to_text (JsonObject *headers)
{
  g_autoptr (GList) names = json_object_get_members (headers);
  GString *text = g_string_new (NULL);

  for (const GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "", (const char *) name->data,
                            json_object_get_string_member_with_default (headers, name->data, ""));

  return g_string_free_and_steal (text);
}

static JsonObject *
headers_from_text (const char *text)
{
  JsonObject *headers = json_object_new ();
  g_auto (GStrv) pairs = g_strsplit (text, ";", -1);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (pairs[i], ":", 2);

      if (parts[0] != NULL && *g_strstrip (parts[0]) != '\0')
        json_object_set_string_member (headers, parts[0], parts[1] != NULL ? g_strstrip (parts[1]) : "");
    }

  return headers;
}

static void
read_field (const Field *field, GtkWidget *row, JsonObject *object)
{
  g_autofree char *headers = NULL;

  switch (field->type)
    {
    case FIELD_SWITCH:
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), json_object_get_boolean_member (object, field->member));
      break;
    case FIELD_SECONDS:
      adw_spin_row_set_value (ADW_SPIN_ROW (row), (double) json_object_get_int_member (object, field->member));
      break;
    case FIELD_HEADERS:
      headers = headers_to_text (json_object_get_object_member (object, field->member));
      gtk_editable_set_text (GTK_EDITABLE (row), headers);
      break;
    case FIELD_TEXT:
    case FIELD_ADDRESS:
    case FIELD_FOLDER:
    default:
      gtk_editable_set_text (GTK_EDITABLE (row), json_object_get_string_member (object, field->member));
    }
}

void
rushes_upload_fields_read (RushesUploadFields *self, JsonObject *object)
{
  g_return_if_fail (RUSHES_IS_UPLOAD_FIELDS (self));

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].kind == self->kind && json_object_has_member (object, fields[i].member))
      read_field (&fields[i], self->rows[i], object);
}

static gboolean
write_text (const Field *field, GtkWidget *row, JsonObject *object, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (*text == '\0' && field->required)
    {
      mark (row);
      /* Translators: %s is what stands before a field, “Bucket”. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("Fill in “%s”; nothing can be put there without it."),
                        _ (field->title));
      return FALSE;
    }
  if (*text != '\0' && field->type == FIELD_HEADERS)
    json_object_set_object_member (object, field->member, headers_from_text (text));
  else if (*text != '\0')
    json_object_set_string_member (object, field->member, text);

  return TRUE;
}

gboolean
rushes_upload_fields_write (RushesUploadFields *self, JsonObject *object, GError **error)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_FIELDS (self), FALSE);

  json_object_set_string_member (object, "kind", kinds[self->kind]);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const Field *field = &fields[i];
      GtkWidget *row = self->rows[i];

      if (field->kind != self->kind)
        continue;
      if (field->type == FIELD_SWITCH)
        json_object_set_boolean_member (object, field->member, adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
      else if (field->type == FIELD_SECONDS)
        json_object_set_int_member (object, field->member, (gint64) adw_spin_row_get_value (ADW_SPIN_ROW (row)));
      else if (!write_text (field, row, object, error))
        return FALSE;
    }

  return TRUE;
}

char *
rushes_upload_fields_explain (RushesUploadFields *self, const char *file, const GError *error)
{
  const char *words;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_FIELDS (self), NULL);

  words = error->message;
  if (g_str_has_prefix (words, file))
    words += strlen (file);
  if (g_str_has_prefix (words, ": "))
    words += strlen (": ");
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gsize length = strlen (fields[i].member);

      if (fields[i].kind != self->kind || strncmp (words, fields[i].member, length) != 0 ||
          g_ascii_isalnum (words[length]) || words[length] == '_' || strstr (words, ": ") == NULL)
        continue;
      mark (self->rows[i]);
      /* Translators: what stands before a field, “Bucket”, and what is wrong with what was typed there. */
      return g_strdup_printf (_ ("%s: %s"), _ (fields[i].title), strstr (words, ": ") + strlen (": "));
    }

  return g_strdup (words);
}

/* ---- the secret ---- */

const char *
rushes_upload_fields_get_secret (RushesUploadFields *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_FIELDS (self), NULL);

  return self->kind != RUSHES_UPLOAD_FOLDER ? gtk_editable_get_text (GTK_EDITABLE (self->secret)) : "";
}

void
rushes_upload_fields_clear_secret (RushesUploadFields *self, gboolean stored)
{
  g_return_if_fail (RUSHES_IS_UPLOAD_FIELDS (self));

  gtk_editable_set_text (GTK_EDITABLE (self->secret), "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret), name_secret (self->kind, stored));
}

static void
rushes_upload_fields_class_init (RushesUploadFieldsClass *klass)
{
}

static void
rushes_upload_fields_init (RushesUploadFields *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      self->rows[i] = make_row (&fields[i]);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows[i]);
    }
  self->secret = adw_password_entry_row_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->secret);
  rushes_upload_fields_set_kind (self, RUSHES_UPLOAD_S3);
}
