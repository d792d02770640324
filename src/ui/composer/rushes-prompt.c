/* rushes-prompt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-prompt.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-delivery.h"
#include "rushes-mention.h"
#include "rushes-mention-popover.h"
#include "rushes-ui.h"

#define N_EARLIER 50
/* The counter appears when this part of the limit is used up. */
#define NEAR 0.8

struct _RushesPrompt
{
  AdwBin parent_instance;

  RushesLibrary *library;
  RushesPresets *presets;
  RushesDraft *draft;
  GSignalGroup *draft_signals;
  RushesModel *model;
  gboolean writing; /* the draft and the buffer follow each other; one leads at a time */

  char **earlier; /* newest first; NULL until they were looked up */
  int place;      /* in earlier; -1 is what the person typed */
  char *typed;
  gboolean looking_up;

  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkLabel *preset_text;
  GtkLabel *counter;
  GtkLabel *names_note;
  RushesMentionPopover *mentions; /* while a picture may be named */
};

enum
{
  PICTURES_PASTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesPrompt, rushes_prompt, ADW_TYPE_BIN)

static char *
get_text (RushesPrompt *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* As if the person had typed it, so that undo brings back what was there. Only what is another text is replaced: where
 * the person writes the cursor stays. */
static void
replace_text (RushesPrompt *self, const char *text)
{
  g_autofree char *old = get_text (self);
  const char *from = old, *old_end = old + strlen (old), *end = text + strlen (text);
  GtkTextIter start, stop;

  while (*from != '\0' && g_utf8_get_char (from) == g_utf8_get_char (text))
    {
      from = g_utf8_next_char (from);
      text = g_utf8_next_char (text);
    }
  while (old_end > from && end > text &&
         g_utf8_get_char (g_utf8_prev_char (old_end)) == g_utf8_get_char (g_utf8_prev_char (end)))
    {
      old_end = g_utf8_prev_char (old_end);
      end = g_utf8_prev_char (end);
    }

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) g_utf8_pointer_to_offset (old, from));
  gtk_text_buffer_get_iter_at_offset (self->buffer, &stop, (int) g_utf8_pointer_to_offset (old, old_end));
  gtk_text_buffer_delete (self->buffer, &start, &stop);
  gtk_text_buffer_insert (self->buffer, &start, text, (int) (end - text));
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
update_counter (RushesPrompt *self)
{
  gboolean ready = self->model != NULL && self->draft != NULL;
  g_autofree char *sent = ready ? rushes_model_get_sent_prompt (self->model, self->draft) : g_strdup ("");
  int limit = self->model != NULL ? rushes_model_get_prompt_limit (self->model) : 0;
  glong length = limit > 0 ? rushes_model_measure (self->model, sent) : 0;
  /* Translators: characters that were typed, and how many may be */
  g_autofree char *label = g_strdup_printf (_ ("%ld of %d"), length, limit);

  gtk_label_set_label (self->counter, label);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), limit > 0 && length > limit * NEAR);
  if (length > limit)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
}

/* What is said of the pictures that it names, beside what is refused. */
static void
update_names_note (RushesPrompt *self)
{
  g_autoptr (RushesNote) note = NULL;

  if (self->model != NULL && self->draft != NULL)
    note = rushes_model_note_names (self->model, self->draft);
  gtk_label_set_label (self->names_note, note != NULL ? note->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->names_note), note != NULL);
}

static void
follow (RushesPrompt *self)
{
  update_counter (self);
  update_names_note (self);
}

/* ---- pictures to name ---- */

/* Where the cursor is, as seen from here. */
static void
find_cursor (RushesPrompt *self, const GtkTextIter *cursor, GdkRectangle *place)
{
  graphene_point_t at;

  gtk_text_view_get_iter_location (self->view, cursor, place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place->x, place->y, &place->x, &place->y);
  if (gtk_widget_compute_point (GTK_WIDGET (self->view), GTK_WIDGET (self),
                                &GRAPHENE_POINT_INIT ((float) place->x, (float) place->y), &at))
    {
      place->x = (int) at.x;
      place->y = (int) at.y;
    }
}

