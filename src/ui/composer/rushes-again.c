/* rushes-again.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-again.h"

#include <glib/gi18n.h>

#include "rushes-bill.h"

#define N_VARIATIONS 4
/* A menu is read at a glance. */
#define MOST_FINALS 6

static RushesDraft *
copy_of (RushesTake *take)
{
  RushesDraft *draft = rushes_draft_new ();

  rushes_draft_set_from_request (draft, rushes_take_get_request (take));
  return draft;
}

/* NULL when it is not there, or cannot be used now. */
static RushesProvider *
find_provider (RushesRegistry *registry, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider =
      request != NULL ? rushes_registry_find (registry, rushes_request_get_provider_id (request)) : NULL;
  g_autoptr (GError) problem = provider != NULL ? rushes_provider_get_problem (provider) : NULL;

  return problem == NULL ? provider : NULL;
}

static RushesModel *
find_model (RushesProvider *provider, RushesTake *take)
{
  return rushes_provider_find_model (provider, rushes_request_get_model_id (rushes_take_get_request (take)));
}

static gboolean
can_make (RushesModel *model, RushesDraft *draft)
{
  g_autoptr (GError) problem = rushes_model_check (model, draft);

  return problem == NULL;
}

/* ---- variations ---- */

GPtrArray *
rushes_again_list_variations (RushesTake *take)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_VARIATIONS; i++)
    {
      RushesDraft *draft = copy_of (take);

      /* Each gets one of its own when it is ordered. */
      rushes_draft_set_seed (draft, -1);
      g_ptr_array_add (drafts, draft);
    }
  return drafts;
}

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GString) words = g_string_new (label);
  g_autoptr (GMenuItem) item = NULL;

  /* An underscore in a name would be taken for a mnemonic. */
  g_string_replace (words, "_", "__", 0);
  item = g_menu_item_new (words->str, NULL);
  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_variations (GMenu *menu, RushesModel *model, RushesTake *take)
{
  g_autoptr (RushesDraft) draft = copy_of (take);
  RushesPrice price = rushes_model_estimate (model, draft);
  g_auto (RushesBill) bill = { 0 };
  g_autofree char *cost = NULL;
  g_autofree char *label = NULL;

  if (!can_make (model, draft))
    return;
  rushes_bill_init (&bill);
  rushes_bill_add (&bill, &price, N_VARIATIONS);
  cost = rushes_bill_to_display (&bill, N_VARIATIONS);
  /* Translators: four more takes of the same recipe, each with another seed; %s is a price, “about $2.00” */
  label = g_strdup_printf (_ ("Make Four Variations · %s"), cost);
  append (menu, label, "win.vary", g_variant_new_string (rushes_take_get_id (take)));
}

/* ---- finals ---- */

typedef struct
{
  RushesModel *model; /* borrowed */
  char *resolution;   /* "" when the model has no choice */
  RushesPrice price;
} Final;

static void
final_free (gpointer data)
{
  Final *final = data;

  g_free (final->resolution);
  g_free (final);
}

static int
count_lines (const char *resolution)
{
  int width, height;

  return resolution != NULL && rushes_resolution_to_size (resolution, "1:1", &width, &height) ? height : 0;
}

static gboolean
keeps_pictures (RushesDraft *draft, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);

  for (RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    if (rushes_draft_get_n_references (draft, role) != rushes_request_get_n_references (request, role))
      return FALSE;
  return TRUE;
}

/* @resolution: NULL for the one that the model has for it. What the model cannot do gives way, but not a picture, and
 * neither the length nor the shape of the clip. NULL when it does not go. */
static RushesDraft *
make_final (RushesModel *model, RushesTake *take, const char *resolution)
{
  RushesRequest *request = rushes_take_get_request (take);
  g_autoptr (RushesDraft) draft = copy_of (take);
  g_autoptr (GPtrArray) notes = NULL;

  rushes_draft_set_model (draft, rushes_model_get_provider_id (model), rushes_model_get_id (model));
  if (resolution != NULL)
    rushes_draft_set_resolution (draft, resolution);
  notes = rushes_model_fit (model, draft);

  return keeps_pictures (draft, take) && rushes_draft_get_duration (draft) == rushes_request_get_duration (request) &&
                 g_strcmp0 (rushes_draft_get_aspect (draft), rushes_request_get_aspect (request)) == 0 &&
                 (resolution == NULL || g_strcmp0 (rushes_draft_get_resolution (draft), resolution) == 0) &&
                 can_make (model, draft)
             ? g_steal_pointer (&draft)
             : NULL;
}

