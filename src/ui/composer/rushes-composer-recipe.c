/* rushes-composer-recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-toast.h"

/* What is longer is read in a dialog; in characters. */
#define TOAST_LENGTH 70

/* ---- what had to change ---- */

static void
details_clicked (AdwToast *toast, RushesComposer *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("What Has Changed"), g_object_get_data (G_OBJECT (toast), "sentences"));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* @title for the toast where the sentences, an array of strings, are more than it can say. */
static void
tell (RushesComposer *self, GPtrArray *sentences, const char *title)
{
  g_autofree char *all = NULL;
  AdwToast *toast;
  gboolean fits;

  if (sentences->len == 0)
    return;
  /* What was told before is over, and does not make the news wait. */
  if (self->told != NULL)
    adw_toast_dismiss (self->told);
  fits = sentences->len == 1 && g_utf8_strlen (sentences->pdata[0], -1) <= TOAST_LENGTH;
  toast = rushes_toast (self->toasts, fits ? sentences->pdata[0] : title);
  g_set_weak_pointer (&self->told, toast);
  if (toast == NULL || fits)
    return;
  g_ptr_array_add (sentences, NULL);
  all = g_strjoinv ("\n", (char **) sentences->pdata);
  g_object_set_data_full (G_OBJECT (toast), "sentences", g_steal_pointer (&all), g_free);
  adw_toast_set_button_label (toast, _ ("_Details"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (details_clicked), self, 0);
}

static void
add_sentences (GPtrArray *sentences, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    g_ptr_array_add (sentences, g_strdup (((RushesNote *) notes->pdata[i])->message));
}

void
rushes_composer_tell_notes (RushesComposer *self, RushesModel *model, GPtrArray *notes)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;

  /* They are told together with what else there is to say of a recipe. */
  if (self->restored != NULL)
    {
      add_sentences (self->restored, notes);
      return;
    }

  add_sentences (sentences, notes);
  /* Translators: %s is the name of a model */
  title = g_strdup_printf (ngettext ("%u setting was changed to what %s can do", //
                                     "%u settings were changed to what %s can do", notes->len),
                           notes->len, rushes_model_get_name (model));
  tell (self, sentences, title);
}

/* ---- one recipe in place of another ---- */

/* Puts something else in place of all that is there, with a toast that takes it back. */
static void
replace_draft (RushesComposer *self, RushesDraft *draft)
{
  g_hash_table_insert (self->drafts, g_strdup (rushes_project_get_id (self->project)), g_object_ref (draft));
  rushes_composer_show_draft (self, draft);
  rushes_composer_draft_changed (self);
}

static void
undo_clicked (AdwToast *toast, RushesComposer *self)
{
  JsonNode *before = g_object_get_data (G_OBJECT (toast), "before");
  g_autoptr (RushesDraft) draft = NULL;

  /* It was about another project's draft. */
  if (g_object_get_data (G_OBJECT (toast), "project") != self->project)
    return;
  draft = rushes_draft_new ();
  rushes_draft_load_json (draft, before, rushes_composer_get_references (self));
  replace_draft (self, draft);
}

void
rushes_composer_offer_undo (RushesComposer *self, JsonNode *before, const char *sentence)
{
  AdwToast *toast = rushes_toast (self->toasts, sentence);

  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "before", json_node_ref (before), (GDestroyNotify) json_node_unref);
  g_object_set_data (G_OBJECT (toast), "project", self->project);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked), self, 0);
}

static gboolean
is_empty (RushesDraft *draft)
{
  g_autoptr (GPtrArray) pictures = rushes_draft_list_pictures (draft);
  g_autofree char *words = rushes_draft_get_whole_prompt (draft);

  for (guint i = 0; i < pictures->len; i++)
    if (pictures->pdata[i] != NULL)
      return FALSE;
  return *words == '\0';
}

void
rushes_composer_begin (RushesComposer *self, RushesDraft *draft)
{
  g_autoptr (JsonNode) before = NULL;
  gboolean was_empty;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  before = rushes_draft_to_json (self->draft);
  was_empty = is_empty (self->draft);
  rushes_draft_set_budget (draft, rushes_draft_get_budget (self->draft));
  replace_draft (self, draft);
  if (!was_empty)
    rushes_composer_offer_undo (self, before, _ ("A sample is in the composer"));
}

void
rushes_composer_remix (RushesComposer *self, RushesRequest *request)
{
  g_autoptr (JsonNode) before = NULL;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (RUSHES_IS_REQUEST (request));

  before = rushes_draft_to_json (self->draft);
  rushes_batch_row_set_pictures (self->batch_row, NULL);
  rushes_draft_set_from_request (self->draft, request);
  rushes_composer_offer_undo (self, before, _ ("The recipe of the take is in the composer"));
}

void
rushes_composer_restore (RushesComposer *self, RushesRecipe *recipe, const char *name)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) sentences = NULL;
  g_autofree char *done = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (RUSHES_IS_RECIPE (recipe));
  g_return_if_fail (name != NULL);

  before = rushes_draft_to_json (self->draft);
  notes = rushes_recipe_list_notes (recipe);
  self->restored = g_ptr_array_new_with_free_func (g_free);
  add_sentences (self->restored, notes);
  rushes_batch_row_set_pictures (self->batch_row, NULL);
  rushes_recipe_fill (recipe, self->draft);
  sentences = g_steal_pointer (&self->restored);

  /* Translators: %s is the name of a file */
  done = g_strdup_printf (_ ("The recipe of “%s” is in the composer"), name);
  rushes_composer_offer_undo (self, before, done);
  title = g_strdup_printf (ngettext ("%u part of the recipe is not as it was", //
                                     "%u parts of the recipe are not as they were", sentences->len),
                           sentences->len);
  tell (self, sentences, title);
}
