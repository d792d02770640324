/* rushes-take-details.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-details.h"

#include <glib/gi18n.h>

#include "rushes-clip-opener.h"
#include "rushes-async.h"
#include "rushes-frame.h"
#include "rushes-origin.h"
#include "rushes-support-file.h"
#include "rushes-take-facts.h"
#include "rushes-take-note.h"
#include "rushes-take-words.h"
#include "rushes-texture.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

#define THUMB_WIDTH 96

struct _RushesTakeDetails
{
  GtkBox parent_instance;

  RushesTake *take;
  RushesLibrary *library;
  RushesRegistry *registry;
  RushesThumbnailer *thumbnailer;
  GPtrArray *stage_rows; /* in the time row, borrowed */
  guint described;       /* which answer about it is awaited */
  RushesClip *looked_at; /* for its origin */

  GtkLabel *preset_text;
  GtkLabel *prompt;
  GtkBox *references;
  AdwPreferencesGroup *recipe;
  AdwActionRow *model;
  AdwActionRow *settings;
  AdwActionRow *negative;
  AdwActionRow *seed;
  AdwActionRow *extended;
  AdwActionRow *cost;
  AdwExpanderRow *time;
  GtkLabel *time_total;
  GtkWidget *clip;
  RushesTakeNote *note;
  AdwActionRow *format;
  AdwActionRow *origin;
  AdwActionRow *file;
  AdwActionRow *saved;
  AdwActionRow *copy; /* the one that the provider keeps */
  GtkWidget *reply;
  GtkLabel *reply_text;
};

G_DEFINE_FINAL_TYPE (RushesTakeDetails, rushes_take_details, GTK_TYPE_BOX)

static RushesProvider *
get_provider (RushesTakeDetails *self)
{
  return rushes_registry_find (self->registry, rushes_request_get_provider_id (rushes_take_get_request (self->take)));
}

/* ---- words and pictures ---- */

static void
show_words (GtkLabel *label, const char *words)
{
  g_autofree char *clean = rushes_clean_words (words != NULL ? words : "");

  gtk_label_set_label (label, clean);
  gtk_widget_set_visible (GTK_WIDGET (label), *clean != '\0');
}

static const char *
role_name (RushesReferenceRole role)
{
  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      return _ ("First frame");
    case RUSHES_ROLE_LAST_FRAME:
      return _ ("Last frame");
    case RUSHES_ROLE_REFERENCE:
    default:
      return _ ("Reference");
    }
}

static void
texture_came (gpointer object, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (object), g_value_get_object (value));
}

static DexFuture *
load_texture (DexFuture *future, gpointer data)
{
  return rushes_texture_load (g_value_get_object (dex_future_get_value (future, NULL)));
}

static GtkWidget *
make_caption (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static void
add_reference (RushesTakeDetails *self, RushesReference *reference, RushesReferenceRole role)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *frame = rushes_frame_new ();
  GtkWidget *picture = gtk_picture_new ();
  g_autofree char *name = rushes_clean_words (rushes_reference_get_name (reference));
  int width = THUMB_WIDTH * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set (frame, "minimum-width", THUMB_WIDTH, "natural-width", THUMB_WIDTH, "maximum-height",
                THUMB_WIDTH * 9 / 16, "child", picture, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (frame, "thumb");
  gtk_widget_add_css_class (frame, "mini-thumb");
  rushes_when (dex_future_then (rushes_thumbnailer_load_reference (self->thumbnailer, reference, width), load_texture,
                                NULL, NULL),
               picture, texture_came, NULL, NULL);

  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (names), make_caption (role_name (role)));
  gtk_box_append (GTK_BOX (names), make_caption (name));
  gtk_box_append (GTK_BOX (row), frame);
  gtk_box_append (GTK_BOX (row), names);
  gtk_box_append (self->references, row);
}

