/* test-keyring-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libsecret/secret.h>
#include <string.h>
#include <sys/prctl.h>

#include "rushes-error.h"
#include "rushes-keyring.h"
#include "rushes-test-inside.h"
#include "rushes-test.h"

/* The keyring of the desktop: gnome-keyring, none, and one that hangs, each on a bus of its own and, because a keyring
 * is a matter of accounts, as somebody who is not root. */

#define SERVICE "org.freedesktop.secrets"

static const char *const origins[] = { "https://api.kites.example", NULL };
static const RushesKeyOwner owner = { "kites", origins, NULL, FALSE };

/* ---- a world of their own ---- */

typedef struct
{
  GSubprocess *bus;
  GSubprocess *daemon;
  GDBusConnection *connection;
} World;

static void
end_with_test (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (GSubprocessFlags flags, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, end_with_test, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  return process;
}

/* Nothing starts by itself on this bus: what is not put there is absent. */
static const char configuration[] =
    "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
    "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
    "<allow own=\"*\"/></policy></busconfig>";

static void
world_init (World *self)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *file = g_build_filename (folder, "bus.conf", NULL);
  g_autofree char *option = g_strconcat ("--config-file=", file, NULL);
  const char *const command[] = { "dbus-daemon", "--nofork", "--print-address=1", option, NULL };
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_assert_true (g_file_set_contents (file, configuration, -1, &error));
  self->bus = spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, command);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->bus));
  address = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);

  self->connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_owner (gpointer data)
{
  World *self = data;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                   "NameHasOwner", g_variant_new ("(s)", SERVICE), NULL, 0, -1, NULL, NULL);
  gboolean has = FALSE;

  g_variant_get (answer, "(b)", &has);
  return has;
}

