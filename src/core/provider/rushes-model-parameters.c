/* rushes-model-parameters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *const kinds[] = { "switch", "choice", "integer", "number", "text", NULL };

static void
choice_free (RushesParameterChoice *choice)
{
  g_free (choice->value);
  g_free (choice->title);
  g_free (choice);
}

void
rushes_parameter_free (RushesParameter *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->fallback);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self);
}

const RushesParameter *
rushes_model_find_parameter (RushesModel *self, const char *name)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (self->parameters, i);

      if (g_str_equal (parameter->name, name))
        return parameter;
    }
  return NULL;
}

void
rushes_model_set_parameters (RushesModel *self, RushesBrief *brief)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (self->parameters, i);

      if (!g_hash_table_contains (brief->parameters, parameter->name))
        g_hash_table_insert (brief->parameters, g_strdup (parameter->name), g_strdup (parameter->fallback));
    }
}

/* ---- reading ---- */

static char *
read_text (RushesJsonReader *reader, const char *member)
{
  return rushes_translate_text (rushes_json_reader_get_string (reader, member, NULL));
}

static GPtrArray *
read_choices (RushesJsonReader *reader)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);

  if (rushes_json_reader_enter_list (reader, "choices"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            RushesParameterChoice *choice = g_new0 (RushesParameterChoice, 1);

            rushes_json_reader_need (reader, "value", "title", NULL);
            choice->value = g_strdup (rushes_json_reader_get_string (reader, "value", ""));
            choice->title = read_text (reader, "title");
            g_ptr_array_add (choices, choice);
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
  return choices;
}

gboolean
rushes_parameter_accepts (const RushesParameter *self, const char *value)
{
  char *end;
  double number;

  switch (self->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      return g_str_equal (value, "true") || g_str_equal (value, "false");

    case RUSHES_PARAMETER_CHOICE:
      for (guint i = 0; i < self->choices->len; i++)
        if (g_str_equal (((RushesParameterChoice *) g_ptr_array_index (self->choices, i))->value, value))
          return TRUE;
      return FALSE;

    case RUSHES_PARAMETER_INTEGER:
    case RUSHES_PARAMETER_NUMBER:
      number = g_ascii_strtod (value, &end);
      return end != value && *end == '\0' && number >= self->minimum && number <= self->maximum &&
             (self->kind == RUSHES_PARAMETER_NUMBER || number == floor (number));

    case RUSHES_PARAMETER_TEXT:
      return TRUE;

    default:
      g_return_val_if_reached (FALSE);
    }
}

/* A default is written as what it is (true, 5, "auto") and kept as text. */
static void
read_fallback (RushesParameter *parameter, RushesJsonReader *reader)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  switch (parameter->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      parameter->fallback = g_strdup (rushes_json_reader_get_boolean (reader, "default", FALSE) ? "true" : "false");
      break;

    case RUSHES_PARAMETER_INTEGER:
      parameter->fallback =
          g_strdup_printf ("%" G_GINT64_FORMAT, rushes_json_reader_get_integer (reader, "default", -G_MAXINT32,
                                                                                G_MAXINT32, parameter->minimum));
      break;

    case RUSHES_PARAMETER_NUMBER:
      g_ascii_dtostr (text, sizeof text,
                      rushes_json_reader_get_number (reader, "default", -HUGE_VAL, HUGE_VAL, parameter->minimum));
      parameter->fallback = g_strdup (text);
      break;

    case RUSHES_PARAMETER_CHOICE:
    case RUSHES_PARAMETER_TEXT:
    default:
      parameter->fallback = g_strdup (rushes_json_reader_get_string (reader, "default", ""));
      break;
    }

  if (!rushes_parameter_accepts (parameter, parameter->fallback))
    rushes_json_reader_complain (reader, "default", "%s", _ ("this is not one of the values above."));
}

static void
read_parameter (RushesModel *self, RushesJsonReader *reader)
{
  RushesParameter *parameter = g_new0 (RushesParameter, 1);

  rushes_json_reader_need (reader, "name", "title", "kind", "default", NULL);
  parameter->name = g_strdup (rushes_json_reader_get_string (reader, "name", ""));
  parameter->title = read_text (reader, "title");
  parameter->subtitle = read_text (reader, "subtitle");
  parameter->kind = rushes_json_reader_get_word (reader, "kind", kinds, RUSHES_PARAMETER_TEXT);

  if (parameter->kind == RUSHES_PARAMETER_INTEGER || parameter->kind == RUSHES_PARAMETER_NUMBER)
    {
      rushes_json_reader_need (reader, "minimum", "maximum", NULL);
      parameter->minimum = rushes_json_reader_get_number (reader, "minimum", -G_MAXINT32, G_MAXINT32, 0);
      parameter->maximum =
          rushes_json_reader_get_number (reader, "maximum", parameter->minimum, G_MAXINT32, G_MAXINT32);
    }
  if (parameter->kind == RUSHES_PARAMETER_CHOICE)
    {
      rushes_json_reader_need (reader, "choices", NULL);
      parameter->choices = read_choices (reader);
    }
  read_fallback (parameter, reader);

  if (rushes_model_find_parameter (self, parameter->name) != NULL)
    rushes_json_reader_complain (reader, "name", _ ("there is another “%s” already."), parameter->name);
  g_ptr_array_add (self->parameters, parameter);
}

void
rushes_model_read_parameters (RushesModel *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_list (reader, "parameters"))
    return;
  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        read_parameter (self, reader);
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);
}
