/* rushes-protocol-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-condition.h"
#include "rushes-event-stream.h"
#include "rushes-json-path.h"
#include "rushes-protocol.h"
#include "rushes-template.h"

G_BEGIN_DECLS

/* ---- requests ---- */

/* A header or a parameter of the query. */
typedef struct
{
  char           *name;
  RushesTemplate *value;
} RushesField;

typedef enum
{
  RUSHES_FORM_PART_FIELD,  /* name, value */
  RUSHES_FORM_PART_FILE,   /* name, picture */
  RUSHES_FORM_PART_FIELDS, /* one part for each member of an object */
  RUSHES_FORM_PART_EACH,   /* one part for each reference */
} RushesFormPartKind;

typedef struct _RushesFormPart RushesFormPart;
struct _RushesFormPart
{
  RushesFormPartKind  kind;
  RushesTemplate     *name;  /* of FIELD and FILE */
  RushesTemplate     *value; /* of FIELD, FILE and FIELDS */
  RushesFormPart     *each;  /* of EACH */
};

/* What a step of an upload takes out of its reply. */
typedef struct
{
  char      *name;
  GPtrArray *paths; /* RushesJsonPath */
} RushesReadValue;

/* What a request may say of the clip that it makes longer: bits. */
typedef enum
{
  RUSHES_EXTENDED_TASK_ID = 1 << 0,
  RUSHES_EXTENDED_CLIP_ID = 1 << 1,
  RUSHES_EXTENDED_ADDRESS = 1 << 2,
} RushesExtended;

/* A message of a socket after which it is worth asking: a value at @at, one of @is, and nothing at @without. */
typedef struct
{
  GPtrArray *at;      /* RushesJsonPath */
  char     **is;      /* NULL: whatever stands there */
  GPtrArray *without; /* RushesJsonPath; NULL */
} RushesSocketCue;

/* How the messages of a socket are read; lists are of RushesJsonPath. */
typedef struct
{
  GPtrArray *task;  /* to which task a message belongs */
  GPtrArray *at;    /* how far it is */
  GPtrArray *of;    /* of how much */
  GPtrArray *part;  /* of which part of it that is said */
  guint      parts; /* how many there are */
  GPtrArray *cues;  /* RushesSocketCue */
} RushesSocketReading;

/* One request, as the description has it. */
typedef struct
{
  char           *method;
  RushesTemplate *path;          /* NULL */
  char           *base;          /* an origin; NULL: the base URL */
  GPtrArray      *address;       /* RushesJsonPath; NULL */
  char           *behind;        /* of a stream: what follows the address of the status; NULL */
  RushesTemplate *address_text;  /* of a step of an upload; NULL */
  GPtrArray      *query;         /* RushesField */
  GPtrArray      *headers;       /* RushesField */
  RushesTemplate *json;          /* NULL */
  GPtrArray      *form;          /* RushesFormPart; NULL */
  RushesTemplate *picture;       /* of a step of an upload; NULL */
  gboolean        with_key;
  double          first_byte;
  GArray         *statuses;      /* guint: refusals, final or good; NULL: the usual ones */
  gboolean        deletes_finished; /* of cancel */
  GPtrArray      *before;        /* of cancel: RushesCall, sent one after the other before it; NULL */
  GPtrArray      *still;         /* of what is sent before a cancel: RushesJsonPath; NULL */
  RushesCharged   charged;       /* of cancel */
  GPtrArray      *read;          /* of a step of an upload: RushesReadValue */
  gboolean        sends_own_id;  /* whether our own id stands anywhere in it */
  RushesExtended  extended;      /* what of the clip that is made longer does */
  GPtrArray      *echo;          /* of a lookup: RushesJsonPath; NULL */
  double          grace;         /* of a lookup */
  gboolean        unique;        /* of a lookup */
  GPtrArray      *at;            /* of a test: RushesJsonPath, where something has to stand; NULL */
  char          **is;            /* of a test: one of which it has to be; NULL: anything */
  GPtrArray      *without;       /* of a test: RushesJsonPath, where nothing may stand; NULL */
  RushesSocketReading *messages; /* of a socket; NULL */
} RushesCall;

/* ---- replies ---- */

