/* rushes-uploads-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-invocation.h"
#include "rushes-json-parse.h"
#include "rushes-standard-streams.h"
#include "rushes-table.h"
#include "rushes-terminal.h"
#include "rushes-upload-secret.h"

/* The places, unless the file that they stand in cannot be read. */
static RushesUploadPlaces *
open_places (GError **error)
{
  RushesUploadPlaces *places = rushes_upload_places_get_default ();
  const GError *problem = rushes_upload_places_get_error (places);

  if (problem == NULL)
    return places;
  g_propagate_error (error, g_error_copy (problem));

  return NULL;
}

/* The place whose id was typed. */
static RushesUploadPlace *
require_place (RushesInvocation *self, GError **error)
{
  g_autofree char *id =
      rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The upload place"), error);
  RushesUploadPlaces *places = id != NULL ? open_places (error) : NULL;
  RushesUploadPlace *place = places != NULL ? rushes_upload_places_find (places, id) : NULL;

  if (places != NULL && place == NULL)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("There is no upload place “%s”; “rushes uploads list” shows those that there are."), id);

  return place != NULL ? g_object_ref (place) : NULL;
}

/* As it stands in the file, and whether it is the one that is used. */
static JsonObject *
to_listing (RushesUploadPlace *place)
{
  g_autoptr (JsonNode) node = rushes_upload_place_to_json (place);
  JsonObject *listing = json_node_dup_object (node);
  const char *chosen = rushes_upload_places_get_chosen (rushes_upload_places_get_default ());

  json_object_set_boolean_member (listing, "chosen", g_strcmp0 (chosen, rushes_upload_place_get_id (place)) == 0);

  return listing;
}

static char *
show_name (RushesUploadPlace *place)
{
  return rushes_clean_words (rushes_upload_place_get_name (place));
}

static const char *
kind_to_display (RushesUploadKind kind)
{
  switch (kind)
    {
    case RUSHES_UPLOAD_S3:
      return _ ("bucket (S3)");
    case RUSHES_UPLOAD_PUT:
      return _ ("folder on a web server");
    case RUSHES_UPLOAD_FORM:
      return _ ("form host");
    case RUSHES_UPLOAD_FOLDER:
    default:
      return _ ("local folder");
    }
}

static int
list (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTable) table = rushes_table_new (_ ("ID"), "", _ ("Kind"), _ ("Name"), NULL);
  g_autoptr (GError) error = NULL;
  RushesUploadPlaces *places;
  const char *chosen;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(places = open_places (&error)))
    return rushes_invocation_fail (self, error);

  chosen = rushes_upload_places_get_chosen (places);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (places)); i++)
    {
      g_autoptr (RushesUploadPlace) place = g_list_model_get_item (G_LIST_MODEL (places), i);
      const char *id = rushes_upload_place_get_id (place);

      rushes_printer_emit (printer, to_listing (place));
      rushes_table_add (table, id,
                        /* Translators: the upload place that is used unless another is chosen. */
                        g_strcmp0 (id, chosen) == 0 ? C_ ("upload place", "chosen") : NULL,
                        kind_to_display (rushes_upload_place_get_kind (place)), rushes_upload_place_get_name (place));
    }
  rushes_table_print (table, printer);

  return 0;
}

static RushesUploadPlace *
read_place (GBytes *bytes, const char *name, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = rushes_json_parse (data, length, FALSE, name, error);

  return node != NULL ? rushes_upload_place_new_from_json (node, name, error) : NULL;
}

/* All members of each kind. */
static const char examples[] =
    "  {\"id\": \"bucket\", \"name\": \"My Bucket\", \"kind\": \"s3\", \"bucket\": \"pictures\",\n"
    "   \"endpoint\": \"https://s3.eu-central-1.amazonaws.com\", \"region\": \"eu-central-1\",\n"
    "   \"prefix\": \"rushes\", \"access_key\": \"AKIDEXAMPLE\", \"path_style\": true, \"lifetime\": 3600}\n"
    "  {\"id\": \"web\", \"name\": \"My Web Space\", \"kind\": \"put\", \"url\": \"https://dav.example.com/in/\",\n"
    "   \"public_url\": \"https://example.com/in/\", \"user\": \"maria\", \"headers\": {\"X-Album\": \"Rushes\"}}\n"
    "  {\"id\": \"host\", \"name\": \"My Host\", \"kind\": \"form\", \"url\": \"https://example.com/upload\",\n"
    "   \"field\": \"file\", \"answer\": \"data.url\", \"delete\": \"data.delete_url\", \"headers\": {}}\n"
    "  {\"id\": \"folder\", \"name\": \"My Folder\", \"kind\": \"folder\", \"path\": \"/srv/www/pictures\",\n"
    "   \"public_url\": \"https://example.com/pictures/\"}";

