/* test-services.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every service that is described, against the server that plays it: the description was read in one place and the
 * server written from the same facts by another reading, so that what passes here is what both understood. The
 * pipeline, the library and the pictures are the real ones; only seconds are short. */

#include <string.h>

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-core.h"
#include "rushes-error.h"
#include "rushes-extending.h"
#include "rushes-http-provider.h"
#include "rushes-importer.h"
#include "rushes-keyring.h"
#include "rushes-library.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-queue-private.h"
#include "rushes-queue.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"
#include "test-services-table.h"

/* A second of the pipeline, in seconds. */
#define SECOND 0.003

/* What goes wrong, and what must come of it. */
typedef struct
{
  const char *fault;
  Abilities needs; /* of the service, for it to happen at all */
  guint tries;
  RushesTakeState state;
  RushesErrorCode codes[4]; /* any of these when it did not become ready; up to the first that repeats */
  int submits;              /* -1: whatever */
} Mishap;

#define ANY_CODE { RUSHES_ERROR_INTERNAL, RUSHES_ERROR_INTERNAL }

static const Mishap mishaps[] = {
  /* Certainly not accepted. */
  { "refuse-key", 0, 2, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_AUTH, RUSHES_ERROR_FORBIDDEN, RUSHES_ERROR_AUTH }, 0 },
  { "balance", 0, 2, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_QUOTA, RUSHES_ERROR_QUOTA }, 0 },
  { "reject", 0, 2, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_REJECTED, RUSHES_ERROR_REJECTED }, 0 },
  { "bad-request", 0, 2, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_BAD_REQUEST, RUSHES_ERROR_BAD_REQUEST }, 0 },
  { "unknown-model",
    0,
    2,
    RUSHES_TAKE_STATE_FAILED,
    { RUSHES_ERROR_MODEL_RETIRED, RUSHES_ERROR_BAD_REQUEST, RUSHES_ERROR_UNSUPPORTED, RUSHES_ERROR_MODEL_RETIRED },
    0 },
  { "rate-limit", 0, 0, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_RATE_LIMITED, RUSHES_ERROR_RATE_LIMITED }, 0 },
  { "rate-limit=1", 0, 1, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "rate-limit=date", 0, 1, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "submit-503-retry-after", 0, 1, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },

  /* Nobody knows; it is never sent again. */
  { "server-error", 0, 5, RUSHES_TAKE_STATE_UNCONFIRMED, ANY_CODE, 0 },
  { "html", 0, 5, RUSHES_TAKE_STATE_UNCONFIRMED, ANY_CODE, 0 },
  { "reset-submit", 0, 5, RUSHES_TAKE_STATE_UNCONFIRMED, ANY_CODE, 1 },
  { "truncate-reply", 0, 5, RUSHES_TAKE_STATE_UNCONFIRMED, ANY_CODE, 1 },
  { "no-task-id", WAITS, 5, RUSHES_TAKE_STATE_UNCONFIRMED, ANY_CODE, 1 },

  /* Accepted: from here on there is one submit, whatever happens. */
  { "fail", WAITS, 0, RUSHES_TAKE_STATE_FAILED, ANY_CODE, 1 },
  { "fail-then-done", WAITS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "never", WAITS, 0, RUSHES_TAKE_STATE_LEFT, ANY_CODE, 1 },
  { "unknown-state", WAITS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "done-without-clip",
    WAITS,
    0,
    RUSHES_TAKE_STATE_FAILED,
    { RUSHES_ERROR_PROTOCOL, RUSHES_ERROR_REJECTED, RUSHES_ERROR_NOT_FOUND, RUSHES_ERROR_PROTOCOL },
    1 },
  { "poll-404-first=2", WAITS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "poll-500=2", WAITS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "poll-401", WAITS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "poll-429", WAITS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },

  /* Made and paid for: it only has to arrive. */
  { "result-404-first", 0, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "truncated-clip", 0, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "redirect-result", 0, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "expired-result=renewed", RENEWS, 0, RUSHES_TAKE_STATE_READY, ANY_CODE, 1 },
  { "expired-result=404",
    0,
    0,
    RUSHES_TAKE_STATE_EXPIRED,
    { RUSHES_ERROR_NOT_FOUND, RUSHES_ERROR_FORBIDDEN, RUSHES_ERROR_NOT_FOUND },
    1 },
  { "html-clip", 0, 0, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_MEDIA, RUSHES_ERROR_PROTOCOL, RUSHES_ERROR_MEDIA }, 1 },
};

