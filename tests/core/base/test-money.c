/* test-money.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

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
  };
  static const char *const display[] = { "free", "price unknown", "about $0.50", "$0.40 to $0.60", "$0.42" };
  static const char *const badge[] = { "free", "", "~$0.50", "~$0.60", "$0.42" };

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

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/display", test_display);
  g_test_add_func ("/money/price", test_price);
  g_test_add_func ("/money/json", test_json);

  return g_test_run ();
}
