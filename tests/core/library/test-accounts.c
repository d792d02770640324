/* test-accounts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whatever becomes of takes, the ledger's sums are what the takes say. Random histories are lived through twice: by the
 * library, and by a plain account of what is owed. */

#include "rushes-async.h"
#include "rushes-test-library.h"

/* Hundreds of attempts in all. */
#define N_WORLDS 5
#define N_DEEDS  40
#define N_CHECKS 5

typedef enum
{
  HELD,
  UNCERTAIN,
  SETTLED,
  REFUNDED,
} Kind;

static const char *const kinds[] = { "hold", "uncertain", "settle", "refund" };

/* One attempt, and what it counts for by the rules. */
typedef struct
{
  RushesTake *take;
  RushesAttempt *attempt;
  gboolean newest;
  RushesPrice held;
  RushesPrice counts;
  Kind kind;
  RushesPrice cost; /* as reported; UNKNOWN before */
} Account;

typedef struct
{
  RushesFolders *folders;
  RushesLibrary *library;
  GPtrArray *accounts;
} World;

static void
account_free (Account *account)
{
  g_object_unref (account->take);
  rushes_attempt_free (account->attempt);
  g_free (account);
}

static gboolean
one_in (int n)
{
  return g_test_rand_int_range (0, n) == 0;
}

static RushesPrice
make_price (RushesPriceKind kind, const char *currency)
{
  RushesPrice price = { kind };
  gint64 micros = g_test_rand_int_range (1, 3000000);

  price.high = (RushesMoney) { micros, g_intern_string (currency) };
  price.low = (RushesMoney) { kind == RUSHES_PRICE_ESTIMATE && one_in (3) ? micros / 2 : micros, price.high.currency };
  if (g_str_has_prefix (currency, "credits:") && !one_in (3))
    price.worth = rushes_money_exchange (price.high, (RushesMoney) { 10000, g_intern_static_string ("USD") });
  return price;
}

static const char *
choose_currency (void)
{
  static const char *const currencies[] = { "USD", "CNY", "credits:kites" };

  return currencies[g_test_rand_int_range (0, G_N_ELEMENTS (currencies))];
}

static RushesPrice
choose_price (void)
{
  if (one_in (8))
    return (RushesPrice) { RUSHES_PRICE_FREE };
  if (one_in (8))
    return (RushesPrice) { RUSHES_PRICE_UNKNOWN };
  return make_price (RUSHES_PRICE_ESTIMATE, choose_currency ());
}

/* ---- the rules ---- */

static void
count_as (Account *self, Kind kind, const RushesPrice *price)
{
  self->kind = kind;
  self->counts = *price;
}

static void
follow_rules (Account *self, RushesTakeState from, RushesTakeState to, RushesCharged charged)
{
  if (!rushes_take_state_is_end (to))
    {
      if (from == to)
        return;
      if (to == RUSHES_TAKE_STATE_UNCONFIRMED && self->kind == HELD && self->held.kind != RUSHES_PRICE_FREE)
        count_as (self, UNCERTAIN, &self->held);
      else if (self->kind == REFUNDED)
        count_as (self, HELD, &self->held);
      return;
    }

  if (to == RUSHES_TAKE_STATE_READY)
    charged = RUSHES_CHARGED_YES;
  if (charged == RUSHES_CHARGED_MAYBE && self->held.kind == RUSHES_PRICE_FREE)
    charged = RUSHES_CHARGED_NO;
  /* Of what nobody had confirmed a person has said that it cost nothing. */
  if (charged == RUSHES_CHARGED_MAYBE && self->kind == REFUNDED && from == RUSHES_TAKE_STATE_UNCONFIRMED)
    return;

  if (charged == RUSHES_CHARGED_NO)
    self->kind = REFUNDED;
  else if (charged == RUSHES_CHARGED_YES && self->cost.kind == RUSHES_PRICE_REPORTED)
    count_as (self, SETTLED, &self->cost);
  else if (charged == RUSHES_CHARGED_YES && self->kind != SETTLED)
    count_as (self, SETTLED, &self->held);
  else if (charged == RUSHES_CHARGED_MAYBE && self->kind != SETTLED && self->kind != UNCERTAIN)
    count_as (self, UNCERTAIN, &self->held);
}

