/* rushes-presets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-presets.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-preset-file.h"
#include "rushes-preset-private.h"

/* Characters of a name that leave room for a number after it. */
#define LONGEST_STEM 70

struct _RushesPresets
{
  GObject parent_instance;

  RushesFolders *folders;
  GFile *file;
  GPtrArray *shipped; /* of RushesPreset, the hidden ones too */
  GPtrArray *items;   /* of RushesPreset, what the list shows */
  GListStore *hidden; /* of RushesPreset */
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
}

static RushesPresetEntry *
find_entry (RushesPresetFile *contents, const char *id, guint *position)
{
  for (guint i = 0; i < contents->entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (contents->entries, i);

      if (g_str_equal (entry->id, id))
        {
          if (position != NULL)
            *position = i;
          return entry;
        }
    }
  return NULL;
}

static gboolean
is_hidden (RushesPresetFile *contents, const char *id, guint *position)
{
  return g_ptr_array_find_with_equal_func (contents->hidden, id, g_str_equal, position);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (rushes_preset_get_name (*(RushesPreset **) a), rushes_preset_get_name (*(RushesPreset **) b));
}

static RushesPreset *
find_shipped (RushesPresets *self, const char *id)
{
  for (guint i = 0; i < self->shipped->len; i++)
    {
      RushesPreset *preset = g_ptr_array_index (self->shipped, i);

      if (g_str_equal (rushes_preset_get_id (preset), id))
        return preset;
    }
  return NULL;
}

/* Those of the person's own that stand in nobody's place, by name. */
static GPtrArray *
make_own (RushesPresets *self, RushesPresetFile *contents)
{
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < contents->entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (contents->entries, i);

      if (find_shipped (self, entry->id) == NULL)
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
      RushesPresetEntry *entry = find_entry (contents, id, NULL);

      if (entry != NULL)
        g_ptr_array_add (items, rushes_preset_new_changed (preset, entry->prompt));
      else if (!is_hidden (contents, id, NULL))
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

      if (is_hidden (contents, id, NULL) && find_entry (contents, id, NULL) == NULL)
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
rushes_presets_new (RushesFolders *folders, GError **error)
{
  RushesPresets *self;
  g_autoptr (RushesPresetFile) contents = NULL;
  g_autoptr (RushesPresetFile) nothing = NULL;
  g_autoptr (GError) mistake = NULL;

  g_return_val_if_fail (RUSHES_IS_FOLDERS (folders), NULL);

  self = g_object_new (RUSHES_TYPE_PRESETS, NULL);
  self->folders = g_object_ref (folders);
  self->file = g_file_get_child (rushes_folders_get_data (folders), "presets.json");
  if (!(self->shipped = rushes_preset_load_shipped (&mistake)))
    g_error ("The presets that ship cannot be read: %s", mistake->message);

  contents = rushes_preset_file_load (self->file, error);
  if (contents == NULL)
    nothing = rushes_preset_file_new ();
  show (self, contents != NULL ? contents : nothing);
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

static gboolean
is_taken (RushesPresets *self, RushesPresetFile *contents, const char *id)
{
  return find_shipped (self, id) != NULL || find_entry (contents, id, NULL) != NULL;
}

/* "My Look!" becomes my-look, or my-look-2 when that is taken. Letters of every script stay. */
static char *
make_id (RushesPresets *self, RushesPresetFile *contents, const char *name)
{
  g_autoptr (GString) stem = g_string_new (NULL);
  g_autofree char *id = NULL;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));

      if (g_unichar_isalnum (c))
        g_string_append_unichar (stem, c);
      else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
        g_string_append_c (stem, '-');
    }
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  if (stem->len == 0)
    g_string_assign (stem, "preset");

  id = g_strdup (stem->str);
  for (guint n = 2; is_taken (self, contents, id); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem->str, n);
    }
  return g_steal_pointer (&id);
}

static RushesPreset *
find_shipped_called (RushesPresets *self, const char *name)
{
  for (guint i = 0; i < self->shipped->len; i++)
    if (rushes_preset_is_called (g_ptr_array_index (self->shipped, i), name))
      return g_ptr_array_index (self->shipped, i);
  return NULL;
}

static RushesPresetEntry *
find_entry_called (RushesPresetFile *contents, const char *name)
{
  for (guint i = 0; i < contents->entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (contents->entries, i);

      if (rushes_preset_same_word (entry->name, name) || rushes_preset_same_word (entry->id, name))
        return entry;
    }
  return NULL;
}

/* The name and text of one that ships bring it back as it was; another text takes its place. */
static gboolean
put_shipped (RushesPresetFile *contents, RushesPreset *shipped, RushesPresetEntry *entry)
{
  const char *id = rushes_preset_get_id (shipped);
  gboolean is_own = !g_str_equal (entry->prompt, rushes_preset_get_prompt (shipped));
  gboolean changed = FALSE;
  RushesPresetEntry *existing;
  guint position;

  if (is_hidden (contents, id, &position))
    {
      g_ptr_array_remove_index (contents->hidden, position);
      changed = TRUE;
    }
  if ((existing = find_entry (contents, id, &position)))
    {
      if (g_str_equal (existing->prompt, entry->prompt))
        return changed;
      g_ptr_array_remove_index (contents->entries, position);
    }
  if (is_own)
    g_ptr_array_add (contents->entries,
                     rushes_preset_entry_new (id, rushes_preset_get_plain_name (shipped), entry->prompt, NULL));
  return changed || is_own || existing != NULL;
}

