/* rushes-test-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-test-window.h"

#include "rushes-test.h"
#include "rushes-ui.h"

#define LIMIT_SECONDS 30.0

static void
run_xdotool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
rushes_test_window_init (void)
{
  rushes_ui_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  run_xdotool ((const char *[]) { "xdotool", "mousemove", "0", "0", NULL });
}

GtkApplication *
rushes_test_get_application (void)
{
  static AdwApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = g_object_new (ADW_TYPE_APPLICATION, "flags", G_APPLICATION_NON_UNIQUE, "resource-base-path",
                                  RESOURCE_PATH, NULL);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }

  return GTK_APPLICATION (application);
}

/* ---- waiting ---- */

void
rushes_test_expect (DexFuture *future)
{
  g_autoptr (DexFuture) settled = rushes_test_run (future);
  g_autoptr (GError) error = NULL;

  dex_future_get_value (settled, &error);
  g_assert_no_error (error);
}

typedef struct
{
  RushesTestCheck check;
  gpointer self;
  gconstpointer data;
} Await;

static gboolean
check_await (gpointer data)
{
  Await *await = data;

  return await->check (await->self, await->data);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
rushes_test_await_check (RushesTestCheck check,
                         gpointer self,
                         gconstpointer data,
                         const char *name,
                         const char *file,
                         int line)
{
  Await await = { check, self, data };
  /* Not every change wakes the main loop up. */
  guint source = g_timeout_add (10, tick, NULL);
  gboolean came = rushes_test_until (check_await, &await, LIMIT_SECONDS);

  g_source_remove (source);
  if (!came)
    g_error ("%s:%d: waited in vain for %s", file, line, name);
}

/* So many frames were drawn since something moved. */
#define FRAMES_AT_REST 6

typedef struct
{
  graphene_rect_t bounds;
  gint64 since; /* number of a frame */
} Place;

/* What is on its way cannot be hit. */
static gboolean
is_at_rest (GtkWidget *widget, Place *place)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  gint64 frame = gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (window));
  graphene_rect_t before = place->bounds;

  gtk_widget_queue_draw (window);
  if (!gtk_widget_compute_bounds (widget, window, &place->bounds) || place->bounds.size.width <= 0 ||
      !graphene_rect_equal (&before, &place->bounds))
    place->since = frame;

  return frame - place->since >= FRAMES_AT_REST;
}

static graphene_rect_t
await_place (GtkWidget *widget)
{
  Place place = { GRAPHENE_RECT_INIT (-1, -1, -1, -1), 0 };

  g_assert_nonnull (widget);
  rushes_test_await (is_at_rest, widget, &place);

  return place.bounds;
}

void
rushes_test_await_rest (GtkWidget *widget)
{
  await_place (widget);
}

/* ---- looking ---- */

GtkWidget *
rushes_test_search (GtkWidget *widget, RushesTestMatch match, gconstpointer data)
{
  if (match (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = rushes_test_search (child, match, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_called (GtkWidget *widget, const char *words)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), words) == 0)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), words) ||
           g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words);
  if (ADW_IS_PREFERENCES_ROW (widget))
    return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), words) == 0;

  return GTK_IS_BUTTON (widget) && rushes_test_find (widget, GTK_TYPE_LABEL, words) != NULL;
}

typedef struct
{
  GType type;
  const char *words;
} Wanted;

static gboolean
is_wanted (GtkWidget *widget, gconstpointer data)
{
  const Wanted *wanted = data;

  return G_TYPE_CHECK_INSTANCE_TYPE (widget, wanted->type) && gtk_widget_get_mapped (widget) &&
         (wanted->words == NULL || is_called (widget, wanted->words));
}

GtkWidget *
rushes_test_find (GtkWidget *widget, GType type, const char *words)
{
  Wanted wanted = { type, words };

  return rushes_test_search (widget, is_wanted, &wanted);
}

static gboolean
is_saying (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL;
}

gboolean
rushes_test_says (GtkWidget *widget, const char *words)
{
  return rushes_test_search (widget, is_saying, words) != NULL;
}

GtkWidget *
rushes_test_await_words (GtkWidget *widget, const char *words)
{
  g_test_message ("Waiting for “%s”", words);
  rushes_test_await (rushes_test_says, widget, words);

  return rushes_test_search (widget, is_saying, words);
}

