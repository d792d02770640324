/* rushes-simulated-faults.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-faults.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  char *value;
  guint left;
} Fault;

struct _RushesSimulatedFaults
{
  GHashTable *faults; /* char * → Fault */
};

static const char *const common[] = {
  "refuse-key",
  "every request: the key is refused",
  "balance",
  "submit: nothing left to pay with",
  "rate-limit",
  "submit, once: too many requests; =SECONDS, =date or =ms say when to come again, and in which form",
  "submit-503-retry-after",
  "submit, once: not now, come again in a second (=SECONDS)",
  "reject",
  "submit: moderation refuses it",
  "bad-request",
  "submit: something in it is wrong",
  "unknown-model",
  "submit: there is no such model",
  "server-error",
  "submit: the service breaks, 500",
  "html",
  "submit: a page of a proxy instead of an answer, 502 (=STATUS)",
  "reset-submit",
  "submit: it is accepted, and the connection is reset instead of an answer",
  "slow-submit",
  "submit: it is accepted, and the answer comes after 5 seconds (=SECONDS)",
  "truncate-reply",
  "submit: it is accepted, and only half of the answer comes",
  "no-task-id",
  "submit: it is accepted, and the answer names no task",
  "fail",
  "the task fails; =rejected: moderation stops it",
  "fail-then-done",
  "the first question at the end (=N) says that it failed, the next that it is done",
  "never",
  "the task stays at 42 %",
  "unknown-state",
  "a running task is called SIMMERING",
  "done-without-clip",
  "the task is done, and there is no clip",
  "poll-404-first",
  "the first question about a task (=N) is answered with not found",
  "poll-500",
  "the first question about a task (=N) is answered with 500",
  "poll-401",
  "the first question about a task (=N) is answered as if the key were wrong",
  "poll-429",
  "the first question about a task (=N) is answered with too many requests",
  "cancel-refused",
  "a task cannot be cancelled",
  "expired-result",
  "the clip's address is dead: 403 (=404; =renewed: only the first address of a task)",
  "result-404-first",
  "the first request for a clip (=N) is answered with 404",
  "truncated-clip",
  "once: half of the clip comes",
  "html-clip",
  "a page instead of the clip",
  "redirect-result",
  "the clip's address redirects to another (=STATUS)",
  NULL,
};

const char *const *
rushes_simulated_faults_list (void)
{
  return common;
}

static gboolean
is_known (const char *name, const RushesSimulatedService *service)
{
  for (guint i = 0; common[i] != NULL; i += 2)
    if (strcmp (common[i], name) == 0)
      return TRUE;
  for (const RushesSimulatedQuirk *quirk = service->quirks; quirk != NULL && quirk->name != NULL; quirk++)
    if (strcmp (quirk->name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_once (const char *name)
{
  return g_strv_contains ((const char *const[]) { "rate-limit", "submit-503-retry-after", "truncated-clip", NULL },
                          name);
}

static void
fault_free (gpointer data)
{
  Fault *fault = data;

  g_free (fault->value);
  g_free (fault);
}

RushesSimulatedFaults *
rushes_simulated_faults_new (const char *const *faults, const RushesSimulatedService *service, GError **error)
{
  RushesSimulatedFaults *self = g_new0 (RushesSimulatedFaults, 1);

  self->faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fault_free);
  for (guint i = 0; faults != NULL && faults[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup (faults[i]);
      char *count = strrchr (name, '@');
      char *value = strchr (name, '=');
      Fault *fault;

      if (count != NULL)
        *count++ = '\0';
      if (value != NULL)
        *value++ = '\0';
      if (!is_known (name, service))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no fault “%s”; --list names them all.",
                       name);
          rushes_simulated_faults_free (self);
          return NULL;
        }
      fault = g_new0 (Fault, 1);
      fault->value = g_strdup (value != NULL ? value : "");
      fault->left = count == NULL ? (is_once (name) ? 1 : G_MAXUINT)
                                  : (strcmp (count, "always") == 0 ? G_MAXUINT : (guint) strtoul (count, NULL, 10));
      g_hash_table_insert (self->faults, g_steal_pointer (&name), fault);
    }
  return self;
}

void
rushes_simulated_faults_free (RushesSimulatedFaults *self)
{
  g_hash_table_unref (self->faults);
  g_free (self);
}

gboolean
rushes_simulated_faults_has (RushesSimulatedFaults *self, const char *name, const char **value)
{
  Fault *fault = g_hash_table_lookup (self->faults, name);

  if (value != NULL)
    *value = fault != NULL ? fault->value : "";
  return fault != NULL && fault->left > 0;
}

gboolean
rushes_simulated_faults_use (RushesSimulatedFaults *self, const char *name, const char **value)
{
  Fault *fault = g_hash_table_lookup (self->faults, name);

  if (!rushes_simulated_faults_has (self, name, value))
    return FALSE;
  if (fault->left != G_MAXUINT)
    fault->left--;
  return TRUE;
}
