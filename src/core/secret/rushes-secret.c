/* rushes-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-secret.h"

#include <glib/gi18n.h>
#include <pwd.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-error.h"

#define SCHEMA_NAME "io.github.rushes_app.Rushes.Key"
#define APPLICATION "io.github.rushes_app.Rushes"

#define ANSWER_SECONDS 5
#define DIALOG_SECONDS 60

G_DEFINE_QUARK (rushes - secret - error - quark, rushes_secret_error)

/* A keyring that was never unlocked finds nothing when names of schemas are compared. */
static const SecretSchema schema = {
  SCHEMA_NAME,
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
      { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "origins", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* Not by $HOME, which moves the data folder as $XDG_DATA_HOME does, while the keyring stays where it is. */
static char *
get_profile (void)
{
  const struct passwd *account = getpwuid (getuid ());
  g_autofree char *usual =
      account != NULL ? g_build_filename (account->pw_dir, ".local", "share", NULL) : g_strdup ("");
  g_autofree char *used = g_canonicalize_filename (g_get_user_data_dir (), "/");

  return g_str_equal (used, usual) ? g_strdup ("default") : g_compute_checksum_for_string (G_CHECKSUM_SHA256, used, -1);
}

/* Without @origins those of all items of the provider. */
static GHashTable *
new_attributes (const char *provider_id, const char *origins)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "application", g_strdup (APPLICATION));
  g_hash_table_insert (attributes, (gpointer) "provider", g_strdup (provider_id));
  g_hash_table_insert (attributes, (gpointer) "profile", get_profile ());
  if (origins != NULL)
    g_hash_table_insert (attributes, (gpointer) "origins", g_strdup (origins));

  return attributes;
}

/* ---- meeting the keyring ---- */

static DexFuture *meeting;

/* The end of what gives nothing. */
static void
conclude (DexPromise *promise, GError *error)
{
  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boolean (promise, TRUE);
  dex_unref (promise);
}

static void
part (void)
{
  secret_service_disconnect ();
  dex_clear (&meeting);
}

static void
on_met (GObject *source, GAsyncResult *result, gpointer data)
{
  DexPromise *promise = data;
  GError *error = NULL;

  g_list_free_full (secret_password_search_finish (result, &error), g_object_unref);
  if (error != NULL && meeting == DEX_FUTURE (promise))
    /* Another may be there the next time. */
    dex_clear (&meeting);
  conclude (promise, error);
}

/* The first questions are often asked all at once, one for each service. Each would make libsecret look for a keyring,
 * and all but one of those that it finds would be lost: so they wait for one that finds nothing. */
static DexFuture *
meet (void)
{
  if (meeting == NULL)
    {
      g_autoptr (GHashTable) attributes = new_attributes ("-", NULL);

      meeting = DEX_FUTURE (dex_promise_new ());
      /* Whoever asked first may go; the others still wait for it. */
      dex_future_disown (dex_ref (meeting));
      secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE, NULL, on_met, dex_ref (meeting));
    }
  return dex_ref (meeting);
}

/* ---- how it ends ---- */

static gboolean
is_about_the_bus (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_FAILED) || error->domain == G_SPAWN_ERROR ||
         (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_DBUS_ERROR);
}

