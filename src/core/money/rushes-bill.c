/* rushes-bill.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-bill.h"

#include <glib/gi18n.h>

void
rushes_bill_init (RushesBill *self)
{
  self->prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
}

void
rushes_bill_clear (RushesBill *self)
{
  g_clear_pointer (&self->prices, g_array_unref);
}

void
rushes_bill_add (RushesBill *self, const RushesPrice *price, guint n)
{
  g_return_if_fail (self != NULL && price != NULL);

  for (guint i = 0; i < n; i++)
    g_array_append_val (self->prices, *price);
}

guint
rushes_bill_get_n (const RushesBill *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->prices->len;
}

static const RushesPrice *
get_price (const RushesBill *self, guint i)
{
  return &g_array_index (self->prices, RushesPrice, i);
}

static gint64
add_up (gint64 a, gint64 b)
{
  gint64 sum;

  return __builtin_add_overflow (a, b, &sum) ? G_MAXINT64 : sum;
}

static gboolean
is_other (const RushesPrice *price, const char *currency)
{
  if (price->kind == RUSHES_PRICE_FREE)
    return FALSE;
  return price->kind == RUSHES_PRICE_UNKNOWN ||
         (g_strcmp0 (price->high.currency, currency) != 0 && g_strcmp0 (price->worth.currency, currency) != 0);
}

const RushesPrice *
rushes_bill_find_other (const RushesBill *self, const char *currency)
{
  g_return_val_if_fail (self != NULL && currency != NULL, NULL);

  for (guint i = 0; i < self->prices->len; i++)
    if (is_other (get_price (self, i), currency))
      return get_price (self, i);
  return NULL;
}

guint
rushes_bill_count_within (const RushesBill *self, RushesMoney most)
{
  gint64 sum = 0;

  g_return_val_if_fail (self != NULL && most.currency != NULL, 0);

  for (guint i = 0; i < self->prices->len; i++)
    {
      const RushesPrice *price = get_price (self, i);

      if (is_other (price, most.currency))
        return i;
      if (price->kind != RUSHES_PRICE_FREE)
        sum = add_up (sum, rushes_price_count (price, most.currency));
      if (sum > most.micros)
        return i;
    }
  return self->prices->len;
}

/* Adds to the sum of its currency. */
static void
sum_up (GArray *sums, const RushesPrice *price)
{
  for (guint i = 0; i < sums->len; i++)
    {
      RushesPrice *sum = &g_array_index (sums, RushesPrice, i);

      if (sum->high.currency != price->high.currency || sum->worth.currency != price->worth.currency)
        continue;
      sum->low.micros = add_up (sum->low.micros, price->low.micros);
      sum->high.micros = add_up (sum->high.micros, price->high.micros);
      sum->worth.micros = add_up (sum->worth.micros, price->worth.micros);
      return;
    }
  g_array_append_val (sums, *price);
}

static char *
display (const RushesBill *self, guint n, gboolean worth)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  RushesPrice rest = { .kind = RUSHES_PRICE_FREE };

  for (guint i = 0; i < n; i++)
    {
      RushesPrice price = *get_price (self, i);

      if (worth && price.worth.currency != NULL)
        {
          price.low = price.high = price.worth;
          price.worth = (RushesMoney) { 0, NULL };
        }
      if (price.kind == RUSHES_PRICE_UNKNOWN)
        rest = price;
      else if (price.kind != RUSHES_PRICE_FREE)
        sum_up (sums, &price);
    }

  for (guint i = 0; i < sums->len; i++)
    g_strv_builder_take (parts, rushes_price_to_display (&g_array_index (sums, RushesPrice, i)));
  if (sums->len == 0 || rest.kind == RUSHES_PRICE_UNKNOWN)
    g_strv_builder_take (parts, rushes_price_to_display (&rest));
  all = g_strv_builder_end (parts);
  /* Translators: what stands between amounts of money of several currencies: “about $1.20 + 40 credits” */
  return g_strjoinv (_ (" + "), all);
}

char *
rushes_bill_to_display (const RushesBill *self, guint n)
{
  g_return_val_if_fail (self != NULL && n <= self->prices->len, NULL);

  return display (self, n, FALSE);
}

char *
rushes_bill_to_worth (const RushesBill *self, guint n)
{
  g_return_val_if_fail (self != NULL && n <= self->prices->len, NULL);

  return display (self, n, TRUE);
}
