/* rushes-draft.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-draft-private.h"
#include "rushes-request-private.h"

#define NO_BUDGET ((RushesMoney) { .micros = -1 })

G_DEFINE_FINAL_TYPE (RushesDraft, rushes_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROMPT,
  PROP_NEGATIVE_PROMPT,
  PROP_PRESET_ID,
  PROP_PRESET_TEXT,
  PROP_PROVIDER_ID,
  PROP_MODEL_ID,
  PROP_DURATION,
  PROP_RESOLUTION,
  PROP_ASPECT,
  PROP_FRAME_RATE,
  PROP_SEED,
  PROP_AUDIO,
  PROP_WATERMARK,
  PROP_COUNT,
  PROP_BUDGET,
  N_PROPS
};

enum
{
  REFERENCES_CHANGED,
  PARAMETERS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rushes_draft_finalize (GObject *object)
{
  RushesDraft *self = RUSHES_DRAFT (object);

  rushes_brief_free (self->brief);

  G_OBJECT_CLASS (rushes_draft_parent_class)->finalize (object);
}

/* "5 USD"; NULL for none. */
static char *
describe_budget (RushesMoney budget)
{
  g_autofree char *amount = NULL;

  if (budget.micros < 0)
    return NULL;
  amount = rushes_money_to_amount (budget);
  return g_strdup_printf ("%s %s", amount, budget.currency);
}

