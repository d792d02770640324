/* rushes-provider-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-facts.h"

#include <glib/gi18n.h>

#include "rushes-http-provider.h"
#include "rushes-protocol.h"

/* About what a picture has that was fitted for a model. */
#define USUAL_PICTURE (512 * 1024)

/* ---- whether it can be used ---- */

typedef enum
{
  STATE_READY,
  STATE_NEEDS_KEY,
  STATE_NEEDS_ADDRESS,
  STATE_LOCKED,
  STATE_LOCAL,
} State;

static State
get_state (RushesProvider *provider)
{
  g_autoptr (RushesKeyFacts) key = NULL;

  if (!RUSHES_IS_HTTP_PROVIDER (provider))
    return STATE_LOCAL;
  if (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)) == NULL)
    return STATE_NEEDS_ADDRESS;

  key = rushes_key_facts_new (RUSHES_HTTP_PROVIDER (provider));
  if (!key->needed || rushes_key_facts_get_exit_status (key) == 0)
    return STATE_READY;
  return key->state == RUSHES_KEY_LOCKED ? STATE_LOCKED : STATE_NEEDS_KEY;
}

const char *
rushes_provider_get_state_word (RushesProvider *provider)
{
  static const char *const words[] = {
    [STATE_READY] = "ready",   [STATE_NEEDS_KEY] = "needs-key", [STATE_NEEDS_ADDRESS] = "needs-address",
    [STATE_LOCKED] = "locked", [STATE_LOCAL] = "local",
  };

  return words[get_state (provider)];
}

const char *
rushes_provider_get_state_phrase (RushesProvider *provider)
{
  switch (get_state (provider))
    {
    case STATE_NEEDS_KEY:
      /* Translators: the state of a provider; so are the next four. */
      return C_ ("provider", "needs a key");
    case STATE_NEEDS_ADDRESS:
      return C_ ("provider", "needs an address");
    case STATE_LOCKED:
      return C_ ("provider", "keyring is locked");
    case STATE_LOCAL:
      return C_ ("provider", "local");
    case STATE_READY:
    default:
      return C_ ("provider", "ready");
    }
}

void
rushes_registry_refresh_keys (RushesRegistry *registry)
{
  GListModel *providers = G_LIST_MODEL (registry);
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);

      if (RUSHES_IS_HTTP_PROVIDER (provider))
        g_ptr_array_add (questions, rushes_http_provider_refresh (RUSHES_HTTP_PROVIDER (provider)));
    }
  if (questions->len > 0)
    dex_await (dex_future_allv ((DexFuture **) questions->pdata, questions->len), NULL);
}

/* ---- prices ---- */

static void
note_dates (JsonObject *model, char **first, char **last)
{
  JsonArray *prices = json_object_has_member (model, "prices") ? json_object_get_array_member (model, "prices") : NULL;

  for (guint i = 0; prices != NULL && i < json_array_get_length (prices); i++)
    {
      const char *day =
          json_object_get_string_member_with_default (json_array_get_object_element (prices, i), "as_of", NULL);

      if (day == NULL)
        continue;
      /* Days so written sort as texts. */
      if (*first == NULL || strcmp (day, *first) < 0)
        g_set_str (first, day);
      if (*last == NULL || strcmp (day, *last) > 0)
        g_set_str (last, day);
    }
}

gboolean
rushes_provider_get_price_dates (RushesProvider *provider, char **first, char **last)
{
  JsonNode *root = rushes_description_get_json (rushes_provider_get_description (provider));
  JsonArray *models = json_object_get_array_member (json_node_get_object (root), "models");

  *first = *last = NULL;
  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    note_dates (json_array_get_object_element (models, i), first, last);

  return *first != NULL;
}

/* What one credit is worth, as "$0.01 (of 2026-04-01)" and as JSON; NULL when nobody says. */
static JsonObject *
get_credit (RushesProvider *provider)
{
  JsonNode *root = rushes_description_get_json (rushes_provider_get_description (provider));
  JsonObject *members = json_node_get_object (root);

  return json_object_has_member (members, "credit") ? json_object_get_object_member (members, "credit") : NULL;
}

static void
add_credit (RushesProvider *provider, RushesTable *table)
{
  RushesMoney credit = rushes_description_get_credit (rushes_provider_get_description (provider));
  g_autofree char *worth = NULL;
  g_autofree char *line = NULL;

  if (credit.currency == NULL)
    return;
  worth = rushes_money_to_display (credit);
  /* Translators: what one credit of a service is worth, and the day when that was looked up. */
  line = g_strdup_printf (_ ("is worth %s, as of %s"), worth,
                          json_object_get_string_member (get_credit (provider), "as_of"));
  rushes_table_add (table, _ ("a credit"), line);
}

/* ---- pictures, and cancelling ---- */

