/* rushes-library-page-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-page-private.h"

#include <glib/gi18n.h>

#include "rushes-again.h"
#include "rushes-async.h"
#include "rushes-clip-offer.h"
#include "rushes-take-deleter.h"
#include "rushes-take-doubt.h"
#include "rushes-take-saver.h"
#include "rushes-take-words.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* Of more takes that are selected together nothing is known until something is to be done to them. */
#define MOST_HELD 500

/* ---- what is possible ---- */

typedef gboolean (*TakeTest) (RushesTake *take);

/* Its row is still being read. */
static gboolean
is_unknown (RushesTake *take)
{
  return !rushes_take_get_loaded (take);
}

static gboolean
has_clip (RushesTake *take)
{
  return rushes_take_get_clip (take) != NULL;
}

static gboolean
is_in_work (RushesTake *take)
{
  return rushes_take_get_loaded (take) && rushes_take_state_is_active (rushes_take_get_state (take));
}

static gboolean
is_in_line (RushesTake *take)
{
  return rushes_take_get_loaded (take) && rushes_take_get_state (take) == RUSHES_TAKE_STATE_QUEUED;
}

static gboolean
can_retry (RushesTake *take)
{
  RushesTakeState state = rushes_take_get_state (take);

  return rushes_take_get_loaded (take) && (state == RUSHES_TAKE_STATE_FAILED || state == RUSHES_TAKE_STATE_CANCELLED);
}

static gboolean
is_left (RushesTake *take)
{
  return rushes_take_get_loaded (take) && rushes_take_get_state (take) == RUSHES_TAKE_STATE_LEFT;
}

static gboolean
is_unconfirmed (RushesTake *take)
{
  return rushes_take_get_loaded (take) && rushes_take_get_state (take) == RUSHES_TAKE_STATE_UNCONFIRMED;
}

static gboolean
is_plain (RushesTake *take)
{
  return !rushes_take_get_starred (take);
}

static guint
count (GPtrArray *takes, TakeTest test)
{
  guint n = 0;

  for (guint i = 0; i < takes->len; i++)
    n += test (g_ptr_array_index (takes, i));

  return n;
}

/* Side by side there is room for so many. */
static gboolean
can_compare (GPtrArray *takes)
{
  return takes->len >= 2 && takes->len <= 4 && count (takes, has_clip) == takes->len;
}

/* ---- what is done ---- */

static void
complain (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

static void
see_to_it (RushesLibraryPage *self, DexFuture *future)
{
  rushes_when (future, self, complain, NULL, NULL);
}

static void
open_take (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  g_signal_emit_by_name (self, "open-take", g_ptr_array_index (takes, 0));
}

static void
remix (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  if (rushes_take_get_request (g_ptr_array_index (takes, 0)) != NULL)
    g_signal_emit_by_name (self, "remix", g_ptr_array_index (takes, 0));
}

static void
save (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  guint n_clips = count (takes, has_clip);

  if (n_clips > 1)
    {
      rushes_take_saver_ask_all (GTK_WIDGET (self), self->library, takes);
      return;
    }
  for (guint i = 0; i < takes->len; i++)
    if (has_clip (g_ptr_array_index (takes, i)))
      rushes_take_saver_ask (GTK_WIDGET (self), self->library, g_ptr_array_index (takes, i));
}

static void
copy (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  RushesRequest *request = rushes_take_get_request (g_ptr_array_index (takes, 0));
  g_autoptr (GdkContentProvider) clips = rushes_clip_offer_new (self->library, takes);
  guint n_clips = count (takes, has_clip);

  if (clips != NULL)
    {
      g_autofree char *sentence = g_strdup_printf (ngettext ("%u clip copied", "%u clips copied", n_clips), n_clips);

      gdk_clipboard_set_content (clipboard, clips);
      rushes_toast (GTK_WIDGET (self), sentence);
    }
  else if (request != NULL)
    {
      gdk_clipboard_set_text (clipboard, rushes_request_get_prompt (request));
      rushes_toast (GTK_WIDGET (self), _ ("Prompt copied"));
    }
}

/* Several become alike: all starred, or none when they are already. */
static void
star (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  gboolean starred = count (takes, is_plain) > 0;

  for (guint i = 0; i < takes->len; i++)
    see_to_it (self, rushes_library_star (self->library, g_ptr_array_index (takes, i), starred));
}

static void
move (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  RushesProject *project = rushes_library_find_project (self->library, g_variant_get_string (parameter, NULL));
  g_autofree char *sentence = NULL;

  if (project == NULL)
    return;

  for (guint i = 0; i < takes->len; i++)
    see_to_it (self, rushes_library_move_take (self->library, g_ptr_array_index (takes, i), project));

  /* Translators: %s is a project. */
  sentence = g_strdup_printf (_ ("Moved to “%s”"), rushes_project_get_name (project));
  rushes_toast (GTK_WIDGET (self), sentence);
}

static void
make_again (RushesLibraryPage *self, GPtrArray *takes, TakeTest test)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < takes->len; i++)
    if (test (g_ptr_array_index (takes, i)))
      g_ptr_array_add (wanted, g_ptr_array_index (takes, i));
  rushes_take_doubt_make_again (GTK_WIDGET (self), self->queue, wanted);
}