/* ---- what may happen ---- */

static Account *
open_account (World *self, RushesTake *take, RushesPrice held)
{
  Account *account = g_new0 (Account, 1);

  account->take = g_object_ref (take);
  account->attempt = rushes_test_attempt (self->library, take);
  account->held = held;
  account->cost.kind = RUSHES_PRICE_UNKNOWN;
  account->newest = TRUE;
  count_as (account, HELD, &held);
  for (guint i = 0; i < self->accounts->len; i++)
    if (((Account *) g_ptr_array_index (self->accounts, i))->take == take)
      ((Account *) g_ptr_array_index (self->accounts, i))->newest = FALSE;
  g_ptr_array_add (self->accounts, account);
  return account;
}

static void
order (World *self)
{
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GError) error = NULL;

  for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
    {
      RushesPrice price = choose_price ();

      g_ptr_array_add (requests, rushes_test_request ("red", "random"));
      g_array_append_val (prices, price);
    }
  takes = dex_await_boxed (rushes_library_order (self->library, project, requests, prices, order_id), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < takes->len; i++)
    open_account (self, g_ptr_array_index (takes, i), g_array_index (prices, RushesPrice, i));
}

static Account *
choose_account (World *self)
{
  return g_ptr_array_index (self->accounts, g_test_rand_int_range (0, self->accounts->len));
}

/* Another state, or, where nothing goes on any more, the same one with newer words. */
static RushesTakeState
choose_next (RushesTakeState from)
{
  RushesTakeState to;

  /* Most are submitted: before that there is not much to tell. */
  if (from <= RUSHES_TAKE_STATE_PREPARING && !one_in (4))
    return from + 1;
  if ((rushes_take_state_is_end (from) || from == RUSHES_TAKE_STATE_UNCONFIRMED) && one_in (3))
    return from;
  do
    to = g_test_rand_int_range (RUSHES_TAKE_STATE_QUEUED, RUSHES_TAKE_STATE_LEFT + 1);
  while (!rushes_take_state_can_follow (from, to));
  return to;
}

static void
take_step (World *self, Account *account, RushesTakeState to, RushesCharged charged)
{
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "The wind fell.");
  RushesTakeState from = account->attempt->state;
  RushesStep step = { .to = to, .error = reason };
  RushesPrice cost, estimate;

  rushes_error_set_charged (reason, charged);
  if (to != RUSHES_TAKE_STATE_READY && one_in (4))
    {
      cost = make_price (RUSHES_PRICE_REPORTED, choose_currency ());
      step.cost = &cost;
      account->cost = cost;
    }
  /* The prices were changed while it was in line. */
  if (to == RUSHES_TAKE_STATE_SUBMITTING && one_in (2))
    {
      estimate = choose_price ();
      step.estimate = &estimate;
      if (!rushes_price_equal (&account->held, &estimate))
        count_as (account, HELD, &estimate);
      account->held = estimate;
    }

  if (to == RUSHES_TAKE_STATE_READY)
    rushes_test_step (self->library, account->take, account->attempt, to, charged);
  else
    rushes_test_expect (rushes_library_advance (self->library, account->take, account->attempt, &step), TRUE);
  follow_rules (account, from, to, charged);
}

static void
step_somewhere (World *self)
{
  Account *account = choose_account (self);

  if (account->attempt->state != RUSHES_TAKE_STATE_READY)
    take_step (self, account, choose_next (account->attempt->state),
               g_test_rand_int_range (RUSHES_CHARGED_NO, RUSHES_CHARGED_YES + 1));
}

