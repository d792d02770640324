/* rushes-model-price.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <math.h>

#include "rushes-draft-private.h"

static gboolean
is_one_of (char **words, const char *word)
{
  return words == NULL || (word != NULL && g_strv_contains ((const char *const *) words, word));
}

static guint
count_pictures (const RushesBrief *brief)
{
  guint n = 0;

  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    n += brief->references[i]->len;
  return n;
}

static gboolean
rate_holds (const RushesRate *rate, const RushesBrief *brief)
{
  GHashTableIter iter;
  gpointer name, value;

  if (!is_one_of (rate->resolutions, brief->resolution) || !is_one_of (rate->aspects, brief->aspect) ||
      brief->duration < rate->minimum_duration || brief->duration > rate->maximum_duration ||
      (rate->audio >= 0 && rate->audio != brief->audio) ||
      (rate->picture >= 0 && rate->picture != (count_pictures (brief) > 0)))
    return FALSE;

  if (rate->parameters == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, rate->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (g_hash_table_lookup (brief->parameters, name), value) != 0)
      return FALSE;
  return TRUE;
}

/* The first of a kind that holds, as in a table with the special cases on top. */
static const RushesRate *
find_rate (RushesModel *self, RushesPer per, const RushesBrief *brief)
{
  for (guint i = 0; i < self->rates->len; i++)
    {
      const RushesRate *rate = g_ptr_array_index (self->rates, i);

      if (rate->per == per && rate_holds (rate, brief))
        return rate;
    }
  return NULL;
}

/* How many thousandths of what a rate is for a take has; -1 where nobody can tell beforehand. */
static gint64
count_thousandths (RushesPer per, const RushesBrief *brief)
{
  int width, height;

  switch (per)
    {
    case RUSHES_PER_SECOND:
      return llround (brief->duration * 1000);
    case RUSHES_PER_CLIP:
      return 1000;
    case RUSHES_PER_IMAGE:
      return (gint64) count_pictures (brief) * 1000;
    case RUSHES_PER_MEGAPIXEL:
      if (brief->frame_rate <= 0 || !rushes_resolution_to_size (brief->resolution, brief->aspect, &width, &height))
        return -1;
      return llround (width * height / 1e6 * brief->frame_rate * brief->duration * 1000);
    case RUSHES_PER_1K_TOKENS:
    case RUSHES_N_PER:
    default:
      return -1;
    }
}

RushesPrice
rushes_model_estimate (RushesModel *self, RushesDraft *draft)
{
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };
  g_autoptr (RushesBrief) brief = NULL;
  gint64 sum = 0;
  const char *currency = NULL;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), price);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), price);

  if (self->rates == NULL)
    return price;
  if (self->rates->len == 0)
    {
      price.kind = RUSHES_PRICE_FREE;
      return price;
    }

  brief = rushes_brief_copy (rushes_draft_peek (draft));
  rushes_model_complete (self, brief);
  for (RushesPer per = 0; per < RUSHES_N_PER; per++)
    {
      const RushesRate *rate = find_rate (self, per, brief);
      gint64 thousandths, product;

      if (rate == NULL)
        continue;
      thousandths = count_thousandths (per, brief);
      if (thousandths < 0 || (currency != NULL && rate->money.currency != currency) ||
          __builtin_mul_overflow (rate->money.micros, thousandths, &product) ||
          __builtin_add_overflow (sum, product / 1000 + (product % 1000 != 0), &sum))
        return price;
      currency = rate->money.currency;
    }
  if (currency == NULL)
    return price;

  price.kind = RUSHES_PRICE_ESTIMATE;
  price.low = price.high = (RushesMoney) { sum, currency };
  return price;
}
