/* rushes-catalogue-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue-filter.h"

#include <math.h>

#include "rushes-catalogue-entry.h"

enum
{
  PROP_FIRST_FRAME = 1,
  PROP_LAST_FRAME,
  PROP_REFERENCES,
  PROP_SOUND,
  PROP_LOCAL,
  PROP_FAVOURITES,
  PROP_LOCKED,
  PROP_SEARCH,
  PROP_MOST,
  PROP_NARROWED,
  N_PROPS,
};

/* The first properties, by their numbers. */
#define N_WISHES (PROP_LOCKED + 1)

static GParamSpec *properties[N_PROPS];

struct _RushesCatalogueFilter
{
  GtkFilter parent_instance;

  gboolean wishes[N_WISHES];
  char *search;
  char **words; /* of @search, folded */
  double most;
  gboolean narrowed;
};

G_DEFINE_FINAL_TYPE (RushesCatalogueFilter, rushes_catalogue_filter, GTK_TYPE_FILTER)

/* ---- matching ---- */

static gboolean
takes (RushesModel *model, RushesReferenceRole role)
{
  return rushes_model_get_input (model, role) != RUSHES_INPUT_NONE;
}

static gboolean
can_do_all (RushesCatalogueFilter *self, RushesModel *model)
{
  const gboolean *wishes = self->wishes;

  return (!wishes[PROP_FIRST_FRAME] || takes (model, RUSHES_ROLE_FIRST_FRAME)) &&
         (!wishes[PROP_LAST_FRAME] || takes (model, RUSHES_ROLE_LAST_FRAME)) &&
         (!wishes[PROP_REFERENCES] || rushes_model_get_max_references (model) > 0) &&
         (!wishes[PROP_SOUND] || rushes_model_get_has_audio (model));
}

/* What is in another currency, or not known, is not known to be within. */
static gboolean
is_within (RushesCatalogueFilter *self, const RushesPrice *price)
{
  RushesMoney money = price->worth.currency != NULL ? price->worth : price->high;

  if (price->kind == RUSHES_PRICE_FREE)
    return TRUE;
  return price->kind != RUSHES_PRICE_UNKNOWN && g_strcmp0 (money.currency, "USD") == 0 &&
         money.micros <= llround (self->most * 1e6);
}

static gboolean
has_words (RushesCatalogueFilter *self, RushesCatalogueEntry *entry)
{
  const char *text;

  if (self->words == NULL || self->words[0] == NULL)
    return TRUE;
  text = rushes_catalogue_entry_get_words (entry);
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (text, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* The price is the dearest to ask for, and so the last. */
static gboolean
rushes_catalogue_filter_match (GtkFilter *filter, gpointer item)
{
  RushesCatalogueFilter *self = RUSHES_CATALOGUE_FILTER (filter);
  RushesCatalogueEntry *entry = item;

  return (self->wishes[PROP_LOCKED] || rushes_catalogue_entry_get_section (entry) < RUSHES_CATALOGUE_LOCKED) &&
         (!self->wishes[PROP_FAVOURITES] || rushes_catalogue_entry_get_favourite (entry)) &&
         (!self->wishes[PROP_LOCAL] || rushes_provider_get_is_local (rushes_catalogue_entry_get_provider (entry))) &&
         can_do_all (self, rushes_catalogue_entry_get_model (entry)) && has_words (self, entry) &&
         (self->most <= 0 || is_within (self, rushes_catalogue_entry_get_price (entry)));
}

static GtkFilterMatch
rushes_catalogue_filter_get_strictness (GtkFilter *filter)
{
  return GTK_FILTER_MATCH_SOME;
}

/* ---- wishes ---- */

static void
follow_narrowed (RushesCatalogueFilter *self)
{
  gboolean narrowed = self->most > 0;

  for (guint i = PROP_FIRST_FRAME; i < PROP_LOCKED; i++)
    narrowed = narrowed || self->wishes[i];
  if (self->narrowed == narrowed)
    return;
  self->narrowed = narrowed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROWED]);
}

