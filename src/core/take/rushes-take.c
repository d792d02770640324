/* rushes-take.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-private.h"

struct _RushesTake
{
  GObject parent_instance;

  char *id;
  char *project_id;
  char *title;
  char *message;
  char *price_text;
  char *note;
  char *saved_to;
  RushesRequest *request;
  RushesClip *clip;
  RushesArrival *arrival;
  GError *error;
  gint64 created;
  gint64 state_since;
  gint64 turn;
  double progress;
  RushesPrice price;
  RushesTakeState state;
  guint loaded : 1;
  guint starred : 1;
  guint cancelling : 1;
  guint askable : 1;
  guint cached : 1;
  guint deleted : 1;
  guint elsewhere : 1;
};

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_ID,
  PROP_PROJECT_ID,
  PROP_REQUEST,
  PROP_TITLE,
  PROP_CREATED,
  PROP_STATE,
  PROP_STATE_SINCE,
  PROP_PROGRESS,
  PROP_MESSAGE,
  PROP_ERROR,
  PROP_CLIP,
  PROP_ARRIVAL,
  PROP_PRICE_TEXT,
  PROP_STARRED,
  PROP_NOTE,
  PROP_SAVED_TO,
  PROP_CACHED,
  PROP_CANCELLING,
  PROP_DELETED,
  PROP_TURN,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RushesTake, rushes_take, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
rushes_take_finalize (GObject *object)
{
  RushesTake *self = RUSHES_TAKE (object);

  g_free (self->id);
  g_free (self->project_id);
  g_free (self->title);
  g_free (self->message);
  g_free (self->price_text);
  g_free (self->note);
  g_free (self->saved_to);
  g_clear_object (&self->request);
  g_clear_object (&self->clip);
  g_clear_object (&self->arrival);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rushes_take_parent_class)->finalize (object);
}

static void
rushes_take_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RushesTake *self = RUSHES_TAKE (object);

  switch (property_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_PROJECT_ID:
      g_value_set_string (value, self->project_id);
      break;
    case PROP_REQUEST:
      g_value_set_object (value, self->request);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->created);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_STATE_SINCE:
      g_value_set_int64 (value, self->state_since);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_CLIP:
      g_value_set_object (value, self->clip);
      break;
    case PROP_ARRIVAL:
      g_value_set_object (value, self->arrival);
      break;
    case PROP_PRICE_TEXT:
      g_value_set_string (value, self->price_text);
      break;
    case PROP_STARRED:
      g_value_set_boolean (value, self->starred);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_SAVED_TO:
      g_value_set_string (value, self->saved_to);
      break;
    case PROP_CACHED:
      g_value_set_boolean (value, self->cached);
      break;
    case PROP_CANCELLING:
      g_value_set_boolean (value, self->cancelling);
      break;
    case PROP_DELETED:
      g_value_set_boolean (value, self->deleted);
      break;
    case PROP_TURN:
      g_value_set_int64 (value, self->turn);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rushes_take_class_init (RushesTakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rushes_take_finalize;
  object_class->get_property = rushes_take_get_property;

  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_PROJECT_ID] = g_param_spec_string ("project-id", NULL, NULL, NULL, flags);
  properties[PROP_REQUEST] = g_param_spec_object ("request", NULL, NULL, RUSHES_TYPE_REQUEST, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RUSHES_TAKE_STATE_QUEUED, RUSHES_TAKE_STATE_LEFT,
                                             RUSHES_TAKE_STATE_QUEUED, flags);
  properties[PROP_STATE_SINCE] = g_param_spec_int64 ("state-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1.0, 1.0, -1.0, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_CLIP] = g_param_spec_object ("clip", NULL, NULL, RUSHES_TYPE_CLIP, flags);
  properties[PROP_ARRIVAL] = g_param_spec_object ("arrival", NULL, NULL, RUSHES_TYPE_ARRIVAL, flags);
  properties[PROP_PRICE_TEXT] = g_param_spec_string ("price-text", NULL, NULL, NULL, flags);
  properties[PROP_STARRED] = g_param_spec_boolean ("starred", NULL, NULL, FALSE, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_SAVED_TO] = g_param_spec_string ("saved-to", NULL, NULL, NULL, flags);
  properties[PROP_CACHED] = g_param_spec_boolean ("cached", NULL, NULL, FALSE, flags);
  properties[PROP_CANCELLING] = g_param_spec_boolean ("cancelling", NULL, NULL, FALSE, flags);
  properties[PROP_DELETED] = g_param_spec_boolean ("deleted", NULL, NULL, FALSE, flags);
  properties[PROP_TURN] = g_param_spec_int64 ("turn", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_take_init (RushesTake *self)
{
  self->progress = -1.0;
  self->price.kind = RUSHES_PRICE_UNKNOWN;
}

RushesTake *
rushes_take_new (const char *id)
{
  RushesTake *self = g_object_new (RUSHES_TYPE_TAKE, NULL);

  self->id = g_strdup (id);

  return self;
}

static void
notify (RushesTake *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
errors_equal (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_error_matches (a, b->domain, b->code) && g_str_equal (a->message, b->message);
}

static gboolean
clips_equal (RushesClip *a, RushesClip *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_file_equal (rushes_clip_get_file (a), rushes_clip_get_file (b)) &&
         g_strcmp0 (rushes_clip_get_sha256 (a), rushes_clip_get_sha256 (b)) == 0;
}

void
rushes_take_set_row (RushesTake *self,
                     const char *project_id,
                     RushesRequest *request,
                     gint64 created,
                     RushesTakeState state,
                     gint64 state_since,
                     const GError *error,
                     RushesClip *clip,
                     const RushesPrice *price,
                     gboolean starred,
                     const char *note,
                     const char *saved_to,
                     gboolean cancelling,
                     gboolean deleted)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  g_object_freeze_notify (G_OBJECT (self));

  if (g_set_object (&self->request, request))
    {
      g_free (self->title);
      self->title = request != NULL ? rushes_request_get_title (request) : NULL;
      notify (self, PROP_REQUEST);
      notify (self, PROP_TITLE);
    }
  if (self->created != created)
    {
      self->created = created;
      notify (self, PROP_CREATED);
    }
  rushes_take_set_state (self, state, state_since, error);
  rushes_take_set_clip (self, clip);
  rushes_take_set_price (self, price);
  rushes_take_set_marks (self, project_id, starred, note, saved_to, cancelling, deleted);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      notify (self, PROP_LOADED);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
rushes_take_set_state (RushesTake *self, RushesTakeState state, gint64 since, const GError *error)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  g_object_freeze_notify (G_OBJECT (self));

  /* What was told about the last stage says nothing about the next. */
  if (self->state != state)
    rushes_take_set_live (self, -1.0, NULL);
  if (!errors_equal (self->error, error))
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
      notify (self, PROP_ERROR);
    }
  if (self->state_since != since)
    {
      self->state_since = since;
      notify (self, PROP_STATE_SINCE);
    }
  if (self->state != state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
rushes_take_set_live (RushesTake *self, double progress, const char *message)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  if (self->progress != progress)
    {
      self->progress = progress < 0.0 ? -1.0 : MIN (progress, 1.0);
      notify (self, PROP_PROGRESS);
    }
  if (g_set_str (&self->message, message))
    notify (self, PROP_MESSAGE);
}

