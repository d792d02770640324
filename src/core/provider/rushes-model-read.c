/* rushes-model-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-input-names.h"
#include "rushes-model-private.h"

#include <glib/gi18n.h>

#define MAX_PROMPT 1000000

static const char *const inputs[] = { "none", "optional", "required", NULL };
static const char *const wants[] = { "first_frame", "last_frame", "references", "prompt", NULL };
static const char *const stretches[] = { "whole", "part", NULL };
static const char *const units[] = { "characters", "utf16", "bytes", NULL };

char *
rushes_translate_text (const char *text)
{
  /* gettext answers the empty text with the header of the catalogue. */
  return text == NULL || *text == '\0' ? g_strdup (text) : g_strdup (gettext (text));
}

static char *
read_text (RushesJsonReader *reader, const char *member)
{
  return rushes_translate_text (rushes_json_reader_get_string (reader, member, NULL));
}

/* ---- what it is given ---- */

static void
read_inputs (RushesModel *self, RushesJsonReader *reader)
{
  if (rushes_json_reader_enter_object (reader, "prompt"))
    {
      rushes_json_reader_need (reader, "input", NULL);
      self->prompt = rushes_json_reader_get_word (reader, "input", inputs, RUSHES_INPUT_NONE);
      self->prompt_limit = rushes_json_reader_get_integer (reader, "limit", 1, MAX_PROMPT, 0);
      self->prompt_unit = rushes_json_reader_get_word (reader, "unit", units, RUSHES_UNIT_CHARACTERS);
      self->naming = rushes_naming_read (reader);
      rushes_json_reader_leave (reader);
    }

  if (rushes_json_reader_enter_list (reader, "any_of"))
    {
      while (rushes_json_reader_next (reader))
        self->any_of |= 1 << rushes_json_reader_get_word (reader, NULL, wants, 0);
      rushes_json_reader_leave (reader);
    }

  self->has_watermark = rushes_json_reader_get_boolean (reader, "watermark", FALSE);
  self->max_count = rushes_json_reader_get_integer (reader, "max_count", 1, RUSHES_MAX_COUNT, 1);
}

static void
read_stretch (RushesModel *self, RushesJsonReader *reader)
{
  RushesStretch *stretch = &self->stretch;

  if (!rushes_json_reader_enter_object (reader, "extend"))
    return;

  rushes_json_reader_need (reader, "gives", NULL);
  stretch->kind = RUSHES_STRETCH_WHOLE + rushes_json_reader_get_word (reader, "gives", stretches, 0);
  stretch->minimum = rushes_json_reader_get_number (reader, "minimum", 0, RUSHES_MAX_SECONDS, 0);
  stretch->maximum = rushes_json_reader_get_number (reader, "maximum", stretch->minimum, RUSHES_MAX_SECONDS, 0);
  stretch->total = rushes_json_reader_get_number (reader, "total", stretch->maximum, RUSHES_MAX_SECONDS, 0);
  rushes_json_reader_leave (reader);
}

/* For requests; nobody else reads them. */
static void
read_values (RushesModel *self, RushesJsonReader *reader)
{
  g_autoptr (GList) names = NULL;

  if (!rushes_json_reader_enter_object (reader, "values"))
    return;

  names = rushes_json_reader_list_members (reader);
  for (const GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *node = rushes_json_reader_get_node (reader, name->data);

      if (JSON_NODE_HOLDS_VALUE (node))
        g_hash_table_insert (self->values, g_strdup (name->data), json_node_ref (node));
      else
        rushes_json_reader_complain (reader, name->data, "%s", _ ("a text, a number, true or false is expected."));
    }
  rushes_json_reader_leave (reader);
}

/* What the service calls it: as it is listed, unless the description says otherwise. */
static void
read_names (RushesModel *self, RushesJsonReader *reader)
{
  const char *sent_as;

  self->id = g_strdup (rushes_json_reader_get_string (reader, "id", ""));
  sent_as = rushes_json_reader_get_string (reader, "sent_as", self->id);
  self->sent_as = *sent_as != '\0' ? g_strdup (sent_as) : NULL;
  self->name = read_text (reader, "name");
  self->summary = read_text (reader, "summary");
}

RushesModel *
rushes_model_read (RushesJsonReader *reader, const char *provider_id, RushesPictures *pictures, RushesMoney credit)
{
  RushesModel *self = rushes_model_new (provider_id);
  g_auto (RushesAbilities) can = { 0 };

  rushes_json_reader_need (reader, "id", "name", "durations", NULL);
  read_names (self, reader);
  self->retired = g_strdup (rushes_json_reader_get_string (reader, "retired", NULL));
  if (self->retired != NULL && !g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d$", self->retired, 0, 0))
    rushes_json_reader_complain (reader, "retired", "%s", _ ("a date such as 2026-10-01 is expected."));

  self->not_in = rushes_json_reader_get_strings (reader, "not_in");

  rushes_abilities_read (&can, reader, &self->can);
  rushes_abilities_overlay (&self->can, &can);
  read_inputs (self, reader);
  read_values (self, reader);
  self->pictures = rushes_pictures_read (reader, pictures);
  rushes_model_read_parameters (self, reader);
  rushes_model_read_rules (self, reader);
  read_stretch (self, reader);
  self->input_names = rushes_input_names_read (reader);
  rushes_model_read_prices (self, reader, credit);

  return self;
}

RushesModel *
rushes_model_from_json (JsonNode *node, const char *provider_id, const char *path, GError **error)
{
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (RushesModel) self = NULL;

  g_return_val_if_fail (node != NULL && provider_id != NULL && path != NULL, NULL);

  reader = rushes_json_reader_new (node, path);
  self = rushes_model_read (reader, provider_id, NULL, (RushesMoney) { 0, NULL });
  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