static void
show_references (RushesTakeDetails *self)
{
  static const RushesReferenceRole roles[] = { RUSHES_ROLE_FIRST_FRAME, RUSHES_ROLE_LAST_FRAME, RUSHES_ROLE_REFERENCE };
  RushesRequest *request = rushes_take_get_request (self->take);
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    for (guint n = 0; n < rushes_request_get_n_references (request, roles[i]); n++)
      {
        add_reference (self, rushes_request_get_reference (request, roles[i], n), roles[i]);
        any = TRUE;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->references), any);
}

/* ---- the recipe ---- */

static void
show_parameters (RushesTakeDetails *self, RushesModel *model)
{
  RushesRequest *request = rushes_take_get_request (self->take);
  GPtrArray *parameters = model != NULL ? rushes_model_get_parameters (model) : NULL;

  for (guint i = 0; parameters != NULL && i < parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (parameters, i);
      const char *value = rushes_request_get_parameter (request, parameter->name);
      g_autofree char *words = value != NULL ? rushes_take_facts_value (parameter, value) : NULL;
      GtkWidget *row;

      /* What was left as it is says nothing. */
      if (value == NULL || g_strcmp0 (value, parameter->fallback) == 0)
        continue;
      row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", parameter->title, "subtitle", words, NULL);
      gtk_widget_add_css_class (row, "property");
      adw_preferences_group_add (self->recipe, row);
    }
}

/* What it made longer, and whether that is in it. */
static void
show_extended (RushesTakeDetails *self, RushesModel *model)
{
  const RushesExtension *extension = rushes_request_get_extension (rushes_take_get_request (self->take));
  g_autofree char *words = extension != NULL ? rushes_take_facts_extended (extension, model) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->extended), words != NULL);
  if (words != NULL)
    adw_action_row_set_subtitle (self->extended, words);
}

static void
show_recipe (RushesTakeDetails *self)
{
  RushesRequest *request = rushes_take_get_request (self->take);
  RushesProvider *provider = get_provider (self);
  RushesModel *model =
      provider != NULL ? rushes_provider_find_model (provider, rushes_request_get_model_id (request)) : NULL;
  g_autofree char *model_name = rushes_take_words_model (self->take, self->registry);
  const GError *lost = rushes_request_get_problem (request);
  g_autofree char *settings = lost != NULL ? g_strdup (lost->message) : rushes_take_facts_settings (request, model);
  g_autofree char *seed = rushes_take_facts_seed (rushes_request_get_seed (request));
  g_autofree char *negative = rushes_clean_words (
      rushes_request_get_negative_prompt (request) != NULL ? rushes_request_get_negative_prompt (request) : "");

  adw_action_row_set_subtitle (self->model, model_name);
  adw_action_row_set_subtitle (self->settings, settings);
  adw_action_row_set_subtitle (self->seed, seed);
  adw_action_row_set_subtitle (self->negative, negative);
  gtk_widget_set_visible (GTK_WIDGET (self->negative), *negative != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->seed),
                          lost == NULL && (model == NULL || rushes_model_get_has_seed (model)));
  show_extended (self, model);
  show_parameters (self, model);
}

/* ---- what came of it ---- */

static char *
short_path (GFile *file)
{
  g_autofree char *path = g_file_get_parse_name (file);

  if (g_str_has_prefix (path, g_get_home_dir ()) && path[strlen (g_get_home_dir ())] == '/')
    return g_strconcat ("~", path + strlen (g_get_home_dir ()), NULL);

  return g_steal_pointer (&path);
}

static void
show_clip (RushesTakeDetails *self)
{
  RushesClip *clip = rushes_take_get_clip (self->take);
  const char *saved_to = rushes_take_get_saved_to (self->take);
  g_autofree char *price = rushes_price_to_display (rushes_take_get_price (self->take));
  g_autofree char *format = NULL;
  g_autofree char *path = NULL;

  adw_action_row_set_subtitle (self->cost, price);
  gtk_widget_set_visible (self->clip, clip != NULL);
  if (clip == NULL)
    return;

  format = rushes_take_facts_format (rushes_clip_get_facts (clip));
  path = short_path (rushes_clip_get_file (clip));
  adw_action_row_set_subtitle (self->format, format);
  adw_action_row_set_subtitle (self->file, path);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), saved_to != NULL);
  if (saved_to != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (saved_to);
      g_autofree char *saved_path = short_path (file);

      adw_action_row_set_subtitle (self->saved, saved_path);
    }
}

