/* rushes-well.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-well-private.h"

#include <glib/gi18n.h>

#include "rushes-crop-preview.h"
#include "rushes-drop.h"
#include "rushes-error.h"
#include "rushes-forecast.h"
#include "rushes-texture.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* Wide enough for the sidebar on a screen of twice the density. */
#define PREVIEW_WIDTH 1024

struct _RushesWell
{
  AdwBin parent_instance;

  RushesImporter *importer;
  RushesThumbnailer *thumbnailer;
  RushesForecast *forecast;
  RushesReference *reference;
  GFile *last_folder;
  char *title;
  char *caption;
  char *mention;
  int role;
  int maximum_height;
  gboolean compact_when_empty;
  gboolean required;
  guint n_reading;

  GtkStack *stack;
  GtkWidget *empty;
  GtkWidget *compact;
  GtkLabel *problem;
  RushesCropPreview *preview;
  GtkMenuButton *menu_button;
  GtkLabel *name;
  GtkLabel *size;
};

enum
{
  PROP_ROLE = 1,
  PROP_REFERENCE,
  PROP_TITLE,
  PROP_CAPTION,
  PROP_MENTION,
  PROP_COMPACT,
  PROP_REQUIRED,
  PROP_MAXIMUM_HEIGHT,
  PROP_ASPECT,
  PROP_BUSY,
  PROP_PAINTABLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  DELIVERED,
  CLEARED,
  MENU_OPENING,
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesWell, rushes_well, ADW_TYPE_BIN)

static char *
choose_symbol (RushesWell *self, gboolean busy)
{
  return g_strdup (busy ? "busy" : "symbol");
}

static char *
say_need (RushesWell *self, gboolean required)
{
  return g_strdup (required ? _ ("Needed") : _ ("Optional"));
}

static gboolean
has_text (RushesWell *self, const char *text)
{
  return text != NULL && *text != '\0';
}

/* ---- bringing pictures in ---- */

static void
set_reading (RushesWell *self, int change)
{
  self->n_reading += change;
  if (change > 0 ? self->n_reading == 1 : self->n_reading == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
delivery_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesWell *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  set_reading (self, -1);
  if (value != NULL)
    g_signal_emit (self, signals[DELIVERED], 0, g_value_get_boxed (value));
  else
    rushes_toast_error (GTK_WIDGET (self), error);
}

static void
await_delivery (RushesWell *self, DexFuture *future)
{
  rushes_well_set_problem (self, NULL);
  set_reading (self, 1);
  rushes_when (future, self, delivery_came, NULL, NULL);
}

void
rushes_well_take_drop (RushesWell *self, GdkDrop *drop)
{
  g_return_if_fail (RUSHES_IS_WELL (self));
  g_return_if_fail (GDK_IS_DROP (drop));

  await_delivery (self, rushes_delivery_from_drop (self->importer, drop));
}

void
rushes_well_take_clipboard (RushesWell *self, GdkClipboard *clipboard)
{
  g_return_if_fail (RUSHES_IS_WELL (self));
  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  await_delivery (self, rushes_delivery_from_clipboard (self->importer, clipboard));
}

void
rushes_well_take_files (RushesWell *self, GListModel *files)
{
  g_return_if_fail (RUSHES_IS_WELL (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  await_delivery (self, rushes_delivery_from_files (self->importer, files));
}

static void
files_chosen (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesWell) self = data;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GFile) first = NULL;
  g_autoptr (GError) error = NULL;

  files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, &error);
  if (files == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }

  first = g_list_model_get_item (files, 0);
  if (first == NULL)
    return;
  g_set_object (&self->last_folder, NULL);
  self->last_folder = g_file_get_parent (first);
  rushes_well_take_files (self, files);
}