/* What a failure looks like, and what it means. */
typedef struct
{
  GArray          *statuses; /* guint; NULL: any */
  char           **codes;    /* NULL: any */
  GRegex          *words;    /* NULL: any */
  GPtrArray       *at;       /* RushesJsonPath; NULL */
  char           **is;       /* NULL: whatever stands there */
  GPtrArray       *without;  /* RushesJsonPath: nothing may stand there; NULL */
  guint            in;       /* bits, 1 << RushesOperation; 0: all */
  RushesErrorCode  error;
  int              charged;  /* RushesCharged; -1: not said */
  int              retry;    /* TRUE, FALSE; -1: not said */
  char            *field;    /* NULL */
} RushesFailure;

/* How replies are read. Lists of paths are of RushesJsonPath, and empty where nothing was said. */
typedef struct
{
  GPtrArray      *task;
  GPtrArray      *status_address;
  GPtrArray      *state;
  GHashTable     *words;         /* char *, lower case → RushesPhase */
  GPtrArray      *progress;
  int             progress_of;   /* 1 or 100; 0: to be told from the value */
  GRegex         *progress_find; /* NULL */
  GPtrArray      *place;
  GPtrArray      *stream_text;   /* pieces within an event */
  GPtrArray      *stream_thoughts;
  GPtrArray      *stream_end;
  GPtrArray      *clip_addresses;
  GPtrArray      *clip_ids;      /* in the order of the addresses */
  GPtrArray      *clip_texts;
  GPtrArray      *clip_bytes;
  RushesTemplate *clip_content;  /* NULL */
  GPtrArray      *clip_query;    /* RushesField; NULL without CLIP_CONTENT */
  double          lifetime;      /* seconds; 0 */
  GPtrArray      *lifetime_at;
  GPtrArray      *expires_at;
  GPtrArray      *cost;
  char           *cost_currency; /* NULL */
  char           *cost_unit;     /* a decimal number */
  GPtrArray      *message;
  GPtrArray      *code;
  GPtrArray      *retry_after;
  GPtrArray      *fine;
  char          **fine_is;       /* NULL: nothing was said */
  GPtrArray      *failures;      /* RushesFailure */
  int             charged[RUSHES_ERROR_INTERNAL + 1]; /* RushesCharged; -1: not said */
} RushesReading;

/* ---- models ---- */

/* How the service says which models it has, and what one of them takes. */
typedef struct _RushesListing RushesListing;
typedef struct _RushesSchemas RushesSchemas;

/* ---- the protocol ---- */

/* What holds for some takes, or (without a condition) for all. */
typedef struct
{
  RushesCondition *when;                       /* NULL */
  RushesCall      *calls[RUSHES_N_OPERATIONS]; /* NULL: those of the protocol */
  guint            without;                    /* those that there are not: bits, 1 << RushesOperation */
  RushesReading   *reading;                    /* NULL: that of the protocol */
} RushesRoute;

struct _RushesProtocol
{
  GObject           parent_instance;

  char             *id;
  char             *name;             /* for people */
  char             *homepage;         /* NULL */
  char             *key_page;         /* NULL */
  GPtrArray        *regions;          /* RushesRegion */
  GPtrArray        *region_names;     /* char *, as conditions have them */
  char             *example_url;      /* NULL */
  char             *server;           /* for people: what runs there; NULL */
  char            **trim;
  GHashTable       *foreign;          /* char *, a host → char *, the id of a provider */
  char            **origins;
  RushesAuthScheme  scheme;
  char             *auth_name;        /* of HEADER and QUERY */
  gboolean          key_optional;
  gboolean          mint;
  char            **environment;
  RushesMoney       credit;           /* what one is worth; a currency of NULL: nobody says */
  GPtrArray        *headers;          /* RushesField */
  gboolean          is_synchronous;

  RushesRoute      *all;
  GPtrArray        *routes;           /* RushesRoute */

  GPtrArray        *upload;           /* RushesCall */
  RushesTemplate   *upload_gives;     /* NULL */
  double            upload_lifetime;
  gint64            upload_max_bytes; /* 0: no limit */

  RushesListing    *listing;          /* NULL: the service does not say which models it has */
  RushesSchemas    *schemas;          /* NULL: nor what one takes */
};

/* NULL when there is no such request. */
const RushesCall    *rushes_protocol_get_call       (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     RushesOperation    operation);
const RushesReading *rushes_protocol_get_reading    (RushesProtocol    *self,
                                                     const RushesTask  *task);
