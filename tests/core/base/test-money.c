/* test-money.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-bill.h"
#include "rushes-money.h"
#include "rushes-test.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *amount;
    gint64 micros;
  } good[] = {
    { "0", 0 },
    { "0.084", 84000 },
    { "12", 12000000 },
    { ".5", 500000 },
    { "1.", 1000000 },
    { "0.0000001", 1 },
    { "0.1234567", 123457 },
    { "0.12345600", 123456 },
    { "007", 7000000 },
    { "9223372036854", G_GINT64_CONSTANT (9223372036854000000) },
  };
  static const char *const bad[] = { "",    ".",  "-1",  "1,5",           "1.2.3",
                                     "1e3", " 1", "0x1", "9223372036855", "99999999999999999999" };
  RushesMoney money;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i].amount);
      g_assert_true (rushes_money_parse (good[i].amount, "USD", &money));
      g_assert_cmpint (money.micros, ==, good[i].micros);
      g_assert_cmpstr (money.currency, ==, "USD");
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("“%s”", bad[i]);
      g_assert_false (rushes_money_parse (bad[i], "USD", &money));
    }
}

/* Whatever amount there is, its text reads back as the same. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 10000; i++)
    {
      RushesMoney money = { ((gint64) g_test_rand_int_range (0, G_MAXINT) << 20) | g_test_rand_int_range (0, 1 << 20),
                            "USD" };
      g_autofree char *amount = rushes_money_to_amount (money);
      RushesMoney again;

      g_assert_true (rushes_money_parse (amount, "USD", &again));
      g_assert_cmpint (again.micros, ==, money.micros);
    }
}

static void
test_display (void)
{
  static const struct
  {
    RushesMoney money;
    const char *text;
  } table[] = {
    { { 500000, "USD" }, "$0.50" },
    { { 84000, "USD" }, "$0.084" },
    { { 3200000, "CNY" }, "¥3.20" },
    { { -500000, "USD" }, "-$0.50" },
    { { 10000000, "credits:pika" }, "10 credits" },
    { { 1000000, "credits:pika" }, "1 credit" },
    { { 1500000, "credits:pika" }, "1.5 credits" },
    { { 2000000, "CHF" }, "2.00 CHF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = rushes_money_to_display (table[i].money);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_price (void)
{
  const RushesPrice prices[] = {
    { RUSHES_PRICE_FREE },
    { RUSHES_PRICE_UNKNOWN },
    { RUSHES_PRICE_ESTIMATE, { 500000, "USD" }, { 500000, "USD" } },
    { RUSHES_PRICE_ESTIMATE, { 400000, "USD" }, { 600000, "USD" } },
    { RUSHES_PRICE_REPORTED, { 420000, "USD" }, { 420000, "USD" } },
    { RUSHES_PRICE_ESTIMATE, { 60000000, "credits:pika" }, { 60000000, "credits:pika" } },
    { RUSHES_PRICE_ESTIMATE, { 60000000, "credits:pika" }, { 60000000, "credits:pika" }, { 600000, "USD" } },
    { RUSHES_PRICE_REPORTED, { 60000000, "credits:pika" }, { 60000000, "credits:pika" }, { 600000, "USD" } },
  };
  static const char *const display[] = { "free",
                                         "price unknown",
                                         "about $0.50",
                                         "$0.40 to $0.60",
                                         "$0.42",
                                         "about 60 credits",
                                         "about 60 credits ($0.60)",
                                         "60 credits ($0.60)" };
  static const char *const badge[] = { "free", "", "~$0.50", "~$0.60", "$0.42", "~60 credits", "~$0.60", "$0.60" };

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      g_autofree char *text = rushes_price_to_display (&prices[i]);
      g_autofree char *small = rushes_price_to_badge (&prices[i]);

      g_assert_cmpstr (text, ==, display[i]);
      g_assert_cmpstr (small, ==, badge[i]);
    }
}

static void
test_json (void)
{
  const RushesPrice estimate = { RUSHES_PRICE_ESTIMATE, { 400000, "USD" }, { 500000, "USD" } };
  const RushesPrice nothing = { RUSHES_PRICE_FREE };
  g_autoptr (JsonNode) node = rushes_price_to_json (&estimate);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, "{\"amount\":\"0.50\",\"micros\":500000,\"currency\":\"USD\",\"kind\":\"estimate\"}");
  g_assert_null (rushes_price_to_json (&nothing));
}

static void
test_json_worth (void)
{
  const RushesPrice cost = {
    RUSHES_PRICE_REPORTED, { 3500000, "credits:kling" }, { 3500000, "credits:kling" }, { 490000, "USD" }
  };
  g_autoptr (JsonNode) node = rushes_price_to_json (&cost);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"amount\":\"3.50\",\"micros\":3500000,\"currency\":\"credits:kling\",\"kind\":\"reported\","
                   "\"worth\":{\"amount\":\"0.49\",\"micros\":490000,\"currency\":\"USD\"}}");
}

/* ---- what credits are worth ---- */

