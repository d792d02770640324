/* rushes-printer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesPrinter:
 *
 * All that the command line says goes through here: results for people or JSON lines on standard output, everything else on
 * standard error. A reader that goes away is no reason to stop the work: from then on nothing more is said to it.
 */
typedef struct _RushesPrinter RushesPrinter;

RushesPrinter *rushes_printer_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void           rushes_printer_free           (RushesPrinter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesPrinter, rushes_printer_free)

/* JSON lines instead of sentences. */
void           rushes_printer_set_json       (RushesPrinter *self,
                                              gboolean       json);
gboolean       rushes_printer_get_json       (RushesPrinter *self);
/* Nothing but errors for people. */
void           rushes_printer_set_quiet      (RushesPrinter *self,
                                              gboolean       quiet);
/* Standard output bears a clip: what would go there goes to standard error. */
void           rushes_printer_yield_output   (RushesPrinter *self);

/* Whether the reader of standard output has gone away. */
gboolean       rushes_printer_is_unheard     (RushesPrinter *self);

/* A result for people, one line or more without the last newline; nothing with JSON or quiet. The caller has cleaned
 * words from outside in it with rushes_clean_words(). */
void           rushes_printer_say            (RushesPrinter *self,
                                              const char    *format,
                                              ...) G_GNUC_PRINTF (2, 3);
/* Something beside the result for people, on standard error; nothing with JSON or quiet. */
void           rushes_printer_remark         (RushesPrinter *self,
                                              const char    *format,
                                              ...) G_GNUC_PRINTF (2, 3);
/* What went wrong, a whole sentence, on standard error whatever was asked for; cleaned here. */
void           rushes_printer_complain       (RushesPrinter *self,
                                              const char    *sentence);
/* One line of JSON; nothing without JSON. Takes @object. */
void           rushes_printer_emit           (RushesPrinter *self,
                                              JsonObject    *object);
/* {"event":"error","error":…} in JSON, and the sentence. @hint, NULL or a sentence on what to do, follows for people. */
void           rushes_printer_fail           (RushesPrinter *self,
                                              const GError  *error,
                                              const char    *hint);

/* The one line that is written over and over while work goes on, on a terminal only; NULL or another message wipes it. */
void           rushes_printer_show_progress  (RushesPrinter *self,
                                              const char    *line);
/* Columns of standard output when it is a terminal; 0 when it is not. */
guint          rushes_printer_get_width      (RushesPrinter *self);

/* An error as JSON speaks of it: {"code":…,"message":…,"field":…,"http_status":…,"words":…,"charged":…,
 * "retryable":…}; field and words only where there are some. */
JsonObject    *rushes_error_to_json          (const GError  *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