RushesDraft *
rushes_again_make_final (RushesRegistry *registry, RushesTake *take, const char *model_id, const char *resolution)
{
  RushesProvider *provider = find_provider (registry, take);
  RushesModel *model = provider != NULL ? rushes_provider_find_model (provider, model_id) : NULL;

  return model != NULL ? make_final (model, take, *resolution != '\0' ? resolution : NULL) : NULL;
}

static void
add_final (GPtrArray *finals, RushesModel *model, RushesTake *take, const char *resolution, const RushesPrice *than)
{
  g_autoptr (RushesDraft) draft = make_final (model, take, resolution);
  const char *chosen = draft != NULL ? rushes_draft_get_resolution (draft) : NULL;
  RushesPrice price;
  Final *final;

  if (draft == NULL)
    return;
  price = rushes_model_estimate (model, draft);
  /* Of another model that is known to be dearer; of the same one the larger picture says enough. */
  if (than != NULL && (price.kind != RUSHES_PRICE_ESTIMATE || than->kind != RUSHES_PRICE_ESTIMATE ||
                       price.high.currency != than->high.currency || price.high.micros <= than->high.micros))
    return;

  final = g_new0 (Final, 1);
  final->model = model;
  final->resolution = g_strdup (chosen != NULL ? chosen : "");
  final->price = price;
  g_ptr_array_add (finals, final);
}

static int
compare_finals (gconstpointer a, gconstpointer b)
{
  const Final *one = a, *other = b;

  return (one->price.high.micros > other->price.high.micros) - (one->price.high.micros < other->price.high.micros);
}

static GPtrArray *
list_finals (RushesProvider *provider, RushesModel *model, RushesTake *take)
{
  GPtrArray *finals = g_ptr_array_new_with_free_func (final_free);
  g_autoptr (RushesDraft) draft = copy_of (take);
  g_autoptr (RushesModel) narrowed = rushes_model_narrow (model, draft);
  RushesPrice price = rushes_model_estimate (model, draft);
  const char *const *resolutions = rushes_model_get_resolutions (narrowed);
  GListModel *models = rushes_provider_get_models (provider);

  for (gsize i = 0; resolutions[i] != NULL; i++)
    if (count_lines (resolutions[i]) > count_lines (rushes_draft_get_resolution (draft)))
      add_final (finals, model, take, resolutions[i], NULL);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) other = g_list_model_get_item (models, i);

      if (other != model && rushes_model_get_is_offered (other))
        add_final (finals, other, take, NULL, &price);
    }
  g_ptr_array_sort_values (finals, compare_finals);
  if (finals->len > MOST_FINALS)
    g_ptr_array_set_size (finals, MOST_FINALS);
  return finals;
}

static void
append_finals (GMenu *menu, RushesProvider *provider, RushesModel *model, RushesTake *take)
{
  g_autoptr (GPtrArray) finals = list_finals (provider, model, take);
  g_autoptr (GMenu) submenu = g_menu_new ();

  for (guint i = 0; i < finals->len; i++)
    {
      const Final *final = g_ptr_array_index (finals, i);
      g_autofree char *cost = rushes_price_to_display (&final->price);
      g_autofree char *label = NULL;

      if (*final->resolution == '\0')
        /* Translators: a model and a price: “Gen-4.5 · about $0.60” */
        label = g_strdup_printf (_ ("%s · %s"), rushes_model_get_name (final->model), cost);
      else
        /* Translators: a model, a resolution and a price: “Gen-4.5 · 1080p · about $0.60” */
        label = g_strdup_printf (_ ("%s · %s · %s"), rushes_model_get_name (final->model), final->resolution, cost);
      append (
          submenu, label, "win.finish",
          g_variant_new ("(sss)", rushes_take_get_id (take), rushes_model_get_id (final->model), final->resolution));
    }
  if (finals->len > 0)
    /* Translators: makes a draft again, with the same seed, by a better and dearer model or in a larger size */
    g_menu_append_submenu (menu, _ ("Make _Final"), G_MENU_MODEL (submenu));
}

/* ---- the menu ---- */

void
rushes_again_fill_menu (GMenu *menu, RushesRegistry *registry, RushesTake *take)
{
  RushesProvider *provider;
  RushesModel *model;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  g_menu_remove_all (menu);
  provider = find_provider (registry, take);
  model = provider != NULL ? find_model (provider, take) : NULL;
  /* What made a clip longer is not made anew without that clip. */
  if (model == NULL || rushes_request_get_extension (rushes_take_get_request (take)) != NULL)
    return;

  append_variations (menu, model, take);
  if (rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY)
    append_finals (menu, provider, model, take);
}
