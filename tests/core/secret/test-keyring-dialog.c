/* test-keyring-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-keyring.h"
#include "rushes-test.h"

/* A locked keyring that shows its dialog: a service that this test plays (Secret Service API 0.2, with secrets in
 * clear), because what the real one shows needs a person to answer. */

#define SERVICE "org.freedesktop.secrets"
#define ROOT    "/org/freedesktop/secrets"
#define ITEM    ROOT "/collection/login/1"
#define SESSION ROOT "/session/1"
#define PROMPT  ROOT "/prompt/1"

static const char interfaces[] =
    "<node>"
    "<interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "<method name='Unlock'><arg type='ao' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
    "<property name='Collections' type='ao' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "<method name='GetSecret'><arg type='o' direction='in'/><arg type='(oayays)' direction='out'/></method>"
    "<property name='Locked' type='b' access='read'/><property name='Attributes' type='a{ss}' access='read'/>"
    "<property name='Label' type='s' access='read'/>"
    "<property name='Created' type='t' access='read'/><property name='Modified' type='t' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Prompt'>"
    "<method name='Prompt'><arg type='s' direction='in'/></method><method name='Dismiss'/>"
    "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
    "</interface>"
    "</node>";

static const char *const origins[] = { "https://api.kites.example", NULL };
static const RushesKeyOwner owner = { "kites", origins, NULL, FALSE };

typedef struct
{
  GDBusConnection *connection;
  char *profile; /* as it was asked for */
  gboolean locked;
  gboolean shown; /* the dialog is there, and nobody has answered it yet */
  guint n_dialogs;
} Keyring;

static void
call_service (GDBusConnection *connection,
              const char *sender,
              const char *path,
              const char *interface,
              const char *method,
              GVariant *arguments,
              GDBusMethodInvocation *invocation,
              gpointer data)
{
  Keyring *self = data;
  const char *const item[] = { ITEM, NULL };
  const char *const nothing[] = { NULL };
  g_autoptr (GVariant) attributes = NULL;
  const char *algorithm, *provider = NULL, *profile = NULL;

  if (g_str_equal (method, "OpenSession"))
    {
      g_variant_get (arguments, "(&sv)", &algorithm, NULL);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION));
      else
        g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported", "plain");
    }
  else if (g_str_equal (method, "SearchItems"))
    {
      attributes = g_variant_get_child_value (arguments, 0);
      g_variant_lookup (attributes, "provider", "&s", &provider);
      g_variant_lookup (attributes, "profile", "&s", &profile);
      g_set_str (&self->profile, profile);
      g_dbus_method_invocation_return_value (
          invocation, g_variant_new ("(^ao^ao)", g_strcmp0 (provider, "kites") == 0 && !self->locked ? item : nothing,
                                     g_strcmp0 (provider, "kites") == 0 && self->locked ? item : nothing));
    }
  else if (self->locked)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^aoo)", nothing, PROMPT));
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^aoo)", item, "/"));
}

static GVariant *
get_service_property (GDBusConnection *connection,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *property,
                      GError **error,
                      gpointer data)
{
  const char *const nothing[] = { NULL };

  return g_variant_new_objv (nothing, 0);
}

static void
call_item (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *arguments,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  Keyring *self = data;
  const char secret[] = "sk-stored";

  if (self->locked)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.Secret.Error.IsLocked", "locked");
  else
    g_dbus_method_invocation_return_value (
        invocation,
        g_variant_new ("((o@ay@ays))", SESSION, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, secret, strlen (secret), 1), "text/plain"));
}

static GVariant *
get_item_property (GDBusConnection *connection,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *property,
                   GError **error,
                   gpointer data)
{
  Keyring *self = data;
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->locked);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("key");
  if (!g_str_equal (property, "Attributes"))
    return g_variant_new_uint64 (1);

  g_variant_builder_add (&builder, "{ss}", "application", "io.github.rushes_app.Rushes");
  g_variant_builder_add (&builder, "{ss}", "provider", "kites");
  g_variant_builder_add (&builder, "{ss}", "profile", self->profile != NULL ? self->profile : "");
  g_variant_builder_add (&builder, "{ss}", "origins", origins[0]);
  g_variant_builder_add (&builder, "{ss}", "xdg:schema", "io.github.rushes_app.Rushes.Key");
  return g_variant_builder_end (&builder);
}

