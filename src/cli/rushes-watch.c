/* rushes-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-watch.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <libdex.h>
#include <signal.h>

#include "rushes-async.h"
#include "rushes-clip-saver.h"
#include "rushes-listing.h"
#include "rushes-take-events.h"

/* At most four times a second: a terminal and a pipe need no more. */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 4)

#define EXIT_LEFT        7
#define EXIT_PROVIDER    8
#define EXIT_STORAGE     9
#define EXIT_UNCONFIRMED 11
#define EXIT_INTERRUPTED 130

typedef enum
{
  PATIENT,
  STOPPING, /* after the first Ctrl+C */
  LEAVING,  /* after the second, or a signal to end */
} Mood;

struct _RushesWatch
{
  RushesInvocation *invocation;
  RushesPrinter *printer;
  RushesLibrary *library;
  RushesQueue *queue;
  RushesDestination *destination;
  gboolean no_wait;

  Mood mood;
  GPtrArray *followed; /* Followed */
  guint n_ended;
  guint signals[3];
};

/* A take that is followed. */
typedef struct
{
  RushesWatch *watch;
  RushesTake *take;
  RushesProvider *provider; /* NULL when it is not known any more */
  RushesAttemptFacts facts;
  DexPromise *news; /* resolved when the take or the mood has changed */
  DexFuture *end;   /* settled when nobody works on it any more */
  gint64 last_progress;
  double progress;
  gboolean said_preparing;
  gboolean said_submitted;
  gboolean said_downloading;
  gboolean ended;
} Followed;

static void
tell (Followed *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->news)))
    dex_promise_resolve_boolean (self->news, TRUE);
}

static Followed *
followed_new (RushesWatch *watch, RushesTake *take)
{
  Followed *self = g_new0 (Followed, 1);
  RushesRequest *request = rushes_take_get_request (take);

  self->watch = watch;
  self->take = g_object_ref (take);
  self->provider = rushes_registry_find (rushes_invocation_get_registry (watch->invocation),
                                         rushes_request_get_provider_id (request));
  self->news = dex_promise_new ();
  self->end = rushes_queue_await (watch->queue, take);
  self->progress = -1;
  g_signal_connect_swapped (take, "notify", G_CALLBACK (tell), self);

  return self;
}

static void
followed_free (gpointer data)
{
  Followed *self = data;

  g_signal_handlers_disconnect_by_data (self->take, self);
  rushes_attempt_facts_clear (&self->facts);
  g_object_unref (self->take);
  dex_unref (self->news);
  dex_unref (self->end);
  g_free (self);
}

static gboolean
is_local (Followed *self)
{
  return self->provider != NULL && rushes_provider_get_is_local (self->provider);
}

/* ---- signals ---- */

/* What Ctrl+C may end: what nobody has accepted yet, and what this process itself renders. */
static void
stop_take (Followed *self)
{
  RushesTakeState state = rushes_take_get_state (self->take);

  if (self->ended)
    return;
  if (is_local (self) || state == RUSHES_TAKE_STATE_QUEUED || state == RUSHES_TAKE_STATE_PREPARING)
    dex_future_disown (rushes_queue_cancel (self->watch->queue, self->take));
}

static void
set_mood (RushesWatch *self, Mood mood)
{
  self->mood = MAX (self->mood, mood);
  for (guint i = 0; i < self->followed->len; i++)
    {
      Followed *followed = g_ptr_array_index (self->followed, i);

      if (self->mood == STOPPING)
        stop_take (followed);
      tell (followed);
    }
}

static gboolean
on_interrupt (gpointer data)
{
  RushesWatch *self = data;

  if (self->mood == PATIENT)
    rushes_printer_remark (self->printer, "%s", _ ("Stopping; Ctrl+C once more leaves everything as it is."));
  set_mood (self, self->mood == PATIENT ? STOPPING : LEAVING);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer data)
{
  set_mood (data, LEAVING);

  return G_SOURCE_CONTINUE;
}

RushesWatch *
rushes_watch_new (RushesInvocation *invocation, RushesLibrary *library, RushesQueue *queue)
{
  RushesWatch *self = g_new0 (RushesWatch, 1);

  self->invocation = invocation;
  self->printer = rushes_invocation_get_printer (invocation);
  self->library = g_object_ref (library);
  self->queue = g_object_ref (queue);
  self->followed = g_ptr_array_new_with_free_func (followed_free);
  self->signals[0] = g_unix_signal_add (SIGINT, on_interrupt, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, on_end, self);
  self->signals[2] = g_unix_signal_add (SIGHUP, on_end, self);

  return self;
}

