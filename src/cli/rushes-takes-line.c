/* rushes-takes-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-takes-line.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-listing.h"

/* ---- the order ---- */

static gboolean
read_move (gboolean first, gboolean up, gboolean down, RushesMove *where, GError **error)
{
  if (first + up + down != 1)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("Say where the take is to go, by one of --first, --up and --down."));
      return FALSE;
    }
  *where = first ? RUSHES_MOVE_FIRST : up ? RUSHES_MOVE_UP : RUSHES_MOVE_DOWN;
  return TRUE;
}

static void
say_place (RushesPrinter *printer, RushesTake *take, int n_ahead, gboolean paused)
{
  JsonObject *listing = rushes_take_to_listing (take);

  if (n_ahead == 0)
    rushes_printer_say (printer, "%s", _ ("It is the next of its provider."));
  else
    rushes_printer_say (
        printer, ngettext ("%d take of its provider is before it.", "%d takes of its provider are before it.", n_ahead),
        n_ahead);
  if (paused)
    rushes_printer_remark (printer, "%s", _ ("The queue is paused; “rushes takes go” lets it go on."));
  json_object_set_int_member (listing, "ahead", n_ahead);
  rushes_printer_emit (printer, listing);
}

int
rushes_takes_move (RushesInvocation *self)
{
  gboolean first = FALSE, up = FALSE, down = FALSE;
  const GOptionEntry entries[] = {
    { "first", 0, 0, G_OPTION_ARG_NONE, &first, N_ ("Before all others that wait"), NULL },
    { "up", 0, 0, G_OPTION_ARG_NONE, &up, N_ ("One place up"), NULL },
    { "down", 0, 0, G_OPTION_ARG_NONE, &down, N_ ("One place down"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  RushesLibrary *library;
  RushesMove where;
  int status, n_ahead;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!read_move (first, up, down, &where, &error))
    return rushes_invocation_misused (self, error);
  if (!(id = rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The take"), &error)) ||
      !(library = rushes_invocation_open_library (self, &error)) ||
      !(take = rushes_invocation_find_take (library, id, &error)))
    return rushes_invocation_fail (self, error);

  n_ahead = dex_await_int (rushes_library_move_in_line (library, take, where), &error);
  if (error != NULL)
    return rushes_invocation_fail (self, error);
  say_place (rushes_invocation_get_printer (self), take, n_ahead, rushes_library_get_paused (library));

  return 0;
}

/* ---- the pause ---- */

static int
set_paused (RushesInvocation *self, gboolean paused)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  JsonObject *object;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(library = rushes_invocation_open_library (self, &error)) ||
      !dex_await (rushes_library_set_paused (library, paused), &error))
    return rushes_invocation_fail (self, error);

  rushes_printer_say (printer, "%s",
                      paused ? _ ("The queue is paused: nothing new is submitted, by the window neither. What was "
                                  "submitted goes on.")
                             : _ ("The queue goes on."));
  object = json_object_new ();
  json_object_set_boolean_member (object, "paused", paused);
  rushes_printer_emit (printer, object);

  return 0;
}

int
rushes_takes_pause (RushesInvocation *self)
{
  return set_paused (self, TRUE);
}

int
rushes_takes_go (RushesInvocation *self)
{
  return set_paused (self, FALSE);
}