static void
call_prompt (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *method,
             GVariant *arguments,
             GDBusMethodInvocation *invocation,
             gpointer data)
{
  Keyring *self = data;

  self->shown = g_str_equal (method, "Prompt");
  self->n_dialogs += self->shown;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* The person answers: with the password, or by closing the dialog. */
static void
answer (Keyring *self, gboolean unlock)
{
  const char *const item[] = { ITEM, NULL };
  const char *const nothing[] = { NULL };

  g_assert_true (self->shown);
  self->shown = FALSE;
  self->locked = !unlock;
  g_assert_true (g_dbus_connection_emit_signal (
      self->connection, NULL, PROMPT, "org.freedesktop.Secret.Prompt", "Completed",
      g_variant_new ("(bv)", !unlock, g_variant_new_objv (unlock ? item : nothing, unlock ? 1 : 0)), NULL));
}

static void
publish (Keyring *self, GDBusNodeInfo *node, const char *path, const char *interface, const GDBusInterfaceVTable *table)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->connection, path, g_dbus_node_info_lookup_interface (node, interface), table,
                                     self, NULL, &error);
  g_assert_no_error (error);
}

static void
keyring_init (Keyring *self, const char *address)
{
  static const GDBusInterfaceVTable service = { call_service, get_service_property, NULL };
  static const GDBusInterfaceVTable item = { call_item, get_item_property, NULL };
  static const GDBusInterfaceVTable prompt = { call_prompt, NULL, NULL };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->locked = TRUE;
  self->connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);
  g_assert_no_error (error);
  publish (self, node, ROOT, "org.freedesktop.Secret.Service", &service);
  publish (self, node, ITEM, "org.freedesktop.Secret.Item", &item);
  publish (self, node, PROMPT, "org.freedesktop.Secret.Prompt", &prompt);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", SERVICE, 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
keyring_clear (Keyring *self)
{
  g_clear_object (&self->connection);
  g_free (self->profile);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keyring, keyring_clear)

static gboolean
is_shown (gpointer data)
{
  return ((Keyring *) data)->shown;
}

/* No question holds it any more. */
static gboolean
is_at_rest (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

static void
assert_key (DexFuture *future)
{
  g_autoptr (DexFuture) settled = rushes_test_run (dex_ref (future));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (settled, &error);
  const RushesKey *key;

  g_assert_no_error (error);
  key = g_value_get_boxed (value);
  g_assert_cmpstr (key->value, ==, "sk-stored");
}

static void
assert_locked (DexFuture *future)
{
  g_autoptr (DexFuture) settled = rushes_test_run (dex_ref (future));
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_future_get_value (settled, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_KEYRING);
  g_assert_nonnull (strstr (error->message, "locked"));
}

/* Who asks while the dialog is up waits for the same answer, and who went away takes it from nobody. */
static void
test_dialog (void)
{
  /* For ever: libsecret keeps its connection, and letting go of the bus would wait for that. */
  static GTestDBus *bus;
  g_autoptr (RushesKeyring) keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  g_auto (Keyring) desktop = { 0 };

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  keyring_init (&desktop, g_test_dbus_get_bus_address (bus));

  {
    g_autoptr (DexFuture) refused = rushes_keyring_look_up (keyring, &owner);

    g_assert_true (rushes_test_until (is_shown, &desktop, 20));
    answer (&desktop, FALSE);
    assert_locked (refused);
    g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, RUSHES_KEY_LOCKED);
    g_assert_cmpuint (desktop.n_dialogs, ==, 1);
  }

  {
    g_autoptr (DexFuture) refresh = rushes_test_run (rushes_keyring_refresh (keyring, &owner));
    g_autoptr (DexFuture) gone = rushes_keyring_look_up (keyring, &owner);
    g_autoptr (DexFuture) one = rushes_keyring_look_up (keyring, &owner);
    g_autoptr (DexFuture) other = rushes_keyring_look_up (keyring, &owner);

    /* Merely looking asks nobody. */
    g_assert_cmpint (g_value_get_int (dex_future_get_value (refresh, NULL)), ==, RUSHES_KEY_LOCKED);
    g_assert_true (rushes_test_until (is_shown, &desktop, 20));
    dex_clear (&gone);
    answer (&desktop, TRUE);
    assert_key (one);
    assert_key (other);
    g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, RUSHES_KEY_STORED);
    g_assert_cmpuint (desktop.n_dialogs, ==, 2);
  }

  /* Whoever went away has its answer too. */
  g_assert_true (rushes_test_until (is_at_rest, keyring, 20));
  g_test_dbus_stop (bus);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/secret/dialog/unlock", test_dialog);

  return g_test_run ();
}
