/* test-crowd.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two processes over one library have no more takes at a service together than it bears. */

#include "rushes-async.h"
#include "rushes-test-house.h"

static RushesTestHouse *
open_beside (RushesTestHouse *house, const char *key, guint slots)
{
  RushesTestHouse *other = rushes_test_house_again_with (house, rushes_test_service_new ("http", slots));

  rushes_test_service_set_key (other->service, "keyring", key);
  return other;
}

/* A house whose only slot is taken. */
static RushesTestHouse *
open_busy (guint slots, RushesTake **take)
{
  RushesTestHouse *house = rushes_test_house_new ("http", slots);

  rushes_test_service_set_key (house->service, "keyring", "red");
  rushes_test_service_set_busy (house->service, TRUE);
  *take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (*take, RUSHES_TAKE_STATE_RUNNING);
  return house;
}

/* Turned away at the last moment, and in line again. */
static void
expect_waiting (RushesTestHouse *house, RushesTake *take)
{
  rushes_test_house_called (house, RUSHES_TEST_PREPARE, 1);
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_QUEUED);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);
}

static void
test_wait (void)
{
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTestHouse) house = open_busy (1, &first);
  g_autoptr (RushesTestHouse) other = open_beside (house, "red", 1);
  g_autoptr (RushesTake) second = rushes_test_house_order (other, "another kite");
  g_autoptr (RushesTake) third = rushes_test_house_order (other, "a third kite");
  guint n_prepared;

  expect_waiting (other, second);
  n_prepared = rushes_test_service_count (other->service, RUSHES_TEST_PREPARE);
  /* What else is written does not wake it up for nothing. */
  for (guint i = 0; i < 5; i++)
    dex_await (rushes_library_star (house->library, first, i % 2 == 0), NULL);
  g_assert_cmpuint (rushes_test_service_count (other->service, RUSHES_TEST_PREPARE), ==, n_prepared);
  g_assert_cmpuint (n_prepared, ==, 1);

  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_expect (house, first, RUSHES_TAKE_STATE_READY);
  rushes_test_house_expect (other, second, RUSHES_TAKE_STATE_READY);
  rushes_test_house_expect (other, third, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (other->service, RUSHES_TEST_SUBMIT), ==, 2);
}

/* Another account has slots of its own, and where there are two each may have one. */
static void
test_room (void)
{
  static const struct
  {
    const char *key;
    guint slots;
  } cases[] = { { "blue", 1 }, { "red", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTake) first = NULL;
      g_autoptr (RushesTestHouse) house = open_busy (cases[i].slots, &first);
      g_autoptr (RushesTestHouse) other = open_beside (house, cases[i].key, cases[i].slots);
      g_autoptr (RushesTake) second = rushes_test_house_order (other, "another kite");

      rushes_test_house_expect (other, second, RUSHES_TAKE_STATE_READY);
      g_assert_cmpint (rushes_take_get_state (first), ==, RUSHES_TAKE_STATE_RUNNING);
      g_assert_cmpuint (rushes_test_service_count (other->service, RUSHES_TEST_PREPARE), ==, 1);
    }
}

/* Whose process is gone is at work for nobody. */
static void
test_gone (void)
{
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTestHouse) house = open_busy (1, &first);
  g_autoptr (RushesTestHouse) other = open_beside (house, "red", 1);
  g_autoptr (RushesTake) second = rushes_test_house_order (other, "another kite");

  expect_waiting (other, second);
  rushes_test_house_crash (house);
  rushes_test_house_expect (other, second, RUSHES_TAKE_STATE_READY);
}

/* While it waits it can be cancelled like any other. */
static void
test_cancel (void)
{
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTestHouse) house = open_busy (1, &first);
  g_autoptr (RushesTestHouse) other = open_beside (house, "red", 1);
  g_autoptr (RushesTake) second = rushes_test_house_order (other, "another kite");

  expect_waiting (other, second);
  rushes_test_house_cancel (other, second);
  rushes_test_house_expect (other, second, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpuint (rushes_test_service_count (other->service, RUSHES_TEST_SUBMIT), ==, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/crowd/wait", test_wait);
  rushes_test_add_fiber ("/crowd/room", test_room);
  rushes_test_add_fiber ("/crowd/gone", test_gone);
  rushes_test_add_fiber ("/crowd/cancel", test_cancel);

  return g_test_run ();
}