/* It failed at no cost, and is tried again by itself. */
static void
try_again (World *self)
{
  Account *account = choose_account (self);
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "Busy.");
  g_autoptr (RushesAttempt) next = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .error = reason, .again = TRUE, .keep_id = one_in (2) };
  RushesTakeState from = account->attempt->state;

  if (!account->newest || rushes_take_state_is_end (from) ||
      !rushes_take_state_can_follow (from, RUSHES_TAKE_STATE_FAILED))
    return;
  /* The value becomes the next attempt. */
  next = rushes_attempt_copy (account->attempt);
  rushes_test_expect (rushes_library_advance (self->library, account->take, next, &step), TRUE);
  follow_rules (account, from, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  account->attempt->state = RUSHES_TAKE_STATE_FAILED;
  open_account (self, account->take, account->held);
}

static void
retry (World *self)
{
  Account *account = choose_account (self);
  RushesTakeState state = account->attempt->state;
  g_autoptr (RushesAttempt) next = NULL;
  g_autoptr (GError) error = NULL;

  if (!account->newest)
    return;
  next = dex_await_boxed (
      rushes_library_add_attempt_with_consent (self->library, account->take, &RUSHES_CONSENT_AGAIN, NULL), &error);
  if (state != RUSHES_TAKE_STATE_READY && (rushes_take_state_is_end (state) || state == RUSHES_TAKE_STATE_UNCONFIRMED))
    {
      g_assert_no_error (error);
      open_account (self, account->take, account->held);
    }
  else
    g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

static void
forget (World *self)
{
  Account *account = choose_account (self);

  if (account->attempt->state == RUSHES_TAKE_STATE_UNCONFIRMED)
    take_step (self, account, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE);
}

/* "I was charged", "I was not": of the newest attempt about which nobody knows. */
static void
judge (World *self)
{
  RushesTake *take = choose_account (self)->take;
  gboolean charged = one_in (2);
  Account *found = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      Account *account = g_ptr_array_index (self->accounts, i);

      if (account->take == take && account->kind == UNCERTAIN)
        found = account;
    }

  dex_await (rushes_library_end_uncertain (self->library, rushes_take_get_id (take), 0, charged, NULL), &error);
  if (found == NULL)
    g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  else
    {
      g_assert_no_error (error);
      found->kind = charged ? SETTLED : REFUNDED;
    }
}

/* Attempts are numbered from one within their take. */
static void
load_again (World *self, Account *account)
{
  g_autofree char *id = g_strdup (rushes_take_get_id (account->take));
  g_autoptr (RushesTake) take = dex_await_object (rushes_library_find_take (self->library, id), NULL);
  g_autoptr (GPtrArray) attempts = dex_await_boxed (rushes_library_load_attempts (self->library, take), NULL);
  int number = account->attempt->number;

  g_set_object (&account->take, take);
  rushes_attempt_free (account->attempt);
  account->attempt = rushes_attempt_copy (g_ptr_array_index (attempts, attempts->len - number));
  g_assert_cmpint (account->attempt->number, ==, number);
}

/* The process goes, and another takes over what it left. */
static void
crash (World *self)
{
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_close (self->library);
  g_object_unref (self->library);
  self->library = rushes_test_open (self->folders);
  adopted = dex_await_boxed (rushes_library_adopt (self->library, NULL), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      Account *account = g_ptr_array_index (self->accounts, i);

      if (account->attempt->state == RUSHES_TAKE_STATE_SUBMITTING)
        follow_rules (account, RUSHES_TAKE_STATE_SUBMITTING, RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE);
      load_again (self, account);
    }
}

/* ---- what must be so ---- */

static void
add (GHashTable *sums, RushesMoney money)
{
  gint64 *sum;

  if (money.currency == NULL || money.micros == 0)
    return;
  sum = g_hash_table_lookup (sums, money.currency);
  if (sum == NULL)
    g_hash_table_insert (sums, (gpointer) money.currency, sum = g_new0 (gint64, 1));
  *sum += money.micros;
}

