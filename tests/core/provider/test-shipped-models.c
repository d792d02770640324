/* test-shipped-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-description.h"
#include "rushes-test.h"
#include "rushes-test-model.h"

static void
give_pictures (RushesDraft *draft, guint first, guint last, guint references)
{
  if (first > 0)
    rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "first.png");
  if (last > 0)
    rushes_test_model_add_picture (draft, RUSHES_ROLE_LAST_FRAME, "last.png");
  for (guint i = 0; i < references; i++)
    rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, "more.png");
}

static void
fail (RushesModel *model, RushesDraft *draft, const char *words)
{
  g_autoptr (JsonNode) node = rushes_draft_to_json (draft);
  g_autofree char *json = json_to_string (node, FALSE);

  g_error ("%s %s: %s\n%s", rushes_model_get_provider_id (model), rushes_model_get_id (model), words, json);
}

/* Whatever is asked: what comes out of fitting is possible. What is missing nobody can make up. */
static void
try_draft (RushesModel *model, RushesDraft *draft)
{
  g_autoptr (GPtrArray) notes = rushes_model_fit (model, draft);
  g_autoptr (GError) refusal = rushes_model_check (model, draft);

  if (g_error_matches (refusal, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED))
    fail (model, draft, refusal->message);
}

static void
try_values (RushesModel *model, guint pictures, const char *parameter, const char *value)
{
  static const char *const resolutions[] = { NULL, "480p", "1080p" };
  static const char *const aspects[] = { NULL, "9:16" };
  static const double durations[] = { 0, 60 };
  /* Beside a parameter fewer of the rest are tried. */
  guint n_aspects = parameter != NULL ? 1 : G_N_ELEMENTS (aspects);

  for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++)
    for (guint a = 0; a < n_aspects; a++)
      for (guint d = 0; d < G_N_ELEMENTS (durations); d++)
        {
          g_autoptr (RushesDraft) draft = rushes_draft_new ();

          rushes_draft_set_prompt (draft, "a kite");
          rushes_draft_set_negative_prompt (draft, "rain");
          rushes_draft_set_seed (draft, 7);
          rushes_draft_set_audio (draft, d % 2 == 1);
          rushes_draft_set_frame_rate (draft, d == 0 ? 0 : 60);
          rushes_draft_set_resolution (draft, resolutions[r]);
          rushes_draft_set_aspect (draft, aspects[a]);
          rushes_draft_set_duration (draft, durations[d]);
          give_pictures (draft, pictures & 1, pictures >> 1 & 1, (pictures >> 2 & 1) * 2);
          if (parameter != NULL)
            rushes_draft_set_parameter (draft, parameter, value);
          try_draft (model, draft);
        }
}

static void
try_model (RushesModel *model)
{
  GPtrArray *parameters = rushes_model_get_parameters (model);

  /* As bits: a first frame, a last one, and others. */
  for (guint pictures = 0; pictures < 5; pictures++)
    {
      try_values (model, pictures, NULL, NULL);
      for (guint i = 0; pictures < 2 && i < parameters->len; i++)
        {
          const RushesParameter *parameter = parameters->pdata[i];

          if (parameter->kind == RUSHES_PARAMETER_SWITCH)
            try_values (model, pictures, parameter->name, g_str_equal (parameter->fallback, "true") ? "false" : "true");
          for (guint c = 0; parameter->kind == RUSHES_PARAMETER_CHOICE && c < parameter->choices->len; c++)
            try_values (model, pictures, parameter->name,
                        ((RushesParameterChoice *) parameter->choices->pdata[c])->value);
        }
    }
}

/* No rules of a model that ships may chase each other. */
static void
test_description (gconstpointer name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "providers", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = NULL;
  GListModel *models;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  description = rushes_description_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);
  models = rushes_description_get_models (description);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      try_model (model);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  rushes_test_init (&argc, &argv);

  folder = g_test_build_filename (G_TEST_DIST, "..", "data", "providers", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        g_autofree char *test = g_strconcat ("/shipped-models/", name, NULL);

        g_ptr_array_add (names, g_strdup (name));
        g_test_add_data_func (test, names->pdata[names->len - 1], test_description);
      }

  return g_test_run ();
}
