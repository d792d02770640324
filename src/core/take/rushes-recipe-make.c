/* rushes-recipe-make.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-recipe-private.h"

#include "rushes-async.h"
#include "rushes-request-private.h"

/* A picture to be recognized by, and to go on with when there is no other. */
#define SMALL_EDGE  320
#define SMALL_BYTES (16 * 1024)

/* All of them together leave room for the words within the 256 KiB of a recipe. */
#define MAX_BASE64 (128 * 1024)

void
rushes_recipe_write_brief (JsonObject *object, const RushesBrief *brief)
{
  g_autoptr (JsonNode) node = rushes_brief_to_json (brief, FALSE);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!g_str_equal (name, "version") && !g_str_equal (name, "count") && !g_str_equal (name, "references") &&
        !g_str_equal (name, "extends") && !g_str_equal (name, "sheet"))
      json_object_set_member (object, name, json_node_copy (value));
}

typedef struct
{
  RushesRequest *request;
  gint64 created;
  RushesPictureFitter *fitter; /* NULL */
  gsize n_base64;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_object_unref (making->request);
  g_clear_object (&making->fitter);
  g_free (making);
}

/* Awaits. NULL when it cannot be had. */
static char *
make_small (Making *making, RushesReference *reference)
{
  static const char *const types[] = { "image/jpeg", NULL };
  const RushesPictureLimits limits = { .max_edge = SMALL_EDGE, .max_bytes = SMALL_BYTES, .media_types = types };
  g_autoptr (RushesFittedPicture) fitted = NULL;
  g_autofree char *base64 = NULL;

  if (making->fitter == NULL)
    return NULL;
  fitted = dex_await_boxed (rushes_picture_fitter_fit (making->fitter, rushes_reference_get_file (reference),
                                                       rushes_reference_get_name (reference), &limits),
                            NULL);
  if (fitted == NULL)
    return NULL;

  base64 = g_base64_encode (g_bytes_get_data (fitted->bytes, NULL), g_bytes_get_size (fitted->bytes));
  making->n_base64 += strlen (base64);
  return making->n_base64 <= MAX_BASE64 ? g_steal_pointer (&base64) : NULL;
}

static JsonObject *
make_picture (Making *making, RushesReference *reference)
{
  JsonObject *object = json_object_new ();
  g_autofree char *small = make_small (making, reference);

  json_object_set_string_member (object, "sha256", rushes_reference_get_sha256 (reference));
  json_object_set_string_member (object, "type", rushes_reference_get_media_type (reference));
  json_object_set_int_member (object, "width", rushes_reference_get_width (reference));
  json_object_set_int_member (object, "height", rushes_reference_get_height (reference));
  if (small != NULL)
    json_object_set_string_member (object, "small", small);
  return object;
}

static void
write_pictures (Making *making, JsonObject *object)
{
  JsonObject *references = json_object_new ();

  for (guint role = 0; role < RUSHES_N_ROLES; role++)
    {
      guint n = rushes_request_get_n_references (making->request, role);
      JsonArray *list;

      if (n == 0)
        continue;
      list = json_array_sized_new (n);
      for (guint i = 0; i < n; i++)
        json_array_add_object_element (list,
                                       make_picture (making, rushes_request_get_reference (making->request, role, i)));
      json_object_set_array_member (references, rushes_reference_role_to_string (role), list);
    }

  if (json_object_get_size (references) > 0)
    json_object_set_object_member (object, "references", references);
  else
    json_object_unref (references);
}

static DexFuture *
make_fiber (gpointer data)
{
  Making *making = data;
  g_autoptr (GDateTime) begun = g_date_time_new_from_unix_utc (making->created / G_USEC_PER_SEC);
  g_autofree char *made = g_date_time_format_iso8601 (begun);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "maker", "Rushes");
  json_object_set_string_member (object, "maker_version", APP_VERSION);
  json_object_set_int_member (object, "format", RUSHES_RECIPE_FORMAT);
  json_object_set_string_member (object, "made", made);
  rushes_recipe_write_brief (object, rushes_request_peek (making->request));
  write_pictures (making, object);
  /* Which clip of whose account was made longer is nobody else's business, and nobody else could. */
  if (rushes_request_get_extension (making->request) != NULL)
    json_object_set_boolean_member (object, "extended", TRUE);

  json_node_take_object (node, object);
  return dex_future_new_take_boxed (JSON_TYPE_NODE, node);
}

DexFuture *
rushes_recipe_make (RushesRequest *request, gint64 created, RushesPictureFitter *fitter)
{
  Making *making;

  dex_return_error_if_fail (RUSHES_IS_REQUEST (request));
  dex_return_error_if_fail (fitter == NULL || RUSHES_IS_PICTURE_FITTER (fitter));

  making = g_new0 (Making, 1);
  making->request = g_object_ref (request);
  making->created = created;
  g_set_object (&making->fitter, fitter);
  return rushes_async_spawn (make_fiber, making, making_free);
}
