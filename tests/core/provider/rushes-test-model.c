/* rushes-test-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-model.h"

RushesModel *
rushes_test_model_new (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{%s}", members);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  RushesModel *model;

  g_assert_no_error (error);
  model = rushes_model_from_json (node, "kites", "kites.json: models[0]", &error);
  g_assert_no_error (error);
  return model;
}

RushesReference *
rushes_test_model_make_picture (const char *name, int width, int height)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/picture.png");

  return rushes_reference_new ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "image/png", width,
                               height, 100, name, file);
}

void
rushes_test_model_add_picture (RushesDraft *draft, RushesReferenceRole role, const char *name)
{
  g_autoptr (RushesReference) picture = rushes_test_model_make_picture (name, 64, 48);

  rushes_draft_set_reference (draft, role, rushes_draft_get_n_references (draft, role), picture);
}

char *
rushes_test_model_fit (RushesModel *model, RushesDraft *draft)
{
  g_autoptr (GPtrArray) notes = rushes_model_fit (model, draft);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      RushesNote *note = g_ptr_array_index (notes, i);

      g_assert_true (g_str_has_suffix (note->message, "."));
      g_assert_nonnull (strstr (note->message, "Kite"));
      g_string_append_printf (line, "%s%s %s→%s", i > 0 ? ", " : "", note->field, note->asked,
                              note->used != NULL ? note->used : "nothing");
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

void
rushes_test_model_assert_refusal (RushesModel *model,
                                  RushesDraft *draft,
                                  RushesErrorCode code,
                                  const char *field,
                                  const char *sentence)
{
  g_autoptr (GError) error = rushes_model_check (model, draft);

  g_assert_error (error, RUSHES_ERROR, (int) code);
  g_assert_cmpstr (rushes_error_get_field (error), ==, field);
  g_assert_cmpstr (error->message, ==, sentence);
}