void
rushes_well_choose (RushesWell *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) pictures = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkRoot *root;

  g_return_if_fail (RUSHES_IS_WELL (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  gtk_file_filter_set_name (pictures, _ ("Pictures"));
  gtk_file_filter_add_mime_type (pictures, "image/*");
  g_list_store_append (filters, pictures);
  gtk_file_dialog_set_title (dialog, _ ("Choose a Picture"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  if (self->last_folder != NULL)
    gtk_file_dialog_set_initial_folder (dialog, self->last_folder);
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, files_chosen,
                                 g_object_ref (self));
}

static void
choose (RushesWell *self)
{
  rushes_well_choose (self);
}

static void
drop_came (GtkWidget *widget, GdkDrop *drop, gpointer data)
{
  rushes_well_take_drop (RUSHES_WELL (widget), drop);
}

void
rushes_well_clear (RushesWell *self)
{
  g_signal_emit (self, signals[CLEARED], 0);
  gtk_widget_grab_focus (self->compact_when_empty ? self->compact : self->empty);
}

/* ---- the menu ---- */

static void
menu_opens (GtkMenuButton *button, gpointer data)
{
  g_signal_emit (data, signals[MENU_OPENING], 0);
}

void
rushes_well_show_menu (RushesWell *self)
{
  if (self->reference != NULL)
    gtk_menu_button_popup (self->menu_button);
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, RushesWell *self)
{
  rushes_well_show_menu (self);
}

/* ---- dragging its picture out ---- */

static GdkContentProvider *
prepare_drag (GtkDragSource *source, double x, double y, RushesWell *self)
{
  GFile *file = rushes_reference_get_file (self->reference);
  GdkFileList *files = gdk_file_list_new_from_array (&file, 1);
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_typed (RUSHES_TYPE_REFERENCE, self->reference),
    gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files),
  };
  GdkPaintable *paintable = rushes_crop_preview_get_paintable (self->preview);

  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  if (paintable != NULL)
    {
      double width = gdk_paintable_get_intrinsic_width (paintable);
      double height = gdk_paintable_get_intrinsic_height (paintable);
      double scale = 128 / MAX (width, height);
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      g_autoptr (GdkPaintable) small = NULL;

      gdk_paintable_snapshot (paintable, snapshot, width * scale, height * scale);
      small = gtk_snapshot_to_paintable (snapshot, NULL);
      gtk_drag_source_set_icon (source, small, 0, 0);
    }

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

/* ---- what is shown ---- */

static void
show_page (RushesWell *self)
{
  const char *page = "empty";

  if (self->reference != NULL)
    page = "filled";
  else if (self->compact_when_empty)
    page = "compact";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
set_paintable (RushesWell *self, GdkPaintable *paintable)
{
  if (rushes_well_get_paintable (self) == paintable)
    return;
  rushes_crop_preview_set_paintable (self->preview, paintable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTABLE]);
}

static void
texture_loaded (gpointer object, DexFuture *future, gpointer data)
{
  RushesWell *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  /* Another picture may have taken its place meanwhile. */
  if (value != NULL && self->reference == data)
    set_paintable (self, g_value_get_object (value));
}

static void
thumbnail_made (gpointer object, DexFuture *future, gpointer data)
{
  RushesWell *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL && self->reference == data)
    rushes_when (rushes_texture_load (g_value_get_object (value)), self, texture_loaded, g_object_ref (data),
                 g_object_unref);
}

static void
show_reference (RushesWell *self)
{
  RushesReference *reference = self->reference;

  set_paintable (self, NULL);
  if (reference != NULL)
    {
      int width = rushes_reference_get_width (reference);
      int height = rushes_reference_get_height (reference);
      g_autofree char *name = rushes_clean_words (rushes_reference_get_name (reference));
      g_autofree char *size = g_strdup_printf (RUSHES_LEFT_TO_RIGHT ("%d × %d"), width, height);

      rushes_crop_preview_set_picture (self->preview, width, height, name);
      gtk_label_set_label (self->name, name);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
      gtk_label_set_label (self->size, size);
      if (self->thumbnailer != NULL)
        rushes_when (rushes_thumbnailer_load_reference (self->thumbnailer, reference, PREVIEW_WIDTH), self,
                     thumbnail_made, g_object_ref (reference), g_object_unref);
      rushes_well_set_problem (self, NULL);
    }
  show_page (self);
}

static void
show_forecast (RushesWell *self)
{
  g_object_set (self, "caption", rushes_forecast_get_words (self->forecast), NULL);
}

/* ---- properties ---- */

