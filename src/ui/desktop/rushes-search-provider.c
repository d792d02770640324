/* rushes-search-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-search-provider.h"

#include "rushes-async.h"
#include "rushes-search.h"
#include "rushes-shell-search.h"
#include "rushes-take-words.h"
#include "rushes-thumbnailer.h"

/* More than the desktop has room for; it says how many more there are. */
#define MOST_RESULTS 20

struct _RushesSearchProvider
{
  GObject parent_instance;

  GApplication *application;
  RushesRegistry *registry;
  RushesFolders *folders;
  RushesThumbnailer *thumbnailer;
  RushesShellSearchProvider2 *skeleton;
  RushesLibrary *library; /* NULL */
  DexFuture *opening;     /* of its own library, and what became of it; NULL */
  gboolean let_go;
};

G_DEFINE_FINAL_TYPE (RushesSearchProvider, rushes_search_provider, G_TYPE_OBJECT)

/* ---- one question ---- */

typedef struct
{
  RushesSearchProvider *self;
  GDBusMethodInvocation *invocation;
  GStrv words; /* that are looked for, or ids */
} Question;

static Question *
question_new (RushesSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *words)
{
  Question *question = g_new0 (Question, 1);

  question->self = g_object_ref (self);
  question->invocation = invocation;
  question->words = g_strdupv ((char **) words);
  g_application_hold (self->application);

  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_application_release (question->self->application);
  g_strfreev (question->words);
  g_object_unref (question->self);
  g_free (question);
}

/* ---- the library ---- */

/* One that is not there is not made, as opening it would: looking must leave nothing behind. */
static DexFuture *
open_fiber (gpointer data)
{
  RushesFolders *folders = data;
  g_autoptr (GFile) file = g_file_get_child (rushes_folders_get_data (folders), "library.db");

  if (!dex_await_boolean (dex_file_query_exists (file), NULL))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no library yet");

  return rushes_library_open (folders, RUSHES_LIBRARY_OPEN_READ_ONLY);
}

/* Several questions come at once; the library is opened once. In a fiber; NULL when nothing is to be found. */
static RushesLibrary *
await_library (RushesSearchProvider *self)
{
  g_autoptr (RushesLibrary) library = NULL;
  g_autoptr (GError) error = NULL;

  if (self->library == NULL && !self->let_go)
    {
      g_autoptr (DexFuture) opening = NULL;

      if (self->opening == NULL)
        self->opening = rushes_async_spawn (open_fiber, g_object_ref (self->folders), g_object_unref);
      opening = dex_ref (self->opening);
      library = dex_await_object (dex_ref (opening), &error);
      if (library == NULL)
        g_debug ("Nothing is found: %s", error->message);
      /* What could not be opened now may be another time. */
      if (self->opening == opening)
        dex_clear (&self->opening);
      if (!self->let_go && self->library == NULL)
        self->library = g_steal_pointer (&library);
    }

  return self->library != NULL ? g_object_ref (self->library) : NULL;
}

/* ---- what is found ---- */

static DexFuture *
find_fiber (gpointer data)
{
  Question *question = data;
  g_autoptr (RushesLibrary) library = await_library (question->self);
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autofree char *query = NULL;

  filter->search = g_strjoinv (" ", question->words);
  query = rushes_search_query (filter->search);
  /* Without a word to look for the library would give all there is. */
  if (library != NULL && query != NULL)
    takes = dex_await_boxed (rushes_library_page_takes (library, filter, NULL, MOST_RESULTS), NULL);
  for (guint i = 0; takes != NULL && i < takes->len; i++)
    g_ptr_array_add (ids, (char *) rushes_take_get_id (takes->pdata[i]));
  g_ptr_array_add (ids, NULL);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", ids->pdata));

  return dex_future_new_true ();
}

static void
find (RushesSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *words)
{
  dex_future_disown (rushes_async_spawn (find_fiber, question_new (self, invocation, words), question_free));
}

static gboolean
get_initial_result_set (RushesSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *terms)
{
  find (self, invocation, terms);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The index is quick enough to be asked anew, and what was found before may have been cut short. */
static gboolean
get_subsearch_result_set (RushesSearchProvider *self,
                          GDBusMethodInvocation *invocation,
                          const char *const *previous_results,
                          const char *const *terms)
{
  find (self, invocation, terms);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
describe (RushesSearchProvider *self, RushesTake *take, GFile *thumbnail)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GIcon) icon = thumbnail != NULL ? g_file_icon_new (thumbnail) : g_themed_icon_new ("video-x-generic");
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);
  g_autofree char *trouble = rushes_take_words_trouble (take, self->registry);
  g_autofree char *model = rushes_take_words_model (take, self->registry);
  g_autofree char *when = rushes_take_words_when (take, g_get_real_time ());
  g_autofree char *description = g_strdup_printf ("%s · %s", trouble != NULL ? trouble : model, when);

  g_variant_dict_insert (&dict, "id", "s", rushes_take_get_id (take));
  g_variant_dict_insert (&dict, "name", "s", rushes_take_get_title (take));
  g_variant_dict_insert (&dict, "description", "s", description);
  g_variant_dict_insert_value (&dict, "icon", serialized);

  return g_variant_dict_end (&dict);
}

