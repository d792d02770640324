/* rushes-preset-edit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preset-edit.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* Characters of a name that leave room for a number after it. */
#define LONGEST_STEM 70

RushesPresetEdit *
rushes_preset_edit_new (RushesPresetEditFunc *func, RushesPreset *preset, GBytes *bytes, RushesPresetEntry *entry)
{
  RushesPresetEdit *self = g_new0 (RushesPresetEdit, 1);

  self->func = func;
  self->preset = preset != NULL ? g_object_ref (preset) : NULL;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_preset_entry_free);
  if (entry != NULL)
    g_ptr_array_add (self->entries, entry);

  return self;
}

void
rushes_preset_edit_free (RushesPresetEdit *self)
{
  g_clear_object (&self->preset);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self->id);
  g_strfreev (self->clashes);
  g_free (self);
}

gboolean
rushes_preset_edit_prepare (RushesPresetEdit *self, GError **error)
{
  GPtrArray *entries;

  if (self->bytes == NULL)
    return TRUE;
  if (!(entries = rushes_preset_parse_entries (self->bytes, error)))
    return FALSE;
  g_ptr_array_unref (self->entries);
  self->entries = entries;

  return TRUE;
}

/* ---- adding and changing ---- */

static gboolean
is_taken (GPtrArray *shipped, RushesPresetFile *contents, const char *id)
{
  return rushes_preset_find_shipped (shipped, id) != NULL || rushes_preset_file_find (contents, id, NULL) != NULL;
}

/* "My Look!" becomes my-look, or my-look-2 when that is taken. Letters of every script stay. */
static char *
make_id (GPtrArray *shipped, RushesPresetFile *contents, const char *name)
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
  for (guint n = 2; is_taken (shipped, contents, id); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem->str, n);
    }
  return g_steal_pointer (&id);
}

static RushesPreset *
find_shipped_called (GPtrArray *shipped, const char *name)
{
  for (guint i = 0; i < shipped->len; i++)
    if (rushes_preset_is_called (g_ptr_array_index (shipped, i), name))
      return g_ptr_array_index (shipped, i);
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

  if (rushes_preset_file_hides (contents, id, &position))
    {
      g_ptr_array_remove_index (contents->hidden, position);
      changed = TRUE;
    }
  if ((existing = rushes_preset_file_find (contents, id, &position)))
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
put (GPtrArray *shipped, RushesPresetFile *contents, RushesPresetEntry *entry, const char **id)
{
  RushesPreset *namesake = find_shipped_called (shipped, entry->name);
  RushesPresetEntry *existing;
  gboolean changed;

  if (namesake != NULL)
    {
      *id = rushes_preset_get_id (namesake);
      return put_shipped (contents, namesake, entry);
    }

  if ((existing = find_entry_called (contents, entry->name)))
    {
      changed = g_set_str (&existing->name, entry->name);
      changed = g_set_str (&existing->prompt, entry->prompt) || changed;
    }
  else
    {
      existing = rushes_preset_entry_new (NULL, entry->name, entry->prompt, NULL);
      existing->id = make_id (shipped, contents, entry->name);
      g_ptr_array_add (contents->entries, existing);
      changed = TRUE;
    }

  *id = existing->id;
  return changed;
}

int
rushes_preset_edit_add (RushesPresetEdit *self, GPtrArray *shipped, RushesPresetFile *contents, GError **error)
{
  const char *id;
  gboolean changed = put (shipped, contents, self->entries->pdata[0], &id);

  g_set_str (&self->id, id);

  return changed;
}

int
rushes_preset_edit_put (RushesPresetEdit *self, GPtrArray *shipped, RushesPresetFile *contents, GError **error)
{
  const char *id;
  int n_changed = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n_changed += put (shipped, contents, self->entries->pdata[i], &id);

  return n_changed;
}

/* The text that is called so here; NULL. */
static const char *
get_prompt (GPtrArray *shipped, RushesPresetFile *contents, const char *name)
{
  RushesPreset *namesake = find_shipped_called (shipped, name);
  RushesPresetEntry *entry = namesake != NULL
                                 ? rushes_preset_file_find (contents, rushes_preset_get_id (namesake), NULL)
                                 : find_entry_called (contents, name);

  if (entry != NULL)
    return entry->prompt;
  return namesake != NULL ? rushes_preset_get_prompt (namesake) : NULL;
}

int
rushes_preset_edit_put_peacefully (RushesPresetEdit *self,
                                   GPtrArray *shipped,
                                   RushesPresetFile *contents,
                                   GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      RushesPresetEntry *entry = self->entries->pdata[i];
      const char *prompt = get_prompt (shipped, contents, entry->name);

      if (prompt != NULL && !g_str_equal (prompt, entry->prompt))
        g_strv_builder_add (names, entry->name);
    }
  self->clashes = g_strv_builder_end (names);
  if (*self->clashes != NULL)
    return 0;
  g_clear_pointer (&self->clashes, g_strfreev);

  return rushes_preset_edit_put (self, shipped, contents, error);
}