/* Adds or changes; FALSE when all was so already. Gives the id. */
static gboolean
put (RushesPresets *self, RushesPresetFile *contents, RushesPresetEntry *entry, const char **id)
{
  RushesPreset *shipped = find_shipped_called (self, entry->name);
  RushesPresetEntry *existing;
  gboolean changed;

  if (shipped != NULL)
    {
      *id = rushes_preset_get_id (shipped);
      return put_shipped (contents, shipped, entry);
    }

  if ((existing = find_entry_called (contents, entry->name)))
    {
      changed = g_set_str (&existing->name, entry->name);
      changed = g_set_str (&existing->prompt, entry->prompt) || changed;
    }
  else
    {
      existing = rushes_preset_entry_new (NULL, entry->name, entry->prompt, NULL);
      existing->id = make_id (self, contents, entry->name);
      g_ptr_array_add (contents->entries, existing);
      changed = TRUE;
    }

  *id = existing->id;
  return changed;
}

/* What is written begins with what another process may have written since. */
static RushesPresetFile *
load_again (RushesPresets *self, GError **error)
{
  return rushes_folders_ensure (self->folders, error) ? rushes_preset_file_load (self->file, error) : NULL;
}

static gboolean
save (RushesPresets *self, RushesPresetFile *contents, GError **error)
{
  if (!rushes_preset_file_save (contents, self->file, error))
    return FALSE;
  show (self, contents);
  return TRUE;
}

RushesPreset *
rushes_presets_add (RushesPresets *self, const char *name, const char *prompt, GError **error)
{
  g_autoptr (RushesPresetEntry) entry = NULL;
  g_autoptr (RushesPresetFile) contents = NULL;
  const char *id;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (prompt != NULL, NULL);

  if (!(entry = rushes_preset_entry_new (NULL, name, prompt, error)) || !(contents = load_again (self, error)))
    return NULL;
  put (self, contents, entry, &id);
  return save (self, contents, error) ? rushes_presets_find (self, id) : NULL;
}

/* Whether another preset than that of @id is called so. */
static gboolean
is_called_otherwise (RushesPresets *self, RushesPresetFile *contents, const char *name, const char *id)
{
  RushesPreset *shipped = find_shipped_called (self, name);
  RushesPresetEntry *entry = find_entry_called (contents, name);

  return (shipped != NULL && g_strcmp0 (rushes_preset_get_id (shipped), id) != 0) ||
         (entry != NULL && g_strcmp0 (entry->id, id) != 0);
}

static gboolean
check_name (RushesPresets *self, RushesPresetFile *contents, RushesPreset *preset, const char *name, GError **error)
{
  const char *id = preset != NULL ? rushes_preset_get_id (preset) : NULL;

  if (is_called_otherwise (self, contents, name, id))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("There is another preset that is called “%s”. Give this one another name."), name);
  else if (id != NULL && find_shipped (self, id) != NULL && !rushes_preset_is_called (preset, name))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("“%s” comes with Rushes and keeps its name. Duplicate it to have it under another one."),
                      rushes_preset_get_name (preset));
  else
    return TRUE;

  return FALSE;
}

RushesPreset *
rushes_presets_write (RushesPresets *self, RushesPreset *preset, const char *name, const char *prompt, GError **error)
{
  g_autoptr (RushesPresetFile) contents = NULL;
  g_autoptr (RushesPresetEntry) entry = NULL;
  const char *id;
  guint position;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);
  g_return_val_if_fail (preset == NULL || (RUSHES_IS_PRESET (preset) && !rushes_preset_get_shipped (preset)), NULL);
  g_return_val_if_fail (name != NULL && prompt != NULL, NULL);

  if (!(entry = rushes_preset_entry_new (NULL, name, prompt, error)) || !(contents = load_again (self, error)) ||
      !check_name (self, contents, preset, entry->name, error))
    return NULL;

  entry->id = preset != NULL ? g_strdup (rushes_preset_get_id (preset)) : make_id (self, contents, entry->name);
  if (find_shipped (self, entry->id) != NULL)
    g_set_str (&entry->name, rushes_preset_get_plain_name (preset));
  id = entry->id;
  if (find_entry (contents, id, &position) != NULL)
    g_ptr_array_remove_index (contents->entries, position);
  g_ptr_array_add (contents->entries, g_steal_pointer (&entry));

  return save (self, contents, error) ? rushes_presets_find (self, id) : NULL;
}