/* An address that a reply gave as it can be used: one that begins with / belongs to the origin of @base_url. NULL for
 * what is no address. */
char                *rushes_protocol_resolve        (const char        *address,
                                                     const char        *base_url) G_GNUC_WARN_UNUSED_RESULT;
gboolean             rushes_protocol_owns           (RushesProtocol    *self,
                                                     const char        *address,
                                                     const char        *base_url);
RushesHttpRequest   *rushes_protocol_build_call     (RushesProtocol    *self,
                                                     const RushesCall  *call,
                                                     const char        *address,
                                                     const RushesTemplateInput *input,
                                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* @address with parameters (RushesField); those without a value are left out. */
char                *rushes_protocol_add_query      (const char        *address,
                                                     GPtrArray         *query,
                                                     const RushesTemplateInput *input) G_GNUC_WARN_UNUSED_RESULT;
/* The address of a call's path. */
char                *rushes_protocol_make_address   (const RushesCall  *call,
                                                     const RushesTemplateInput *input,
                                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- reading descriptions ---- */

/* What is known while the members of a service are read. */
typedef struct
{
  RushesJsonReader    *reader;
  RushesProtocol      *protocol;
  gboolean             strange;
  gboolean             takes_any; /* names that are not listed */
  RushesTemplateNames  names; /* with what models have */
} RushesServiceReader;

void                 rushes_route_free              (RushesRoute         *self);
void                 rushes_call_free               (RushesCall          *self);
RushesCall          *rushes_call_read               (RushesServiceReader *service,
                                                     RushesOperation      operation) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_reading_free            (RushesReading       *self);
RushesReading       *rushes_reading_read            (RushesServiceReader *service) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_field_free              (RushesField         *self);
GPtrArray           *rushes_fields_read             (RushesServiceReader *service,
                                                     const char          *member,
                                                     RushesNames          names,
                                                     gboolean             are_headers) G_GNUC_WARN_UNUSED_RESULT;
/* RushesJsonPath, from a list of texts; empty when there is none. */
GPtrArray           *rushes_paths_read              (RushesJsonReader    *reader,
                                                     const char          *member) G_GNUC_WARN_UNUSED_RESULT;
/* Text, numbers and truth values of a list, as text; NULL when there is none. */
char               **rushes_scalars_read            (RushesJsonReader    *reader,
                                                     const char          *member) G_GNUC_WARN_UNUSED_RESULT;
/* guint, from a list of HTTP statuses; NULL when there is none. */
GArray              *rushes_statuses_read           (RushesJsonReader    *reader,
                                                     const char          *member) G_GNUC_WARN_UNUSED_RESULT;
gboolean             rushes_statuses_have           (const GArray        *statuses,
                                                     guint                status);

/* Of the `socket` that @reader stands in. */
RushesSocketReading *rushes_socket_reading_read     (RushesJsonReader  *reader) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_socket_reading_free     (RushesSocketReading *self);
/* Read the members "models" and "schema" of the protocol; NULL when there is none. */
RushesListing       *rushes_listing_read            (RushesServiceReader *service) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_listing_free            (RushesListing       *self);
RushesSchemas       *rushes_schemas_read            (RushesServiceReader *service) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_schemas_free            (RushesSchemas       *self);

/* ---- what a reply holds ---- */

/**
 * RushesView:
 *
 * A reply as it is looked into: the JSON of its body, or that of each event of an event stream, and the text of a body
 * that is neither.
 */
typedef struct
{
  RushesHttpReply *reply;      /* borrowed */
  GPtrArray       *roots;      /* JsonNode; empty when the body is no JSON */
  gboolean         is_stream;
  gboolean         unfinished; /* what its events say together may go on */
} RushesView;

void                 rushes_view_init               (RushesView        *self,
                                                     RushesHttpReply   *reply);
void                 rushes_view_clear              (RushesView        *self);
/* Puts {"stream":{"text":…,"thoughts":…,"all":…}} before the events of a stream, as @rules say what belongs there. */
void                 rushes_view_join_stream        (RushesView        *self,
                                                     const RushesReading *rules);
/* The parts of that: the JSON of one event, or NULL; the pieces of text that @paths give there; and all that was said as
 * it stands before the events. */
JsonNode            *rushes_protocol_parse_event    (const RushesServerEvent *event) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_protocol_append_pieces  (GString           *text,
                                                     JsonNode          *root,
                                                     GPtrArray         *paths);
JsonNode            *rushes_protocol_join_pieces    (const char        *said,
                                                     const char        *thoughts,
                                                     const char        *all) G_GNUC_WARN_UNUSED_RESULT;
/* Appends the JSON (JsonNode) of each event that has some. */
void                 rushes_protocol_read_events    (const char        *data,
                                                     gsize              size,
                                                     GPtrArray         *roots);
/* Whether a body that is no JSON begins as an event stream does. */
gboolean             rushes_protocol_begins_stream  (const char        *data,
                                                     gsize              size);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesView, rushes_view_clear)
gboolean             rushes_view_has_json           (const RushesView  *self);
/* Whether the body is nothing but blanks. */
gboolean             rushes_view_is_empty           (const RushesView  *self);
/* Whether the body is a clip, by what it begins with. */
gboolean             rushes_view_is_clip            (const RushesView  *self);
/* The first scalar that is there and not empty, as text; NULL. Of a stream the last event's that has one. */
char                *rushes_view_find_text          (const RushesView  *self,
                                                     GPtrArray         *paths,
                                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* All scalars that the first path gives that gives any, as text. */
GPtrArray           *rushes_view_find_texts         (const RushesView  *self,
                                                     GPtrArray         *paths) G_GNUC_WARN_UNUSED_RESULT;
/* The same of all events, put together. */
char                *rushes_view_join_texts         (const RushesView  *self,
                                                     GPtrArray         *paths) G_GNUC_WARN_UNUSED_RESULT;
/* µs UTC, by this computer's clock, of a moment that the service named by its own. */
gint64               rushes_view_reckon             (const RushesView  *self,
                                                     gint64             moment);

/* ---- what a reply says ---- */

/* The clips of a task that is done; outputs stay NULL when there are none. FALSE with STORAGE or PROTOCOL. */
gboolean             rushes_protocol_read_clips     (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     const RushesView  *view,
                                                     GFile             *spool,
                                                     RushesAnswer      *answer,
                                                     GError           **error);
/* Whether there are any, without writing anything. */
gboolean             rushes_protocol_has_clips      (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     const RushesView  *view);
/* The address of a clip in a part of a stream, as soon as it is there and whole; NULL. */
char                *rushes_protocol_find_early_clip (const RushesReading *rules,
                                                      const RushesTask  *task,
                                                      const RushesView  *view) G_GNUC_WARN_UNUSED_RESULT;
/* How far it is, 0…1; -1 when the reply does not say. */
double               rushes_protocol_find_progress  (const RushesReading *rules,
                                                     const RushesView  *view);
/* What it cost, when the reply says so. */
RushesPrice          rushes_protocol_read_cost      (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     const RushesView  *view);

/* The failure of the description that a reply is; NULL. With @with_at only those that are looked for in good replies. */
const RushesFailure *rushes_protocol_match          (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     RushesOperation    operation,
                                                     const RushesView  *view,
                                                     gboolean           only_at);
/* Whether something stands where good replies have something else. */
gboolean             rushes_protocol_is_unfine      (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     const RushesView  *view);
/* Whether a reply speaks of what went wrong as the service does. */
gboolean             rushes_protocol_is_own_words   (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     RushesOperation    operation,
                                                     const RushesView  *view);
/* The error of a reply that is no success, with words, status, field and for how long to wait; not yet whether it was
 * charged, and retryable only when a failure of the description says so. */
GError              *rushes_protocol_make_error     (RushesProtocol    *self,
                                                     const RushesTask  *task,
                                                     RushesOperation    operation,
                                                     const RushesView  *view,
                                                     const RushesFailure *failure) G_GNUC_WARN_UNUSED_RESULT;
/* The error of a task that failed, with all that is known of it. @word is its state; NULL. */
GError              *rushes_protocol_make_task_error (RushesProtocol   *self,
                                                     const RushesTask  *task,
                                                     RushesOperation    operation,
                                                     const RushesView  *view,
                                                     const RushesFailure *failure,
                                                     const char        *word,
                                                     const RushesPrice *cost) G_GNUC_WARN_UNUSED_RESULT;
/* "Kling gave an answer that Rushes does not understand.", with the status. */
GError              *rushes_protocol_make_protocol_error (RushesProtocol   *self,
                                                     const RushesView  *view) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