/* Under its name, or as "NAME 2" where that is another one's. FALSE when it is here already. */
static gboolean
bring_in (GPtrArray *shipped, RushesPresetFile *contents, const RushesPresetEntry *entry)
{
  g_autofree char *stem = g_utf8_substring (entry->name, 0, MIN (g_utf8_strlen (entry->name, -1), LONGEST_STEM));
  g_autofree char *name = g_strdup (entry->name);
  g_autoptr (RushesPresetEntry) named = NULL;
  const char *prompt, *id;

  for (guint n = 2; (prompt = get_prompt (shipped, contents, name)) != NULL; n++)
    {
      if (g_str_equal (prompt, entry->prompt))
        return FALSE;
      g_free (name);
      name = g_strdup_printf ("%s %u", stem, n);
    }
  named = rushes_preset_entry_new (NULL, name, entry->prompt, NULL);

  return put (shipped, contents, named, &id);
}

int
rushes_preset_edit_bring_in (RushesPresetEdit *self, GPtrArray *shipped, RushesPresetFile *contents, GError **error)
{
  int n_added = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n_added += bring_in (shipped, contents, self->entries->pdata[i]);

  return n_added;
}

/* ---- one preset ---- */

/* Whether another preset than that of @id is called so. */
static gboolean
is_called_otherwise (GPtrArray *shipped, RushesPresetFile *contents, const char *name, const char *id)
{
  RushesPreset *namesake = find_shipped_called (shipped, name);
  RushesPresetEntry *entry = find_entry_called (contents, name);

  return (namesake != NULL && g_strcmp0 (rushes_preset_get_id (namesake), id) != 0) ||
         (entry != NULL && g_strcmp0 (entry->id, id) != 0);
}

static gboolean
check_name (GPtrArray *shipped, RushesPresetFile *contents, RushesPreset *preset, const char *name, GError **error)
{
  const char *id = preset != NULL ? rushes_preset_get_id (preset) : NULL;

  if (is_called_otherwise (shipped, contents, name, id))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("There is another preset that is called “%s”. Give this one another name."), name);
  else if (id != NULL && rushes_preset_find_shipped (shipped, id) != NULL && !rushes_preset_is_called (preset, name))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("“%s” comes with Rushes and keeps its name. Duplicate it to have it under another one."),
                      rushes_preset_get_name (preset));
  else
    return TRUE;

  return FALSE;
}

int
rushes_preset_edit_write (RushesPresetEdit *self, GPtrArray *shipped, RushesPresetFile *contents, GError **error)
{
  RushesPresetEntry *entry = self->entries->pdata[0];
  guint position;

  if (!check_name (shipped, contents, self->preset, entry->name, error))
    return -1;

  entry->id =
      self->preset != NULL ? g_strdup (rushes_preset_get_id (self->preset)) : make_id (shipped, contents, entry->name);
  if (rushes_preset_find_shipped (shipped, entry->id) != NULL)
    g_set_str (&entry->name, rushes_preset_get_plain_name (self->preset));
  if (rushes_preset_file_find (contents, entry->id, &position) != NULL)
    g_ptr_array_remove_index (contents->entries, position);
  g_set_str (&self->id, entry->id);
  g_ptr_array_add (contents->entries, g_ptr_array_steal_index (self->entries, 0));

  return 1;
}

/* Only one that ships is hidden: what was changed, and is as it shipped by now, is not what was to be removed. */
int
rushes_preset_edit_remove (RushesPresetEdit *self, GPtrArray *shipped, RushesPresetFile *contents, GError **error)
{
  const char *id = rushes_preset_get_id (self->preset);
  guint position;

  if (rushes_preset_file_find (contents, id, &position) != NULL)
    g_ptr_array_remove_index (contents->entries, position);
  else if (rushes_preset_get_shipped (self->preset) && !rushes_preset_file_hides (contents, id, NULL))
    g_ptr_array_add (contents->hidden, g_strdup (id));
  else
    return 0;

  return 1;
}

int
rushes_preset_edit_put_back (RushesPresetEdit *self, GPtrArray *shipped, RushesPresetFile *contents, GError **error)
{
  const char *id = rushes_preset_get_id (self->preset);
  const char *name = rushes_preset_get_plain_name (self->preset);
  guint position;

  if (rushes_preset_get_shipped (self->preset))
    {
      if (!rushes_preset_file_hides (contents, id, &position))
        return 0;
      g_ptr_array_remove_index (contents->hidden, position);
      return 1;
    }

  if (rushes_preset_file_find (contents, id, NULL) != NULL)
    return 0;
  if (!check_name (shipped, contents, self->preset, name, error))
    return -1;
  g_ptr_array_add (contents->entries,
                   rushes_preset_entry_new (id, name, rushes_preset_get_prompt (self->preset), NULL));

  return 1;
}