void
rushes_watch_free (RushesWatch *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_source_remove (self->signals[i]);
  g_ptr_array_unref (self->followed);
  g_object_unref (self->queue);
  g_object_unref (self->library);
  g_free (self);
}

void
rushes_watch_set_destination (RushesWatch *self, RushesDestination *destination)
{
  self->destination = destination;
}

void
rushes_watch_set_no_wait (RushesWatch *self, gboolean no_wait)
{
  self->no_wait = no_wait;
}

/* ---- what happens on the way ---- */

static void
show_progress (Followed *self)
{
  RushesWatch *watch = self->watch;
  const char *message = rushes_take_get_message (self->take);
  g_autofree char *line = NULL;

  if (message == NULL || *message == '\0')
    message = rushes_take_state_to_display (rushes_take_get_state (self->take));
  if (watch->followed->len > 1)
    /* Translators: how many takes have ended, of how many, and what happens to one that has not. */
    line = g_strdup_printf (_ ("%u of %u done · %s"), watch->n_ended, watch->followed->len, message);
  rushes_printer_show_progress (watch->printer, line != NULL ? line : message);
}

/* Some services say how far they are in the middle of their answer. What is saved then is not counted from the
 * beginning again. */
static gboolean
has_progress (Followed *self)
{
  double progress = rushes_take_get_progress (self->take);

  switch (rushes_take_get_state (self->take))
    {
    case RUSHES_TAKE_STATE_RUNNING:
      return progress != self->progress;
    case RUSHES_TAKE_STATE_SUBMITTING:
      return progress > self->progress;
    default:
      return FALSE;
    }
}

/* Gives after how many seconds there is something to say that it would be too early for now; 0 when all is said. */
static double
say_progress (Followed *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_progress < PROGRESS_INTERVAL)
    return (self->last_progress + PROGRESS_INTERVAL - now) / (double) G_USEC_PER_SEC;
  self->last_progress = now;

  show_progress (self);
  if (has_progress (self))
    {
      self->progress = rushes_take_get_progress (self->take);
      rushes_printer_emit (self->watch->printer, rushes_event_new_progress (self->take));
    }
  return 0;
}

/* Says the stages that @state lies behind, also those that went by too fast to be seen. */
static void
say_stages (Followed *self, RushesTakeState state)
{
  RushesPrinter *printer = self->watch->printer;
  gboolean over = !rushes_take_state_is_active (state);

  if (state == RUSHES_TAKE_STATE_QUEUED)
    {
      /* In line again, it is another attempt. */
      self->said_preparing = self->said_submitted = self->said_downloading = FALSE;
      self->progress = -1;
      return;
    }

  if ((!self->said_preparing && !over) || (!self->said_submitted && state > RUSHES_TAKE_STATE_SUBMITTING))
    rushes_attempt_facts_load (&self->facts, self->watch->library, self->take);

  if (!self->said_preparing && (!over || self->facts.submitted))
    {
      self->said_preparing = TRUE;
      rushes_printer_emit (printer, rushes_event_new_preparing (self->take, &self->facts));
    }
  if (!self->said_submitted && state > RUSHES_TAKE_STATE_SUBMITTING && self->facts.submitted)
    {
      self->said_submitted = TRUE;
      rushes_printer_emit (printer, rushes_event_new_submitted (self->take, &self->facts));
    }
  if (!self->said_downloading && (state == RUSHES_TAKE_STATE_DOWNLOADING || state == RUSHES_TAKE_STATE_READY))
    {
      self->said_downloading = TRUE;
      rushes_printer_emit (printer, rushes_event_new_downloading (self->take));
    }
}

/* ---- how it ends ---- */

/* Whether there is nothing more to wait for, and what the take is to be called then. @error is why the queue gave it
 * up, where it did. */
