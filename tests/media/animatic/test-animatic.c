/* test-animatic.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "clip-decoder.h"
#include "picture-fixtures.h"
#include "rushes-animatic.h"
#include "rushes-async.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-shot.h"
#include "rushes-test.h"

typedef struct
{
  char *folder;
  GFile *spool;
  RushesProvider *provider;
  RushesJob *job;
} House;

static RushesReference *
make_reference (const char *folder)
{
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (400, 300, 255);
  g_autofree char *path = fixture_save (folder, "picture.png", pixbuf, "png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_strnfill (64, '0');

  return rushes_reference_new (sha256, "image/png", 400, 300, 1000, "picture.png", file);
}

static void
house_open (House *self, const char *prompt, gboolean picture, double seconds)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesReference) reference = NULL;
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = rushes_test_folder ();

  self->folder = rushes_test_folder ();
  self->spool = g_file_new_build_filename (self->folder, "attempt", NULL);
  self->provider = rushes_animatic_new (&error);
  g_assert_no_error (error);

  rushes_draft_set_model (draft, "animatic", "animatic");
  rushes_draft_set_prompt (draft, prompt);
  rushes_draft_set_duration (draft, seconds);
  rushes_draft_set_resolution (draft, "480p");
  rushes_draft_set_aspect (draft, "4:3");
  rushes_draft_set_frame_rate (draft, 24);
  rushes_draft_set_seed (draft, 11);
  rushes_draft_set_audio (draft, TRUE);
  rushes_draft_set_parameter (draft, "caption", "true");
  if (picture)
    {
      reference = make_reference (folder);
      rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, reference);
    }
  request = rushes_request_new (draft, rushes_provider_find_model (self->provider, NULL), 0);
  self->job = rushes_job_new (request, "own-id", self->spool, fitter);
}

static void
house_close (House *self)
{
  g_clear_object (&self->job);
  g_clear_object (&self->provider);
  g_clear_object (&self->spool);
  g_clear_pointer (&self->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_close)

static void
submit (House *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesAnswer) answer = NULL;

  g_assert_true (dex_await (rushes_provider_prepare (self->provider, self->job), &error));
  answer = dex_await_boxed (rushes_provider_submit (self->provider, self->job), &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer->task_id);
  g_assert_null (answer->host);
  rushes_job_set_task (self->job, answer->task_id, NULL, NULL);
}

static RushesAnswer *
poll_task (House *self)
{
  g_autoptr (GError) error = NULL;
  RushesAnswer *answer = dex_await_boxed (rushes_provider_poll (self->provider, self->job), &error);

  g_assert_no_error (error);
  return answer;
}

static RushesAnswer *
follow (House *self, guint *news)
{
  g_autoptr (RushesAnswer) answer = poll_task (self);

  while (answer->phase == RUSHES_PHASE_WAITING || answer->phase == RUSHES_PHASE_RUNNING)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) last = g_steal_pointer (&answer);

      g_assert_true (dex_await (
          rushes_async_limit (rushes_provider_wait (self->provider, self->job, last), 60, "No news."), &error));
      answer = poll_task (self);
      g_assert_cmpfloat (answer->progress, <=, 1);
      if (answer->phase == RUSHES_PHASE_RUNNING && last->phase == RUSHES_PHASE_RUNNING)
        g_assert_cmpfloat (answer->progress, >=, last->progress);
      (*news)++;
    }

  return g_steal_pointer (&answer);
}

static void
assert_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

static void
test_shot (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesShot) shot = NULL, card = NULL;
  g_autoptr (GError) error = NULL;

  house_open (&house, "  evening light ", TRUE, 3);
  shot = rushes_shot_new (rushes_job_get_request (house.job), &error);
  g_assert_no_error (error);
  g_assert_cmpint (shot->width, ==, 640);
  g_assert_cmpint (shot->height, ==, 480);
  g_assert_cmpuint (shot->n_frames, ==, 72);
  g_assert_cmpint (shot->seed, ==, 11);
  g_assert_true (shot->caption && shot->audio);
  g_assert_cmpstr (shot->text, ==, "evening light");
  g_assert_cmpint (shot->picture_width, ==, 400);

  /* What a preset says of the camera is heard, and not shown. */
  rushes_draft_set_model (draft, "animatic", "animatic");
  rushes_draft_set_prompt (draft, "The paper boat");
  rushes_draft_set_preset (draft, "slow-pull-out", "Slow pull out");
  request = rushes_request_new (draft, rushes_provider_find_model (house.provider, NULL), 0);
  card = rushes_shot_new (request, &error);
  g_assert_no_error (error);
  g_assert_null (card->picture);
  g_assert_cmpstr (card->text, ==, "The paper boat");
  g_assert_cmpstr (card->direction, ==, "Slow pull out");
  g_assert_false (card->caption);
}