/* ---- a house with one service ---- */

typedef struct
{
  RushesTestSimulator *simulator;
  RushesFolders *folders;
  RushesLibrary *library;
  RushesRegistry *registry;
  RushesPictureFitter *fitter;
  RushesProvider *provider;
  RushesQueue *queue;
  const char *interface; /* what the parameter of this name is set to; NULL */
} House;

/* The description as it ships, but that nothing in it is retired: a protocol outlives the models that spoke it. With
 * @stores pictures go to the service's own place, whatever their size. */
static RushesDescription *
load_description (const char *id, gboolean stores)
{
  g_autofree char *path = g_strdup_printf ("/io/github/rushes_app/Rushes/providers/%s.json", id);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) revived = NULL;
  g_autoptr (GError) error = NULL;
  RushesDescription *description;
  JsonArray *models;

  g_assert_nonnull (bytes);
  root = json_from_string (g_bytes_get_data (bytes, NULL), &error);
  g_assert_no_error (error);
  models = json_object_get_array_member (json_node_get_object (root), "models");
  for (guint i = 0; i < json_array_get_length (models); i++)
    json_object_remove_member (json_array_get_object_element (models, i), "retired");
  if (stores)
    json_object_set_int_member (json_object_get_object_member (json_node_get_object (root), "pictures"), "inline_bytes",
                                1);
  text = json_to_string (root, FALSE);
  revived = g_bytes_new (text, strlen (text));
  description = rushes_description_new_from_bytes (revived, id, &error);
  g_assert_no_error (error);
  return description;
}

static House *
house_new_storing (const Service *service, const char *fault, gboolean stores)
{
  House *self = g_new0 (House, 1);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) wanted = g_strsplit (fault != NULL ? fault : "", ",", -1);
  g_auto (GStrv) faults = NULL;
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autofree char *variable = rushes_key_variable (service->id);
  g_autofree char *url = NULL;
  g_autoptr (RushesDescription) description = load_description (service->id, stores);
  g_autoptr (GError) error = NULL;

  if (service->dialect != NULL)
    g_strv_builder_add (all, service->dialect);
  g_strv_builder_addv (all, (const char **) wanted);
  faults = g_strv_builder_end (all);
  self->simulator = rushes_test_simulator_newv (service->id, (const char *const *) faults);
  g_setenv (variable, RUSHES_TEST_KEY, TRUE);
  self->folders = rushes_folders_new (data, cache);
  self->library = dex_await_object (rushes_library_open (self->folders, RUSHES_LIBRARY_OPEN_DEFAULT), &error);
  g_assert_no_error (error);
  self->provider = rushes_http_provider_new (description, rushes_keyring_get_default ());
  url = g_strconcat (rushes_test_simulator_get_url (self->simulator), service->path, NULL);
  rushes_http_provider_set_base_url (RUSHES_HTTP_PROVIDER (self->provider), url, &error);
  g_assert_no_error (error);
  rushes_provider_set_interval (self->provider, 5 * SECOND);
  self->registry = rushes_registry_new ();
  rushes_registry_add (self->registry, self->provider);
  self->fitter = rushes_pixbuf_fitter_new ();
  self->queue = rushes_queue_new (self->library, self->registry, self->fitter);
  rushes_queue_set_second (self->queue, SECOND);
  return self;
}

static House *
house_new (const Service *service, const char *fault)
{
  return house_new_storing (service, fault, FALSE);
}