static DexFuture *
read_origin (gpointer file)
{
  GError *error = NULL;
  RushesOrigin origin;

  return rushes_origin_read (file, &origin, &error) ? dex_future_new_for_int ((int) origin)
                                                    : dex_future_new_for_error (error);
}

static void
origin_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakeDetails *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autofree char *words = value != NULL ? rushes_take_facts_origin ((RushesOrigin) g_value_get_int (value)) : NULL;

  if (words != NULL)
    adw_action_row_set_subtitle (self->origin, words);
  gtk_widget_set_visible (GTK_WIDGET (self->origin), words != NULL);
}

/* The clip never changes: it is looked at once. */
static void
show_origin (RushesTakeDetails *self)
{
  RushesClip *clip = rushes_take_get_clip (self->take);

  if (clip == NULL || !g_set_object (&self->looked_at, clip))
    return;
  rushes_when (rushes_async_work (read_origin, g_object_ref (rushes_clip_get_file (clip)), g_object_unref), self,
               origin_came, NULL, NULL);
}

static void
show_copy (RushesTakeDetails *self, JsonNode *description)
{
  RushesProvider *provider = get_provider (self);
  g_autofree char *words = rushes_take_facts_copy (description, g_get_real_time ());
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->copy), words != NULL);
  if (words == NULL)
    return;
  /* Translators: %s is a service, which keeps the clip for a while, too. */
  title = provider != NULL ? g_strdup_printf (_ ("Copy at %s"), rushes_provider_get_name (provider))
                           : g_strdup (_ ("Copy at the Provider"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->copy), title);
  adw_action_row_set_subtitle (self->copy, words);
}

static void
show_stages (RushesTakeDetails *self, JsonNode *description)
{
  g_autoptr (GPtrArray) stages = rushes_take_facts_stages (description);
  g_autofree char *total = NULL;
  double seconds = 0;

  for (guint i = 0; i < self->stage_rows->len; i++)
    adw_expander_row_remove (self->time, g_ptr_array_index (self->stage_rows, i));
  g_ptr_array_set_size (self->stage_rows, 0);

  for (guint i = 0; i < stages->len; i++)
    {
      const RushesStage *stage = g_ptr_array_index (stages, i);
      g_autofree char *span = rushes_take_facts_span (stage->seconds);
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", stage->name, NULL);
      GtkWidget *label = gtk_label_new (span);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_expander_row_add_row (self->time, row);
      g_ptr_array_add (self->stage_rows, row);
      seconds += stage->seconds;
    }

  total = rushes_take_facts_span (seconds);
  gtk_label_set_label (self->time_total, stages->len > 0 ? total : "");
  gtk_widget_set_visible (GTK_WIDGET (self->time), rushes_take_get_clip (self->take) != NULL && stages->len > 0);
}

static void
description_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakeDetails *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autofree char *reply = NULL;

  if (value == NULL || GPOINTER_TO_UINT (data) != self->described)
    return;

  show_stages (self, g_value_get_boxed (value));
  show_copy (self, g_value_get_boxed (value));
  reply = rushes_take_facts_reply (g_value_get_boxed (value));
  gtk_label_set_label (self->reply_text, reply != NULL ? reply : "");
}

/* What only the library knows is asked for again with each step of the take. */
static void
follow (RushesTakeDetails *self)
{
  show_clip (self);
  show_origin (self);
  self->described++;
  rushes_when (rushes_library_describe_take (self->library, self->take), self, description_came,
               GUINT_TO_POINTER (self->described), NULL);
}