static void
test_renders (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (GFile) part = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DecodedClip) clip = NULL;
  const RushesOutput *output;
  gint64 start = g_get_monotonic_time ();
  guint news = 0;

  house_open (&house, "slow push in, evening light", TRUE, 3);
  g_assert_true (rushes_provider_get_is_local (house.provider));
  g_assert_null (rushes_provider_get_problem (house.provider));
  g_assert_cmpint (rushes_provider_get_cancel_kind (house.provider, NULL), ==, RUSHES_CANCEL_STOPS_COST);
  submit (&house);
  answer = follow (&house, &news);
  g_assert_no_error (answer->error);
  g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
  g_assert_cmpuint (answer->outputs->len, ==, 1);
  g_assert_nonnull (strstr (answer->words, "72 frames"));
  /* Some, and not one for each frame if they come faster than 15 a second. */
  g_assert_cmpuint (news, >=, 2);
  g_assert_cmpfloat (news, <=, 8 + 16 * (g_get_monotonic_time () - start) / 1e6);

  output = g_ptr_array_index (answer->outputs, 0);
  part = g_file_new_build_filename (house.folder, "clip.mp4", NULL);
  g_assert_true (dex_await (rushes_provider_fetch (house.provider, house.job, output, part, NULL, NULL), &error));
  g_assert_no_error (error);
  clip = decode_clip (g_file_peek_path (part));
  g_assert_cmpuint (clip->frames->len, ==, 72);
  g_assert_cmpint (clip->width, ==, 640);
  g_assert_cmpint (clip->channels, ==, 2);
}

static char *
render_words (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesAnswer) answer = NULL;
  guint news = 0;

  house_open (&house, "雨夜的纸船", FALSE, 1);
  submit (&house);
  answer = follow (&house, &news);
  g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
  return g_strdup (answer->words);
}

static void
test_same_frames (void)
{
  g_autofree char *one = render_words (), *other = render_words ();

  g_assert_nonnull (strstr (one, "sha256 "));
  g_assert_cmpstr (one, ==, other);
}

static void
test_cancel (void)
{
  for (int moment = 0; moment < 4; moment++)
    {
      g_auto (House) house = { 0 };
      g_autoptr (RushesAnswer) answer = NULL;
      g_autoptr (GError) error = NULL;

      house_open (&house, "The paper boat", FALSE, 20);
      submit (&house);
      for (int i = 0; i < moment; i++)
        {
          g_autoptr (RushesAnswer) last = poll_task (&house);

          g_assert_true (dex_await (rushes_provider_wait (house.provider, house.job, last), &error));
        }
      g_assert_true (dex_await_boolean (rushes_provider_cancel (house.provider, house.job), &error));
      g_assert_no_error (error);
      answer = poll_task (&house);
      g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_CANCELLED);
      g_assert_null (answer->outputs);
      assert_empty (house.folder);
      /* There is nothing to wait for any more. */
      g_assert_true (dex_await (
          rushes_async_limit (rushes_provider_wait (house.provider, house.job, answer), 5, "It waits."), &error));
    }
}

static void
test_cancel_too_late (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesAnswer) answer = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  guint news = 0;

  house_open (&house, "The paper boat", FALSE, 1);
  submit (&house);
  answer = follow (&house, &news);
  g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
  g_assert_false (dex_await_boolean (rushes_provider_cancel (house.provider, house.job), &error));
  again = poll_task (&house);
  g_assert_cmpint (again->phase, ==, RUSHES_PHASE_DONE);
}

static void
test_let_go (void)
{
  g_auto (House) house = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (RushesAnswer) last = NULL;
  g_autoptr (GError) error = NULL;

  /* Whoever quits in the middle leaves no half a clip. */
  house_open (&house, "The paper boat", FALSE, 20);
  submit (&house);
  last = poll_task (&house);
  g_assert_true (dex_await (rushes_provider_wait (house.provider, house.job, last), &error));
  g_clear_object (&house.provider);
  assert_empty (house.folder);
}

static void
test_lost (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesAnswer) last = rushes_answer_new (RUSHES_PHASE_RUNNING);
  g_autoptr (GError) error = NULL, none = NULL;

  house_open (&house, "The paper boat", FALSE, 3);
  rushes_job_set_task (house.job, "a task of another process", NULL, NULL);
  g_assert_false (dex_await (rushes_provider_poll (house.provider, house.job), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_NO);
  g_assert_true (dex_await (rushes_provider_wait (house.provider, house.job, last), &none));
  g_assert_true (dex_await_boolean (rushes_provider_cancel (house.provider, house.job), &none));
}

static void
test_failure (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (RushesReference) reference = NULL;
  guint news = 0;
  RushesReference *used;

  house_open (&house, "", TRUE, 3);
  used = rushes_request_get_reference (rushes_job_get_request (house.job), RUSHES_ROLE_FIRST_FRAME, 0);
  g_assert_true (
      g_file_replace_contents (rushes_reference_get_file (used), "spoilt", 6, NULL, FALSE, 0, NULL, NULL, NULL));
  submit (&house);
  answer = follow (&house, &news);
  g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_FAILED);
  g_assert_error (answer->error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpint (rushes_error_get_charged (answer->error), ==, RUSHES_CHARGED_NO);
  assert_empty (house.folder);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/animatic/shot", test_shot);
  rushes_test_add_fiber ("/animatic/renders", test_renders);
  rushes_test_add_fiber ("/animatic/same-frames", test_same_frames);
  rushes_test_add_fiber ("/animatic/cancel", test_cancel);
  rushes_test_add_fiber ("/animatic/cancel-too-late", test_cancel_too_late);
  rushes_test_add_fiber ("/animatic/let-go", test_let_go);
  rushes_test_add_fiber ("/animatic/lost", test_lost);
  rushes_test_add_fiber ("/animatic/failure", test_failure);
  return g_test_run ();
}