/* Behind an "@" that may begin a name, the pictures are offered. */
static void
offer_mentions (RushesPrompt *self)
{
  g_autofree char *text = NULL;
  GtkTextIter start, cursor;
  GdkRectangle place;

  if (self->draft == NULL || self->model == NULL || self->writing || !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    return;
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  text = gtk_text_buffer_get_text (self->buffer, &start, &cursor, FALSE);
  if (!g_str_has_suffix (text, "@") || !rushes_mention_may_begin (text, text + strlen (text) - 1))
    return;
  find_cursor (self, &cursor, &place);
  rushes_mention_popover_offer (self->mentions, self->model, self->draft, &place);
}

static void
mention_chosen (RushesPrompt *self, const char *mention)
{
  /* The "@" is there. */
  g_autofree char *rest = g_strconcat (mention + 1, " ", NULL);

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_insert_at_cursor (self->buffer, rest, -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
close_mentions (RushesPrompt *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->mentions));
}

static gboolean
key_pressed (RushesPrompt *self, guint keyval, guint keycode, GdkModifierType state)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->mentions)) &&
         (state & gtk_accelerator_get_default_mod_mask ()) == 0 &&
         rushes_mention_popover_take_key (self->mentions, keyval);
}

/* ---- typing ---- */

/* Once the typing is done: while the buffer changes nobody else may change it. */
static void
typed (RushesPrompt *self)
{
  g_autofree char *text = get_text (self);
  const char *rest = NULL;
  RushesPreset *preset = NULL;
  GtkTextIter start, end;

  if (self->draft != NULL && !self->writing && *text == '/')
    preset = rushes_presets_match_slash (self->presets, text, &rest);
  if (preset == NULL)
    {
      offer_mentions (self);
      return;
    }

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) g_utf8_pointer_to_offset (text, rest));
  gtk_text_buffer_delete (self->buffer, &start, &end);
  rushes_draft_set_preset (self->draft, rushes_preset_get_id (preset), rushes_preset_get_prompt (preset));
}

static void
changed (RushesPrompt *self)
{
  g_autofree char *text = get_text (self);

  gtk_widget_set_visible (self->placeholder, *text == '\0');
  if (self->draft == NULL || self->writing)
    return;

  self->writing = TRUE;
  rushes_draft_set_prompt (self->draft, text);
  self->writing = FALSE;
  follow (self);
}

static void
draft_changed (RushesPrompt *self)
{
  g_autofree char *text = get_text (self);
  const char *preset = rushes_draft_get_preset_text (self->draft);
  const char *prompt = rushes_draft_get_prompt (self->draft);

  gtk_label_set_label (self->preset_text, preset != NULL ? preset : "");
  gtk_widget_set_visible (GTK_WIDGET (self->preset_text), preset != NULL && *preset != '\0');
  if (!self->writing && !g_str_equal (text, prompt != NULL ? prompt : ""))
    {
      self->writing = TRUE;
      replace_text (self, prompt != NULL ? prompt : "");
      self->writing = FALSE;
    }
  follow (self);
}

/* ---- pasting ---- */

static void
paste (RushesPrompt *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  /* Office programs offer a picture of every text; copied files come with their paths as text. */
  if (!rushes_delivery_has_pictures (formats) ||
      (rushes_delivery_has_text (formats) && !rushes_delivery_has_files (formats)))
    return;

  g_signal_stop_emission_by_name (self->view, "paste-clipboard");
  g_signal_emit (self, signals[PICTURES_PASTED], 0, clipboard);
}

/* ---- earlier prompts ---- */

static void
walk_to (RushesPrompt *self, int place)
{
  GtkTextIter end;
  int n = (int) g_strv_length (self->earlier);

  place = CLAMP (place, -1, n - 1);
  if (place == self->place)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (self->place == -1)
    {
      g_free (self->typed);
      self->typed = get_text (self);
    }
  self->place = place;
  replace_text (self, place == -1 ? self->typed : self->earlier[place]);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
}

static void
prompts_found (gpointer object, DexFuture *future, gpointer data)
{
  RushesPrompt *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  self->looking_up = FALSE;
  if (value == NULL)
    return;
  self->earlier = g_value_dup_boxed (value);
  walk_to (self, self->place - GPOINTER_TO_INT (data));
}

void
rushes_prompt_walk (RushesPrompt *self, int step)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));

  if (self->looking_up || self->library == NULL)
    return;
  if (self->earlier != NULL)
    {
      walk_to (self, self->place - step);
      return;
    }

  self->looking_up = TRUE;
  rushes_when (rushes_library_recent_prompts (self->library, N_EARLIER), self, prompts_found, GINT_TO_POINTER (step),
               NULL);
}