static void
house_free (House *self)
{
  dex_await (rushes_queue_stop (self->queue), NULL);
  dex_await (rushes_library_close (self->library), NULL);
  g_object_unref (self->queue);
  g_object_unref (self->fitter);
  g_object_unref (self->registry);
  g_object_unref (self->provider);
  g_object_unref (self->library);
  g_object_unref (self->folders);
  rushes_test_simulator_free (self->simulator);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

/* The picture that ships with the program. */
static RushesReference *
import_picture (House *self)
{
  g_autoptr (RushesImporter) importer = rushes_importer_new (self->folders, self->fitter);
  g_autofree char *path = g_build_filename (g_getenv ("RUSHES_SOURCE"), "data", "samples", "harbour.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  RushesReference *reference = dex_await_object (rushes_importer_import_file (importer, file), &error);

  g_assert_no_error (error);
  return reference;
}

/* Which pictures go with the words. */
typedef enum
{
  ALONE,
  FIRST,
  BOTH_FRAMES,
  REFERENCES,
} Company;

static RushesTake *
order_with (House *self, const char *model_id, Company company)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  RushesModel *model = rushes_provider_find_model (self->provider, model_id);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (RushesReference) picture = company != ALONE ? import_picture (self) : NULL;
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (model);
  rushes_draft_set_model (draft, rushes_provider_get_id (self->provider), rushes_model_get_id (model));
  rushes_draft_set_prompt (draft, "A paper boat in the rain");
  rushes_draft_set_duration (draft, 5);
  if (self->interface != NULL)
    rushes_draft_set_parameter (draft, "interface", self->interface);
  if (company == FIRST || company == BOTH_FRAMES)
    rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
  if (company == BOTH_FRAMES)
    rushes_draft_set_reference (draft, RUSHES_ROLE_LAST_FRAME, 0, picture);
  if (company == REFERENCES)
    rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, 0, picture);
  notes = rushes_model_fit (model, draft);
  takes = dex_await_boxed (rushes_queue_generate (self->queue, project, draft, NULL, order_id), &error);
  g_assert_no_error (error);
  return g_object_ref (g_ptr_array_index (takes, 0));
}

static RushesTake *
order (House *self, const char *model_id, gboolean with_picture)
{
  return order_with (self, model_id, with_picture ? FIRST : ALONE);
}

/* How it ended, for who reads the log: the table of what was measured. */
static void
report (const Service *service, const char *title, RushesTake *take)
{
  const GError *error = rushes_take_get_error (take);

  g_test_message ("%s · %s → %s%s%s%s%s %s", service->id, title,
                  rushes_take_state_to_string (rushes_take_get_state (take)), error != NULL ? ", " : "",
                  error != NULL ? rushes_error_code_to_string (error->code) : "", error != NULL ? ", charged: " : "",
                  error != NULL ? rushes_charged_to_string (rushes_error_get_charged (error)) : "",
                  error != NULL ? error->message : "");
}

static void
await_end (House *self, const Service *service, const char *title, RushesTake *take)
{
  g_autoptr (RushesTake) ended = NULL;
  g_autoptr (GError) error = NULL;

  ended = dex_await_object (rushes_queue_await (self->queue, take), &error);
  g_assert_no_error (error);
  report (service, title, take);
}

/* Whatever happened: the key went nowhere else. */
static void
assert_kept_to_itself (House *self)
{
  g_assert_cmpuint (rushes_test_simulator_count (self->simulator, "leaks"), ==, 0);
}

static void
assert_ready (House *self, RushesTake *take)
{
  RushesClip *clip = rushes_take_get_clip (take);

  if (rushes_take_get_error (take) != NULL)
    g_test_message ("%s (%s)", rushes_take_get_error (take)->message,
                    rushes_error_get_words (rushes_take_get_error (take)));
  g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, "ready");
  g_assert_nonnull (clip);
  g_assert_true (g_file_query_exists (rushes_clip_get_file (clip), NULL));
  g_assert_cmpuint (rushes_test_simulator_count (self->simulator, "submits"), ==, 1);
}

/* ---- tests ---- */

static void
test_words (const Service *service)
{
  g_autoptr (House) house = house_new (service, NULL);
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);

  await_end (house, service, "words", take);
  assert_ready (house, take);
  assert_kept_to_itself (house);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "refusals"), ==, 0);
}

static void
test_picture (const Service *service)
{
  g_autoptr (House) house = house_new (service, NULL);
  g_autoptr (RushesTake) take = order (house, service->picture_model, TRUE);

  await_end (house, service, "picture", take);
  assert_ready (house, take);
  assert_kept_to_itself (house);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "refusals"), ==, 0);
}

/* ---- clips that are made longer ---- */

/* By what makes a clip that can be. */
static const Service extending[] = {
  { "xai", NULL, "grok-imagine-video", NULL, 0 },
  { "kling", NULL, "kling-v1-6", NULL, 0 },
  { "openai-compatible", "litellm", "sora-2", NULL, 0 },
};

/* Of a clip that is there. */
static RushesTake *
extend (House *self, RushesTake *take, GError **error)
{
  g_autoptr (RushesDraft) draft =
      dex_await_object (rushes_extending_begin (self->library, self->registry, take, FALSE), error);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GPtrArray) takes = NULL;

  if (draft == NULL)
    return NULL;
  rushes_draft_set_prompt (draft, "It sails on");
  takes = dex_await_boxed (rushes_queue_generate (self->queue, project, draft, NULL, order_id), error);
  return takes != NULL ? g_object_ref (g_ptr_array_index (takes, 0)) : NULL;
}