static GHashTable *
new_sums (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

static void
assert_same_sums (GHashTable *found, GHashTable *expected)
{
  GHashTableIter iter;
  gpointer currency, sum;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &currency, &sum))
    {
      gint64 *other = g_hash_table_lookup (found, currency);

      g_test_message ("%s", (const char *) currency);
      g_assert_cmpint (other != NULL ? *other : 0, ==, *(gint64 *) sum);
    }
  g_assert_cmpuint (g_hash_table_size (found), ==, g_hash_table_size (expected));
}

/* By currency, in one table what it comes to, in the other what that is worth. */
static void
assert_sums (World *self)
{
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (GHashTable) sums = new_sums ();
  g_autoptr (GHashTable) worths = new_sums ();
  g_autoptr (GHashTable) expected_sums = new_sums ();
  g_autoptr (GHashTable) expected_worths = new_sums ();
  g_autoptr (GPtrArray) entries = dex_await_boxed (rushes_library_list_ledger (self->library, &filter), NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (!entry->counts)
        continue;
      add (sums, entry->price.high);
      add (worths, entry->price.worth);
    }
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const Account *account = g_ptr_array_index (self->accounts, i);

      if (account->kind == REFUNDED)
        continue;
      add (expected_sums, account->counts.high);
      add (expected_worths, account->counts.worth);
    }
  assert_same_sums (sums, expected_sums);
  assert_same_sums (worths, expected_worths);
}

/* What the take itself shows, and what its page tells of each attempt. */
static void
assert_shown (World *self, const Account *account)
{
  g_autoptr (JsonNode) node = dex_await_boxed (rushes_library_describe_take (self->library, account->take), NULL);
  JsonArray *attempts = json_object_get_array_member (json_node_get_object (node), "attempts");
  JsonObject *attempt =
      json_array_get_object_element (attempts, json_array_get_length (attempts) - account->attempt->number);
  JsonArray *entries = json_object_get_array_member (attempt, "ledger");
  JsonObject *last = json_array_get_object_element (entries, json_array_get_length (entries) - 1);
  gint64 micros = account->kind == REFUNDED ? 0 : account->counts.high.micros;

  g_assert_cmpstr (json_object_get_string_member (attempt, "id"), ==, account->attempt->id);
  g_assert_cmpstr (json_object_get_string_member (last, "kind"), ==, kinds[account->kind]);
  g_assert_cmpint (json_object_get_int_member_with_default (last, "micros", 0), ==, account->counts.high.micros);
  g_assert_cmpint (json_object_get_int_member_with_default (last, "worth_micros", 0), ==, account->counts.worth.micros);
  if (account->newest)
    g_assert_cmpint (rushes_take_get_price (account->take)->high.micros, ==, micros);
}

static void
live (void)
{
  static void (*const deeds[]) (World *self) = { order,          step_somewhere, step_somewhere, step_somewhere,
                                                 step_somewhere, step_somewhere, step_somewhere, try_again,
                                                 retry,          forget,         judge,          judge };
  World self = { .folders = rushes_test_folders () };

  self.library = rushes_test_open (self.folders);
  self.accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) account_free);
  order (&self);
  for (guint i = 0; i < N_DEEDS; i++)
    {
      if (one_in (12))
        crash (&self);
      else
        deeds[g_test_rand_int_range (0, G_N_ELEMENTS (deeds))](&self);
      if (i % N_CHECKS == N_CHECKS - 1)
        assert_sums (&self);
    }
  for (guint i = 0; i < self.accounts->len; i++)
    assert_shown (&self, g_ptr_array_index (self.accounts, i));

  g_ptr_array_unref (self.accounts);
  rushes_test_close (self.library);
  g_object_unref (self.library);
  g_object_unref (self.folders);
}

static void
test_histories (void)
{
  for (guint i = 0; i < N_WORLDS; i++)
    live ();
}

int
main (int argc, char **argv)
{
  /* Whether the disk keeps what it was told is tested elsewhere; here it would only take time. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/accounts/histories/1", test_histories);
  rushes_test_add_fiber ("/accounts/histories/2", test_histories);
  rushes_test_add_fiber ("/accounts/histories/3", test_histories);
  rushes_test_add_fiber ("/accounts/histories/4", test_histories);

  return g_test_run ();
}