static void
rushes_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RushesDraft *self = RUSHES_DRAFT (object);

  switch (prop_id)
    {
    case PROP_PROMPT:
      g_value_set_string (value, self->brief->prompt);
      break;
    case PROP_NEGATIVE_PROMPT:
      g_value_set_string (value, self->brief->negative_prompt);
      break;
    case PROP_PRESET_ID:
      g_value_set_string (value, self->brief->preset_id);
      break;
    case PROP_PRESET_TEXT:
      g_value_set_string (value, self->brief->preset_text);
      break;
    case PROP_PROVIDER_ID:
      g_value_set_string (value, self->brief->provider_id);
      break;
    case PROP_MODEL_ID:
      g_value_set_string (value, self->brief->model_id);
      break;
    case PROP_DURATION:
      g_value_set_double (value, self->brief->duration);
      break;
    case PROP_RESOLUTION:
      g_value_set_string (value, self->brief->resolution);
      break;
    case PROP_ASPECT:
      g_value_set_string (value, self->brief->aspect);
      break;
    case PROP_FRAME_RATE:
      g_value_set_int (value, self->brief->frame_rate);
      break;
    case PROP_SEED:
      g_value_set_int64 (value, self->brief->seed);
      break;
    case PROP_AUDIO:
      g_value_set_boolean (value, self->brief->audio);
      break;
    case PROP_WATERMARK:
      g_value_set_boolean (value, self->brief->watermark);
      break;
    case PROP_COUNT:
      g_value_set_int (value, self->brief->count);
      break;
    case PROP_BUDGET:
      g_value_take_string (value, describe_budget (self->budget));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RushesDraft *self = RUSHES_DRAFT (object);

  switch (prop_id)
    {
    case PROP_PROMPT:
      rushes_draft_set_prompt (self, g_value_get_string (value));
      break;
    case PROP_NEGATIVE_PROMPT:
      rushes_draft_set_negative_prompt (self, g_value_get_string (value));
      break;
    case PROP_DURATION:
      rushes_draft_set_duration (self, g_value_get_double (value));
      break;
    case PROP_RESOLUTION:
      rushes_draft_set_resolution (self, g_value_get_string (value));
      break;
    case PROP_ASPECT:
      rushes_draft_set_aspect (self, g_value_get_string (value));
      break;
    case PROP_FRAME_RATE:
      rushes_draft_set_frame_rate (self, g_value_get_int (value));
      break;
    case PROP_SEED:
      rushes_draft_set_seed (self, g_value_get_int64 (value));
      break;
    case PROP_AUDIO:
      rushes_draft_set_audio (self, g_value_get_boolean (value));
      break;
    case PROP_WATERMARK:
      rushes_draft_set_watermark (self, g_value_get_boolean (value));
      break;
    case PROP_COUNT:
      rushes_draft_set_count (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_draft_class_init (RushesDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags changeable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rushes_draft_finalize;
  object_class->get_property = rushes_draft_get_property;
  object_class->set_property = rushes_draft_set_property;

  properties[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, "", changeable);
  properties[PROP_NEGATIVE_PROMPT] = g_param_spec_string ("negative-prompt", NULL, NULL, "", changeable);
  properties[PROP_PRESET_ID] = g_param_spec_string ("preset-id", NULL, NULL, NULL, readable);
  properties[PROP_PRESET_TEXT] = g_param_spec_string ("preset-text", NULL, NULL, NULL, readable);
  properties[PROP_PROVIDER_ID] = g_param_spec_string ("provider-id", NULL, NULL, NULL, readable);
  properties[PROP_MODEL_ID] = g_param_spec_string ("model-id", NULL, NULL, NULL, readable);
  properties[PROP_DURATION] = g_param_spec_double ("duration", NULL, NULL, 0, RUSHES_MAX_SECONDS, 0, changeable);
  properties[PROP_RESOLUTION] = g_param_spec_string ("resolution", NULL, NULL, NULL, changeable);
  properties[PROP_ASPECT] = g_param_spec_string ("aspect", NULL, NULL, NULL, changeable);
  properties[PROP_FRAME_RATE] = g_param_spec_int ("frame-rate", NULL, NULL, 0, RUSHES_MAX_FRAME_RATE, 0, changeable);
  properties[PROP_SEED] = g_param_spec_int64 ("seed", NULL, NULL, -1, G_MAXINT64, -1, changeable);
  properties[PROP_AUDIO] = g_param_spec_boolean ("audio", NULL, NULL, FALSE, changeable);
  properties[PROP_WATERMARK] = g_param_spec_boolean ("watermark", NULL, NULL, FALSE, changeable);
  properties[PROP_COUNT] = g_param_spec_int ("count", NULL, NULL, 1, RUSHES_MAX_COUNT, 1, changeable);
  properties[PROP_BUDGET] = g_param_spec_string ("budget", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REFERENCES_CHANGED] = g_signal_new ("references-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PARAMETERS_CHANGED] = g_signal_new ("parameters-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_draft_init (RushesDraft *self)
{
  self->brief = rushes_brief_new ();
  self->budget = NO_BUDGET;
}

RushesDraft *
rushes_draft_new (void)
{
  return g_object_new (RUSHES_TYPE_DRAFT, NULL);
}

const RushesBrief *
rushes_draft_peek (RushesDraft *self)
{
  return self->brief;
}

RushesDraft *
rushes_draft_copy (RushesDraft *self)
{
  RushesDraft *copy;

  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);

  copy = rushes_draft_new ();
  rushes_brief_free (copy->brief);
  copy->brief = rushes_brief_copy (self->brief);
  copy->budget = self->budget;
  return copy;
}

static void
notify (RushesDraft *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

/* ---- text ---- */

/* What a person types is kept as it is, also when it is empty. */
static void
set_words (RushesDraft *self, char **member, const char *words, guint prop_id)
{
  if (g_set_str (member, words != NULL ? words : ""))
    notify (self, prop_id);
}

static void
set_text (RushesDraft *self, char **member, const char *text, guint prop_id)
{
  if (g_set_str (member, text != NULL && *text != '\0' ? text : NULL))
    notify (self, prop_id);
}

const char *
rushes_draft_get_prompt (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->prompt;
}

void
rushes_draft_set_prompt (RushesDraft *self, const char *prompt)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));
  set_words (self, &self->brief->prompt, prompt, PROP_PROMPT);
}

const char *
rushes_draft_get_negative_prompt (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->negative_prompt;
}

void
rushes_draft_set_negative_prompt (RushesDraft *self, const char *negative_prompt)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));
  set_words (self, &self->brief->negative_prompt, negative_prompt, PROP_NEGATIVE_PROMPT);
}