static void
test_extend (const Service *service)
{
  g_autoptr (House) house = house_new (service, NULL);
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);
  g_autoptr (RushesTake) longer = NULL;
  g_autoptr (RushesTake) longest = NULL;
  g_autoptr (GError) error = NULL;

  await_end (house, service, "words", take);
  assert_ready (house, take);
  longer = extend (house, take, &error);
  g_assert_no_error (error);
  await_end (house, service, "extend", longer);
  g_assert_cmpint (rushes_take_get_state (longer), ==, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (rushes_request_get_extension (rushes_take_get_request (longer))->take_id, ==,
                   rushes_take_get_id (take));
  /* What came of it can be made longer again. */
  longest = extend (house, longer, &error);
  g_assert_no_error (error);
  await_end (house, service, "extend again", longest);
  g_assert_cmpint (rushes_take_get_state (longest), ==, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 3);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "refusals"), ==, 0);
  assert_kept_to_itself (house);
}

/* Refused, and nothing spent: the sentence says what else can be done. */
static void
test_extend_gone (const Service *service)
{
  g_autoptr (House) house = house_new (service, "extend-gone");
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);
  g_autoptr (RushesTake) longer = NULL;
  g_autoptr (GError) error = NULL;

  await_end (house, service, "words", take);
  longer = extend (house, take, &error);
  g_assert_no_error (error);
  await_end (house, service, "extend-gone", longer);
  g_assert_cmpint (rushes_take_get_state (longer), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpint (rushes_take_get_error (longer)->code, ==, RUSHES_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (rushes_take_get_error (longer)->message, "last frame"));
  g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (longer)), ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 1);
}

/* The answer is lost, and it has no name of ours to be found by: it is never sent again unless a person says so, and is
 * then the same. */
static void
test_extend_lost (const Service *service)
{
  g_autoptr (House) house = house_new (service, "reset-submit@2");
  const RushesConsent consent = RUSHES_CONSENT_AGAIN;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) longer = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (house->queue, "tries", 5, "delay", 1.0, NULL);
  take = order (house, service->text_model, FALSE);
  await_end (house, service, "words", take);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
  longer = extend (house, take, &error);
  g_assert_no_error (error);
  await_end (house, service, "lost answer", longer);
  g_assert_cmpint (rushes_take_get_state (longer), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 2);

  again = dex_await_object (rushes_queue_retry_with_consent (house->queue, longer, &consent), &error);
  g_assert_no_error (error);
  await_end (house, service, "submit again", longer);
  g_assert_cmpint (rushes_take_get_state (longer), ==, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 3);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "refusals"), ==, 0);
}

/* ---- streams ---- */

static void
note_progress (RushesTake *take, GParamSpec *pspec, double *most)
{
  *most = MAX (*most, rushes_take_get_progress (take));
}

/* The answer tells how far it is before it is whole. */
static void
test_streamed_answer (const Service *service, const char *quirk)
{
  g_autoptr (House) house = house_new (service, quirk);
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);
  double most = -1;

  g_signal_connect (take, "notify::progress", G_CALLBACK (note_progress), &most);
  await_end (house, service, quirk, take);
  g_signal_handlers_disconnect_by_data (take, &most);
  assert_ready (house, take);
  g_assert_cmpfloat (most, >, 0);
}

static void
test_streamed_thoughts (const Service *service)
{
  test_streamed_answer (service, "sse-reasoning");
}

static void
test_streamed_unasked (const Service *service)
{
  test_streamed_answer (service, "sse-as-json");
}

/* Who wanted a stream takes one answer as well, in whatever form. */
static void
test_not_streamed (const Service *service)
{
  static const char *const faults[] = { "no-sse", "parts" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      Service other = *service;
      g_autoptr (House) house = NULL;
      g_autoptr (RushesTake) take = NULL;

      other.dialect = "no-sse";
      house = house_new (&other, faults[i]);
      take = order (house, service->text_model, FALSE);
      await_end (house, service, faults[i], take);
      assert_ready (house, take);
    }
}

/* One that fails on the way may have been paid for: it is not sent again. */
static void
test_streamed_failure (const Service *service)
{
  g_autoptr (House) house = house_new (service, "sse-error");
  g_autoptr (RushesTake) take = NULL;

  g_object_set (house->queue, "tries", 5, "delay", 1.0, NULL);
  take = order (house, service->text_model, FALSE);
  await_end (house, service, "sse-error", take);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_true (g_error_matches (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_PROVIDER));
  g_assert_cmpstr (rushes_error_get_words (rushes_take_get_error (take)), ==,
                   "Error: Video generation failed upstream");
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 1);
}