void
rushes_take_set_clip (RushesTake *self, RushesClip *clip)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  /* The object stays the same while the file does, so that a player need not begin anew. */
  if (!clips_equal (self->clip, clip) && g_set_object (&self->clip, clip))
    notify (self, PROP_CLIP);
}

void
rushes_take_set_arrival (RushesTake *self, RushesArrival *arrival)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));
  g_return_if_fail (arrival == NULL || RUSHES_IS_ARRIVAL (arrival));

  if (g_set_object (&self->arrival, arrival))
    notify (self, PROP_ARRIVAL);
}

void
rushes_take_set_price (RushesTake *self, const RushesPrice *price)
{
  char *text;

  g_return_if_fail (RUSHES_IS_TAKE (self));
  g_return_if_fail (price != NULL);

  self->price = *price;
  text = rushes_price_to_badge (price);
  if (g_set_str (&self->price_text, text))
    notify (self, PROP_PRICE_TEXT);
  g_free (text);
}

void
rushes_take_set_marks (RushesTake *self,
                       const char *project_id,
                       gboolean starred,
                       const char *note,
                       const char *saved_to,
                       gboolean cancelling,
                       gboolean deleted)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  g_object_freeze_notify (G_OBJECT (self));

  if (g_set_str (&self->project_id, project_id))
    notify (self, PROP_PROJECT_ID);
  if (self->starred != !!starred)
    {
      self->starred = !!starred;
      notify (self, PROP_STARRED);
    }
  if (g_set_str (&self->note, note))
    notify (self, PROP_NOTE);
  if (g_set_str (&self->saved_to, saved_to))
    notify (self, PROP_SAVED_TO);
  if (self->cancelling != !!cancelling)
    {
      self->cancelling = !!cancelling;
      notify (self, PROP_CANCELLING);
    }
  if (self->deleted != !!deleted)
    {
      self->deleted = !!deleted;
      notify (self, PROP_DELETED);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
rushes_take_get_loaded (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->loaded;
}

const char *
rushes_take_get_id (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->id;
}

const char *
rushes_take_get_project_id (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->project_id;
}

RushesRequest *
rushes_take_get_request (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->request;
}

const char *
rushes_take_get_title (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->title;
}

gint64
rushes_take_get_created (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), 0);

  return self->created;
}