const char *
rushes_draft_get_preset_id (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->preset_id;
}

const char *
rushes_draft_get_preset_text (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->preset_text;
}

void
rushes_draft_set_preset (RushesDraft *self, const char *preset_id, const char *preset_text)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->brief->preset_id, preset_id, PROP_PRESET_ID);
  set_text (self, &self->brief->preset_text, preset_id != NULL ? preset_text : NULL, PROP_PRESET_TEXT);
  g_object_thaw_notify (G_OBJECT (self));
}

char *
rushes_draft_get_whole_prompt (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return rushes_brief_get_whole_prompt (self->brief);
}

/* ---- settings ---- */

const char *
rushes_draft_get_provider_id (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->provider_id;
}

const char *
rushes_draft_get_model_id (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->model_id;
}

void
rushes_draft_set_model (RushesDraft *self, const char *provider_id, const char *model_id)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->brief->provider_id, provider_id, PROP_PROVIDER_ID);
  set_text (self, &self->brief->model_id, model_id, PROP_MODEL_ID);
  g_object_thaw_notify (G_OBJECT (self));
}

double
rushes_draft_get_duration (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), 0);
  return self->brief->duration;
}

void
rushes_draft_set_duration (RushesDraft *self, double seconds)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  seconds = CLAMP (seconds, 0, RUSHES_MAX_SECONDS);
  if (self->brief->duration == seconds)
    return;
  self->brief->duration = seconds;
  notify (self, PROP_DURATION);
}

const char *
rushes_draft_get_resolution (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->resolution;
}

void
rushes_draft_set_resolution (RushesDraft *self, const char *resolution)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));
  set_text (self, &self->brief->resolution, resolution, PROP_RESOLUTION);
}

const char *
rushes_draft_get_aspect (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  return self->brief->aspect;
}

void
rushes_draft_set_aspect (RushesDraft *self, const char *aspect)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));
  set_text (self, &self->brief->aspect, aspect, PROP_ASPECT);
}

int
rushes_draft_get_frame_rate (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), 0);
  return self->brief->frame_rate;
}

void
rushes_draft_set_frame_rate (RushesDraft *self, int frame_rate)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  frame_rate = CLAMP (frame_rate, 0, RUSHES_MAX_FRAME_RATE);
  if (self->brief->frame_rate == frame_rate)
    return;
  self->brief->frame_rate = frame_rate;
  notify (self, PROP_FRAME_RATE);
}

gint64
rushes_draft_get_seed (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), -1);
  return self->brief->seed;
}

void
rushes_draft_set_seed (RushesDraft *self, gint64 seed)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  seed = MAX (seed, -1);
  if (self->brief->seed == seed)
    return;
  self->brief->seed = seed;
  notify (self, PROP_SEED);
}

gboolean
rushes_draft_get_audio (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), FALSE);
  return self->brief->audio;
}

void
rushes_draft_set_audio (RushesDraft *self, gboolean audio)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  if (self->brief->audio == !!audio)
    return;
  self->brief->audio = !!audio;
  notify (self, PROP_AUDIO);
}

gboolean
rushes_draft_get_watermark (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), FALSE);
  return self->brief->watermark;
}

void
rushes_draft_set_watermark (RushesDraft *self, gboolean watermark)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  if (self->brief->watermark == !!watermark)
    return;
  self->brief->watermark = !!watermark;
  notify (self, PROP_WATERMARK);
}

int
rushes_draft_get_count (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), 1);
  return self->brief->count;
}

void
rushes_draft_set_count (RushesDraft *self, int count)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  count = CLAMP (count, 1, RUSHES_MAX_COUNT);
  if (self->brief->count == count)
    return;
  self->brief->count = count;
  notify (self, PROP_COUNT);
}

RushesMoney
rushes_draft_get_budget (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NO_BUDGET);
  return self->budget;
}

void
rushes_draft_set_budget (RushesDraft *self, RushesMoney most)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));
  g_return_if_fail (most.micros < 0 || most.currency != NULL);

  if (most.micros < 0)
    most = NO_BUDGET;
  if (self->budget.micros == most.micros && g_strcmp0 (self->budget.currency, most.currency) == 0)
    return;
  self->budget = most;
  notify (self, PROP_BUDGET);
}

