/* rushes-model-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-input-names.h"
#include "rushes-model-private.h"

#include <glib/gi18n.h>

/* Which of them hold is kept in the bits of a number. */
#define MAX_RULES 64

typedef struct
{
  RushesCondition *when;
  RushesAbilities instead;
} RushesRule;

static void
rule_free (RushesRule *rule)
{
  g_clear_pointer (&rule->when, rushes_condition_free);
  rushes_abilities_clear (&rule->instead);
  g_free (rule);
}

void
rushes_model_read_rules (RushesModel *self, RushesJsonReader *reader)
{
  g_ptr_array_set_free_func (self->rules, (GDestroyNotify) rule_free);
  if (!rushes_json_reader_enter_list (reader, "rules"))
    return;

  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        RushesRule *rule = g_new0 (RushesRule, 1);

        rushes_json_reader_need (reader, "when", NULL);
        if (rushes_json_reader_enter_object (reader, "when"))
          {
            rule->when = rushes_condition_read (reader);
            rushes_json_reader_leave (reader);
          }
        rushes_abilities_read (&rule->instead, reader, &self->can);
        g_ptr_array_add (self->rules, rule);
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);

  if (self->rules->len > MAX_RULES)
    rushes_json_reader_complain (reader, "rules", _ ("there are more than %d."), MAX_RULES);
}

/* ---- other models that can much the same ---- */

/* Everything but the rules. */
static RushesModel *
copy_model (RushesModel *self, const char *id, const char *name, const char *sent_as)
{
  RushesModel *copy = rushes_model_new (self->provider_id);

  copy->id = g_strdup (id);
  copy->name = g_strdup (name);
  copy->sent_as = g_strdup (sent_as);
  copy->summary = g_strdup (self->summary);
  copy->retired = g_strdup (self->retired);
  copy->not_in = g_strdupv (self->not_in);
  copy->region = g_strdup (self->region);
  copy->is_elsewhere = self->is_elsewhere;
  g_hash_table_unref (copy->values);
  copy->values = g_hash_table_ref (self->values);
  rushes_abilities_overlay (&copy->can, &self->can);
  copy->pictures = self->pictures != NULL ? rushes_pictures_ref (self->pictures) : NULL;
  copy->prompt = self->prompt;
  copy->prompt_limit = self->prompt_limit;
  copy->prompt_unit = self->prompt_unit;
  copy->naming = self->naming != NULL ? rushes_naming_ref (self->naming) : NULL;
  copy->any_of = self->any_of;
  copy->has_watermark = self->has_watermark;
  copy->max_count = self->max_count;
  copy->stretch = self->stretch;
  g_ptr_array_unref (copy->parameters);
  copy->parameters = g_ptr_array_ref (self->parameters);
  copy->rates = self->rates != NULL ? g_ptr_array_ref (self->rates) : NULL;
  copy->input_names = self->input_names != NULL ? rushes_input_names_ref (self->input_names) : NULL;
  copy->sheet = self->sheet != NULL ? json_node_ref (self->sheet) : NULL;

  return copy;
}

RushesModel *
rushes_model_rename (RushesModel *self, const char *id)
{
  RushesModel *renamed;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (id != NULL && *id != '\0', NULL);

  renamed = copy_model (self, id, id, id);
  /* What the one is like, and that it is gone or elsewhere, says nothing of the other. */
  g_clear_pointer (&renamed->summary, g_free);
  g_clear_pointer (&renamed->retired, g_free);
  g_clear_pointer (&renamed->not_in, g_strfreev);
  renamed->is_elsewhere = FALSE;
  g_ptr_array_unref (renamed->rules);
  renamed->rules = g_ptr_array_ref (self->rules);
  return renamed;
}

/* The rules that hold for @brief, which need not have been fitted: what is not set counts as the model's default. */
static guint64
find_rules (RushesModel *self, const RushesBrief *brief)
{
  g_autoptr (RushesBrief) seen = rushes_brief_copy (brief);
  guint64 bits = 0;

  g_set_str (&seen->model_id, self->id);
  if (seen->duration <= 0)
    seen->duration = self->can.default_duration;
  if (seen->resolution == NULL)
    g_set_str (&seen->resolution, self->can.default_resolution);
  if (seen->aspect == NULL)
    g_set_str (&seen->aspect, self->can.default_aspect);
  rushes_model_set_parameters (self, seen);

  for (guint i = 0; i < MIN (self->rules->len, MAX_RULES); i++)
    {
      const RushesRule *rule = g_ptr_array_index (self->rules, i);

      if (rushes_condition_holds (rule->when, seen, self->region))
        bits |= G_GUINT64_CONSTANT (1) << i;
    }
  return bits;
}

RushesModel *
rushes_model_narrow_once (RushesModel *self, const RushesBrief *brief)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = NULL;
  RushesModel *narrowed;
  guint64 bits;

  if (self->rules->len == 0 || (bits = find_rules (self, brief)) == 0)
    return self;

  locker = g_mutex_locker_new (&mutex);
  narrowed = g_hash_table_lookup (self->narrowed, &bits);
  if (narrowed == NULL)
    {
      narrowed = copy_model (self, self->id, self->name, self->sent_as);
      for (guint i = 0; i < self->rules->len; i++)
        if (bits & G_GUINT64_CONSTANT (1) << i)
          rushes_abilities_overlay (&narrowed->can, &((RushesRule *) g_ptr_array_index (self->rules, i))->instead);
      g_hash_table_insert (self->narrowed, g_memdup2 (&bits, sizeof bits), narrowed);
    }
  return narrowed;
}