RushesTakeState
rushes_take_get_state (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), RUSHES_TAKE_STATE_QUEUED);

  return self->state;
}

gint64
rushes_take_get_state_since (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), 0);

  return self->state_since;
}

double
rushes_take_get_progress (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), -1.0);

  return self->progress;
}

const char *
rushes_take_get_message (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->message;
}

const GError *
rushes_take_get_error (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->error;
}

RushesClip *
rushes_take_get_clip (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->clip;
}

RushesArrival *
rushes_take_get_arrival (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->arrival;
}

const RushesPrice *
rushes_take_get_price (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return &self->price;
}

gboolean
rushes_take_get_starred (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->starred;
}

const char *
rushes_take_get_note (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->note;
}

const char *
rushes_take_get_saved_to (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), NULL);

  return self->saved_to;
}

gboolean
rushes_take_get_cancelling (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->cancelling;
}

gboolean
rushes_take_get_deleted (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->deleted;
}

void
rushes_take_set_cached (RushesTake *self, gboolean cached)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  if (self->cached == !!cached)
    return;
  self->cached = !!cached;
  notify (self, PROP_CACHED);
}

gboolean
rushes_take_get_cached (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->cached;
}

void
rushes_take_set_askable (RushesTake *self, gboolean askable)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  self->askable = !!askable;
}

gboolean
rushes_take_get_askable (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->askable;
}

void
rushes_take_set_turn (RushesTake *self, gint64 turn)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  if (self->turn == turn)
    return;
  self->turn = turn;
  notify (self, PROP_TURN);
}

gint64
rushes_take_get_turn (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), 0);

  return self->turn;
}

void
rushes_take_set_elsewhere (RushesTake *self, gboolean elsewhere)
{
  g_return_if_fail (RUSHES_IS_TAKE (self));

  self->elsewhere = !!elsewhere;
}

gboolean
rushes_take_get_elsewhere (RushesTake *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (self), FALSE);

  return self->elsewhere;
}
