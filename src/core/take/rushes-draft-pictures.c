/* rushes-draft-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a draft has of pictures, and of the parameters that only its model knows. */

#include "config.h"

#include "rushes-draft-private.h"

RushesReference *
rushes_draft_get_reference (RushesDraft *self, RushesReferenceRole role, guint n)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  g_return_val_if_fail (role < RUSHES_N_ROLES, NULL);

  return n < self->brief->references[role]->len ? g_ptr_array_index (self->brief->references[role], n) : NULL;
}

guint
rushes_draft_get_n_references (RushesDraft *self, RushesReferenceRole role)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), 0);
  g_return_val_if_fail (role < RUSHES_N_ROLES, 0);

  return self->brief->references[role]->len;
}

void
rushes_draft_set_reference (RushesDraft *self, RushesReferenceRole role, guint n, RushesReference *reference)
{
  GPtrArray *references;

  g_return_if_fail (RUSHES_IS_DRAFT (self));
  g_return_if_fail (role < RUSHES_N_ROLES);
  g_return_if_fail (reference == NULL || RUSHES_IS_REFERENCE (reference));

  references = self->brief->references[role];
  if (n < references->len)
    {
      if (g_ptr_array_index (references, n) == reference)
        return;
      if (reference == NULL)
        g_ptr_array_remove_index (references, n);
      else
        g_set_object ((GObject **) &g_ptr_array_index (references, n), G_OBJECT (reference));
    }
  else
    {
      if (reference == NULL)
        return;
      g_return_if_fail (n == references->len && (role == RUSHES_ROLE_REFERENCE || n == 0));
      g_ptr_array_add (references, g_object_ref (reference));
    }

  g_signal_emit_by_name (self, "references-changed");
}

void
rushes_draft_move_reference (RushesDraft *self, RushesReferenceRole role, guint n, RushesReferenceRole to, guint m)
{
  GPtrArray *from, *there;

  g_return_if_fail (RUSHES_IS_DRAFT (self));
  g_return_if_fail (role < RUSHES_N_ROLES && to < RUSHES_N_ROLES);

  from = self->brief->references[role];
  there = self->brief->references[to];
  g_return_if_fail (n < from->len);
  if (from == there && n == m)
    return;

  if (m < there->len)
    {
      gpointer picture = from->pdata[n];

      from->pdata[n] = there->pdata[m];
      there->pdata[m] = picture;
    }
  else
    {
      g_return_if_fail (from != there && m == there->len && (to == RUSHES_ROLE_REFERENCE || m == 0));
      g_ptr_array_add (there, g_ptr_array_steal_index (from, n));
    }

  g_signal_emit_by_name (self, "references-changed");
}

static void
clear_picture (gpointer picture)
{
  g_clear_object (&picture);
}

GPtrArray *
rushes_draft_list_pictures (RushesDraft *self)
{
  GPtrArray *pictures;

  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);

  pictures = g_ptr_array_new_with_free_func (clear_picture);
  for (RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME; role < RUSHES_N_ROLES; role++)
    {
      GPtrArray *references = self->brief->references[role];

      if (references->len == 0 && role != RUSHES_ROLE_REFERENCE)
        g_ptr_array_add (pictures, NULL);
      for (guint i = 0; i < references->len; i++)
        g_ptr_array_add (pictures, g_object_ref (references->pdata[i]));
    }
  return pictures;
}

const char *
rushes_draft_get_parameter (RushesDraft *self, const char *name)
{
  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->brief->parameters, name);
}

void
rushes_draft_set_parameter (RushesDraft *self, const char *name, const char *value)
{
  g_return_if_fail (RUSHES_IS_DRAFT (self));
  g_return_if_fail (name != NULL);

  if (g_strcmp0 (g_hash_table_lookup (self->brief->parameters, name), value) == 0)
    return;

  if (value != NULL)
    g_hash_table_insert (self->brief->parameters, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->brief->parameters, name);
  g_signal_emit_by_name (self, "parameters-changed");
}

char **
rushes_draft_list_parameters (RushesDraft *self)
{
  g_autofree const char **names = NULL;
  guint n_names;

  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);

  names = rushes_brief_list_parameters (self->brief, &n_names);
  return g_strdupv ((char **) names);
}
