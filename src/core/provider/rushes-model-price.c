/* rushes-model-price.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-draft-private.h"
#include "rushes-request-private.h"

#define CREDITS "credits:"

static const char *const pers[] = { "second", "clip", "image", "megapixel", "1k_tokens", "extended_second", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (pers) == RUSHES_N_PER + 1);

static void
rate_free (RushesRate *rate)
{
  g_clear_pointer (&rate->when, rushes_condition_free);
  g_free (rate->as_of);
  g_free (rate->source);
  g_free (rate);
}

static gboolean
is_iso_code (const char *currency)
{
  return strlen (currency) == 3 && strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

RushesMoney
rushes_credit_read (RushesJsonReader *reader)
{
  RushesMoney credit = { 0, NULL };
  const char *amount, *currency;

  if (!rushes_json_reader_enter_object (reader, "credit"))
    return credit;

  rushes_json_reader_need (reader, "amount", "currency", "as_of", "source", NULL);
  amount = rushes_json_reader_get_string (reader, "amount", "1");
  currency = rushes_json_reader_get_string (reader, "currency", "");
  if (!rushes_money_parse (amount, currency, &credit) || credit.micros == 0 || credit.micros > RUSHES_MONEY_MAX_UNIT)
    rushes_json_reader_complain (reader, "amount", "%s",
                                 _ ("what one credit is worth is expected, a decimal number in quotes."));
  if (!is_iso_code (currency))
    rushes_json_reader_complain (reader, "currency", "%s", _ ("a code of three capital letters is expected."));
  rushes_json_reader_get_string (reader, "as_of", NULL);
  rushes_json_reader_get_string (reader, "source", NULL);
  rushes_json_reader_leave (reader);
  return credit;
}

void
rushes_price_appraise (RushesPrice *price, RushesMoney credit)
{
  if (credit.currency != NULL && price->high.currency != NULL && g_str_has_prefix (price->high.currency, CREDITS))
    price->worth = rushes_money_exchange (price->high, credit);
}

static void
read_rate (RushesModel *self, RushesJsonReader *reader, RushesMoney credit)
{
  RushesRate *rate = g_new0 (RushesRate, 1);
  const char *amount, *currency;

  g_ptr_array_add (self->rates, rate);

  rushes_json_reader_need (reader, "amount", "currency", "per", "as_of", "source", NULL);
  amount = rushes_json_reader_get_string (reader, "amount", "0");
  currency = rushes_json_reader_get_string (reader, "currency", "");
  if (!rushes_money_parse (amount, currency, &rate->money))
    rushes_json_reader_complain (reader, "amount", "%s", _ ("a decimal number in quotes is expected."));
  if (!g_str_has_prefix (currency, CREDITS) && !is_iso_code (currency))
    rushes_json_reader_complain (reader, "currency", "%s",
                                 _ ("a code of three capital letters or “credits:PROVIDER” is expected."));
  rate->credit = credit;
  rate->per = rushes_json_reader_get_word (reader, "per", pers, RUSHES_PER_CLIP);

  /* For whoever keeps the file true, and for who wants to know; nothing is reckoned with them. */
  rate->as_of = g_strdup (rushes_json_reader_get_string (reader, "as_of", NULL));
  rate->source = g_strdup (rushes_json_reader_get_string (reader, "source", NULL));

  if (rushes_json_reader_enter_object (reader, "when"))
    {
      rate->when = rushes_condition_read (reader);
      rushes_json_reader_leave (reader);
    }
}

void
rushes_model_read_prices (RushesModel *self, RushesJsonReader *reader, RushesMoney credit)
{
  if (!rushes_json_reader_enter_list (reader, "prices"))
    return;

  self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) rate_free);
  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        read_rate (self, reader, credit);
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);
}

/* ---- reckoning ---- */

static guint
count_pictures (const RushesBrief *brief)
{
  guint n = 0;

  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    n += brief->references[i]->len;
  return n;
}

/* The first of a kind that holds, as in a table with the special cases on top. */
static const RushesRate *
find_rate (RushesModel *self, RushesPer per, const RushesBrief *brief)
{
  if (per == RUSHES_PER_EXTENDED_SECOND && brief->extension == NULL)
    return NULL;
  for (guint i = 0; i < self->rates->len; i++)
    {
      const RushesRate *rate = g_ptr_array_index (self->rates, i);

      if (rate->per == per && rushes_condition_holds (rate->when, brief, self->region))
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
    case RUSHES_PER_EXTENDED_SECOND:
      /* Some frames more or less are not counted. */
      return llround (brief->extension->seconds) * 1000;
    case RUSHES_PER_1K_TOKENS:
    case RUSHES_N_PER:
    default:
      return -1;
    }
}

static RushesPrice
estimate (RushesModel *self, const RushesBrief *asked)
{
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };
  g_autoptr (RushesBrief) brief = NULL;
  gint64 sum = 0;
  const char *currency = NULL;
  RushesMoney credit = { 0, NULL };

  if (self->rates == NULL)
    return price;
  if (self->rates->len == 0)
    {
      price.kind = RUSHES_PRICE_FREE;
      return price;
    }

  brief = rushes_brief_copy (asked);
  g_set_str (&brief->model_id, self->id);
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
      credit = rate->credit;
    }
  if (currency == NULL)
    return price;

  price.kind = RUSHES_PRICE_ESTIMATE;
  price.low = price.high = (RushesMoney) { sum, currency };
  rushes_price_appraise (&price, credit);
  return price;
}

gboolean
rushes_model_get_price_source (RushesModel *self, RushesDraft *draft, const char **as_of, const char **source)
{
  g_autoptr (RushesBrief) brief = NULL;
  const RushesRate *oldest = NULL;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), FALSE);

  if (self->rates == NULL)
    return FALSE;
  brief = rushes_brief_copy (rushes_draft_peek (draft));
  rushes_model_complete (self, brief);
  for (RushesPer per = 0; per < RUSHES_N_PER; per++)
    {
      const RushesRate *rate = find_rate (self, per, brief);

      if (rate != NULL && rate->as_of != NULL && (oldest == NULL || strcmp (rate->as_of, oldest->as_of) < 0))
        oldest = rate;
    }
  if (oldest == NULL)
    return FALSE;
  *as_of = oldest->as_of;
  *source = oldest->source;
  return TRUE;
}

RushesPrice
rushes_model_estimate (RushesModel *self, RushesDraft *draft)
{
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };

  g_return_val_if_fail (RUSHES_IS_MODEL (self), price);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), price);

  return estimate (self, rushes_draft_peek (draft));
}

RushesPrice
rushes_model_estimate_request (RushesModel *self, RushesRequest *request)
{
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };

  g_return_val_if_fail (RUSHES_IS_MODEL (self), price);
  g_return_val_if_fail (RUSHES_IS_REQUEST (request), price);

  return estimate (self, rushes_request_peek (request));
}