static void
test_exchange (void)
{
  static const struct
  {
    gint64 credits;
    gint64 unit;
    gint64 worth;
  } cases[] = {
    { 60000000, 10000, 600000 },
    { 3500000, 140000, 490000 },
    { 0, 140000, 0 },
    /* Up to the next micro-unit. */
    { 1, 10000, 1 },
    { 1000001, 10000, 10001 },
    { 333333, 3, 1 },
    /* No amount is too large to be counted as a lot. */
    { G_MAXINT64, 1000000, G_MAXINT64 },
    { G_MAXINT64, RUSHES_MONEY_MAX_UNIT, G_MAXINT64 },
    { 999999, RUSHES_MONEY_MAX_UNIT, G_GINT64_CONSTANT (999999000000) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RushesMoney worth = rushes_money_exchange ((RushesMoney) { cases[i].credits, "credits:kling" },
                                                 (RushesMoney) { cases[i].unit, "USD" });

      g_assert_cmpint (worth.micros, ==, cases[i].worth);
      g_assert_cmpstr (worth.currency, ==, "USD");
    }
}

static void
test_count (void)
{
  const RushesPrice credits = {
    RUSHES_PRICE_ESTIMATE, { 1000000, "credits:pika" }, { 2000000, "credits:pika" }, { 20000, "USD" }
  };
  const RushesPrice fewer = {
    RUSHES_PRICE_ESTIMATE, { 2000000, "credits:pika" }, { 2000000, "credits:pika" }, { 20000, "USD" }
  };
  const RushesPrice dearer = {
    RUSHES_PRICE_ESTIMATE, { 1000000, "credits:pika" }, { 2000000, "credits:pika" }, { 20001, "USD" }
  };
  const RushesPrice unknown = { RUSHES_PRICE_UNKNOWN };
  const RushesPrice nothing = { RUSHES_PRICE_FREE };

  g_assert_cmpint (rushes_price_count (&credits, "credits:pika"), ==, 2000000);
  g_assert_cmpint (rushes_price_count (&credits, "USD"), ==, 20000);
  g_assert_cmpint (rushes_price_count (&credits, "CNY"), ==, 0);
  g_assert_cmpint (rushes_price_count (&nothing, "USD"), ==, 0);

  g_assert_true (rushes_price_equal (&credits, &credits));
  g_assert_false (rushes_price_equal (&credits, &fewer));
  g_assert_false (rushes_price_equal (&credits, &dearer));
  g_assert_true (rushes_price_is_within (&fewer, &credits));
  g_assert_false (rushes_price_is_within (&dearer, &credits));
  g_assert_true (rushes_price_is_within (&credits, &dearer));
  g_assert_true (rushes_price_is_within (&nothing, &credits));
  g_assert_false (rushes_price_is_within (&unknown, &credits));
  g_assert_false (rushes_price_is_within (&credits, &unknown));
  g_assert_false (rushes_price_is_within (&credits, &nothing));
}

/* ---- several takes ---- */

static void
assert_worth (const RushesBill *bill, guint n, const char *words)
{
  g_autofree char *text = rushes_bill_to_worth (bill, n);

  g_assert_cmpstr (text, ==, words);
}

static void
assert_bill (const RushesBill *bill, guint n, const char *words)
{
  g_autofree char *text = rushes_bill_to_display (bill, n);

  g_assert_cmpstr (text, ==, words);
}

static void
test_bill (void)
{
  const RushesPrice free_price = { .kind = RUSHES_PRICE_FREE };
  const RushesPrice unknown = { .kind = RUSHES_PRICE_UNKNOWN };
  RushesPrice half = { .kind = RUSHES_PRICE_ESTIMATE };
  RushesPrice credits = { .kind = RUSHES_PRICE_ESTIMATE };
  g_auto (RushesBill) bill = { 0 };
  RushesMoney most;

  g_assert_true (rushes_money_parse ("0.5", "USD", &half.low));
  half.high = half.low;
  g_assert_true (rushes_money_parse ("20", "credits:mill", &credits.low));
  credits.high = credits.low;
  rushes_bill_init (&bill);
  rushes_bill_add (&bill, &free_price, 1);
  rushes_bill_add (&bill, &half, 3);
  assert_bill (&bill, 0, "free");
  assert_bill (&bill, 1, "free");
  assert_bill (&bill, 4, "about $1.50");
  g_assert_null (rushes_bill_find_other (&bill, "USD"));

  /* To the last cent, and not one further. */
  g_assert_true (rushes_money_parse ("1", "USD", &most));
  g_assert_cmpuint (rushes_bill_count_within (&bill, most), ==, 3);
  most.micros--;
  g_assert_cmpuint (rushes_bill_count_within (&bill, most), ==, 2);

  /* What is worth nothing in the currency, or unknown, ends it, however much is left. */
  most.micros = G_MAXINT64;
  rushes_bill_add (&bill, &credits, 1);
  g_assert_cmpuint (rushes_bill_count_within (&bill, most), ==, 4);
  g_assert_nonnull (rushes_bill_find_other (&bill, "USD"));
  assert_bill (&bill, 5, "about $1.50 + about 20 credits");
  assert_worth (&bill, 5, "about $1.50 + about 20 credits");
  rushes_bill_add (&bill, &unknown, 1);
  assert_bill (&bill, 6, "about $1.50 + about 20 credits + price unknown");
  g_assert_cmpuint (rushes_bill_get_n (&bill), ==, 6);
}

static void
test_bill_of_credits (void)
{
  RushesPrice credits = { .kind = RUSHES_PRICE_ESTIMATE };
  g_auto (RushesBill) bill = { 0 };
  RushesMoney most;

  g_assert_true (rushes_money_parse ("20", "credits:mill", &credits.low));
  credits.high = credits.low;
  g_assert_true (rushes_money_parse ("0.2", "USD", &credits.worth));
  rushes_bill_init (&bill);
  rushes_bill_add (&bill, &credits, 3);
  assert_bill (&bill, 3, "about 60 credits ($0.60)");
  assert_worth (&bill, 3, "about $0.60");
  g_assert_true (rushes_money_parse ("0.5", "USD", &most));
  g_assert_cmpuint (rushes_bill_count_within (&bill, most), ==, 2);
  g_assert_true (rushes_money_parse ("60", "credits:mill", &most));
  g_assert_cmpuint (rushes_bill_count_within (&bill, most), ==, 3);
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/display", test_display);
  g_test_add_func ("/money/price", test_price);
  g_test_add_func ("/money/json", test_json);
  g_test_add_func ("/money/json-worth", test_json_worth);
  g_test_add_func ("/money/exchange", test_exchange);
  g_test_add_func ("/money/count", test_count);
  g_test_add_func ("/money/bill", test_bill);
  g_test_add_func ("/money/bill-of-credits", test_bill_of_credits);

  return g_test_run ();
}
