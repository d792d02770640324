/* rushes-presets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-presets.h"

#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-preset-edit.h"

struct _RushesPresets
{
  GObject parent_instance;

  RushesFolders *folders;
  GFile *file;
  GPtrArray *shipped; /* of RushesPreset, the hidden ones too */
  GPtrArray *items;   /* of RushesPreset, what the list shows */
  GListStore *hidden; /* of RushesPreset */
  GQueue turns;       /* of Turn: what is done to the file, the first one now */
};

static GType
rushes_presets_get_item_type (GListModel *model)
{
  return RUSHES_TYPE_PRESET;
}

static guint
rushes_presets_get_n_items (GListModel *model)
{
  return RUSHES_PRESETS (model)->items->len;
}

static gpointer
rushes_presets_get_item (GListModel *model, guint position)
{
  RushesPresets *self = RUSHES_PRESETS (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_presets_get_item_type;
  iface->get_n_items = rushes_presets_get_n_items;
  iface->get_item = rushes_presets_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesPresets,
                               rushes_presets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
rushes_presets_finalize (GObject *object)
{
  RushesPresets *self = RUSHES_PRESETS (object);

  g_clear_object (&self->folders);
  g_clear_object (&self->file);
  g_clear_pointer (&self->shipped, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->hidden);

  G_OBJECT_CLASS (rushes_presets_parent_class)->finalize (object);
}

static void
rushes_presets_class_init (RushesPresetsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_presets_finalize;
}

static void
rushes_presets_init (RushesPresets *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->hidden = g_list_store_new (RUSHES_TYPE_PRESET);
  g_queue_init (&self->turns);
}

/* ---- the list ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (rushes_preset_get_name (*(RushesPreset **) a), rushes_preset_get_name (*(RushesPreset **) b));
}

/* Those of the person's own that stand in nobody's place, by name. */
static GPtrArray *
make_own (RushesPresets *self, RushesPresetFile *contents)
{
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < contents->entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (contents->entries, i);

      if (rushes_preset_find_shipped (self->shipped, entry->id) == NULL)
        g_ptr_array_add (own, rushes_preset_new_own (entry->id, entry->name, entry->prompt));
    }
  g_ptr_array_sort (own, compare_names);
  return own;
}

static GPtrArray *
make_items (RushesPresets *self, RushesPresetFile *contents)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) own = make_own (self, contents);

  for (guint i = 0; i < self->shipped->len; i++)
    {
      RushesPreset *preset = g_ptr_array_index (self->shipped, i);
      const char *id = rushes_preset_get_id (preset);
      RushesPresetEntry *entry = rushes_preset_file_find (contents, id, NULL);

      if (entry != NULL)
        g_ptr_array_add (items, rushes_preset_new_changed (preset, entry->prompt));
      else if (!rushes_preset_file_hides (contents, id, NULL))
        g_ptr_array_add (items, g_object_ref (preset));
    }
  g_ptr_array_extend_and_steal (items, g_steal_pointer (&own));
  return items;
}

static gboolean
is_same_list (GListModel *model, GPtrArray *presets)
{
  for (guint i = 0; i < presets->len; i++)
    {
      g_autoptr (RushesPreset) preset = g_list_model_get_item (model, i);

      if (preset != presets->pdata[i])
        return FALSE;
    }
  return g_list_model_get_n_items (model) == presets->len;
}

static void
show_hidden (RushesPresets *self, RushesPresetFile *contents)
{
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();

  for (guint i = 0; i < self->shipped->len; i++)
    {
      const char *id = rushes_preset_get_id (self->shipped->pdata[i]);

      if (rushes_preset_file_hides (contents, id, NULL) && rushes_preset_file_find (contents, id, NULL) == NULL)
        g_ptr_array_add (hidden, self->shipped->pdata[i]);
    }
  if (!is_same_list (G_LIST_MODEL (self->hidden), hidden))
    g_list_store_splice (self->hidden, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hidden)), hidden->pdata,
                         hidden->len);
}

/* What looks the same stays the same object, so that whoever has chosen it keeps it, and only what differs is told. */
static void
show (RushesPresets *self, RushesPresetFile *contents)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint n_front = 0, n_back = 0;

  self->items = make_items (self, contents);
  for (guint i = 0; i < self->items->len; i++)
    for (guint j = 0; j < old->len; j++)
      if (rushes_preset_equal (self->items->pdata[i], old->pdata[j]))
        g_set_object ((GObject **) &self->items->pdata[i], old->pdata[j]);

  while (n_front < MIN (old->len, self->items->len) && old->pdata[n_front] == self->items->pdata[n_front])
    n_front++;
  while (n_back < MIN (old->len, self->items->len) - n_front &&
         old->pdata[old->len - 1 - n_back] == self->items->pdata[self->items->len - 1 - n_back])
    n_back++;
  if (n_front + n_back < MAX (old->len, self->items->len))
    g_list_model_items_changed (G_LIST_MODEL (self), n_front, old->len - n_front - n_back,
                                self->items->len - n_front - n_back);
  show_hidden (self, contents);
}

