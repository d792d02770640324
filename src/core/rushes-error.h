/* rushes-error.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RushesErrorCode:
 *
 * The one list of what can go wrong, used from the core to the last sentence shown. The names without their prefix
 * (`AUTH`, `BAD_REQUEST`, …) are what the command line prints as `code` and what the library stores.
 */
typedef enum
{
  RUSHES_ERROR_AUTH,          /* the key is missing or refused */
  RUSHES_ERROR_FORBIDDEN,     /* the key is known but may not do this */
  RUSHES_ERROR_QUOTA,         /* no balance left, or a spending limit of the person's own */
  RUSHES_ERROR_RATE_LIMITED,  /* too many requests; see rushes_error_get_retry_after() */
  RUSHES_ERROR_REJECTED,      /* the content was declined */
  RUSHES_ERROR_BAD_REQUEST,   /* a value or an input that cannot be used; see rushes_error_get_field() */
  RUSHES_ERROR_UNSUPPORTED,   /* the model cannot do this; see rushes_error_get_field() */
  RUSHES_ERROR_MODEL_RETIRED, /* the model is gone */
  RUSHES_ERROR_NOT_FOUND,     /* the provider, the library or the system does not know it */
  RUSHES_ERROR_TIMEOUT,       /* waiting ended */
  RUSHES_ERROR_NETWORK,       /* no connection, or a broken one */
  RUSHES_ERROR_TLS,           /* the other side cannot be trusted */
  RUSHES_ERROR_PROTOCOL,      /* an answer that Rushes does not understand */
  RUSHES_ERROR_PROVIDER,      /* the provider's own failure */
  RUSHES_ERROR_STORAGE,       /* disk full, not writable, gone */
  RUSHES_ERROR_MEDIA,         /* a clip that is not one */
  RUSHES_ERROR_KEYRING,       /* the keyring is locked, absent or refuses */
  RUSHES_ERROR_CANCELLED,     /* the person asked for it */
  RUSHES_ERROR_INTERNAL,      /* a mistake of Rushes */
} RushesErrorCode;

/**
 * RushesCharged:
 *
 * Whether money was spent when an attempt came to its end.
 */
typedef enum
{
  RUSHES_CHARGED_NO,
  RUSHES_CHARGED_MAYBE,
  RUSHES_CHARGED_YES,
} RushesCharged;

#define RUSHES_ERROR (rushes_error_quark ())
GQuark rushes_error_quark (void);

/* Errors of this domain carry, beside code and message (a whole sentence, translated, ending in a full stop; what it quotes
 * is made safe to show, and it stays one line):
 * charged (default NO), http status (default 0), the provider's own words, the field that is at fault,
 * whether trying again can help, and after how many seconds. The setters take an error of this domain. */

GError       *rushes_error_new             (RushesErrorCode  code,
                                            const char      *format,
                                            ...) G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;
void          rushes_set_error             (GError         **error,
                                            RushesErrorCode  code,
                                            const char      *format,
                                            ...) G_GNUC_PRINTF (3, 4);

/* Gives an error of any domain (GIO's, GLib's file errors, libdex's …) as one of this domain, a copy;
 * an error of this domain is copied as it is. Disk full, permission and missing files become sentences of ours. */
GError       *rushes_error_translate       (const GError    *error) G_GNUC_WARN_UNUSED_RESULT;

RushesCharged rushes_error_get_charged     (const GError    *error);
void          rushes_error_set_charged     (GError          *error,
                                            RushesCharged    charged);
guint         rushes_error_get_http_status (const GError    *error);
void          rushes_error_set_http_status (GError          *error,
                                            guint            http_status);
/* The provider's own words, cleaned of control characters; NULL when it said nothing. Owned by the error. */
const char   *rushes_error_get_words       (const GError    *error);
void          rushes_error_set_words       (GError          *error,
                                            const char      *words);
/* The member of the request at fault: "duration", "image", "output" …; NULL when none is. Owned by the error. */
const char   *rushes_error_get_field       (const GError    *error);
void          rushes_error_set_field       (GError          *error,
                                            const char      *field);
gboolean      rushes_error_get_retryable   (const GError    *error);
void          rushes_error_set_retryable   (GError          *error,
                                            gboolean         retryable);
/* Whether the sentence itself says that this may have been charged, which then nobody need say once more. */
gboolean      rushes_error_get_warns       (const GError    *error);
void          rushes_error_set_warns       (GError          *error,
                                            gboolean         warns);
/* Seconds the provider asks to wait; 0 when it does not say. */
double        rushes_error_get_retry_after (const GError    *error);
void          rushes_error_set_retry_after (GError          *error,
                                            double           seconds);

/* Names for JSON and the library: "AUTH", "no" …; the parsers fall back to INTERNAL and MAYBE for unknown words. */
const char     *rushes_error_code_to_string   (RushesErrorCode  code);
RushesErrorCode rushes_error_code_from_string (const char      *name);
const char     *rushes_charged_to_string      (RushesCharged    charged);
RushesCharged   rushes_charged_from_string    (const char      *name);

/* Words from outside, made safe to show: invalid UTF-8 is replaced, control and bidirectional characters become
 * visible signs, and no more than 2000 characters remain. */
char         *rushes_clean_words           (const char      *words) G_GNUC_WARN_UNUSED_RESULT;

/* What main() answers with for an error, as the command line documents it. */
int           rushes_error_get_exit_status (const GError    *error);

G_END_DECLS