static void
note_early (RushesTake *take, GParamSpec *pspec, gboolean *early)
{
  const char *message = rushes_take_get_message (take);

  *early = *early || (rushes_take_get_state (take) == RUSHES_TAKE_STATE_SUBMITTING && message != NULL &&
                      g_str_has_prefix (message, "Saving"));
}

/* Begins to fetch the clip while the answer, which waits for that, still comes. Gives where the one that was kept lay.
 */
static char *
live_early (const Service *service, House *house, RushesTakeState end)
{
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (JsonNode) facts = NULL;
  g_autoptr (GError) error = NULL;
  gboolean early = FALSE;
  JsonArray *results;
  JsonObject *attempt;

  g_object_set (house->queue, "tries", 5, "delay", 1.0, NULL);
  take = order (house, service->text_model, FALSE);
  g_signal_connect (take, "notify::message", G_CALLBACK (note_early), &early);
  await_end (house, service, "sse-early", take);
  g_signal_handlers_disconnect_by_data (take, &early);
  g_assert_true (early);
  g_assert_cmpint (rushes_take_get_state (take), ==, end);
  if (end == RUSHES_TAKE_STATE_READY)
    assert_ready (house, take);
  assert_kept_to_itself (house);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 1);

  facts = dex_await_boxed (rushes_library_describe_take (house->library, take), &error);
  g_assert_no_error (error);
  attempt = json_array_get_object_element (json_object_get_array_member (json_node_get_object (facts), "attempts"), 0);
  results = json_object_get_array_member (attempt, "results");
  return json_array_get_length (results) > 0
             ? g_strdup (json_object_get_string_member (json_array_get_object_element (results, 0), "uri"))
             : NULL;
}

/* What came ahead is not asked for again, whether the answer then ends as it should, in the middle, or with an error.
 */
static void
test_early (const Service *service)
{
  static const char *const faults[] = { "sse-early", "sse-early=breaks", "sse-early=fails" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (House) house = house_new (service, faults[i]);
      g_autofree char *uri = live_early (service, house, RUSHES_TAKE_STATE_READY);

      g_test_message ("%s: %s", faults[i], uri);
      g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "downloads"), ==, 1);
    }
}

/* The end of the answer may name another clip, which is the one. */
static void
test_early_better (const Service *service)
{
  g_autoptr (House) house = house_new (service, "sse-early=better");
  g_autofree char *uri = live_early (service, house, RUSHES_TAKE_STATE_READY);

  g_assert_null (strstr (uri, "preview"));
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "downloads"), ==, 2);
}

/* An error after an address is no refusal that may be sent again, even if there is nothing behind the address. */
static void
test_early_failure (const Service *service)
{
  Service failing = *service;
  g_autoptr (House) house = NULL;
  g_autofree char *uri = NULL;

  failing.dialect = "sse-early=fails";
  house = house_new (&failing, "html-clip");
  uri = live_early (service, house, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_null (uri);
}

/* While the service tells by itself, nobody asks. */
static void
test_status_stream (const Service *service)
{
  g_autoptr (House) house = house_new (service, "stream");
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);

  await_end (house, service, "stream", take);
  assert_ready (house, take);
  assert_kept_to_itself (house);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "polls"), ==, 0);
}

static void
test_status_stream_breaks (const Service *service)
{
  g_autoptr (House) house = house_new (service, "stream-breaks");
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);

  await_end (house, service, "stream-breaks", take);
  assert_ready (house, take);
  assert_kept_to_itself (house);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "polls"), >, 0);
}

/* How many attempts there were, and how many entries of the ledger count in the end. */
static void
assert_bought (House *self, RushesTake *take, guint n_attempts, guint n_costs)
{
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (GPtrArray) attempts = dex_await_boxed (rushes_library_load_attempts (self->library, take), NULL);
  g_autoptr (GPtrArray) entries = dex_await_boxed (rushes_library_list_ledger (self->library, &filter), NULL);
  guint n = 0;

  g_assert_cmpuint (attempts->len, ==, n_attempts);
  for (guint i = 0; i < entries->len; i++)
    n += ((RushesLedgerEntry *) g_ptr_array_index (entries, i))->counts;
  g_assert_cmpuint (n, ==, n_costs);
}

