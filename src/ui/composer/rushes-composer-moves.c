/* rushes-composer-moves.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-mention.h"

/* Pictures that change their wells, by a drag or by the menu of a well. */

typedef struct
{
  RushesReferenceRole role;
  guint n;
} Place;

static Place
place_of (RushesWell *well)
{
  return (Place) { rushes_well_get_role (well), rushes_composer_pictures_get_place (well) };
}

/* Where the picture of @from goes by @move. FALSE when there is no such place. */
static gboolean
find_target (RushesDraft *draft, Place from, RushesWellMoves move, Place *to)
{
  guint n_last = rushes_draft_get_n_references (draft, RUSHES_ROLE_LAST_FRAME);
  guint n_first = rushes_draft_get_n_references (draft, RUSHES_ROLE_FIRST_FRAME);
  guint n_references = rushes_draft_get_n_references (draft, RUSHES_ROLE_REFERENCE);
  gboolean is_reference = from.role == RUSHES_ROLE_REFERENCE;

  switch (move)
    {
    case RUSHES_WELL_TO_FIRST:
      *to = (Place) { RUSHES_ROLE_FIRST_FRAME, 0 };
      return is_reference || (from.role == RUSHES_ROLE_LAST_FRAME && n_first == 0);
    case RUSHES_WELL_TO_LAST:
      *to = (Place) { RUSHES_ROLE_LAST_FRAME, 0 };
      return is_reference || (from.role == RUSHES_ROLE_FIRST_FRAME && n_last == 0);
    case RUSHES_WELL_TO_REFERENCES:
      *to = (Place) { RUSHES_ROLE_REFERENCE, n_references };
      return !is_reference;
    case RUSHES_WELL_SWAP:
      *to = (Place) { from.role == RUSHES_ROLE_LAST_FRAME ? RUSHES_ROLE_FIRST_FRAME : RUSHES_ROLE_LAST_FRAME, 0 };
      return !is_reference && n_first > 0 && n_last > 0;
    case RUSHES_WELL_LEFT:
      *to = (Place) { RUSHES_ROLE_REFERENCE, from.n - 1 };
      return is_reference && from.n > 0;
    case RUSHES_WELL_RIGHT:
      *to = (Place) { RUSHES_ROLE_REFERENCE, from.n + 1 };
      return is_reference && from.n + 1 < n_references;
    case RUSHES_WELL_STAYS:
    default:
      return FALSE;
    }
}

static gboolean
have_same_counts (RushesDraft *a, RushesDraft *b)
{
  for (RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    if (rushes_draft_get_n_references (a, role) != rushes_draft_get_n_references (b, role))
      return FALSE;
  return TRUE;
}

/* Whether the model takes the pictures as they would lie then: what it does not take would be gone. */
static gboolean
is_possible (RushesComposer *self, Place from, Place to)
{
  g_autoptr (RushesDraft) moved = rushes_draft_copy (self->draft);
  g_autoptr (RushesDraft) fitted = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  rushes_draft_move_reference (moved, from.role, from.n, to.role, to.n);
  fitted = rushes_draft_copy (moved);
  notes = rushes_model_fit (rushes_settings_group_get_model (self->settings_group), fitted);
  return have_same_counts (moved, fitted);
}

void
rushes_composer_pictures_menu_opens (RushesComposer *self, RushesWell *well)
{
  RushesWellMoves possible = RUSHES_WELL_STAYS;
  Place from = place_of (well), to;

  for (guint move = RUSHES_WELL_TO_FIRST; move <= RUSHES_WELL_RIGHT; move <<= 1)
    if (find_target (self->draft, from, move, &to) && is_possible (self, from, to))
      possible |= move;
  rushes_well_set_moves (well, possible);
}

void
rushes_composer_names_follow (RushesComposer *self, GPtrArray *pictures, JsonNode *before)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);
  const char *prompt = rushes_draft_get_prompt (self->draft);
  g_autoptr (GPtrArray) now = rushes_draft_list_pictures (self->draft);
  g_autofree char *followed = NULL;
  guint named = 0;
  gboolean lost;

  for (RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    named |= rushes_model_get_has_names (model, role) ? 1u << role : 0;
  followed = rushes_mentions_follow (prompt, pictures, now, named, &lost);
  if (g_str_equal (followed, prompt))
    return;

  /* Older words would name other pictures now, so that undoing the text must not bring them back; the toast can,
   * together with the pictures. */
  rushes_prompt_rewrite (self->prompt, followed);
  rushes_composer_offer_undo (self, before,
                              lost ? _ ("The prompt calls it @? now") : _ ("The names follow the pictures"));
}

static void
move (RushesComposer *self, Place from, Place to)
{
  g_autoptr (GPtrArray) pictures = rushes_draft_list_pictures (self->draft);
  g_autoptr (JsonNode) before = rushes_draft_to_json (self->draft);

  /* A batch is made of what is brought for the first frame. */
  if (from.role == RUSHES_ROLE_FIRST_FRAME || to.role == RUSHES_ROLE_FIRST_FRAME)
    rushes_batch_row_set_pictures (self->batch_row, NULL);
  rushes_draft_move_reference (self->draft, from.role, from.n, to.role, to.n);
  rushes_composer_names_follow (self, pictures, before);
}

void
rushes_composer_pictures_moved (RushesComposer *self, guint chosen, RushesWell *well)
{
  Place from = place_of (well), to;

  if (find_target (self->draft, from, chosen, &to))
    move (self, from, to);
}

gboolean
rushes_composer_pictures_drag (RushesComposer *self, RushesReference *reference, RushesReferenceRole role, guint place)
{
  for (RushesReferenceRole from = RUSHES_ROLE_FIRST_FRAME; from <= RUSHES_ROLE_REFERENCE; from++)
    for (guint n = 0; n < rushes_draft_get_n_references (self->draft, from); n++)
      if (rushes_draft_get_reference (self->draft, from, n) == reference)
        {
          /* The empty well behind the others is the end of their line. */
          if (from == role && place == rushes_draft_get_n_references (self->draft, role))
            place--;
          move (self, (Place) { from, n }, (Place) { role, place });
          return TRUE;
        }
  return FALSE;
}