gboolean
rushes_presets_remove (RushesPresets *self, RushesPreset *preset, GError **error)
{
  g_autoptr (RushesPresetFile) contents = NULL;
  const char *id;
  guint position;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_PRESET (preset), FALSE);

  if (!(contents = load_again (self, error)))
    return FALSE;

  id = rushes_preset_get_id (preset);
  if (find_entry (contents, id, &position) != NULL)
    g_ptr_array_remove_index (contents->entries, position);
  else if (find_shipped (self, id) != NULL && !is_hidden (contents, id, NULL))
    g_ptr_array_add (contents->hidden, g_strdup (id));
  return save (self, contents, error);
}

gboolean
rushes_presets_put_back (RushesPresets *self, RushesPreset *preset, GError **error)
{
  g_autoptr (RushesPresetFile) contents = NULL;
  const char *id;
  guint position;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_PRESET (preset), FALSE);

  if (!(contents = load_again (self, error)))
    return FALSE;

  id = rushes_preset_get_id (preset);
  if (rushes_preset_get_shipped (preset))
    {
      if (is_hidden (contents, id, &position))
        g_ptr_array_remove_index (contents->hidden, position);
    }
  else if (find_entry (contents, id, NULL) == NULL)
    {
      if (!check_name (self, contents, preset, rushes_preset_get_plain_name (preset), error))
        return FALSE;
      g_ptr_array_add (contents->entries, rushes_preset_entry_new (id, rushes_preset_get_plain_name (preset),
                                                                   rushes_preset_get_prompt (preset), NULL));
    }

  return save (self, contents, error);
}

gboolean
rushes_presets_is_changed (RushesPresets *self, RushesPreset *preset)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_PRESET (preset), FALSE);

  return !rushes_preset_get_shipped (preset) && find_shipped (self, rushes_preset_get_id (preset)) != NULL;
}

GListModel *
rushes_presets_get_hidden (RushesPresets *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);

  return G_LIST_MODEL (self->hidden);
}

int
rushes_presets_import (RushesPresets *self, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (RushesPresetFile) contents = NULL;
  const char *id;
  int n_changed = 0;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), -1);
  g_return_val_if_fail (bytes != NULL, -1);

  if (!(entries = rushes_preset_parse_entries (bytes, error)) || !(contents = load_again (self, error)))
    return -1;

  for (guint i = 0; i < entries->len; i++)
    n_changed += put (self, contents, g_ptr_array_index (entries, i), &id);
  return save (self, contents, error) ? n_changed : -1;
}

/* The text that is called so here; NULL. */
static const char *
get_prompt (RushesPresets *self, RushesPresetFile *contents, const char *name)
{
  RushesPreset *shipped = find_shipped_called (self, name);
  RushesPresetEntry *entry = shipped != NULL ? find_entry (contents, rushes_preset_get_id (shipped), NULL)
                                             : find_entry_called (contents, name);

  if (entry != NULL)
    return entry->prompt;
  return shipped != NULL ? rushes_preset_get_prompt (shipped) : NULL;
}

char **
rushes_presets_list_clashes (RushesPresets *self, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (RushesPresetFile) contents = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  if (!(entries = rushes_preset_parse_entries (bytes, error)) || !(contents = load_again (self, error)))
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (entries, i);
      const char *prompt = get_prompt (self, contents, entry->name);

      if (prompt != NULL && !g_str_equal (prompt, entry->prompt))
        g_strv_builder_add (names, entry->name);
    }
  return g_strv_builder_end (names);
}

/* Under its name, or as "NAME 2" where that is another one's. FALSE when it is here already. */
static gboolean
bring_in (RushesPresets *self, RushesPresetFile *contents, const RushesPresetEntry *entry)
{
  g_autofree char *stem = g_utf8_substring (entry->name, 0, MIN (g_utf8_strlen (entry->name, -1), LONGEST_STEM));
  g_autofree char *name = g_strdup (entry->name);
  g_autoptr (RushesPresetEntry) named = NULL;
  const char *prompt, *id;

  for (guint n = 2; (prompt = get_prompt (self, contents, name)) != NULL; n++)
    {
      if (g_str_equal (prompt, entry->prompt))
        return FALSE;
      g_free (name);
      name = g_strdup_printf ("%s %u", stem, n);
    }
  named = rushes_preset_entry_new (NULL, name, entry->prompt, NULL);

  return put (self, contents, named, &id);
}

int
rushes_presets_bring_in (RushesPresets *self, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (RushesPresetFile) contents = NULL;
  int n_added = 0;

  g_return_val_if_fail (RUSHES_IS_PRESETS (self), -1);
  g_return_val_if_fail (bytes != NULL, -1);

  if (!(entries = rushes_preset_parse_entries (bytes, error)) || !(contents = load_again (self, error)))
    return -1;

  for (guint i = 0; i < entries->len; i++)
    n_added += bring_in (self, contents, g_ptr_array_index (entries, i));
  return n_added == 0 || save (self, contents, error) ? n_added : -1;
}

char *
rushes_presets_export (RushesPresets *self, gboolean all, gboolean lines)
{
  g_return_val_if_fail (RUSHES_IS_PRESETS (self), NULL);

  return rushes_preset_print_entries (G_LIST_MODEL (self), all, lines);
}