/* The answer to the submit is lost, and the service needs a while until it knows what it has accepted. */
static void
test_lost_answer (const Service *service, gboolean with_picture)
{
  g_autoptr (House) house = house_new (service, "reset-submit,poll-404-first=2");
  g_autoptr (RushesTake) take =
      order (house, with_picture ? service->picture_model : service->text_model, with_picture);

  await_end (house, service, "lost answer", take);
  assert_ready (house, take);
  assert_bought (house, take, 1, 1);
  assert_kept_to_itself (house);
}

static void
test_lost_answer_words (const Service *service)
{
  test_lost_answer (service, FALSE);
}

static void
test_lost_answer_picture (const Service *service)
{
  test_lost_answer (service, TRUE);
}

static gboolean
is_running (gpointer take)
{
  return rushes_take_get_state (take) == RUSHES_TAKE_STATE_RUNNING;
}

/* Where a service cannot cancel, only our waiting ends. */
static void
test_cancel (const Service *service)
{
  g_autoptr (House) house = house_new (service, (service->abilities & STUBBORN) ? "never,cancel-refused" : "never");
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);
  g_autoptr (GError) error = NULL;

  while (!is_running (take))
    dex_await (rushes_async_sleep (0.005), NULL);
  dex_await (rushes_queue_cancel (house->queue, take), &error);
  g_assert_no_error (error);
  await_end (house, service, "cancel", take);
  g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==,
                   (service->abilities & CANCELS) ? "cancelled" : "left");
  if (service->abilities & CANCELS)
    g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "cancels"), ==, 1);
  assert_kept_to_itself (house);
}

static gboolean
is_one_of (const Mishap *mishap, const GError *error)
{
  if (mishap->codes[0] == RUSHES_ERROR_INTERNAL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (mishap->codes) && (i == 0 || mishap->codes[i] != mishap->codes[0]); i++)
    if (error != NULL && error->code == (int) mishap->codes[i])
      return TRUE;
  return FALSE;
}

static void
test_mishap (const Service *service, const Mishap *mishap)
{
  g_autoptr (House) house = house_new (service, mishap->fault);
  g_autoptr (RushesTake) take = NULL;
  RushesTakeState state = mishap->state;
  guint submits;

  g_object_set (house->queue, "tries", mishap->tries, "delay", 1.0, "time-limit", 600.0, NULL);
  take = (service->abilities & WORDS) ? order (house, service->text_model, FALSE)
                                      : order (house, service->picture_model, TRUE);
  await_end (house, service, mishap->fault, take);

  /* Who is known by our id is no riddle: what was accepted is found, and what was not has cost nothing. */
  if (state == RUSHES_TAKE_STATE_UNCONFIRMED && (service->abilities & KNOWS))
    {
      state = mishap->submits > 0 ? RUSHES_TAKE_STATE_READY : RUSHES_TAKE_STATE_FAILED;
      assert_bought (house, take, mishap->submits > 0 ? 1 : 1 + mishap->tries, mishap->submits);
    }
  /* A service that says that it declined the content means it. */
  if (g_str_equal (mishap->fault, "fail-then-done") &&
      g_error_matches (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_REJECTED))
    return;
  /* Where a clip lies behind a route of the service, "not there" is all that it says, as of one that is there no more.
   */
  if (g_str_equal (mishap->fault, "done-without-clip") &&
      g_error_matches (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
    state = RUSHES_TAKE_STATE_EXPIRED;
  g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, rushes_take_state_to_string (state));
  g_assert_true (is_one_of (mishap, rushes_take_get_error (take)));
  submits = rushes_test_simulator_count (house->simulator, "submits");
  if (mishap->submits >= 0)
    g_assert_cmpuint (submits, ==, (guint) mishap->submits);
  /* Refused: nothing was spent. Not refused, and not ready: that is never said. */
  if (state == RUSHES_TAKE_STATE_FAILED && submits == 0)
    g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_NO);
  if (state == RUSHES_TAKE_STATE_UNCONFIRMED)
    g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_MAYBE);
  assert_kept_to_itself (house);
}

/* ---- in brief ---- */

/* One that is refused, and what is said of it. */
static void
refuse_one (House *house, const Service *service, const char *title, RushesErrorCode code)
{
  g_autoptr (RushesTake) take = order_with (house, service->text_model, (service->abilities & WORDS) ? ALONE : FIRST);

  await_end (house, service, title, take);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_true (g_error_matches (rushes_take_get_error (take), RUSHES_ERROR, (int) code));
  g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, 0);
}