static DexFuture *
sort_out_error (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  int code = RUSHES_SECRET_ERROR_OTHER;

  dex_future_get_value (future, &error);
  if (error->domain == RUSHES_SECRET_ERROR)
    return NULL;

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    code = RUSHES_SECRET_ERROR_LOCKED;
  else if (error->domain == RUSHES_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
           g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    code = RUSHES_SECRET_ERROR_SILENT;
  else if (is_about_the_bus (error))
    code = RUSHES_SECRET_ERROR_ABSENT;
  else
    /* Maybe it was started anew and knows nothing of us any more; the next question introduces us again. */
    part ();

  g_dbus_error_strip_remote_error (error);
  return dex_future_new_for_error (g_error_new_literal (RUSHES_SECRET_ERROR, code, error->message));
}

/* What is asked once the keyring is there. */
typedef struct
{
  GHashTable *attributes;
  SecretSearchFlags flags;
  char *label;
  SecretValue *value;
} Question;

static void
question_free (Question *question)
{
  g_hash_table_unref (question->attributes);
  g_free (question->label);
  g_clear_pointer (&question->value, secret_value_unref);
  g_free (question);
}

/* Takes @question. A promise that is given up because it is late is cancelled by that. */
static DexFuture *
ask (DexFutureCallback start, Question *question, gboolean dialog)
{
  DexFuture *answer = dex_future_then (meet (), start, question, (GDestroyNotify) question_free);

  return dex_future_catch (rushes_async_limit (answer, dialog ? DIALOG_SECONDS : ANSWER_SECONDS, "-"), sort_out_error,
                           NULL, NULL);
}

static Question *
question_new (const char *provider_id, const char *origins)
{
  Question *question = g_new0 (Question, 1);

  question->attributes = new_attributes (provider_id, origins);
  return question;
}

/* ---- finding ---- */

gboolean
rushes_secret_is_locked (SecretRetrievable *item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item));
}

/* Which schema an item has: a keyring that was never unlocked cannot tell, so what is locked counts until it is not.
 * The portal's file, which only this program can read, need not say it. */
static gboolean
is_ours (SecretRetrievable *item)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item);
  const char *name = attributes != NULL ? g_hash_table_lookup (attributes, "xdg:schema") : NULL;

  if (!SECRET_IS_ITEM (item))
    return name == NULL || g_str_equal (name, SCHEMA_NAME);
  return rushes_secret_is_locked (item) || g_strcmp0 (name, SCHEMA_NAME) == 0;
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  guint64 one = secret_retrievable_get_modified (*(SecretRetrievable **) a);
  guint64 other = secret_retrievable_get_modified (*(SecretRetrievable **) b);

  return one < other ? 1 : one > other ? -1 : 0;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  DexPromise *promise = data;
  GError *error = NULL;
  GList *found = secret_password_search_finish (result, &error);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (const GList *link = found; link != NULL; link = link->next)
    if (is_ours (link->data))
      g_ptr_array_add (items, g_object_ref (link->data));
  g_list_free_full (found, g_object_unref);
  g_ptr_array_sort (items, compare_age);

  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boxed (promise, G_TYPE_PTR_ARRAY, g_ptr_array_ref (items));
  g_ptr_array_unref (items);
  dex_unref (promise);
}

static DexFuture *
start_search (DexFuture *met, gpointer data)
{
  Question *question = data;
  DexPromise *promise = dex_promise_new_cancellable ();

  secret_password_searchv (&schema, question->attributes, question->flags, dex_promise_get_cancellable (promise),
                           on_found, dex_ref (promise));
  return DEX_FUTURE (promise);
}

DexFuture *
rushes_secret_search (const char *provider_id, gboolean unlock)
{
  Question *question = question_new (provider_id, NULL);

  question->flags = SECRET_SEARCH_ALL | (unlock ? SECRET_SEARCH_UNLOCK : 0);
  return ask (start_search, question, unlock);
}

char **
rushes_secret_list_origins (SecretRetrievable *item)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item);
  const char *origins = attributes != NULL ? g_hash_table_lookup (attributes, "origins") : NULL;

  return g_strsplit (origins != NULL && !rushes_secret_is_locked (item) ? origins : "", " ", -1);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  DexPromise *promise = data;
  GError *error = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);

  if (value != NULL)
    dex_promise_resolve_boxed (promise, SECRET_TYPE_VALUE, value);
  else if (error != NULL)
    dex_promise_reject (promise, error);
  else
    /* It was locked between finding and asking. */
    dex_promise_reject (promise, g_error_new_literal (RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_LOCKED, "-"));
  dex_unref (promise);
}

