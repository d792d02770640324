/* rushes-parameter-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-parameter-row.h"

#include "rushes-choice-row.h"

/* What the signal handlers of a row know. */
typedef struct
{
  RushesModel *model; /* owns the parameter */
  const RushesParameter *parameter;
  RushesDraft *draft;
  gboolean following;
} Link;

static void
link_free (gpointer data)
{
  Link *self = data;

  g_object_unref (self->model);
  g_object_unref (self->draft);
  g_free (self);
}

static Link *
get_link (gpointer row)
{
  return g_object_get_data (row, "parameter");
}

static const char *
get_text (Link *link)
{
  const char *text = rushes_draft_get_parameter (link->draft, link->parameter->name);

  if (text == NULL)
    text = link->parameter->fallback;

  return text != NULL ? text : "";
}

static void
set_text (gpointer row, const char *text)
{
  Link *link = get_link (row);

  if (!link->following && g_strcmp0 (get_text (link), text) != 0)
    rushes_draft_set_parameter (link->draft, link->parameter->name, text);
}

static void
switched (GObject *row)
{
  set_text (row, adw_switch_row_get_active (ADW_SWITCH_ROW (row)) ? "true" : "false");
}

static void
chosen (GObject *row)
{
  set_text (row, rushes_choice_row_get_value (RUSHES_CHOICE_ROW (row)));
}

static void
numbered (GObject *row)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  set_text (row, g_ascii_formatd (number, sizeof number, "%.10g", adw_spin_row_get_value (ADW_SPIN_ROW (row))));
}

static void
typed (GObject *row)
{
  set_text (row, gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
follow (GObject *row)
{
  Link *link = get_link (row);
  const char *text = get_text (link);

  link->following = TRUE;
  switch (link->parameter->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_str_equal (text, "true"));
      break;
    case RUSHES_PARAMETER_CHOICE:
      rushes_choice_row_set_value (RUSHES_CHOICE_ROW (row), text);
      break;
    case RUSHES_PARAMETER_INTEGER:
    case RUSHES_PARAMETER_NUMBER:
      adw_spin_row_set_value (ADW_SPIN_ROW (row), g_ascii_strtod (text, NULL));
      break;
    case RUSHES_PARAMETER_TEXT:
      if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
        gtk_editable_set_text (GTK_EDITABLE (row), text);
      break;
    default:
      g_assert_not_reached ();
    }
  link->following = FALSE;
}

static GtkWidget *
make_choice (const RushesParameter *parameter)
{
  GtkWidget *row = rushes_choice_row_new (parameter->title);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; i < parameter->choices->len; i++)
    {
      const RushesParameterChoice *choice = parameter->choices->pdata[i];

      g_ptr_array_add (values, choice->value);
      g_ptr_array_add (titles, choice->title);
    }
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (titles, NULL);
  rushes_choice_row_set_choices (RUSHES_CHOICE_ROW (row), (const char *const *) values->pdata,
                                 (const char *const *) titles->pdata);

  return row;
}

static GtkWidget *
make_number (const RushesParameter *parameter)
{
  gboolean whole = parameter->kind == RUSHES_PARAMETER_INTEGER;
  double step = whole ? 1 : (parameter->maximum - parameter->minimum) / 20;
  GtkWidget *row = adw_spin_row_new_with_range (parameter->minimum, parameter->maximum, step);

  adw_spin_row_set_digits (ADW_SPIN_ROW (row), whole ? 0 : 2);

  return row;
}

GtkWidget *
rushes_parameter_row_new (RushesModel *model, const RushesParameter *parameter, RushesDraft *draft)
{
  Link *link = g_new0 (Link, 1);
  GtkWidget *row;

  link->model = g_object_ref (model);
  link->parameter = parameter;
  link->draft = g_object_ref (draft);

  switch (parameter->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      row = adw_switch_row_new ();
      g_signal_connect (row, "notify::active", G_CALLBACK (switched), NULL);
      break;
    case RUSHES_PARAMETER_CHOICE:
      row = make_choice (parameter);
      g_signal_connect (row, "notify::value", G_CALLBACK (chosen), NULL);
      break;
    case RUSHES_PARAMETER_INTEGER:
    case RUSHES_PARAMETER_NUMBER:
      row = make_number (parameter);
      g_signal_connect (row, "notify::value", G_CALLBACK (numbered), NULL);
      break;
    case RUSHES_PARAMETER_TEXT:
      row = adw_entry_row_new ();
      g_signal_connect (row, "changed", G_CALLBACK (typed), NULL);
      break;
    default:
      g_assert_not_reached ();
    }

  g_object_set_data_full (G_OBJECT (row), "parameter", link, link_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->title);
  if (ADW_IS_ACTION_ROW (row) && parameter->subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), parameter->subtitle);
  else
    gtk_widget_set_tooltip_text (row, parameter->subtitle);
  g_signal_connect_object (draft, "parameters-changed", G_CALLBACK (follow), row, G_CONNECT_SWAPPED);
  follow (G_OBJECT (row));

  return row;
}