static void
make_one (House *house, const Service *service, const char *title, const char *model, Company company)
{
  guint before = rushes_test_simulator_count (house->simulator, "submits");
  guint refused = rushes_test_simulator_count (house->simulator, "refusals");
  g_autoptr (RushesTake) take = order_with (house, model, company);

  await_end (house, service, title, take);
  g_assert_no_error (rushes_take_get_error (take));
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
  g_assert_true (g_file_query_exists (rushes_clip_get_file (rushes_take_get_clip (take)), NULL));
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "submits"), ==, before + 1);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "refusals"), ==, refused);
}

/* Everything that it is asked for, in one house; the first two are refused. */
static void
test_in_brief (const Service *service)
{
  gboolean is_own = (service->abilities & OWN) != 0, is_nameless = (service->abilities & NAMELESS) != 0;
  g_autoptr (House) house = house_new (service, is_nameless ? "bad-request@1"
                                                : is_own    ? "bad-request@1,unknown-model@1"
                                                            : "balance@1,reject@1");

  g_object_set (house->queue, "tries", 2, "delay", 1.0, NULL);
  refuse_one (house, service, is_own ? "a wrong request" : "balance",
              is_own ? RUSHES_ERROR_BAD_REQUEST : RUSHES_ERROR_QUOTA);
  if (!is_nameless)
    refuse_one (house, service, is_own ? "no such model" : "refused prompt",
                is_own ? RUSHES_ERROR_MODEL_RETIRED : RUSHES_ERROR_REJECTED);
  if ((service->abilities & WORDS))
    make_one (house, service, "words", service->text_model, ALONE);
  if ((service->abilities & PICTURES))
    make_one (house, service, "picture", service->picture_model, FIRST);
  if ((service->abilities & LAST))
    make_one (house, service, "first and last", service->picture_model, BOTH_FRAMES);
  if ((service->abilities & REFERS))
    make_one (house, service, "references", service->picture_model, REFERENCES);
  assert_kept_to_itself (house);
}

/* The other interface of a service, whose answer to the submit is the clip. */
static void
test_at_once (const Service *service)
{
  g_autoptr (House) house = house_new (service, "address@1");

  house->interface = "answer";
  make_one (house, service, "an address at once", service->text_model, ALONE);
  make_one (house, service, "words at once", service->text_model, ALONE);
  make_one (house, service, "picture at once", service->picture_model, FIRST);
  assert_kept_to_itself (house);
}

static void
test_stored_picture (const Service *service)
{
  g_autoptr (House) house = house_new_storing (service, NULL, TRUE);

  make_one (house, service, "stored picture", service->picture_model, FIRST);
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "uploads"), ==, 1);
  assert_kept_to_itself (house);
}

/* What waits behind somebody else's job is taken out of the line, and what runs is left alone. */
static void
test_cancel_in_line (const Service *service)
{
  g_autoptr (House) house = house_new (service, "never,crowded");
  g_autoptr (RushesTake) take = order (house, service->text_model, FALSE);
  g_autoptr (GError) error = NULL;

  while (!is_running (take))
    dex_await (rushes_async_sleep (0.005), NULL);
  dex_await (rushes_queue_cancel (house->queue, take), &error);
  g_assert_no_error (error);
  await_end (house, service, "cancel in line", take);
  g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, "cancelled");
  g_assert_cmpuint (rushes_test_simulator_count (house->simulator, "cancels"), ==, 1);
}

/* Nothing listens there: the sentence says what to start. */
static void
test_not_started (const Service *service)
{
  g_autoptr (House) house = house_new (service, NULL);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  /* Bound and not listened at, so that nobody else can take it. */
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  url = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  rushes_http_provider_set_base_url (RUSHES_HTTP_PROVIDER (house->provider), url, &error);
  g_assert_no_error (error);
  g_object_set (house->queue, "tries", 0, NULL);

  take = order (house, service->text_model, FALSE);
  await_end (house, service, "not started", take);
  g_assert_true (g_error_matches (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NETWORK));
  g_assert_nonnull (strstr (rushes_take_get_error (take)->message, url));
  g_assert_nonnull (strstr (rushes_take_get_error (take)->message, "Start "));
}

static const Mishap expired = {
  "expired-result=404",
  0,
  0,
  RUSHES_TAKE_STATE_EXPIRED,
  { RUSHES_ERROR_NOT_FOUND, RUSHES_ERROR_FORBIDDEN, RUSHES_ERROR_NOT_FOUND },
  1,
};