void
rushes_prompt_renew (RushesPrompt *self)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));

  g_clear_pointer (&self->earlier, g_strfreev);
  g_clear_pointer (&self->typed, g_free);
  self->place = -1;
}

static void
walk_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_prompt_walk (RUSHES_PROMPT (widget), g_str_equal (name, "prompt.earlier") ? -1 : 1);
}

/* ---- the widget ---- */

static gboolean
rushes_prompt_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUSHES_PROMPT (widget)->view));
}

static void
rushes_prompt_dispose (GObject *object)
{
  RushesPrompt *self = RUSHES_PROMPT (object);

  g_clear_object (&self->draft_signals);
  g_clear_pointer ((GtkWidget **) &self->mentions, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PROMPT);
  g_clear_object (&self->draft);
  g_clear_object (&self->model);
  g_clear_object (&self->presets);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_prompt_parent_class)->dispose (object);
}

static void
rushes_prompt_finalize (GObject *object)
{
  RushesPrompt *self = RUSHES_PROMPT (object);

  g_strfreev (self->earlier);
  g_free (self->typed);

  G_OBJECT_CLASS (rushes_prompt_parent_class)->finalize (object);
}

static void
rushes_prompt_class_init (RushesPromptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rushes_prompt_dispose;
  object_class->finalize = rushes_prompt_finalize;
  widget_class->grab_focus = rushes_prompt_grab_focus;

  signals[PICTURES_PASTED] = g_signal_new ("pictures-pasted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, GDK_TYPE_CLIPBOARD);

  gtk_widget_class_install_action (widget_class, "prompt.earlier", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "prompt.later", NULL, walk_action);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-prompt.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPrompt, view);
  gtk_widget_class_bind_template_child (widget_class, RushesPrompt, buffer);
  gtk_widget_class_bind_template_child (widget_class, RushesPrompt, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RushesPrompt, preset_text);
  gtk_widget_class_bind_template_child (widget_class, RushesPrompt, counter);
  gtk_widget_class_bind_template_child (widget_class, RushesPrompt, names_note);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, paste);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, close_mentions);
}

static void
rushes_prompt_init (RushesPrompt *self)
{
  self->place = -1;
  self->draft_signals = g_signal_group_new (RUSHES_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify::prompt", G_CALLBACK (draft_changed), self);
  g_signal_group_connect_swapped (self->draft_signals, "notify::preset-text", G_CALLBACK (draft_changed), self);
  g_signal_group_connect_swapped (self->draft_signals, "references-changed", G_CALLBACK (follow), self);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->mentions = g_object_new (RUSHES_TYPE_MENTION_POPOVER, NULL);
  g_signal_connect_object (self->mentions, "chosen", G_CALLBACK (mention_chosen), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->mentions), GTK_WIDGET (self));
}

void
rushes_prompt_set_library (RushesPrompt *self, RushesLibrary *library, RushesPresets *presets)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));

  g_set_object (&self->library, library);
  g_set_object (&self->presets, presets);
}

void
rushes_prompt_set_draft (RushesPrompt *self, RushesDraft *draft)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  if (!g_set_object (&self->draft, draft))
    return;
  g_signal_group_set_target (self->draft_signals, draft);
  rushes_prompt_renew (self);
  /* Another project's words are not to be undone into this one's. */
  self->writing = TRUE;
  gtk_text_buffer_set_text (self->buffer, rushes_draft_get_prompt (draft), -1);
  self->writing = FALSE;
  draft_changed (self);
}

void
rushes_prompt_set_model (RushesPrompt *self, RushesModel *model)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));
  g_return_if_fail (RUSHES_IS_MODEL (model));

  if (g_set_object (&self->model, model))
    follow (self);
}

void
rushes_prompt_rewrite (RushesPrompt *self, const char *text)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));
  g_return_if_fail (text != NULL);

  gtk_text_buffer_begin_irreversible_action (self->buffer);
  replace_text (self, text);
  gtk_text_buffer_end_irreversible_action (self->buffer);
}

void
rushes_prompt_set_thumbnailer (RushesPrompt *self, RushesThumbnailer *thumbnailer)
{
  g_return_if_fail (RUSHES_IS_PROMPT (self));

  rushes_mention_popover_set_thumbnailer (self->mentions, thumbnailer);
}
