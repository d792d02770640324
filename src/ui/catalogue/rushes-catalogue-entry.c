/* rushes-catalogue-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue-entry.h"

#include <glib/gi18n.h>

#include "rushes-draft.h"
#include "rushes-favourites.h"
#include "rushes-model-words.h"

struct _RushesCatalogueEntry
{
  GObject parent_instance;

  RushesProvider *provider;
  RushesModel *model;
  gboolean favourite;
  gboolean leads; /* it was a favourite when the list was made */
  RushesCatalogueSection section;
  GRefString *problem; /* shared with the others of the provider */
  guint place;
  guint uses;
  char *words;    /* NULL until they are asked for */
  char *name_key; /* likewise */

  RushesDraft *draft; /* the person's */
  RushesPrice price;
  gboolean reckoned;
};

G_DEFINE_FINAL_TYPE (RushesCatalogueEntry, rushes_catalogue_entry, G_TYPE_OBJECT)

RushesProvider *
rushes_catalogue_entry_get_provider (RushesCatalogueEntry *self)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), NULL);

  return self->provider;
}

RushesModel *
rushes_catalogue_entry_get_model (RushesCatalogueEntry *self)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), NULL);

  return self->model;
}

gboolean
rushes_catalogue_entry_get_favourite (RushesCatalogueEntry *self)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), FALSE);

  return self->favourite;
}

void
rushes_catalogue_entry_set_favourite (RushesCatalogueEntry *self, gboolean favourite)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self));

  self->favourite = favourite;
  rushes_favourites_set (self->model, favourite);
}

RushesCatalogueSection
rushes_catalogue_entry_get_section (RushesCatalogueEntry *self)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), RUSHES_CATALOGUE_MODELS);

  return self->section;
}

const char *
rushes_catalogue_entry_get_problem (RushesCatalogueEntry *self)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), NULL);

  return self->problem;
}

/* ---- what is searched ---- */

const char *
rushes_catalogue_entry_get_words (RushesCatalogueEntry *self)
{
  g_autoptr (GStrvBuilder) parts = NULL;
  g_auto (GStrv) all = NULL;
  g_autofree char *aspects = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *normal = NULL;

  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), NULL);

  if (self->words != NULL)
    return self->words;
  parts = g_strv_builder_new ();
  aspects = g_strjoinv (" ", (char **) rushes_model_get_aspects (self->model));
  g_strv_builder_add_many (parts, rushes_model_get_name (self->model), rushes_provider_get_name (self->provider),
                           rushes_model_get_id (self->model), rushes_provider_get_id (self->provider), aspects, NULL);
  g_strv_builder_take (parts, rushes_model_words_lengths (self->model));
  g_strv_builder_take (parts, rushes_model_words_sizes (self->model));
  if (rushes_model_get_input (self->model, RUSHES_ROLE_FIRST_FRAME) != RUSHES_INPUT_NONE)
    g_strv_builder_add (parts, _ ("First Frame"));
  if (rushes_model_get_input (self->model, RUSHES_ROLE_LAST_FRAME) != RUSHES_INPUT_NONE)
    g_strv_builder_add (parts, _ ("Last Frame"));
  if (rushes_model_get_max_references (self->model) > 0)
    g_strv_builder_add (parts, _ ("References"));
  if (rushes_model_get_has_audio (self->model))
    g_strv_builder_add (parts, _ ("Sound"));
  all = g_strv_builder_end (parts);
  joined = g_strjoinv ("\n", all);
  normal = g_utf8_normalize (joined, -1, G_NORMALIZE_ALL);
  self->words = g_utf8_casefold (normal != NULL ? normal : joined, -1);
  return self->words;
}

/* ---- what it costs ---- */

RushesDraft *
rushes_catalogue_entry_fit (RushesCatalogueEntry *self)
{
  RushesDraft *draft;
  g_autoptr (GPtrArray) notes = NULL;

  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), NULL);
  g_return_val_if_fail (self->draft != NULL, NULL);

  draft = rushes_draft_copy (self->draft);
  rushes_draft_set_model (draft, rushes_provider_get_id (self->provider), rushes_model_get_id (self->model));
  notes = rushes_model_fit (self->model, draft);
  return draft;
}

const RushesPrice *
rushes_catalogue_entry_get_price (RushesCatalogueEntry *self)
{
  g_return_val_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self), NULL);

  if (!self->reckoned)
    {
      g_autoptr (RushesDraft) draft = rushes_catalogue_entry_fit (self);

      self->price = rushes_model_estimate (self->model, draft);
      self->reckoned = TRUE;
    }
  return &self->price;
}

