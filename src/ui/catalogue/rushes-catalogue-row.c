/* rushes-catalogue-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue-row.h"

#include <glib/gi18n.h>

#include "rushes-model-words.h"

/* What it takes, and whether it makes sound. */
enum
{
  ICON_FIRST_FRAME,
  ICON_LAST_FRAME,
  ICON_REFERENCES,
  ICON_SOUND,
  N_ICONS,
};

static const char *const icon_names[N_ICONS] = { "first-frame-symbolic", "last-frame-symbolic", "references-symbolic",
                                                 "audio-volume-high-symbolic" };

/* Of a button with an icon, in pixels. */
#define LOCK_WIDTH 34
/* A column for it is as wide. */
#define PRICE_CHARS 9

struct _RushesCatalogueRow
{
  GtkWidget parent_instance;

  RushesCatalogueEntry *entry; /* NULL before the first */
  gboolean narrow;
  gboolean showing;

  GtkWidget *box;
  GtkWidget *star;
  GtkWidget *name;
  GtkWidget *line;  /* of the name */
  GtkWidget *check; /* NULL until it is needed; so is the lock */
  GtkWidget *subtitle;
  GtkWidget *facts; /* in a line, or one below the other */
  GtkWidget *icons;
  GtkWidget *icon[N_ICONS];
  GtkWidget *lengths;
  GtkWidget *sizes;
  GtkWidget *price;
  GtkWidget *lock;
};

G_DEFINE_FINAL_TYPE (RushesCatalogueRow, rushes_catalogue_row, GTK_TYPE_WIDGET)

/* ---- words ---- */

static gboolean
has (RushesModel *model, guint icon)
{
  switch (icon)
    {
    case ICON_FIRST_FRAME:
      return rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME) != RUSHES_INPUT_NONE;
    case ICON_LAST_FRAME:
      return rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME) != RUSHES_INPUT_NONE;
    case ICON_REFERENCES:
      return rushes_model_get_max_references (model) > 0;
    case ICON_SOUND:
    default:
      return rushes_model_get_has_audio (model);
    }
}

/* What a model that has it does. */
static char *
describe_icon (RushesModel *model, guint icon)
{
  int n = rushes_model_get_max_references (model);

  switch (icon)
    {
    case ICON_FIRST_FRAME:
      return g_strdup (rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME) == RUSHES_INPUT_REQUIRED
                           ? _ ("Needs a first frame")
                           : _ ("Takes a first frame"));
    case ICON_LAST_FRAME:
      return g_strdup (rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME) == RUSHES_INPUT_REQUIRED
                           ? _ ("Needs a last frame")
                           : _ ("Takes a last frame"));
    case ICON_REFERENCES:
      return g_strdup_printf (ngettext ("Takes %d reference", "Takes up to %d references", (gulong) n), n);
    case ICON_SOUND:
    default:
      return g_strdup (_ ("Makes sound"));
    }
}

char *
rushes_catalogue_row_describe (RushesCatalogueEntry *entry)
{
  RushesModel *model;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_null_terminated (12, g_free, TRUE);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  char *part;

  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (entry), NULL);

  model = rushes_catalogue_entry_get_model (entry);
  g_ptr_array_add (parts, g_strdup (rushes_provider_get_name (rushes_catalogue_entry_get_provider (entry))));
  for (guint i = 0; i < N_ICONS; i++)
    if (has (model, i))
      g_ptr_array_add (parts, describe_icon (model, i));
  g_ptr_array_add (parts, rushes_model_words_lengths (model));
  part = rushes_model_words_sizes (model);
  if (*part != '\0')
    g_ptr_array_add (parts, part);
  else
    g_free (part);
  g_ptr_array_add (parts, rushes_model_words_price (rushes_catalogue_entry_get_price (entry), FALSE));
  if ((part = rushes_model_words_retirement (model, now)) != NULL)
    g_ptr_array_add (parts, part);
  if (rushes_catalogue_entry_get_problem (entry) != NULL)
    g_ptr_array_add (parts, g_strdup (rushes_catalogue_entry_get_problem (entry)));
  return g_strjoinv (", ", (char **) parts->pdata);
}

static gboolean
explain_price (GtkWidget *price, int x, int y, gboolean keyboard, GtkTooltip *tooltip, RushesCatalogueRow *self)
{
  g_autoptr (RushesDraft) draft = rushes_catalogue_entry_fit (self->entry);
  RushesModel *model = rushes_catalogue_entry_get_model (self->entry);
  g_autofree char *words = rushes_model_words_price (rushes_catalogue_entry_get_price (self->entry), FALSE);
  g_autofree char *source = rushes_model_words_source (model, draft);
  g_autofree char *lines = source != NULL ? g_strdup_printf ("%s\n%s", words, source) : g_strdup (words);

  gtk_tooltip_set_text (tooltip, lines);
  return TRUE;
}