static gboolean
is_over (Followed *self, RushesTakeState *ending, GError **error)
{
  RushesTakeState state = rushes_take_get_state (self->take);
  gboolean with_service =
      !is_local (self) && rushes_take_state_is_active (state) && state > RUSHES_TAKE_STATE_SUBMITTING;
  gboolean settled = !dex_future_is_pending (self->end);

  *ending = state;
  if (settled && !rushes_take_state_is_active (state))
    return TRUE;

  *ending = state == RUSHES_TAKE_STATE_SUBMITTING && !is_local (self) ? RUSHES_TAKE_STATE_UNCONFIRMED
                                                                      : RUSHES_TAKE_STATE_LEFT;
  if (settled)
    {
      dex_future_get_value (self->end, error);
      if (!g_error_matches (*error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
        *ending = RUSHES_TAKE_STATE_FAILED;
    }
  return settled || self->watch->mood == LEAVING ||
         (with_service && (self->watch->mood == STOPPING || self->watch->no_wait));
}

/* What is to be said of the file that was written, if there is anything. */
static void
note_output (RushesWatch *self, const char *words)
{
  RushesNote note = { (char *) "output", NULL, NULL, (char *) words };

  if (words == NULL)
    return;
  rushes_printer_emit (self->printer, rushes_event_new_note (&note));
  rushes_printer_remark (self->printer, "%s", words);
}

static int
say_ready (Followed *self)
{
  RushesWatch *watch = self->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) written = NULL;
  GFile *file = rushes_clip_get_file (rushes_take_get_clip (self->take));
  g_autofree char *shown = NULL;

  if (watch->destination != NULL)
    {
      g_autofree char *difference = NULL;

      rushes_destination_deliver (watch->destination, watch->library, self->take, &written, &error);
      difference = rushes_destination_explain (watch->destination, written);
      note_output (watch, difference);
      note_output (watch, written != NULL ? rushes_clip_saver_get_lack (written) : NULL);
    }

  file = written != NULL ? written : file;
  rushes_printer_emit (watch->printer, rushes_event_new_completed (self->take, &self->facts, file, error));
  shown = rushes_show_path (g_file_peek_path (file));
  if (error != NULL)
    {
      g_autofree char *sentence = NULL;

      /* Translators: the first is a sentence about what went wrong, the second a file. */
      sentence = g_strdup_printf (_ ("%s The clip is safe in the library: %s"), error->message, shown);
      rushes_printer_complain (watch->printer, sentence);
      return EXIT_STORAGE;
    }

  /* Nothing is said of a clip that went out by standard output. */
  if (watch->destination == NULL || written != NULL)
    /* Translators: %s is a file. */
    rushes_printer_say (watch->printer, _ ("Saved to %s"), shown);
  return 0;
}

/* Of what was paid for, or may have been, nothing is to be ordered once more. */
static void
say_how_to_check (Followed *self)
{
  g_autofree char *id = g_strndup (rushes_take_get_id (self->take), RUSHES_SHORT_ID);

  /* Translators: %s is a take. */
  rushes_printer_remark (self->watch->printer, _ ("“rushes takes check %s” asks once more, at no further cost."), id);
}

static int
say_failed (Followed *self, const GError *error)
{
  g_autoptr (GError) unknown = NULL;

  if (error == NULL)
    error = rushes_take_get_error (self->take);
  if (error == NULL)
    error = unknown = rushes_error_new (RUSHES_ERROR_INTERNAL, "%s", _ ("It failed, and nobody said why."));

  rushes_printer_emit (self->watch->printer, rushes_event_new_failed (self->take, &self->facts, error));
  rushes_printer_complain (self->watch->printer, error->message);
  if (rushes_error_get_charged (error) == RUSHES_CHARGED_YES && !is_local (self))
    say_how_to_check (self);
  /* EXIT_LEFT says that it goes on, which a task that its provider gave up does not. */
  return g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_TIMEOUT) ? EXIT_PROVIDER
                                                                     : rushes_error_get_exit_status (error);
}