static const Mishap wrong_key = {
  "refuse-key", 0, 2, RUSHES_TAKE_STATE_FAILED, { RUSHES_ERROR_AUTH, RUSHES_ERROR_AUTH }, 0,
};

/* ---- one test for each pair ---- */

typedef struct
{
  const Service *service;
  const Mishap *mishap; /* NULL: another test */
  void (*test) (const Service *service);
} Case;

static DexFuture *
run_case (gpointer data)
{
  const Case *one = data;

  if (one->mishap != NULL)
    test_mishap (one->service, one->mishap);
  else
    one->test (one->service);
  return dex_future_new_true ();
}

static void
test_case (gconstpointer data)
{
  g_autoptr (DexFuture) future = rushes_test_run (rushes_async_spawn (run_case, (gpointer) data, NULL));
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  g_assert_no_error (error);
}

static void
add (const Service *service, const char *title, const Mishap *mishap, void (*test) (const Service *service))
{
  const char *which = service->dialect != NULL ? service->dialect : service->text_model;
  g_autofree char *path = g_strdup_printf ("/services/%s/%s/%s", service->id, which != NULL ? which : "default", title);
  Case *one = g_new0 (Case, 1);

  one->service = service;
  one->mishap = mishap;
  one->test = test;
  g_test_add_data_func_full (path, one, test_case, g_free);
}

int
main (int argc, char **argv)
{
  const char *only = g_getenv ("RUSHES_TEST_SERVICE");

  rushes_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      const Service *service = &services[i];

      if (only != NULL && !g_str_equal (only, service->id))
        continue;
      if ((service->abilities & BRIEF))
        {
          add (service, "in-brief", NULL, test_in_brief);
          /* Only how it makes a take is another there. */
          if (g_strcmp0 (service->dialect, "own-ids") == 0)
            continue;
          add (service, "wrong-key", &wrong_key, NULL);
          if ((service->abilities & STORES))
            add (service, "stored-picture", NULL, test_stored_picture);
          if ((service->abilities & WAITS))
            add (service, "cancel", NULL, test_cancel);
          if (!(service->abilities & ENCLOSED))
            add (service, "expired-result", &expired, NULL);
          if ((service->abilities & OWN))
            add (service, "not-started", NULL, test_not_started);
          if (g_str_equal (service->id, "comfyui"))
            add (service, "cancel-in-line", NULL, test_cancel_in_line);
          if (g_str_equal (service->id, "ltx"))
            add (service, "at-once", NULL, test_at_once);
          if (g_str_equal (service->id, "fal"))
            add (service, "stream", NULL, test_status_stream);
          continue;
        }
      if ((service->abilities & WORDS))
        add (service, "words", NULL, test_words);
      if ((service->abilities & PICTURES))
        add (service, "picture", NULL, test_picture);
      if ((service->abilities & WAITS))
        add (service, "cancel", NULL, test_cancel);
      if ((service->abilities & KNOWS))
        {
          add (service, "lost-answer", NULL, test_lost_answer_words);
          add (service, "lost-answer-picture", NULL, test_lost_answer_picture);
        }
      if (g_str_equal (service->id, "grok-chat"))
        {
          add (service, "sse-reasoning", NULL, test_streamed_thoughts);
          add (service, "sse-as-json", NULL, test_streamed_unasked);
          add (service, "no-sse", NULL, test_not_streamed);
          add (service, "sse-error", NULL, test_streamed_failure);
          add (service, "sse-early", NULL, test_early);
          add (service, "sse-early-better", NULL, test_early_better);
          add (service, "sse-early-failure", NULL, test_early_failure);
        }
      if (g_str_equal (service->id, "pika"))
        {
          add (service, "stream", NULL, test_status_stream);
          add (service, "stream-breaks", NULL, test_status_stream_breaks);
        }
      for (guint j = 0; j < G_N_ELEMENTS (mishaps); j++)
        if ((service->abilities & mishaps[j].needs) == mishaps[j].needs)
          add (service, mishaps[j].fault, &mishaps[j], NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (extending); i++)
    {
      const Service *service = &extending[i];

      if (only != NULL && !g_str_equal (only, service->id))
        continue;
      add (service, "extend", NULL, test_extend);
      add (service, "extend-gone", NULL, test_extend_gone);
      if (g_str_equal (service->id, "kling"))
        add (service, "extend-lost", NULL, test_extend_lost);
    }
  return g_test_run ();
}