/* ---- showing ---- */

static gboolean
explain_icon (GtkWidget *image, int x, int y, gboolean keyboard, GtkTooltip *tooltip, RushesCatalogueRow *self)
{
  RushesModel *model = rushes_catalogue_entry_get_model (self->entry);
  guint icon = 0;
  g_autofree char *words = NULL;

  while (self->icon[icon] != image)
    icon++;
  if (!has (model, icon))
    return FALSE;
  words = describe_icon (model, icon);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
show_icons (RushesCatalogueRow *self)
{
  RushesModel *model = rushes_catalogue_entry_get_model (self->entry);

  for (guint i = 0; i < N_ICONS; i++)
    {
      gboolean shown = has (model, i);

      /* In a line each has its column, so that one sees at a glance who can what. */
      gtk_widget_set_visible (self->icon[i], shown || !self->narrow);
      gtk_widget_set_opacity (self->icon[i], shown ? 1 : 0);
    }
}

static void
show_subtitle (RushesCatalogueRow *self)
{
  RushesModel *model = rushes_catalogue_entry_get_model (self->entry);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *retirement = rushes_model_words_retirement (model, now);
  g_autofree char *lengths = rushes_model_words_lengths (model);
  g_autofree char *sizes = rushes_model_words_sizes (model);
  g_autoptr (GString) text =
      g_string_new (rushes_provider_get_name (rushes_catalogue_entry_get_provider (self->entry)));

  if (retirement != NULL)
    g_string_append_printf (text, " · %s", retirement);
  if (self->narrow)
    {
      g_string_append_printf (text, " · %s", lengths);
      if (*sizes != '\0')
        g_string_append_printf (text, " · %s", sizes);
    }
  gtk_label_set_label (GTK_LABEL (self->subtitle), text->str);
  gtk_label_set_label (GTK_LABEL (self->lengths), lengths);
  gtk_label_set_label (GTK_LABEL (self->sizes), sizes);
  gtk_widget_set_tooltip_text (self->subtitle, text->str);
  gtk_widget_set_tooltip_text (self->lengths, lengths);
  gtk_widget_set_tooltip_text (self->sizes, *sizes != '\0' ? sizes : NULL);
}

/* Of two hundred rows one is chosen. */
static void
show_check (RushesCatalogueRow *self, gboolean chosen)
{
  if (chosen && self->check == NULL)
    {
      self->check = gtk_image_new_from_icon_name ("object-select-symbolic");
      gtk_widget_set_tooltip_text (self->check, _ ("Chosen"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Chosen"), -1);
      gtk_box_append (GTK_BOX (self->line), self->check);
    }
  if (self->check != NULL)
    gtk_widget_set_visible (self->check, chosen);
}

static void
lock_clicked (RushesCatalogueRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "catalogue.set-up", "s",
                              rushes_provider_get_id (rushes_catalogue_entry_get_provider (self->entry)));
}

static void
show_lock (RushesCatalogueRow *self, const char *problem)
{
  if (problem != NULL && self->lock == NULL)
    {
      self->lock = gtk_button_new_from_icon_name ("system-lock-screen-symbolic");
      gtk_widget_set_valign (self->lock, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->lock, "flat");
      gtk_widget_add_css_class (self->lock, "circular");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Open Settings"),
                                      -1);
      g_signal_connect_object (self->lock, "clicked", G_CALLBACK (lock_clicked), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), self->lock);
    }
  /* Where there is none, its place is kept, so that what stands before it is in line. */
  gtk_widget_set_margin_end (self->facts, problem == NULL && !self->narrow ? LOCK_WIDTH + 6 : 0);
  if (self->lock != NULL)
    {
      gtk_widget_set_visible (self->lock, problem != NULL);
      gtk_widget_set_tooltip_text (self->lock, problem);
    }
}

void
rushes_catalogue_row_reprice (RushesCatalogueRow *self)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RUSHES_IS_CATALOGUE_ROW (self));

  if (self->entry == NULL)
    return;
  words = rushes_model_words_price (rushes_catalogue_entry_get_price (self->entry), TRUE);
  gtk_label_set_label (GTK_LABEL (self->price), words);
}

void
rushes_catalogue_row_show (RushesCatalogueRow *self, RushesCatalogueEntry *entry, gboolean chosen)
{
  RushesModel *model;
  const char *problem;
  gboolean usable;

  g_return_if_fail (RUSHES_IS_CATALOGUE_ROW (self));
  g_return_if_fail (RUSHES_IS_CATALOGUE_ENTRY (entry));

  g_set_object (&self->entry, entry);
  model = rushes_catalogue_entry_get_model (entry);
  problem = rushes_catalogue_entry_get_problem (entry);
  usable = rushes_catalogue_entry_get_section (entry) < RUSHES_CATALOGUE_LOCKED;

  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->star), rushes_catalogue_entry_get_favourite (entry));
  self->showing = FALSE;
  gtk_label_set_label (GTK_LABEL (self->name), rushes_model_get_name (model));
  gtk_widget_set_tooltip_text (self->name, rushes_model_get_summary (model));
  show_check (self, chosen);
  show_subtitle (self);
  show_icons (self);
  rushes_catalogue_row_reprice (self);
  show_lock (self, problem);
  if (usable)
    gtk_widget_remove_css_class (self->name, "dim-label");
  else
    gtk_widget_add_css_class (self->name, "dim-label");
}