static gboolean
has_no_owner (gpointer data)
{
  return !has_owner (data);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
until (gboolean (*check) (gpointer), World *self)
{
  guint source = g_timeout_add (10, tick, NULL);

  g_assert_true (rushes_test_until (check, self, 20));
  g_source_remove (source);
}

/* Without a @password it does not unlock what it finds. */
static void
world_start_keyring (World *self, const char *password)
{
  const char *const command[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets",
                                  password != NULL ? "--unlock" : NULL, NULL };
  g_autoptr (GError) error = NULL;

  self->daemon = spawn (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, command);
  if (password != NULL)
    {
      GOutputStream *input = g_subprocess_get_stdin_pipe (self->daemon);

      g_assert_true (g_output_stream_write_all (input, password, strlen (password), NULL, NULL, &error));
      g_assert_true (g_output_stream_close (input, NULL, &error));
    }
  until (has_owner, self);
}

static void
world_stop_keyring (World *self)
{
  g_subprocess_force_exit (self->daemon);
  g_subprocess_wait (self->daemon, NULL, NULL);
  g_clear_object (&self->daemon);
  until (has_no_owner, self);
}

static void
world_clear (World *self)
{
  if (self->daemon != NULL)
    world_stop_keyring (self);
  g_clear_object (&self->connection);
  g_subprocess_force_exit (self->bus);
  g_clear_object (&self->bus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* Locks every collection, as the desktop does it when somebody asks for that. */
static void
lock (World *self)
{
  const char *const collections[] = { "/org/freedesktop/secrets/collection/login", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      self->connection, SERVICE, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock",
      g_variant_new ("(^ao)", collections), NULL, 0, -1, NULL, &error);

  g_assert_no_error (error);
}

/* ---- what is asked ---- */

static const GValue *
settle (DexFuture *future, GError **error)
{
  /* Kept, because the value lives as long as the future. */
  static DexFuture *last;

  dex_clear (&last);
  last = rushes_test_run (future);
  return dex_future_get_value (last, error);
}

static void
store (RushesKeyring *keyring, const char *value)
{
  g_autoptr (GError) error = NULL;

  settle (rushes_keyring_store (keyring, &owner, value), &error);
  g_assert_no_error (error);
}

static void
assert_key (RushesKeyring *keyring, const char *value)
{
  g_autoptr (GError) error = NULL;
  const GValue *found = settle (rushes_keyring_look_up (keyring, &owner), &error);
  const RushesKey *key;

  g_assert_no_error (error);
  key = g_value_get_boxed (found);
  g_assert_cmpstr (key->value, ==, value);
  g_assert_cmpint (key->state, ==, RUSHES_KEY_STORED);
}

static void
assert_state (RushesKeyring *keyring, RushesKeyState state)
{
  g_assert_cmpint (g_value_get_int (settle (rushes_keyring_refresh (keyring, &owner), NULL)), ==, state);
  g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, state);
}

static void
assert_fails (DexFuture *future, RushesErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (settle (future, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RUSHES_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not speak of “%s”.", error->message, words);
}

/* ---- tests ---- */

static void
test_unlocked (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  g_autoptr (RushesKeyring) other = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  const char *const elsewhere[] = { "https://evil.example", NULL };
  const RushesKeyOwner stranger = { "kites", elsewhere, NULL, FALSE };

  world_init (&world);
  world_start_keyring (&world, "test");
  assert_state (keyring, RUSHES_KEY_NONE);
  assert_fails (rushes_keyring_look_up (keyring, &owner), RUSHES_ERROR_AUTH, "RUSHES_KEY_KITES");

  store (keyring, "sk-stored");
  assert_state (other, RUSHES_KEY_STORED);
  assert_key (other, "sk-stored");
  assert_fails (rushes_keyring_look_up (other, &stranger), RUSHES_ERROR_AUTH, "https://evil.example");

  store (keyring, "sk-newer");
  assert_key (other, "sk-newer");

  g_assert_true (g_value_get_boolean (settle (rushes_keyring_clear (keyring, "kites"), NULL)));
  assert_state (other, RUSHES_KEY_NONE);
}

/* A keyring that was locked, and one that was never unlocked since its daemon started, which finds less. */
static void
test_locked (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);

  world_init (&world);
  world_start_keyring (&world, "test");
  store (keyring, "sk-stored");

  lock (&world);
  assert_state (keyring, RUSHES_KEY_LOCKED);
  assert_fails (rushes_keyring_look_up (keyring, &owner), RUSHES_ERROR_KEYRING, "locked");
  assert_fails (rushes_keyring_store (keyring, &owner, "sk-newer"), RUSHES_ERROR_KEYRING, "locked");
  assert_fails (rushes_keyring_clear (keyring, "kites"), RUSHES_ERROR_KEYRING, "locked");

  world_stop_keyring (&world);
  world_start_keyring (&world, NULL);
  assert_state (keyring, RUSHES_KEY_LOCKED);
  assert_fails (rushes_keyring_look_up (keyring, &owner), RUSHES_ERROR_KEYRING, "locked");

  /* A variable of the provider's does not stand in for what is locked up; our own does. */
  {
    const char *const variables[] = { "KITES_KEY", NULL };
    const RushesKeyOwner rich = { "kites", origins, variables, FALSE };

    g_setenv ("KITES_KEY", "sk-own", TRUE);
    assert_fails (rushes_keyring_look_up (keyring, &rich), RUSHES_ERROR_KEYRING, "locked");
    g_setenv ("RUSHES_KEY_KITES", "sk-ours", TRUE);
    settle (rushes_keyring_look_up (keyring, &rich), NULL);
    g_assert_cmpint (rushes_keyring_get_state (keyring, &rich), ==, RUSHES_KEY_ENVIRONMENT);
    g_unsetenv ("RUSHES_KEY_KITES");
  }

  world_stop_keyring (&world);
  world_start_keyring (&world, "test");
  assert_key (keyring, "sk-stored");
}

static void
test_none (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  const char *const variables[] = { "KITES_KEY", NULL };
  const RushesKeyOwner rich = { "kites", origins, variables, FALSE };
  g_autoptr (GError) error = NULL;

  world_init (&world);
  assert_state (keyring, RUSHES_KEY_ABSENT);
  assert_fails (rushes_keyring_look_up (keyring, &owner), RUSHES_ERROR_AUTH, "RUSHES_KEY_KITES");
  assert_fails (rushes_keyring_store (keyring, &owner, "sk-one"), RUSHES_ERROR_KEYRING, "RUSHES_KEY_KITES");
  g_assert_false (g_value_get_boolean (settle (rushes_keyring_clear (keyring, "kites"), &error)));
  g_assert_no_error (error);

  g_setenv ("KITES_KEY", "sk-own", TRUE);
  settle (rushes_keyring_look_up (keyring, &rich), &error);
  g_assert_no_error (error);
  g_assert_cmpint (rushes_keyring_get_state (keyring, &rich), ==, RUSHES_KEY_ENVIRONMENT);
}

/* Not even a bus, as over ssh. */
static void
test_no_bus (void)
{
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  g_autofree char *runtime = rushes_test_folder ();

  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_unsetenv ("DISPLAY");
  assert_state (keyring, RUSHES_KEY_ABSENT);
  assert_fails (rushes_keyring_look_up (keyring, &owner), RUSHES_ERROR_AUTH, "RUSHES_KEY_KITES");
  assert_fails (rushes_keyring_store (keyring, &owner, "sk-one"), RUSHES_ERROR_KEYRING, "There is no keyring");
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_object_unref (message);
      return NULL;
    }
  return message;
}

/* One that takes every question and never answers. Nobody waits for it for more than a few seconds. */
static void
test_hanging (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  g_autoptr (GTimer) timer = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *const variables[] = { "KITES_KEY", NULL };
  const RushesKeyOwner rich = { "kites", origins, variables, FALSE };
  g_autoptr (DexFuture) look_up = NULL;
  g_autoptr (DexFuture) refresh = NULL;
  g_autoptr (DexFuture) store_one = NULL;
  g_autoptr (DexFuture) clear = NULL;
  g_autoptr (DexFuture) rich_look_up = NULL;
  g_autoptr (GError) error = NULL;
  guint filter;

  world_init (&world);
  answer = g_dbus_connection_call_sync (world.connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new ("(su)", SERVICE, 0), NULL, 0, -1, NULL, NULL);
  g_assert_nonnull (answer);
  filter = g_dbus_connection_add_filter (world.connection, swallow, NULL, NULL);

  timer = g_timer_new ();
  g_setenv ("KITES_KEY", "sk-own", TRUE);
  look_up = rushes_keyring_look_up (keyring, &owner);
  refresh = rushes_keyring_refresh (keyring, &owner);
  store_one = rushes_keyring_store (keyring, &owner, "sk-one");
  clear = rushes_keyring_clear (keyring, "kites");
  rich_look_up = rushes_keyring_look_up (keyring, &rich);
  assert_fails (dex_ref (look_up), RUSHES_ERROR_KEYRING, "does not answer");
  assert_fails (dex_ref (store_one), RUSHES_ERROR_KEYRING, "RUSHES_KEY_KITES");
  assert_fails (dex_ref (clear), RUSHES_ERROR_KEYRING, "does not answer");
  g_assert_cmpint (g_value_get_int (settle (dex_ref (refresh), NULL)), ==, RUSHES_KEY_ABSENT);
  settle (dex_ref (rich_look_up), &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 30);

  /* What a variable answers needs no keyring at all. */
  g_timer_start (timer);
  g_setenv ("RUSHES_KEY_KITES", "sk-ours", TRUE);
  settle (rushes_keyring_look_up (keyring, &owner), &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 4);

  g_dbus_connection_remove_filter (world.connection, filter);
}

/* Puts in a secret as another program does it. */
static void
plant (const char *schema_name, const char *application)
{
  const SecretSchema schema = {
    schema_name,
    SECRET_SCHEMA_NONE,
    {
        { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "origins", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { NULL, 0 },
    },
  };
  g_autofree char *profile = g_compute_checksum_for_string (G_CHECKSUM_SHA256, g_get_user_data_dir (), -1);
  g_autoptr (GError) error = NULL;

  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "planted", "sk-planted", NULL, &error, "application",
                              application, "provider", "kites", "profile", profile, "origins", origins[0], NULL);
  g_assert_no_error (error);
}

static void
test_others (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);

  world_init (&world);
  world_start_keyring (&world, "test");

  plant ("org.example.Other", "org.example.Other");
  assert_state (keyring, RUSHES_KEY_NONE);
  plant ("org.example.Other", "io.github.rushes_app.Rushes");
  assert_state (keyring, RUSHES_KEY_NONE);
  assert_fails (rushes_keyring_look_up (keyring, &owner), RUSHES_ERROR_AUTH, "no key");

  /* The same with our schema is found: what was planted would have been, but for that. */
  plant ("io.github.rushes_app.Rushes.Key", "io.github.rushes_app.Rushes");
  assert_key (keyring, "sk-planted");
}

static const struct
{
  const char *path;
  void (*func) (void);
} tests[] = {
  { "/secret/service/unlocked", test_unlocked }, { "/secret/service/locked", test_locked },
  { "/secret/service/none", test_none },         { "/secret/service/no-bus", test_no_bus },
  { "/secret/service/hanging", test_hanging },   { "/secret/service/others", test_others },
};

static void
test_inside (gconstpointer data)
{
  /* Daemons end with the namespace. */
  static const char *const somebody[] = { "--unshare-user", "--uid",      "1000", "--gid",
                                          "1000",           "--cap-drop", "ALL",  "--die-with-parent",
                                          "--dev-bind",     "/",          "/",    NULL };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    if (g_str_equal (tests[i].path, data))
      {
        if (g_test_subprocess ())
          tests[i].func ();
        else
          rushes_test_run_inside (data, somebody);
      }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, tests[i].path, test_inside);

  return g_test_run ();
}