static char *
describe_ending (Followed *self, RushesTakeState ending)
{
  const GError *error = rushes_take_get_error (self->take);
  const char *provider = self->provider != NULL ? rushes_provider_get_name (self->provider) : NULL;
  g_autofree char *id = g_strndup (rushes_take_get_id (self->take), RUSHES_SHORT_ID);

  if (ending == RUSHES_TAKE_STATE_LEFT && is_local (self))
    return g_strdup_printf (_ ("Take %s was left unfinished; “rushes takes resume %s” goes on with it."), id, id);
  if (ending == RUSHES_TAKE_STATE_LEFT)
    /* Translators: a take, and where it is made. */
    return g_strdup_printf (_ ("Take %s goes on at %s; “rushes takes resume %s” picks it up."), id,
                            provider != NULL ? provider : _ ("the provider"), id);
  if (error != NULL && ending == rushes_take_get_state (self->take))
    return g_strdup (error->message);
  if (ending == RUSHES_TAKE_STATE_UNCONFIRMED)
    return g_strdup_printf (_ ("Take %s may have been accepted and charged; “rushes takes show %s” says more."), id,
                            id);
  if (ending == RUSHES_TAKE_STATE_EXPIRED)
    return g_strdup (_ ("The clip was made, but it is gone at the provider."));
  return g_strdup (_ ("Cancelled."));
}

static int
say_ending (Followed *self, RushesTakeState ending, const GError *error)
{
  gboolean interrupted = self->watch->mood != PATIENT;
  g_autofree char *message = NULL;

  if (ending == RUSHES_TAKE_STATE_READY)
    return say_ready (self);
  if (ending == RUSHES_TAKE_STATE_FAILED)
    return say_failed (self, error);
  /* It was accepted: that was what the caller wanted to know. */
  if (ending == RUSHES_TAKE_STATE_LEFT && self->watch->no_wait && !interrupted)
    return 0;

  message = describe_ending (self, ending);
  rushes_printer_emit (self->watch->printer, rushes_event_new_ending (self->take, &self->facts, ending, message));
  if (ending == RUSHES_TAKE_STATE_CANCELLED)
    rushes_printer_remark (self->watch->printer, "%s", message);
  else
    rushes_printer_complain (self->watch->printer, message);
  if (ending == RUSHES_TAKE_STATE_UNCONFIRMED)
    say_how_to_check (self);

  if (interrupted || ending == RUSHES_TAKE_STATE_CANCELLED)
    return EXIT_INTERRUPTED;
  switch (ending)
    {
    case RUSHES_TAKE_STATE_UNCONFIRMED:
      return EXIT_UNCONFIRMED;
    case RUSHES_TAKE_STATE_EXPIRED:
      return EXIT_STORAGE;
    default:
      return EXIT_LEFT;
    }
}

/* ---- following ---- */

static DexFuture *
follow (gpointer data)
{
  Followed *self = data;
  g_autoptr (GError) error = NULL;
  RushesTakeState ending;
  double pause;
  int status;

  for (;;)
    {
      /* Renewed before looking, so that what changes meanwhile is not overlooked. */
      dex_clear (&self->news);
      self->news = dex_promise_new ();

      say_stages (self, rushes_take_get_state (self->take));
      if (is_over (self, &ending, &error))
        break;
      pause = say_progress (self);
      dex_await (pause > 0
                     ? dex_future_first (dex_ref (self->news), dex_ref (self->end), rushes_async_sleep (pause), NULL)
                     : dex_future_first (dex_ref (self->news), dex_ref (self->end), NULL),
                 NULL);
    }

  rushes_attempt_facts_load (&self->facts, self->watch->library, self->take);
  self->ended = TRUE;
  self->watch->n_ended++;
  status = say_ending (self, ending, error);

  return dex_future_new_for_int (status);
}

int
rushes_watch_run (RushesWatch *self, GPtrArray *takes)
{
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);
  int status = 0;

  for (guint i = 0; i < takes->len; i++)
    {
      Followed *followed = followed_new (self, g_ptr_array_index (takes, i));

      g_ptr_array_add (self->followed, followed);
      rushes_printer_emit (self->printer, rushes_event_new_queued (followed->take));
    }
  for (guint i = 0; i < self->followed->len; i++)
    g_ptr_array_add (futures, rushes_async_spawn (follow, g_ptr_array_index (self->followed, i), NULL));

  /* A signal may have come before there was anything to stop. */
  if (self->mood != PATIENT)
    set_mood (self, self->mood);

  for (guint i = 0; i < futures->len; i++)
    {
      int one = dex_await_int (dex_ref (g_ptr_array_index (futures, i)), NULL);

      status = status != 0 ? status : one;
    }
  rushes_printer_show_progress (self->printer, NULL);

  /* What is left stays as it is written down. */
  dex_await (rushes_queue_stop (self->queue), NULL);

  return status;
}
