/* test-model-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test.h"
#include "rushes-test-model.h"

#define BASE                                                                                                           \
  "\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5],\"resolutions\":[\"720p\",\"1280x720\"],"                          \
  "\"aspects\":[\"16:9\",\"9:16\"],\"inputs\":{\"first_frame\":\"optional\"},"                                         \
  "\"pictures\":{\"types\":[\"image/jpeg\",\"image/png\"],"

static RushesModel *
make (const char *pictures)
{
  g_autofree char *members = g_strconcat (BASE, pictures, "}", NULL);

  return rushes_test_model_new (members);
}

static char *
list_forms (RushesModel *model, gsize n_bytes)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n;
  const RushesPictureForm *forms = rushes_model_get_picture_forms (model, n_bytes, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%d", forms[i]);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
test_forms (void)
{
  static const struct
  {
    const char *pictures, *small, *large, *huge; /* 100, 1000 and 10000 bytes */
  } cases[] = {
    { "\"as\":[\"data\"]", "0", "0", "0" },
    { "\"as\":[\"base64\",\"upload\"],\"inline_bytes\":100", "13", "3", "3" },
    { "\"as\":[\"data\",\"part\",\"address\"],\"inline_bytes\":100,\"max_bytes\":1000", "024", "24", "" },
    { "\"as\":[\"address\",\"data\"],\"inline_bytes\":100", "40", "4", "4" },
    { "\"as\":[\"data\"],\"inline_bytes\":100", "0", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesModel) model = make (cases[i].pictures);
      g_autofree char *small = list_forms (model, 100);
      g_autofree char *large = list_forms (model, 1000);
      g_autofree char *huge = list_forms (model, 10000);

      g_test_message ("%s", cases[i].pictures);
      g_assert_cmpstr (small, ==, cases[i].small);
      g_assert_cmpstr (large, ==, cases[i].large);
      g_assert_cmpstr (huge, ==, cases[i].huge);
    }
}

static void
test_limits (void)
{
  static const struct
  {
    const char *pictures;
    const char *resolution, *aspect; /* of the draft */
    int width, height;               /* of the picture */
    gint64 max_bytes;
    double crop;
  } cases[] = {
    { "\"as\":[\"data\"]", NULL, NULL, 300, 100, 0, 0 },
    { "\"as\":[\"data\"],\"max_bytes\":500", NULL, NULL, 300, 100, 500, 0 },
    { "\"as\":[\"data\"],\"max_bytes\":500,\"inline_bytes\":100", NULL, NULL, 300, 100, 100, 0 },
    { "\"as\":[\"data\",\"address\"],\"inline_bytes\":100", NULL, NULL, 300, 100, 100, 0 },
    { "\"as\":[\"data\",\"upload\"],\"max_bytes\":500,\"inline_bytes\":100", NULL, NULL, 300, 100, 500, 0 },
    { "\"as\":[\"address\"],\"inline_bytes\":100", NULL, NULL, 300, 100, 0, 0 },
    /* The take's shape; what is not set is the default. */
    { "\"as\":[\"data\"],\"crop\":true", NULL, NULL, 300, 100, 0, 16 / 9.0 },
    { "\"as\":[\"data\"],\"crop\":true", NULL, "9:16", 300, 100, 0, 9 / 16.0 },
    { "\"as\":[\"data\"],\"crop\":true", NULL, "16:9", 320, 180, 0, 0 },
    /* Clamped to what the service takes. */
    { "\"as\":[\"data\"],\"min_aspect\":0.4,\"max_aspect\":2.5", NULL, NULL, 300, 100, 0, 2.5 },
    { "\"as\":[\"data\"],\"min_aspect\":0.4,\"max_aspect\":2.5", NULL, NULL, 100, 300, 0, 0.4 },
    { "\"as\":[\"data\"],\"min_aspect\":0.4,\"max_aspect\":2.5", NULL, NULL, 200, 100, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesModel) model = make (cases[i].pictures);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autoptr (RushesReference) picture = rushes_test_model_make_picture ("a.png", cases[i].width, cases[i].height);
      RushesPictureLimits limits;

      g_test_message ("%u: %s", i, cases[i].pictures);
      rushes_draft_set_resolution (draft, cases[i].resolution);
      rushes_draft_set_aspect (draft, cases[i].aspect);
      g_assert_true (rushes_model_get_picture_limits (model, draft, picture, &limits));
      g_assert_cmpint (limits.max_bytes, ==, cases[i].max_bytes);
      g_assert_cmpfloat (limits.aspect, ==, cases[i].crop);
      g_assert_cmpstr (limits.media_types[0], ==, "image/jpeg");
      g_assert_cmpstr (limits.media_types[1], ==, "image/png");
      g_assert_null (limits.media_types[2]);
      g_assert_cmpint (limits.max_edge, ==, 0);
    }
}

/* A size that says both sides is a shape too, where there is no other. */
static void
test_size (void)
{
  g_autoptr (RushesModel) model =
      rushes_test_model_new ("\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5],\"resolutions\":[\"720x1280\",\"720p\"],"
                             "\"inputs\":{\"first_frame\":\"optional\"},"
                             "\"pictures\":{\"as\":[\"part\"],\"types\":[\"image/png\"],\"crop\":true,\"max_edge\":99,"
                             "\"min_edge\":9}");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) picture = rushes_test_model_make_picture ("a.png", 300, 100);
  RushesPictureLimits limits;

  g_assert_true (rushes_model_get_picture_limits (model, draft, picture, &limits));
  g_assert_cmpfloat (limits.aspect, ==, 720 / 1280.0);
  g_assert_cmpint (limits.max_edge, ==, 99);
  g_assert_cmpint (limits.min_edge, ==, 9);
  rushes_draft_set_resolution (draft, "720p");
  g_assert_true (rushes_model_get_picture_limits (model, draft, picture, &limits));
  g_assert_cmpfloat (limits.aspect, ==, 0);
}

static void
test_none (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new ("\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5]");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) picture = rushes_test_model_make_picture ("a.png", 300, 100);
  RushesPictureLimits limits;
  guint n = 9;

  g_assert_false (rushes_model_get_picture_limits (model, draft, picture, &limits));
  rushes_model_get_picture_forms (model, 1, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *pictures, *message;
  } cases[] = {
    { "\"as\":[]", "pictures.as: at least one form is expected." },
    { "\"as\":[\"data\",\"data\"]", "pictures.as[1]: there is another “data” already." },
    { "\"as\":[\"mail\"]", "pictures.as[0]: one of these words is expected: data, base64, part, upload, address." },
    { "\"max_edge\":9", "pictures: “as” is missing." },
    { "\"as\":[\"data\"],\"min_aspect\":2,\"max_aspect\":1",
      "pictures.max_aspect: a number from 2 to 100 is expected." },
    { "\"as\":[\"data\"],\"quality\":9", "pictures: “quality” is not known here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s%s}}", BASE, cases[i].pictures);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autofree char *message = g_strconcat ("kites.json: ", cases[i].message, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (node);
      g_assert_null (rushes_model_from_json (node, "kites", "kites.json", &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, message);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model/pictures/forms", test_forms);
  g_test_add_func ("/model/pictures/limits", test_limits);
  g_test_add_func ("/model/pictures/size", test_size);
  g_test_add_func ("/model/pictures/none", test_none);
  g_test_add_func ("/model/pictures/mistakes", test_mistakes);

  return g_test_run ();
}