static gboolean
takes_pictures (RushesModel *model)
{
  return rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME) != RUSHES_INPUT_NONE ||
         rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME) != RUSHES_INPUT_NONE ||
         rushes_model_get_max_references (model) > 0;
}

/* "none", "inline", "upload" (the service's own place) or "address" (the person's) */
static const char *
get_picture_word (RushesProvider *provider)
{
  RushesModel *model = rushes_provider_find_model (provider, NULL);
  const RushesPictureForm *forms;
  guint n = 0;

  if (model == NULL || !takes_pictures (model))
    return "none";
  if (!RUSHES_IS_HTTP_PROVIDER (provider))
    return "inline";

  forms = rushes_model_get_picture_forms (model, USUAL_PICTURE, &n);
  if (n == 0)
    return "none";
  if (forms[0] == RUSHES_FORM_UPLOAD)
    return "upload";
  return forms[0] == RUSHES_FORM_ADDRESS ? "address" : "inline";
}

static const char *
get_picture_phrase (RushesProvider *provider)
{
  const char *word = get_picture_word (provider);

  if (g_str_equal (word, "upload"))
    /* Translators: how pictures reach a service. */
    return _ ("are put at its own place");
  if (g_str_equal (word, "address"))
    /* Translators: how pictures reach a service. */
    return _ ("are sent as addresses; an upload place is needed");
  if (g_str_equal (word, "inline"))
    /* Translators: how pictures reach a service. */
    return _ ("are sent along");
  /* Translators: how pictures reach a service. */
  return _ ("are not taken");
}

static const char *
get_cancel_word (RushesProvider *provider)
{
  static const char *const words[] = {
    [RUSHES_CANCEL_NONE] = "none",
    [RUSHES_CANCEL_MAY_CHARGE] = "may-charge",
    [RUSHES_CANCEL_STOPS_COST] = "stops-cost",
  };

  return words[rushes_provider_get_cancel_kind (provider, NULL)];
}

static const char *
get_cancel_phrase (RushesProvider *provider)
{
  switch (rushes_provider_get_cancel_kind (provider, NULL))
    {
    case RUSHES_CANCEL_STOPS_COST:
      return _ ("stops the cost");
    case RUSHES_CANCEL_MAY_CHARGE:
      return _ ("may still cost");
    case RUSHES_CANCEL_NONE:
    default:
      return _ ("is not possible; waiting can be stopped");
    }
}

/* ---- all of it ---- */

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

void
rushes_provider_facts_to_listing (RushesProvider *provider, const RushesKeyFacts *key, JsonObject *object)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  rushes_provider_get_price_dates (provider, &first, &last);
  json_object_set_string_member (object, "pictures", get_picture_word (provider));
  json_object_set_string_member (object, "cancel", get_cancel_word (provider));
  set_text (object, "prices_from", first);
  set_text (object, "prices_to", last);
  if (get_credit (provider) != NULL)
    json_object_set_object_member (object, "credit", json_object_ref (get_credit (provider)));
  else
    json_object_set_null_member (object, "credit");

  if (key != NULL)
    {
      RushesProtocol *protocol = rushes_description_get_protocol (rushes_provider_get_description (provider));

      set_text (object, "base_url", rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)));
      set_text (object, "homepage", rushes_protocol_get_homepage (protocol));
      set_text (object, "key_page", rushes_protocol_get_key_page (protocol));
      json_object_set_object_member (object, "key", rushes_key_facts_to_listing (key, provider));
    }
}

static void
add_address (RushesTable *table, const char *title, const char *address)
{
  if (address != NULL)
    rushes_table_add (table, title, address);
}

void
rushes_provider_facts_to_table (RushesProvider *provider, const RushesKeyFacts *key, RushesTable *table)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *days = NULL;

  if (key != NULL)
    {
      RushesProtocol *protocol = rushes_description_get_protocol (rushes_provider_get_description (provider));
      g_autofree char *where = rushes_key_facts_to_display (key);

      rushes_table_add (table, _ ("key"), where);
      add_address (table, _ ("key page"), rushes_protocol_get_key_page (protocol));
      add_address (table, _ ("address"), rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)));
      add_address (table, _ ("homepage"), rushes_protocol_get_homepage (protocol));
    }
  rushes_table_add (table, _ ("pictures"), get_picture_phrase (provider));
  rushes_table_add (table, _ ("cancelling"), get_cancel_phrase (provider));
  if (rushes_provider_get_price_dates (provider, &first, &last))
    {
      days = g_str_equal (first, last) ? g_strdup_printf (_ ("of %s"), first)
                                       /* Translators: two days. */
                                       : g_strdup_printf (_ ("of %s to %s"), first, last);
      rushes_table_add (table, _ ("prices"), days);
    }
  add_credit (provider, table);
}