static void
retry (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  make_again (self, takes, can_retry);
}

static gboolean
can_check (RushesLibraryPage *self, RushesTake *take)
{
  return rushes_take_get_loaded (take) && rushes_take_words_can_check (take, self->registry);
}

static guint
count_checkable (RushesLibraryPage *self, GPtrArray *takes)
{
  guint n = 0;

  for (guint i = 0; i < takes->len; i++)
    n += can_check (self, g_ptr_array_index (takes, i));

  return n;
}

static void
check (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  for (guint i = 0; i < takes->len; i++)
    if (can_check (self, g_ptr_array_index (takes, i)))
      rushes_take_doubt_check (GTK_WIDGET (self), self->queue, g_ptr_array_index (takes, i));
}

static void
submit_again (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  make_again (self, takes, is_unconfirmed);
}

static void
forget (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  for (guint i = 0; i < takes->len; i++)
    if (is_unconfirmed (g_ptr_array_index (takes, i)))
      rushes_take_doubt_forget (GTK_WIDGET (self), self->queue, g_ptr_array_index (takes, i));
}

static void
cancel (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  for (guint i = 0; i < takes->len; i++)
    if (is_in_work (g_ptr_array_index (takes, i)))
      see_to_it (self, rushes_queue_cancel (self->queue, g_ptr_array_index (takes, i)));
}

static void
tell_place (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *sentence = NULL;
  int n_ahead;

  if (value == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }
  n_ahead = g_value_get_int (value);
  sentence = n_ahead == 0
                 ? g_strdup (_ ("Next in line"))
                 /* Translators: of the takes that wait for the same provider. */
                 : g_strdup_printf (ngettext ("%d take ahead in line", "%d takes ahead in line", n_ahead), n_ahead);
  rushes_toast (object, sentence);
}

static void
move_in_line (RushesLibraryPage *self, GPtrArray *takes, RushesMove where)
{
  if (takes->len == 1 && is_in_line (g_ptr_array_index (takes, 0)))
    rushes_when (rushes_library_move_in_line (self->library, g_ptr_array_index (takes, 0), where), self, tell_place,
                 NULL, NULL);
}

static void
make_next (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  move_in_line (self, takes, RUSHES_MOVE_FIRST);
}

static void
move_up (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  move_in_line (self, takes, RUSHES_MOVE_UP);
}

static void
move_down (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  move_in_line (self, takes, RUSHES_MOVE_DOWN);
}

static void
compare (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);

  if (!can_compare (takes))
    return;
  for (guint i = 0; i < takes->len; i++)
    g_variant_builder_add (&ids, "s", rushes_take_get_id (g_ptr_array_index (takes, i)));
  gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.compare", g_variant_builder_end (&ids));
}

static void
remedy (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  switch (rushes_take_words_remedy (g_ptr_array_index (takes, 0)))
    {
    case RUSHES_REMEDY_RETRY:
      retry (self, takes, NULL);
      break;
    case RUSHES_REMEDY_EDIT:
      remix (self, takes, NULL);
      break;
    case RUSHES_REMEDY_CHECK:
    case RUSHES_REMEDY_PICK_UP:
      rushes_take_doubt_check (GTK_WIDGET (self), self->queue, g_ptr_array_index (takes, 0));
      break;
    case RUSHES_REMEDY_NONE:
    default:
      break;
    }
}

static void
deleted (GtkWidget *widget)
{
  rushes_library_page_set_selecting (RUSHES_LIBRARY_PAGE (widget), FALSE);
}

static void delete (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter)
{
  rushes_take_deleter_delete (GTK_WIDGET (self), self->library, self->queue, self->registry, takes, deleted);
}

/* ---- the actions ---- */

static const struct
{
  const char *name;
  void (*act) (RushesLibraryPage *self, GPtrArray *takes, GVariant *parameter);
  const char *parameter_type;
} actions[] = {
  { "open", open_take, NULL },      { "save", save, NULL },           { "copy", copy, NULL },
  { "star", star, NULL },           { "remix", remix, NULL },         { "move", move, "s" },
  { "retry", retry, NULL },         { "check", check, NULL },         { "cancel", cancel, NULL },
  { "remedy", remedy, NULL },       { "delete", delete, NULL },       { "submit-again", submit_again, NULL },
  { "forget", forget, NULL },       { "make-next", make_next, NULL }, { "move-up", move_up, NULL },
  { "move-down", move_down, NULL }, { "compare", compare, NULL },
};