/* ---- the whole ---- */

static gboolean
is_same_list (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_table (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer name, value;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (g_hash_table_lookup (b, name), value) != 0)
      return FALSE;
  return TRUE;
}

/* Who listens to one change may look at all of the draft: so everything is in its place before anything is told. */
void
rushes_draft_adopt (RushesDraft *self, const RushesBrief *brief)
{
  g_autoptr (RushesBrief) old = g_steal_pointer (&self->brief);
  const RushesBrief *new = self->brief = rushes_brief_copy (brief);
  const gboolean parameters_changed = !is_same_table (old->parameters, new->parameters);
  gboolean references_changed = FALSE;

  const struct
  {
    guint prop_id;
    gboolean changed;
  } changes[] = {
    { PROP_PROMPT, g_strcmp0 (old->prompt, new->prompt) != 0 },
    { PROP_NEGATIVE_PROMPT, g_strcmp0 (old->negative_prompt, new->negative_prompt) != 0 },
    { PROP_PRESET_ID, g_strcmp0 (old->preset_id, new->preset_id) != 0 },
    { PROP_PRESET_TEXT, g_strcmp0 (old->preset_text, new->preset_text) != 0 },
    { PROP_PROVIDER_ID, g_strcmp0 (old->provider_id, new->provider_id) != 0 },
    { PROP_MODEL_ID, g_strcmp0 (old->model_id, new->model_id) != 0 },
    { PROP_DURATION, old->duration != new->duration },
    { PROP_RESOLUTION, g_strcmp0 (old->resolution, new->resolution) != 0 },
    { PROP_ASPECT, g_strcmp0 (old->aspect, new->aspect) != 0 },
    { PROP_FRAME_RATE, old->frame_rate != new->frame_rate },
    { PROP_SEED, old->seed != new->seed },
    { PROP_AUDIO, old->audio != new->audio },
    { PROP_WATERMARK, old->watermark != new->watermark },
    { PROP_COUNT, old->count != new->count },
  };

  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    references_changed |= !is_same_list (old->references[i], new->references[i]);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (changes[i].changed)
      notify (self, changes[i].prop_id);
  g_object_thaw_notify (G_OBJECT (self));

  if (references_changed)
    g_signal_emit (self, signals[REFERENCES_CHANGED], 0);
  if (parameters_changed)
    g_signal_emit (self, signals[PARAMETERS_CHANGED], 0);
}

void
rushes_draft_clear (RushesDraft *self)
{
  g_autoptr (RushesBrief) brief = NULL;

  g_return_if_fail (RUSHES_IS_DRAFT (self));

  brief = rushes_brief_copy (self->brief);
  g_set_str (&brief->prompt, "");
  g_set_str (&brief->negative_prompt, "");
  g_clear_pointer (&brief->preset_id, g_free);
  g_clear_pointer (&brief->preset_text, g_free);
  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    g_ptr_array_set_size (brief->references[i], 0);
  rushes_draft_adopt (self, brief);
}

void
rushes_draft_set_from_request (RushesDraft *self, RushesRequest *request)
{
  g_autoptr (RushesBrief) brief = NULL;

  g_return_if_fail (RUSHES_IS_DRAFT (self));
  g_return_if_fail (RUSHES_IS_REQUEST (request));

  brief = rushes_brief_copy (rushes_request_peek (request));
  g_clear_pointer (&brief->extension, rushes_extension_free);
  rushes_draft_adopt (self, brief);
}

/* ---- a clip that is made longer ---- */

const RushesExtension *
rushes_draft_get_extension (RushesDraft *self)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);

  return self->brief->extension;
}

void
rushes_draft_set_extension (RushesDraft *self, const RushesExtension *extension)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));

  g_clear_pointer (&self->brief->extension, rushes_extension_free);
  self->brief->extension = extension != NULL ? rushes_extension_copy (extension) : NULL;
}