static int
add (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  RushesUploadPlaces *places;
  const char *typed;
  g_autofree char *shown = NULL;
  g_autofree char *notes = NULL;
  int status;

  /* Translators: examples in JSON follow. */
  notes = g_strconcat (_ ("The file describes a place of one of these kinds:"), "\n", examples, NULL);
  rushes_invocation_set_notes (self, notes);
  if (!rushes_invocation_parse (self, &status))
    return status;

  typed = rushes_invocation_get_argument (self, 0);
  name = g_str_equal (typed, "-") ? g_strdup (_ ("Standard input")) : g_filename_display_name (typed);
  if (!(bytes = dex_await_boxed (rushes_load_typed_file (typed), &error)) ||
      !(place = read_place (bytes, name, &error)) || !(places = open_places (&error)) ||
      !rushes_upload_places_set (places, place, &error))
    return rushes_invocation_fail (self, error);

  shown = show_name (place);
  rushes_printer_emit (printer, to_listing (place));
  rushes_printer_say (printer, _ ("Kept the upload place “%s”."), shown);
  if (rushes_upload_place_get_origin (place, NULL))
    rushes_printer_remark (printer,
                           _ ("“rushes uploads secret %s” gives it its secret, “rushes uploads test %s” tries it."),
                           rushes_upload_place_get_id (place), rushes_upload_place_get_id (place));

  return 0;
}

static int
test (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesHttp) http = rushes_http_usual ();
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *shown = NULL;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(place = require_place (self, &error)))
    return rushes_invocation_fail (self, error);

  secret = dex_await_string (rushes_upload_place_find_secret (place, rushes_keyring_get_default ()), &error);
  if (error != NULL || !dex_await (rushes_upload_place_test (place, http, secret), &error))
    return rushes_invocation_fail (self, error);

  shown = show_name (place);
  rushes_printer_emit (printer, to_listing (place));
  rushes_printer_say (printer, _ ("“%s” works: a picture was put there, read by its address and removed."), shown);

  return 0;
}

static int
keep_secret (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_auto (RushesUploadOwner) owner = { 0 };
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *prompt = NULL;
  char *secret;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(place = require_place (self, &error)))
    return rushes_invocation_fail (self, error);

  shown = show_name (place);
  if (!rushes_upload_owner_init (&owner, place))
    {
      rushes_set_error (&error, RUSHES_ERROR_UNSUPPORTED, _ ("“%s” is a local folder and takes no secret."), shown);
      return rushes_invocation_fail (self, error);
    }

  /* Translators: what is asked for on a terminal; %s is an upload place. */
  prompt = g_strdup_printf (_ ("Secret of “%s” (it is not shown): "), shown);
  if (!(secret = rushes_terminal_read_key (prompt, &error)))
    return rushes_invocation_fail (self, error);
  dex_await (rushes_keyring_store (rushes_keyring_get_default (), &owner.owner, secret), &error);
  rushes_key_forget (secret);
  if (error != NULL)
    return rushes_invocation_fail (self, error);

  rushes_printer_emit (printer, to_listing (place));
  /* Translators: an upload place, and its address. */
  rushes_printer_say (printer, _ ("The secret of “%s” is in the keyring. It goes to %s and nowhere else."), shown,
                      owner.owner.origins[0]);

  return 0;
}

static int
choose (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(place = require_place (self, &error)) ||
      !rushes_upload_places_set_chosen (rushes_upload_places_get_default (), rushes_upload_place_get_id (place),
                                        &error))
    return rushes_invocation_fail (self, error);

  shown = show_name (place);
  rushes_printer_emit (printer, to_listing (place));
  rushes_printer_say (printer, _ ("Pictures go to “%s” now."), shown);

  return 0;
}

static int
remove_place (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_auto (RushesUploadOwner) owner = { 0 };
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(place = require_place (self, &error)) ||
      !rushes_upload_places_remove (rushes_upload_places_get_default (), rushes_upload_place_get_id (place), &error))
    return rushes_invocation_fail (self, error);

  shown = show_name (place);
  rushes_printer_emit (printer, to_listing (place));
  rushes_printer_say (printer, _ ("Removed the upload place “%s”."), shown);
  /* The place is gone, whatever becomes of its secret. */
  if (rushes_upload_owner_init (&owner, place) &&
      !dex_await (rushes_keyring_clear (rushes_keyring_get_default (), owner.owner.provider_id), &error))
    rushes_printer_remark (printer, "%s", error->message);

  return 0;
}

static const RushesVerb verbs[] = {
  { "list", NULL, N_ ("Show the upload places"), 0, 0, list },
  { "add", N_ ("FILE"), N_ ("Keep the upload place that a JSON file describes, or change it; - reads standard input"),
    1, 1, add },
  { "test", N_ ("ID"), N_ ("Put a small picture there, read it by its address, and remove it"), 1, 1, test },
  { "secret", N_ ("ID"),
    N_ ("Keep the secret of a place in the keyring; it is read from standard input, or asked for without showing it"),
    1, 1, keep_secret },
  { "choose", N_ ("ID"), N_ ("Use this place unless another is set for a provider"), 1, 1, choose },
  { "remove", N_ ("ID"), N_ ("Remove an upload place and its secret; what lies there stays"), 1, 1, remove_place },
  { NULL },
};

const RushesCommand rushes_uploads_command = {
  "uploads",
  N_ ("Look after the places where pictures are put for services that take only addresses"),
  verbs,
};