RushesPresets *
rushes_presets_new (RushesFolders *folders)
{
  RushesPresets *self;
  g_autoptr (RushesPresetFile) nothing = rushes_preset_file_new ();
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (RUSHES_IS_FOLDERS (folders), NULL);

  self = g_object_new (RUSHES_TYPE_PRESETS, NULL);
  self->folders = g_object_ref (folders);
  self->file = g_file_get_child (rushes_folders_get_data (folders), "presets.json");
  if (!(self->shipped = rushes_preset_load_shipped (&error)))
    g_error ("The presets that ship cannot be read: %s", error->message);
  show (self, nothing);
  return self;
}

RushesPreset *
rushes_presets_find (RushesPresets *self, const char *id_or_name)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);
  g_return_val_if_fail (id_or_name != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (rushes_preset_is_called (g_ptr_array_index (self->items, i), id_or_name))
      return g_ptr_array_index (self->items, i);
  return NULL;
}

RushesPreset *
rushes_presets_match_slash (RushesPresets *self, const char *text, const char **rest)
{
  RushesPreset *found = NULL;
  const char *found_rest = NULL;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (*text != '/')
    return NULL;

  /* Of "Pan" and "Pan Left" the longer name is meant. */
  for (guint i = 0; i < self->items->len; i++)
    {
      const char *after = rushes_preset_skip_name (g_ptr_array_index (self->items, i), text + 1);

      if (after != NULL && (found_rest == NULL || after > found_rest))
        {
          found = g_ptr_array_index (self->items, i);
          found_rest = after;
        }
    }

  if (found != NULL && rest != NULL)
    *rest = found_rest;
  return found;
}

gboolean
rushes_presets_is_changed (RushesPresets *self, RushesPreset *preset)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_PRESET (preset), FALSE);

  return !rushes_preset_get_shipped (preset) &&
         rushes_preset_find_shipped (self->shipped, rushes_preset_get_id (preset)) != NULL;
}

GListModel *
rushes_presets_get_hidden (RushesPresets *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);

  return G_LIST_MODEL (self->hidden);
}

char *
rushes_presets_export (RushesPresets *self, gboolean all, gboolean lines)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);

  return rushes_preset_print_entries (G_LIST_MODEL (self), all, lines);
}

/* ---- the file ---- */

/* One look at the file, or one change of it. */
typedef struct
{
  RushesPresets *presets; /* the worker uses only what never changes in it */
  RushesPresetEdit *edit; /* NULL to look */
  RushesPresetFile *contents;
  DexPromise *promise;
} Turn;

static void
turn_free (Turn *turn)
{
  g_clear_pointer (&turn->edit, rushes_preset_edit_free);
  g_clear_pointer (&turn->contents, rushes_preset_file_free);
  dex_unref (turn->promise);
  g_free (turn);
}

