/* rushes-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "rushes-preferences.h"
#include "rushes-test.h"
#include "rushes-test-window.h"

G_BEGIN_DECLS

/**
 * RushesDesk:
 *
 * A window with Preferences open in it, the providers that ship and those of an empty folder, and a service on loopback
 * that answers to everything with @status and @body.
 */
typedef struct
{
  GtkWidget         *window;
  RushesPreferences *preferences;
  RushesFolders     *folders;
  RushesRegistry    *registry;
  SoupServer        *server;
  char              *url;           /* of the service, without a slash at its end */
  guint              status;
  const char        *media_type;
  const char        *body;
  GPtrArray         *paused;        /* SoupServerMessage, while @hold is set */
  gboolean           hold;
  guint              n_requests;
  char              *authorization; /* of the last request; NULL */
} RushesDesk;

/* @own is the text of a description that lies in the folder of the person's own as kites.json; NULL for none. */
RushesDesk *rushes_desk_open          (const char  *own) G_GNUC_WARN_UNUSED_RESULT;
/* And sees that nothing is left of it. */
void        rushes_desk_close         (RushesDesk  *self);
/* Opens Preferences anew, with a library. */
void        rushes_desk_give_library  (RushesDesk  *self,
                                       RushesLibrary *library);
/* Lets the requests that were held go on. */
void        rushes_desk_release       (RushesDesk  *self);

/* The row with exactly this title that is on the screen, waited for. Borrowed. */
GtkWidget  *rushes_desk_row           (RushesDesk  *self,
                                       const char  *title);
/* Whether there is one now. */
gboolean    rushes_desk_has_row       (RushesDesk  *self,
                                       const char  *title);
/* The button within @place (NULL: anywhere) that has this label or tooltip, without its underscore. Borrowed. */
GtkWidget  *rushes_desk_button        (RushesDesk  *self,
                                       GtkWidget   *place,
                                       const char  *words);
/* Presses it. */
void        rushes_desk_press         (RushesDesk  *self,
                                       GtkWidget   *place,
                                       const char  *words);
/* Puts @text into an entry row and applies it, as Enter does. */
void        rushes_desk_type          (GtkWidget   *row,
                                       const char  *text);
/* Answers the dialog that asks something, once it is there. */
void        rushes_desk_answer        (RushesDesk  *self,
                                       const char  *response);

/* What rushes-test-window.h has. @check takes the desk and @data. */
#define rushes_desk_await(self, check, data)   rushes_test_await (check, self, data)
#define rushes_desk_await_words(self, words)   GTK_LABEL (rushes_test_await_words ((self)->window, words))

G_END_DECLS