static void
act_on (RushesLibraryPage *self, const char *name, GPtrArray *takes, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (strchr (name, '.') + 1, actions[i].name))
      actions[i].act (self, takes, parameter);
}

/* ---- what is done to more takes than are held ---- */

typedef struct
{
  RushesLibrary *library;
  GPtrArray *takes;
  const char *name;
  GVariant *parameter;
} Act;

static void
act_clear (gpointer data)
{
  Act *self = data;

  g_object_unref (self->library);
  g_ptr_array_unref (self->takes);
  g_clear_pointer (&self->parameter, g_variant_unref);
}

static void
act_unref (gpointer data)
{
  g_rc_box_release_full (data, act_clear);
}

static DexFuture *
load_fiber (gpointer data)
{
  Act *self = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (self->takes, i);

      if (!rushes_take_get_loaded (take) &&
          !dex_await (rushes_library_find_take (self->library, rushes_take_get_id (take)), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

static void
all_loaded (gpointer object, DexFuture *future, gpointer data)
{
  Act *self = data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    act_on (object, self->name, self->takes, self->parameter);
  else
    rushes_toast_error (object, error);
}

/* Where each of them stands has to be known first: one that is in work is not deleted without a question. */
static void
act_on_all (RushesLibraryPage *self, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  Act *all = g_rc_box_new0 (Act);
  GtkBitsetIter iter;
  guint position;

  all->library = g_object_ref (self->library);
  all->takes = g_ptr_array_new_with_free_func (g_object_unref);
  all->name = name;
  all->parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (all->takes, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  rushes_when (rushes_async_spawn (load_fiber, g_rc_box_acquire (all), act_unref), self, all_loaded, all, act_unref);
}

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesLibraryPage *self = RUSHES_LIBRARY_PAGE (widget);
  gboolean on_selection = g_str_has_prefix (name, "selection.") || self->subjects == self->selected;
  g_autoptr (GPtrArray) takes = NULL;

  if (on_selection && self->n_selected > self->selected->len)
    {
      act_on_all (self, g_intern_string (name), parameter);
      return;
    }
  if (on_selection)
    takes = g_ptr_array_ref (self->selected);
  else if (self->subjects != NULL)
    takes = g_ptr_array_ref (self->subjects);
  if (takes != NULL && takes->len > 0)
    act_on (self, name, takes, parameter);
}

void
rushes_library_page_install_actions (RushesLibraryPageClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *of_take = g_strdup_printf ("take.%s", actions[i].name);
      g_autofree char *of_selection = g_strdup_printf ("selection.%s", actions[i].name);

      gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), g_intern_string (of_take), actions[i].parameter_type,
                                       act);
      gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), g_intern_string (of_selection),
                                       actions[i].parameter_type, act);
    }
}

void
rushes_library_page_set_subjects (RushesLibraryPage *self, GPtrArray *takes)
{
  g_ptr_array_ref (takes);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  self->subjects = takes;
}

static void
update_actions (gpointer data)
{
  RushesLibraryPage *self = data;
  GtkWidget *widget = GTK_WIDGET (self);
  GPtrArray *takes = self->selected;
  guint64 n_unknown = count (takes, is_unknown) + self->n_selected - takes->len;

  self->update = 0;
  gtk_widget_action_set_enabled (widget, "selection.save", count (takes, has_clip) + n_unknown > 0);
  gtk_widget_action_set_enabled (widget, "selection.star", takes->len > 0);
  gtk_widget_action_set_enabled (widget, "selection.retry", count (takes, can_retry) + n_unknown > 0);
  gtk_widget_action_set_enabled (widget, "selection.compare", self->n_selected == takes->len && can_compare (takes));
  gtk_widget_action_set_enabled (widget, "selection.delete", takes->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), takes->len > 0);
}

/* Of thousands that change together it is asked once. */
void
rushes_library_page_update_actions (RushesLibraryPage *self)
{
  if (self->update == 0 && self->selected != NULL && self->selected->len > 0)
    self->update = g_idle_add_once (update_actions, self);
}