static DexFuture *
look (gpointer data)
{
  Turn *turn = data;
  g_autoptr (GError) error = NULL;

  if (!(turn->contents = rushes_preset_file_load (turn->presets->file, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

/* What is written begins with what another process may have written since. */
static DexFuture *
change (gpointer data)
{
  Turn *turn = data;
  RushesPresets *self = turn->presets;
  RushesPresetEdit *edit = turn->edit;
  g_autoptr (RushesPresetFile) contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int lock = -1;
  int n_changed;

  if (!rushes_preset_edit_prepare (edit, &error) || !rushes_folders_ensure (self->folders, &error) ||
      (lock = rushes_preset_file_lock (self->file, &error)) < 0 ||
      !(contents = rushes_preset_file_load (self->file, &error)) ||
      (n_changed = edit->func (edit, self->shipped, contents, &error)) < 0 ||
      (n_changed > 0 && !rushes_preset_file_save (contents, self->file, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  turn->contents = g_steal_pointer (&contents);
  if (edit->id != NULL)
    return dex_future_new_take_string (g_steal_pointer (&edit->id));
  if (edit->clashes != NULL)
    return dex_future_new_take_boxed (G_TYPE_STRV, g_steal_pointer (&edit->clashes));
  return dex_future_new_for_int (n_changed);
}

/* Whoever waits finds the list as the file is. */
static DexFuture *
take_turns (gpointer data)
{
  RushesPresets *self = data;
  Turn *turn;

  while ((turn = g_queue_peek_head (&self->turns)) != NULL)
    {
      g_autoptr (DexFuture) future = rushes_async_work (turn->edit != NULL ? change : look, turn, NULL);
      g_autoptr (GError) error = NULL;
      const GValue *value;

      dex_await (dex_ref (future), NULL);
      if (turn->contents != NULL)
        show (self, turn->contents);
      if ((value = dex_future_get_value (future, &error)) != NULL)
        dex_promise_resolve (turn->promise, value);
      else
        dex_promise_reject (turn->promise, g_steal_pointer (&error));
      g_queue_pop_head (&self->turns);
      turn_free (turn);
    }

  return dex_future_new_true ();
}

/* In the order that they were asked for, whoever waits for them, and whether or not somebody does. Takes @edit. */
static DexFuture *
queue (RushesPresets *self, RushesPresetEdit *edit)
{
  gboolean idle = g_queue_is_empty (&self->turns);
  Turn *turn = g_new0 (Turn, 1);
  DexPromise *promise = dex_promise_new ();

  turn->presets = self;
  turn->edit = edit;
  turn->promise = dex_ref (promise);
  g_queue_push_tail (&self->turns, turn);
  if (idle)
    dex_future_disown (rushes_async_spawn (take_turns, g_object_ref (self), g_object_unref));

  return DEX_FUTURE (promise);
}

DexFuture *
rushes_presets_load (RushesPresets *self)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));

  return queue (self, NULL);
}

static DexFuture *
resolve_true (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

DexFuture *
rushes_presets_settle (RushesPresets *self)
{
  Turn *last;

  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));

  last = g_queue_peek_tail (&self->turns);
  if (last == NULL)
    return dex_future_new_true ();
  return dex_future_finally (dex_ref (last->promise), resolve_true, NULL, NULL);
}

/* ---- changes ---- */

/* Of one entry; what is wrong with it is known at once. */
static DexFuture *
queue_entry (RushesPresets *self, RushesPresetEditFunc func, RushesPreset *preset, const char *name, const char *prompt)
{
  g_autoptr (GError) error = NULL;
  RushesPresetEntry *entry = rushes_preset_entry_new (NULL, name, prompt, &error);

  if (entry == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return queue (self, rushes_preset_edit_new (func, preset, NULL, entry));
}

DexFuture *
rushes_presets_add (RushesPresets *self, const char *name, const char *prompt)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (name != NULL && prompt != NULL);

  return queue_entry (self, rushes_preset_edit_add, NULL, name, prompt);
}

DexFuture *
rushes_presets_write (RushesPresets *self, RushesPreset *preset, const char *name, const char *prompt)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (preset == NULL || (RUSHES_IS_PRESET (preset) && !rushes_preset_get_shipped (preset)));
  dex_return_error_if_fail (name != NULL && prompt != NULL);

  return queue_entry (self, rushes_preset_edit_write, preset, name, prompt);
}

DexFuture *
rushes_presets_remove (RushesPresets *self, RushesPreset *preset)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (RUSHES_IS_PRESET (preset));

  return queue (self, rushes_preset_edit_new (rushes_preset_edit_remove, preset, NULL, NULL));
}

DexFuture *
rushes_presets_put_back (RushesPresets *self, RushesPreset *preset)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (RUSHES_IS_PRESET (preset));

  return queue (self, rushes_preset_edit_new (rushes_preset_edit_put_back, preset, NULL, NULL));
}

DexFuture *
rushes_presets_import (RushesPresets *self, GBytes *bytes)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (bytes != NULL);

  return queue (self, rushes_preset_edit_new (rushes_preset_edit_put, NULL, bytes, NULL));
}

DexFuture *
rushes_presets_import_peacefully (RushesPresets *self, GBytes *bytes)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (bytes != NULL);

  return queue (self, rushes_preset_edit_new (rushes_preset_edit_put_peacefully, NULL, bytes, NULL));
}

DexFuture *
rushes_presets_bring_in (RushesPresets *self, GBytes *bytes)
{
  dex_return_error_if_fail (RUSHES_IS_PRESETS (self));
  dex_return_error_if_fail (bytes != NULL);

  return queue (self, rushes_preset_edit_new (rushes_preset_edit_bring_in, NULL, bytes, NULL));
}