static void
rushes_well_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesWell *self = RUSHES_WELL (object);

  switch (id)
    {
    case PROP_ROLE:
      g_value_set_int (value, self->role);
      break;
    case PROP_REFERENCE:
      g_value_set_object (value, self->reference);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_MENTION:
      g_value_set_string (value, self->mention);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact_when_empty);
      break;
    case PROP_REQUIRED:
      g_value_set_boolean (value, self->required);
      break;
    case PROP_MAXIMUM_HEIGHT:
      g_value_set_int (value, self->maximum_height);
      break;
    case PROP_ASPECT:
      g_value_set_double (value, rushes_crop_preview_get_aspect (self->preview));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->n_reading > 0);
      break;
    case PROP_PAINTABLE:
      g_value_set_object (value, rushes_well_get_paintable (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_title (RushesWell *self, const char *title)
{
  if (!g_set_str (&self->title, title))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->empty), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compact), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
rushes_well_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesWell *self = RUSHES_WELL (object);

  switch (id)
    {
    case PROP_ROLE:
      if (self->role == g_value_get_int (value))
        return;
      self->role = g_value_get_int (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_REFERENCE:
      rushes_well_set_reference (self, g_value_get_object (value));
      break;
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_CAPTION:
      if (g_set_str (&self->caption, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_MENTION:
      if (g_set_str (&self->mention, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_COMPACT:
      if (self->compact_when_empty == g_value_get_boolean (value))
        return;
      self->compact_when_empty = g_value_get_boolean (value);
      show_page (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_REQUIRED:
      if (self->required == g_value_get_boolean (value))
        return;
      self->required = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_MAXIMUM_HEIGHT:
      if (self->maximum_height == g_value_get_int (value))
        return;
      self->maximum_height = g_value_get_int (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ASPECT:
      rushes_well_set_aspect (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_well_dispose (GObject *object)
{
  RushesWell *self = RUSHES_WELL (object);

  /* Disposing of the template takes the stack out behind the back of AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_WELL);
  g_clear_object (&self->importer);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->forecast);
  g_clear_object (&self->reference);
  g_clear_object (&self->last_folder);

  G_OBJECT_CLASS (rushes_well_parent_class)->dispose (object);
}

static void
rushes_well_finalize (GObject *object)
{
  RushesWell *self = RUSHES_WELL (object);

  g_free (self->title);
  g_free (self->caption);
  g_free (self->mention);

  G_OBJECT_CLASS (rushes_well_parent_class)->finalize (object);
}

static void
rushes_well_class_init (RushesWellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_well_get_property;
  object_class->set_property = rushes_well_set_property;
  object_class->dispose = rushes_well_dispose;
  object_class->finalize = rushes_well_finalize;

  properties[PROP_ROLE] = g_param_spec_int ("role", NULL, NULL, 0, G_MAXINT, RUSHES_ROLE_FIRST_FRAME, flags);
  properties[PROP_REFERENCE] = g_param_spec_object ("reference", NULL, NULL, RUSHES_TYPE_REFERENCE, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_MENTION] = g_param_spec_string ("mention", NULL, NULL, NULL, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  properties[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, flags);
  properties[PROP_MAXIMUM_HEIGHT] = g_param_spec_int ("maximum-height", NULL, NULL, 1, G_MAXINT, 180, flags);
  properties[PROP_ASPECT] = g_param_spec_double ("aspect", NULL, NULL, 0, 100, 0, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DELIVERED] = g_signal_new ("delivered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, RUSHES_TYPE_DELIVERY);
  signals[CLEARED] =
      g_signal_new ("cleared", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU_OPENING] =
      g_signal_new ("menu-opening", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
  rushes_well_install_actions (widget_class);

  gtk_widget_class_set_css_name (widget_class, "well");
  g_type_ensure (RUSHES_TYPE_CROP_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-well.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesWell, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, empty);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, compact);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, problem);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, preview);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, name);
  gtk_widget_class_bind_template_child (widget_class, RushesWell, size);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, choose_symbol);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, say_need);
}

static void
rushes_well_init (RushesWell *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->maximum_height = 180;
  gtk_widget_init_template (GTK_WIDGET (self));
  rushes_well_set_moves (self, RUSHES_WELL_STAYS);
  gtk_menu_button_set_create_popup_func (self->menu_button, menu_opens, self, NULL);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect_object (drag, "prepare", G_CALLBACK (prepare_drag), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->preview), GTK_EVENT_CONTROLLER (drag));
  rushes_drop_accept (GTK_WIDGET (self), GTK_WIDGET (self), GTK_PHASE_BUBBLE, drop_came, NULL);
}

void
rushes_well_set_tools (RushesWell *self,
                       RushesImporter *importer,
                       RushesThumbnailer *thumbnailer,
                       RushesPictureFitter *fitter)
{
  g_return_if_fail (RUSHES_IS_WELL (self));
  g_return_if_fail (self->forecast == NULL);

  g_set_object (&self->importer, importer);
  g_set_object (&self->thumbnailer, thumbnailer);
  self->forecast = rushes_forecast_new (fitter);
  g_signal_connect_object (self->forecast, "notify::words", G_CALLBACK (show_forecast), self, G_CONNECT_SWAPPED);
}

void
rushes_well_set_limits (RushesWell *self, const RushesPictureLimits *limits)
{
  g_return_if_fail (RUSHES_IS_WELL (self));

  rushes_well_set_aspect (self, limits != NULL ? limits->aspect : 0);
  rushes_forecast_set (self->forecast, self->reference, limits);
  show_forecast (self);
}

int
rushes_well_get_role (RushesWell *self)
{
  g_return_val_if_fail (RUSHES_IS_WELL (self), RUSHES_ROLE_FIRST_FRAME);

  return self->role;
}

RushesReference *
rushes_well_get_reference (RushesWell *self)
{
  g_return_val_if_fail (RUSHES_IS_WELL (self), NULL);

  return self->reference;
}

void
rushes_well_set_reference (RushesWell *self, RushesReference *reference)
{
  g_return_if_fail (RUSHES_IS_WELL (self));

  if (!g_set_object (&self->reference, reference))
    return;
  show_reference (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFERENCE]);
}

GdkPaintable *
rushes_well_get_paintable (RushesWell *self)
{
  g_return_val_if_fail (RUSHES_IS_WELL (self), NULL);

  return rushes_crop_preview_get_paintable (self->preview);
}

void
rushes_well_set_aspect (RushesWell *self, double aspect)
{
  g_return_if_fail (RUSHES_IS_WELL (self));

  if (rushes_crop_preview_get_aspect (self->preview) == aspect)
    return;
  rushes_crop_preview_set_aspect (self->preview, aspect);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASPECT]);
}

void
rushes_well_set_problem (RushesWell *self, const char *sentence)
{
  g_return_if_fail (RUSHES_IS_WELL (self));

  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