void
rushes_catalogue_row_set_narrow (RushesCatalogueRow *self, gboolean narrow)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_ROW (self));

  narrow = !!narrow;
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->facts),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->facts), narrow ? 3 : 18);
  gtk_box_reorder_child_after (GTK_BOX (self->facts), self->price, narrow ? NULL : self->sizes);
  gtk_widget_set_halign (self->icons, narrow ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  gtk_label_set_width_chars (GTK_LABEL (self->price), narrow ? -1 : PRICE_CHARS);
  gtk_widget_set_visible (self->lengths, !narrow);
  gtk_widget_set_visible (self->sizes, !narrow);
  if (self->entry != NULL)
    {
      show_subtitle (self);
      show_icons (self);
      show_lock (self, rushes_catalogue_entry_get_problem (self->entry));
    }
}

/* ---- what is done with it ---- */

static void
starred (GtkToggleButton *star, RushesCatalogueRow *self)
{
  gboolean favourite = gtk_toggle_button_get_active (star);

  gtk_button_set_icon_name (GTK_BUTTON (star), favourite ? "starred-symbolic" : "non-starred-symbolic");
  if (!self->showing)
    rushes_catalogue_entry_set_favourite (self->entry, favourite);
}

void
rushes_catalogue_row_star (RushesCatalogueRow *self)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_ROW (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->star),
                                !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->star)));
}

/* ---- the widget ---- */

static GtkWidget *
make_label (const char *style, int width, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (width > 0)
    {
      gtk_label_set_width_chars (GTK_LABEL (label), width);
      gtk_label_set_max_width_chars (GTK_LABEL (label), width);
    }
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_names (RushesCatalogueRow *self)
{
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = make_label (NULL, 0, 0);
  self->line = line;
  self->subtitle = make_label ("caption", 0, 0);
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_box_append (GTK_BOX (line), self->name);
  gtk_box_append (GTK_BOX (names), line);
  gtk_box_append (GTK_BOX (names), self->subtitle);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  return names;
}

static GtkWidget *
make_facts (RushesCatalogueRow *self)
{
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  self->icons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  for (guint i = 0; i < N_ICONS; i++)
    {
      /* The row is described in words. */
      self->icon[i] = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_names[i], "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->icon[i], "dim-label");
      gtk_widget_set_has_tooltip (self->icon[i], TRUE);
      g_signal_connect (self->icon[i], "query-tooltip", G_CALLBACK (explain_icon), self);
      gtk_box_append (GTK_BOX (self->icons), self->icon[i]);
    }
  self->lengths = make_label ("numeric", 12, 0);
  self->sizes = make_label ("numeric", 16, 0);
  self->price = make_label ("numeric", PRICE_CHARS, 1);
  gtk_widget_set_has_tooltip (self->price, TRUE);
  g_signal_connect (self->price, "query-tooltip", G_CALLBACK (explain_price), self);
  gtk_box_append (GTK_BOX (facts), self->icons);
  gtk_box_append (GTK_BOX (facts), self->lengths);
  gtk_box_append (GTK_BOX (facts), self->sizes);
  gtk_box_append (GTK_BOX (facts), self->price);
  gtk_widget_set_valign (facts, GTK_ALIGN_CENTER);
  return facts;
}

static void
rushes_catalogue_row_dispose (GObject *object)
{
  RushesCatalogueRow *self = RUSHES_CATALOGUE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (rushes_catalogue_row_parent_class)->dispose (object);
}

static void
rushes_catalogue_row_class_init (RushesCatalogueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_catalogue_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rushes_catalogue_row_init (RushesCatalogueRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->star = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->star), "non-starred-symbolic");
  gtk_widget_set_tooltip_text (self->star, _ ("Favourite"));
  gtk_widget_set_valign (self->star, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->star, "flat");
  gtk_widget_add_css_class (self->star, "circular");
  gtk_widget_add_css_class (self->star, "star");
  g_signal_connect (self->star, "toggled", G_CALLBACK (starred), self);

  gtk_box_append (GTK_BOX (self->box), self->star);
  gtk_box_append (GTK_BOX (self->box), make_names (self));
  self->facts = make_facts (self);
  gtk_box_append (GTK_BOX (self->box), self->facts);
}

GtkWidget *
rushes_catalogue_row_new (void)
{
  return g_object_new (RUSHES_TYPE_CATALOGUE_ROW, NULL);
}