DexFuture *
rushes_secret_load (SecretRetrievable *item)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  secret_retrievable_retrieve_secret (item, dex_promise_get_cancellable (promise), on_loaded, dex_ref (promise));
  return dex_future_catch (rushes_async_limit (DEX_FUTURE (promise), ANSWER_SECONDS, "-"), sort_out_error, NULL, NULL);
}

/* ---- changing ---- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error) && error == NULL)
    /* The person closed the dialog. */
    error = g_error_new_literal (RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_LOCKED, "-");
  conclude (data, error);
}

static DexFuture *
start_store (DexFuture *met, gpointer data)
{
  Question *question = data;
  DexPromise *promise = dex_promise_new_cancellable ();

  secret_password_storev_binary (&schema, question->attributes, SECRET_COLLECTION_DEFAULT, question->label,
                                 question->value, dex_promise_get_cancellable (promise), on_stored, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
add (const char *provider_id, const char *origins, SecretValue *value)
{
  Question *question = question_new (provider_id, origins);

  /* Translators: what the keyring calls the key of a provider; %s is its id, “kling”. */
  question->label = g_strdup_printf (_ ("Rushes: key for %s"), provider_id);
  question->value = secret_value_ref (value);
  return ask (start_store, question, TRUE);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  /* It says no without an error when there was nothing. */
  secret_password_clear_finish (result, &error);
  conclude (data, error);
}

static DexFuture *
start_clear (DexFuture *met, gpointer data)
{
  Question *question = data;
  DexPromise *promise = dex_promise_new_cancellable ();

  secret_password_clearv (&schema, question->attributes, dex_promise_get_cancellable (promise), on_removed,
                          dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
drop (const char *provider_id, const char *origins)
{
  return ask (start_clear, question_new (provider_id, origins), TRUE);
}

typedef struct
{
  char *provider_id;
  char *origins;
  SecretValue *value;
} Storing;

static void
storing_free (Storing *storing)
{
  g_free (storing->provider_id);
  g_free (storing->origins);
  secret_value_unref (storing->value);
  g_free (storing);
}

/* Asking first tells a keyring that does not answer from a person who has not answered yet. The new one is there
 * before the old ones go, so that there is always one. */
static DexFuture *
store_in_fiber (gpointer data)
{
  Storing *storing = data;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  if (!(before = dex_await_boxed (rushes_secret_search (storing->provider_id, FALSE), &error)) ||
      !dex_await (add (storing->provider_id, storing->origins, storing->value), &error) ||
      !(after = dex_await_boxed (rushes_secret_search (storing->provider_id, FALSE), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < after->len; i++)
    {
      g_auto (GStrv) list = rushes_secret_list_origins (g_ptr_array_index (after, i));
      g_autofree char *origins = g_strjoinv (" ", list);

      if (!g_str_equal (origins, storing->origins) && !dex_await (drop (storing->provider_id, origins), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

DexFuture *
rushes_secret_store (const char *provider_id, const char *const *origins, const char *value)
{
  Storing *storing = g_new0 (Storing, 1);

  storing->provider_id = g_strdup (provider_id);
  storing->origins = g_strjoinv (" ", (char **) origins);
  storing->value = secret_value_new (value, -1, "text/plain");

  return rushes_async_spawn (store_in_fiber, storing, (GDestroyNotify) storing_free);
}

static gboolean
any_is_locked (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (rushes_secret_is_locked (g_ptr_array_index (items, i)))
      return TRUE;
  return FALSE;
}

static DexFuture *
clear_in_fiber (gpointer data)
{
  const char *provider_id = data;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = dex_await_boxed (rushes_secret_search (provider_id, FALSE), &error);
  if (items != NULL && any_is_locked (items))
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      items = dex_await_boxed (rushes_secret_search (provider_id, TRUE), &error);
      if (items != NULL && any_is_locked (items))
        error = g_error_new_literal (RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_LOCKED, "-");
    }
  if (error != NULL || (items->len > 0 && !dex_await (drop (provider_id, NULL), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

DexFuture *
rushes_secret_clear (const char *provider_id)
{
  return rushes_async_spawn (clear_in_fiber, g_strdup (provider_id), g_free);
}