static void
set_wish (RushesCatalogueFilter *self, guint id, gboolean wish)
{
  gboolean stricter = id == PROP_LOCKED ? !wish : wish;

  if (self->wishes[id] == wish)
    return;
  self->wishes[id] = wish;
  follow_narrowed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  gtk_filter_changed (GTK_FILTER (self), stricter ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_LESS_STRICT);
}

static void
set_search (RushesCatalogueFilter *self, const char *search)
{
  g_autofree char *before = g_strdup (self->search);
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (!g_set_str (&self->search, search != NULL ? search : ""))
    return;
  normal = g_utf8_normalize (self->search, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (normal != NULL ? normal : "", -1);
  parts = g_strsplit_set (folded, " \t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  g_strfreev (self->words);
  self->words = g_strv_builder_end (words);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  /* Of a longer word only what had the shorter one can have it, which spares looking at the rest. */
  gtk_filter_changed (GTK_FILTER (self), g_str_has_prefix (self->search, before)   ? GTK_FILTER_CHANGE_MORE_STRICT
                                         : g_str_has_prefix (before, self->search) ? GTK_FILTER_CHANGE_LESS_STRICT
                                                                                   : GTK_FILTER_CHANGE_DIFFERENT);
}

static void
set_most (RushesCatalogueFilter *self, double most)
{
  if (self->most == most)
    return;
  self->most = most;
  follow_narrowed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOST]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
rushes_catalogue_filter_clear (RushesCatalogueFilter *self)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_FILTER (self));

  set_search (self, "");
  for (guint i = PROP_FIRST_FRAME; i < PROP_LOCKED; i++)
    set_wish (self, i, FALSE);
  set_most (self, 0);
}

void
rushes_catalogue_filter_renew (RushesCatalogueFilter *self)
{
  g_return_if_fail (RUSHES_IS_CATALOGUE_FILTER (self));

  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- the object ---- */

static void
rushes_catalogue_filter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesCatalogueFilter *self = RUSHES_CATALOGUE_FILTER (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_MOST:
      g_value_set_double (value, self->most);
      break;
    case PROP_NARROWED:
      g_value_set_boolean (value, self->narrowed);
      break;
    default:
      g_value_set_boolean (value, self->wishes[id]);
    }
}

static void
rushes_catalogue_filter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesCatalogueFilter *self = RUSHES_CATALOGUE_FILTER (object);

  switch (id)
    {
    case PROP_SEARCH:
      set_search (self, g_value_get_string (value));
      break;
    case PROP_MOST:
      set_most (self, g_value_get_double (value));
      break;
    default:
      set_wish (self, id, g_value_get_boolean (value));
    }
}

static void
rushes_catalogue_filter_finalize (GObject *object)
{
  RushesCatalogueFilter *self = RUSHES_CATALOGUE_FILTER (object);

  g_free (self->search);
  g_strfreev (self->words);

  G_OBJECT_CLASS (rushes_catalogue_filter_parent_class)->finalize (object);
}

static void
rushes_catalogue_filter_class_init (RushesCatalogueFilterClass *klass)
{
  static const char *const wishes[N_WISHES] = { NULL,    "first-frame", "last-frame", "references",
                                                "sound", "local",       "favourites", "locked" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);
  GParamFlags changeable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_catalogue_filter_get_property;
  object_class->set_property = rushes_catalogue_filter_set_property;
  object_class->finalize = rushes_catalogue_filter_finalize;
  filter_class->match = rushes_catalogue_filter_match;
  filter_class->get_strictness = rushes_catalogue_filter_get_strictness;

  for (guint i = PROP_FIRST_FRAME; i <= PROP_LOCKED; i++)
    properties[i] = g_param_spec_boolean (wishes[i], NULL, NULL, i == PROP_LOCKED, changeable);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", changeable);
  properties[PROP_MOST] = g_param_spec_double ("most", NULL, NULL, 0, G_MAXDOUBLE, 0, changeable);
  properties[PROP_NARROWED] =
      g_param_spec_boolean ("narrowed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_catalogue_filter_init (RushesCatalogueFilter *self)
{
  self->search = g_strdup ("");
  self->wishes[PROP_LOCKED] = TRUE;
}

RushesCatalogueFilter *
rushes_catalogue_filter_new (void)
{
  return g_object_new (RUSHES_TYPE_CATALOGUE_FILTER, NULL);
}