void
rushes_catalogue_entry_set_draft (RushesCatalogueEntry *self, RushesDraft *draft)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  g_set_object (&self->draft, draft);
  self->reckoned = FALSE;
}

/* ---- order ---- */

void
rushes_catalogue_entry_rank (RushesCatalogueEntry *self, const char *problem, guint place)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self));

  self->place = place;
  g_clear_pointer (&self->problem, g_ref_string_release);
  if (problem != NULL)
    self->problem = g_ref_string_new_intern (problem);
  if (rushes_model_get_is_retired (self->model))
    self->section = RUSHES_CATALOGUE_RETIRED;
  else if (problem != NULL)
    self->section = RUSHES_CATALOGUE_LOCKED;
  else
    self->section = self->leads ? RUSHES_CATALOGUE_FAVOURITES : RUSHES_CATALOGUE_MODELS;
}

void
rushes_catalogue_entry_set_uses (RushesCatalogueEntry *self, guint n)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_ENTRY (self));

  self->uses = n;
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

int
rushes_catalogue_entry_compare_use (RushesCatalogueEntry *a, RushesCatalogueEntry *b)
{
  int order = COMPARE (b->uses, a->uses);

  return order != 0 ? order : COMPARE (a->place, b->place);
}

/* Free ones first; then what is known, in dollars or worth them; then other currencies by their codes, since two of
 * them are never compared; and last what nobody knows. */
static int
get_price_group (const RushesPrice *price, RushesMoney *money)
{
  *money = price->worth.currency != NULL ? price->worth : price->high;
  switch (price->kind)
    {
    case RUSHES_PRICE_FREE:
      return 0;
    case RUSHES_PRICE_ESTIMATE:
    case RUSHES_PRICE_REPORTED:
      return g_strcmp0 (money->currency, "USD") == 0 ? 1 : 2;
    case RUSHES_PRICE_UNKNOWN:
    default:
      return 3;
    }
}

int
rushes_catalogue_entry_compare_price (RushesCatalogueEntry *a, RushesCatalogueEntry *b)
{
  RushesMoney money_a, money_b;
  int group_a = get_price_group (rushes_catalogue_entry_get_price (a), &money_a);
  int group_b = get_price_group (rushes_catalogue_entry_get_price (b), &money_b);
  int order = COMPARE (group_a, group_b);

  if (order == 0 && (group_a == 1 || group_a == 2))
    {
      order = g_strcmp0 (money_a.currency, money_b.currency);
      if (order == 0)
        order = COMPARE (money_a.micros, money_b.micros);
    }
  return order != 0 ? order : COMPARE (a->place, b->place);
}

/* "2.1" comes before "10". */
static const char *
get_name_key (RushesCatalogueEntry *self)
{
  if (self->name_key == NULL)
    {
      g_autofree char *folded = g_utf8_casefold (rushes_model_get_name (self->model), -1);

      self->name_key = g_utf8_collate_key_for_filename (folded, -1);
    }
  return self->name_key;
}

int
rushes_catalogue_entry_compare_name (RushesCatalogueEntry *a, RushesCatalogueEntry *b)
{
  int order = strcmp (get_name_key (a), get_name_key (b));

  return order != 0 ? order : COMPARE (a->place, b->place);
}

/* ---- the object ---- */

static void
rushes_catalogue_entry_finalize (GObject *object)
{
  RushesCatalogueEntry *self = RUSHES_CATALOGUE_ENTRY (object);

  g_object_unref (self->provider);
  g_object_unref (self->model);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->problem, g_ref_string_release);
  g_free (self->words);
  g_free (self->name_key);

  G_OBJECT_CLASS (rushes_catalogue_entry_parent_class)->finalize (object);
}

static void
rushes_catalogue_entry_class_init (RushesCatalogueEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_catalogue_entry_finalize;
}

static void
rushes_catalogue_entry_init (RushesCatalogueEntry *self)
{
  self->section = RUSHES_CATALOGUE_MODELS;
}

RushesCatalogueEntry *
rushes_catalogue_entry_new (RushesProvider *provider, RushesModel *model, gboolean favourite)
{
  RushesCatalogueEntry *self;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);

  self = g_object_new (RUSHES_TYPE_CATALOGUE_ENTRY, NULL);
  self->provider = g_object_ref (provider);
  self->model = g_object_ref (model);
  self->favourite = self->leads = favourite;
  return self;
}