void
rushes_library_page_update_selection (RushesLibraryPage *self)
{
  GPtrArray *before = self->selected;
  GPtrArray *takes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autofree char *title = NULL;
  GtkBitsetIter iter;
  guint position;

  for (guint i = 0; before != NULL && i < before->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (before, i), rushes_library_page_update_actions, self);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more && takes->len < MOST_HELD;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      RushesTake *take = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      g_ptr_array_add (takes, take);
      /* Of all other changes the library tells. */
      if (is_unknown (take))
        g_signal_connect_object (take, "notify::loaded", G_CALLBACK (rushes_library_page_update_actions), self,
                                 G_CONNECT_SWAPPED);
    }
  self->selected = takes;
  self->n_selected = gtk_bitset_get_size (selected);
  g_clear_pointer (&before, g_ptr_array_unref);

  /* Translators: how many takes are selected. */
  title = takes->len == 0 ? g_strdup (_ ("Select Takes"))
                          : g_strdup_printf (ngettext ("%u Selected", "%u Selected", (gulong) self->n_selected),
                                             (guint) self->n_selected);
  adw_window_title_set_title (self->selection_title, title);
  g_clear_handle_id (&self->update, g_source_remove);
  update_actions (self);
}

/* ---- the menus ---- */

GMenu *
rushes_library_page_build_projects (RushesLibraryPage *self, const char *action, const char *except_id)
{
  GListModel *projects = rushes_library_get_projects (self->library);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (projects); i++)
    {
      g_autoptr (RushesProject) project = g_list_model_get_item (projects, i);
      g_autoptr (GMenuItem) item = NULL;
      g_autoptr (GString) label = g_string_new (rushes_project_get_name (project));

      if (g_strcmp0 (rushes_project_get_id (project), except_id) == 0)
        continue;

      /* An underscore would be taken for a mnemonic. */
      g_string_replace (label, "_", "__", 0);
      item = g_menu_item_new (label->str, NULL);
      g_menu_item_set_action_and_target (item, action, "s", rushes_project_get_id (project));
      g_menu_append_item (menu, item);
    }

  return menu;
}

static void
append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

GMenuModel *
rushes_library_page_build_menu (RushesLibraryPage *self)
{
  GPtrArray *takes = self->subjects;
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) watch = g_menu_new ();
  g_autoptr (GMenu) keep = g_menu_new ();
  g_autoptr (GMenu) again = g_menu_new ();
  g_autoptr (GMenu) line = g_menu_new ();
  g_autoptr (GMenu) work = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();
  g_autoptr (GMenu) projects =
      rushes_library_page_build_projects (self, "take.move", rushes_take_get_project_id (g_ptr_array_index (takes, 0)));
  gboolean one = takes->len == 1;

  if (one)
    g_menu_append (watch, _ ("_Open"), "take.open");
  if (can_compare (takes))
    g_menu_append (watch, _ ("Co_mpare"), "take.compare");
  if (count (takes, has_clip) > 0)
    g_menu_append (watch, _ ("_Save…"), "take.save");
  if (count (takes, has_clip) > 0)
    g_menu_append (watch, _ ("_Copy"), "take.copy");
  else if (one)
    g_menu_append (watch, _ ("_Copy Prompt"), "take.copy");

  g_menu_append (keep, count (takes, is_plain) > 0 ? _ ("S_tar") : _ ("Uns_tar"), "take.star");
  if (one)
    g_menu_append (keep, _ ("Re_mix"), "take.remix");
  if (g_menu_model_get_n_items (G_MENU_MODEL (projects)) > 0)
    g_menu_append_submenu (keep, _ ("Move to _Project"), G_MENU_MODEL (projects));

  if (one && count (takes, is_in_line) > 0)
    {
      g_menu_append (line, _ ("Make Ne_xt"), "take.make-next");
      g_menu_append (line, _ ("Move _Up"), "take.move-up");
      g_menu_append (line, _ ("Move Do_wn"), "take.move-down");
    }

  if (count (takes, can_retry) > 0)
    g_menu_append (work, _ ("_Retry"), "take.retry");
  if (count (takes, is_left) > 0)
    g_menu_append (work, _ ("_Pick Up Again"), "take.check");
  else if (count_checkable (self, takes) > 0)
    g_menu_append (work, _ ("C_heck Again"), "take.check");
  if (one && count (takes, is_unconfirmed) > 0)
    g_menu_append (work, _ ("S_ubmit Again…"), "take.submit-again");
  if (count (takes, is_unconfirmed) > 0)
    g_menu_append (work, _ ("_Forget"), "take.forget");
  if (count (takes, is_in_work) > 0)
    g_menu_append (work, _ ("Ca_ncel"), "take.cancel");

  g_menu_append (end, _ ("_Delete"), "take.delete");

  if (one)
    rushes_again_fill_menu (again, self->registry, g_ptr_array_index (takes, 0));

  append_section (menu, watch);
  append_section (menu, keep);
  append_section (menu, again);
  append_section (menu, line);
  append_section (menu, work);
  append_section (menu, end);

  return G_MENU_MODEL (menu);
}