static DexFuture *
describe_fiber (gpointer data)
{
  Question *question = data;
  g_autoptr (RushesLibrary) library = await_library (question->self);
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; library != NULL && question->words[i] != NULL; i++)
    {
      g_autoptr (RushesTake) take = dex_await_object (rushes_library_find_take (library, question->words[i]), NULL);
      g_autoptr (GFile) thumbnail = NULL;

      if (take == NULL)
        continue;
      thumbnail = dex_await_object (rushes_thumbnailer_find_take (question->self->thumbnailer, take), NULL);
      g_variant_builder_add_value (&metas, describe (question->self, take, thumbnail));
    }
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(aa{sv})", &metas));

  return dex_future_new_true ();
}

static gboolean
get_result_metas (RushesSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *identifiers)
{
  dex_future_disown (rushes_async_spawn (describe_fiber, question_new (self, invocation, identifiers), question_free));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* ---- what is chosen ---- */

static gboolean
activate_result (RushesSearchProvider *self,
                 GDBusMethodInvocation *invocation,
                 const char *identifier,
                 const char *const *terms,
                 guint timestamp)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "open-take", g_variant_new_string (identifier));
  rushes_shell_search_provider2_complete_activate_result (self->skeleton, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
launch_search (RushesSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *terms, guint timestamp)
{
  g_autofree char *words = g_strjoinv (" ", (char **) terms);

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "search", g_variant_new_string (words));
  rushes_shell_search_provider2_complete_launch_search (self->skeleton, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* ---- the object ---- */

static void
rushes_search_provider_finalize (GObject *object)
{
  RushesSearchProvider *self = RUSHES_SEARCH_PROVIDER (object);

  g_clear_object (&self->skeleton);
  g_clear_object (&self->registry);
  g_clear_object (&self->folders);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->library);
  dex_clear (&self->opening);

  G_OBJECT_CLASS (rushes_search_provider_parent_class)->finalize (object);
}

static void
rushes_search_provider_class_init (RushesSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_search_provider_finalize;
}

static void
rushes_search_provider_init (RushesSearchProvider *self)
{
  self->folders = rushes_folders_new (NULL, NULL);
  self->thumbnailer = rushes_thumbnailer_new (self->folders);
  self->skeleton = rushes_shell_search_provider2_skeleton_new ();
  g_signal_connect_object (self->skeleton, "handle-get-initial-result-set", G_CALLBACK (get_initial_result_set), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-get-subsearch-result-set", G_CALLBACK (get_subsearch_result_set),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-get-result-metas", G_CALLBACK (get_result_metas), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-activate-result", G_CALLBACK (activate_result), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-launch-search", G_CALLBACK (launch_search), self, G_CONNECT_SWAPPED);
}

RushesSearchProvider *
rushes_search_provider_new (GApplication *application, RushesRegistry *registry)
{
  RushesSearchProvider *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_SEARCH_PROVIDER, NULL);
  self->application = application;
  self->registry = g_object_ref (registry);

  return self;
}

gboolean
rushes_search_provider_export (RushesSearchProvider *self,
                               GDBusConnection *connection,
                               const char *application_path,
                               GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (RUSHES_IS_SEARCH_PROVIDER (self), FALSE);

  path = g_strconcat (application_path, "/SearchProvider", NULL);

  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection, path, error);
}

void
rushes_search_provider_unexport (RushesSearchProvider *self)
{
  g_return_if_fail (RUSHES_IS_SEARCH_PROVIDER (self));

  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

static DexFuture *
let_go_fiber (gpointer data)
{
  RushesSearchProvider *self = data;
  g_autoptr (RushesLibrary) library = NULL;

  if (self->opening != NULL)
    library = dex_await_object (dex_ref (self->opening), NULL);
  else
    library = g_steal_pointer (&self->library);

  return library != NULL ? rushes_library_close (library) : dex_future_new_true ();
}

DexFuture *
rushes_search_provider_let_go (RushesSearchProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_SEARCH_PROVIDER (self));

  if (self->let_go)
    return dex_future_new_true ();
  self->let_go = TRUE;

  return rushes_async_spawn (let_go_fiber, g_object_ref (self), g_object_unref);
}

void
rushes_search_provider_set_library (RushesSearchProvider *self, RushesLibrary *library)
{
  g_return_if_fail (RUSHES_IS_SEARCH_PROVIDER (self));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (self->let_go);

  g_set_object (&self->library, library);
}