static gboolean
is_breakpoint_bin (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_BREAKPOINT_BIN (widget);
}

static void
assert_least_width (GtkWidget *widget, int width)
{
  g_autoptr (GString) chain = g_string_new (NULL);
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (least <= width)
    return;

  while (widget != NULL)
    {
      GtkWidget *widest = NULL;
      int most = 0;

      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_string_append_printf (chain, "%s %d, ", G_OBJECT_TYPE_NAME (widget), least);
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          if (!gtk_widget_get_visible (child))
            continue;
          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
          if (least > most)
            {
              most = least;
              widest = child;
            }
        }
      widget = widest;
    }
  g_error ("%d pixels are not enough: %s", width, chain->str);
}

void
rushes_test_assert_fits (GtkWidget *widget, int width)
{
  GtkWidget *bin = rushes_test_search (widget, is_breakpoint_bin, NULL);

  /* What asks for the width of a page stands behind its breakpoints, which say nothing of it. */
  assert_least_width (bin != NULL ? adw_breakpoint_bin_get_child (ADW_BREAKPOINT_BIN (bin)) : widget, width);
}

/* ---- a person ---- */

static void
run_words (const char *words)
{
  g_auto (GStrv) arguments = g_strsplit (words, " ", -1);

  run_xdotool ((const char *const *) arguments);
}

void
rushes_test_press (const char *keys)
{
  g_autofree char *words = g_strdup_printf ("xdotool key --delay 30 %s", keys);

  run_words (words);
}

void
rushes_test_type (const char *words)
{
  run_xdotool ((const char *[]) { "xdotool", "type", "--delay", "25", words, NULL });
}

static void
find_middle (GtkWidget *widget, int *x, int *y)
{
  graphene_rect_t bounds = await_place (widget);

  *x = (int) (bounds.origin.x + bounds.size.width / 2);
  *y = (int) (bounds.origin.y + bounds.size.height / 2);
}

void
rushes_test_click (GtkWidget *widget, guint button)
{
  g_autofree char *words = NULL;
  int x, y;

  find_middle (widget, &x, &y);
  words = g_strdup_printf ("xdotool mousemove %d %d click %u", x, y, button);
  run_words (words);
}

void
rushes_test_point (GtkWidget *widget, double x, double y)
{
  graphene_rect_t bounds = await_place (widget);
  g_autofree char *words = g_strdup_printf ("xdotool mousemove %d %d", (int) (bounds.origin.x + bounds.size.width * x),
                                            (int) (bounds.origin.y + bounds.size.height * y));

  run_words (words);
}

void
rushes_test_click_with (GtkWidget *widget, const char *key)
{
  g_autofree char *words = NULL;
  int x, y;

  find_middle (widget, &x, &y);
  words = g_strdup_printf ("xdotool keydown %s mousemove %d %d click 1 keyup %s", key, x, y, key);
  run_words (words);
}

static gboolean
has_ended (gboolean *ended, gconstpointer data)
{
  return *ended;
}

static void
process_ended (GObject *object, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, NULL));
  *(gboolean *) data = TRUE;
}

/* As a hand does it: a few small moves to begin with, a steady way, a rest before letting go. The main loop turns
 * meanwhile. */
void
rushes_test_drag (GtkWidget *from, GtkWidget *to)
{
  g_autoptr (GString) words = g_string_new ("xdotool");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  gboolean ended = FALSE;
  int x0, y0, x1, y1;

  find_middle (from, &x0, &y0);
  find_middle (to, &x1, &y1);
  g_string_append_printf (words, " mousemove %d %d mousedown 1 sleep 0.1", x0, y0);
  for (int i = 1; i <= 5; i++)
    g_string_append_printf (words, " mousemove %d %d sleep 0.03", x0 + i * 4, y0 + i * 2);
  for (int i = 1; i <= 25; i++)
    g_string_append_printf (words, " mousemove %d %d sleep 0.012", x0 + (x1 - x0) * i / 25, y0 + (y1 - y0) * i / 25);
  g_string_append (words, " sleep 0.3 mouseup 1");

  arguments = g_strsplit (words->str, " ", -1);
  process = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, process_ended, &ended);
  rushes_test_await (has_ended, &ended, NULL);
}

void
rushes_test_resize (int width, int height)
{
  g_autofree char *words = g_strdup_printf ("xdotool getactivewindow windowsize %d %d", width, height);

  run_words (words);
}