/* ---- actions ---- */

static void
copy_seed (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesTakeDetails *self = RUSHES_TAKE_DETAILS (widget);
  g_autofree char *seed =
      g_strdup_printf ("%" G_GINT64_FORMAT, rushes_request_get_seed (rushes_take_get_request (self->take)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), seed);
  rushes_toast (widget, _ ("Seed copied"));
}

static void
details_came (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *text = NULL;
  GBytes *bytes;

  if (value == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }

  bytes = g_value_get_boxed (value);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (object), text);
  rushes_toast (object, _ ("Details copied"));
}

static void
copy_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesTakeDetails *self = RUSHES_TAKE_DETAILS (widget);

  rushes_when (rushes_support_file_make (self->library, self->registry, self->take), self, details_came, NULL, NULL);
}

static void
show_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesClip *clip = rushes_take_get_clip (RUSHES_TAKE_DETAILS (widget)->take);

  if (clip != NULL)
    rushes_clip_opener_show (widget, rushes_clip_get_file (clip));
}

static void
show_saved (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *saved_to = rushes_take_get_saved_to (RUSHES_TAKE_DETAILS (widget)->take);
  g_autoptr (GFile) file = saved_to != NULL ? g_file_new_for_uri (saved_to) : NULL;

  if (file != NULL)
    rushes_clip_opener_show (widget, file);
}

/* ---- the widget ---- */

void
rushes_take_details_set_take (RushesTakeDetails *self,
                              RushesTake *take,
                              RushesLibrary *library,
                              RushesRegistry *registry,
                              RushesThumbnailer *thumbnailer)
{
  static const char *const watched[] = { "notify::state", "notify::clip", "notify::price-text", "notify::saved-to" };
  RushesProvider *provider;

  g_return_if_fail (RUSHES_IS_TAKE_DETAILS (self));
  g_return_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_request (take) != NULL);
  g_return_if_fail (self->take == NULL);

  self->take = g_object_ref (take);
  self->library = g_object_ref (library);
  self->registry = g_object_ref (registry);
  self->thumbnailer = g_object_ref (thumbnailer);

  show_words (self->preset_text, rushes_request_get_preset_text (rushes_take_get_request (take)));
  show_words (self->prompt, rushes_request_get_prompt (rushes_take_get_request (take)));
  show_references (self);
  show_recipe (self);
  rushes_take_note_set_take (self->note, take, library);
  provider = get_provider (self);
  gtk_widget_set_visible (self->reply, provider == NULL || !rushes_provider_get_is_local (provider));
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (take, watched[i], G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
}

static void
rushes_take_details_dispose (GObject *object)
{
  RushesTakeDetails *self = RUSHES_TAKE_DETAILS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TAKE_DETAILS);
  g_clear_object (&self->take);
  g_clear_object (&self->looked_at);
  g_clear_object (&self->library);
  g_clear_object (&self->registry);
  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->stage_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_take_details_parent_class)->dispose (object);
}

static void
rushes_take_details_class_init (RushesTakeDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_take_details_dispose;

  gtk_widget_class_install_action (widget_class, "details.copy-seed", NULL, copy_seed);
  gtk_widget_class_install_action (widget_class, "details.copy", NULL, copy_details);
  gtk_widget_class_install_action (widget_class, "details.show-file", NULL, show_file);
  gtk_widget_class_install_action (widget_class, "details.show-saved", NULL, show_saved);

  g_type_ensure (RUSHES_TYPE_TAKE_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-take-details.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, note);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, origin);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, copy);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, preset_text);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, prompt);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, references);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, recipe);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, model);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, settings);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, negative);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, seed);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, extended);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, cost);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, time);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, time_total);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, clip);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, format);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, file);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, saved);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, reply);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeDetails, reply_text);
}

static void
rushes_take_details_init (RushesTakeDetails *self)
{
  self->stage_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
