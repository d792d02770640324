/* rushes-http-provider-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-call.h"
#include "rushes-http-provider.h"
#include "rushes-protocol.h"

G_BEGIN_DECLS

/* Between the files of the provider only. */

struct _RushesHttpProvider
{
  RushesProvider   parent_instance;

  RushesKeyring   *keyring;
  RushesProtocol  *protocol;  /* borrowed from the description */
  GSettings       *settings;
  char            *given_url; /* of this run alone; NULL */
  char            *base_url;  /* the one that is used; NULL when there is none */

  GFile           *cache;     /* the folder for what it says of its models; NULL: nothing is kept */
  DexFuture       *loading;   /* of what is kept there of this base URL; NULL before it was looked for */
};

/* A status stream of a task, while it is listened to. */
typedef struct _RushesStatusStream RushesStatusStream;

/* What hangs on a job between its calls: what is sent, and what was answered last. */
typedef struct
{
  GPtrArray       *pictures;  /* RushesSentPicture; NULL before they were prepared */
  RushesCredentials *credentials; /* with which it was prepared, and is submitted; NULL for none */
  gint64           salt;      /* of its library; 0 before it was asked for */
  RushesHttpReply *submitted; /* NULL before, or when it is not in this process's hands yet */
  RushesHttpReply *last;      /* NULL */
  gboolean         gone;      /* a cancel found it neither in the line nor running */
  RushesStatusStream *stream; /* NULL before the first wait, or when the service has none */
} RushesHttpWork;

/* The job's; made at the first time. Borrowed. */
RushesHttpWork    *rushes_http_provider_get_work        (RushesJob          *job);
/* All that requests are built from; borrowed from the job, its work and @base_url. */
RushesTask         rushes_http_provider_make_task       (RushesHttpProvider *self,
                                                         RushesJob          *job,
                                                         const char         *base_url);
/* Where the job's task lives, else where one would be submitted now; NULL with a BAD_REQUEST when there is no address. */
const char        *rushes_http_provider_require_url     (RushesHttpProvider *self,
                                                         RushesJob          *job,
                                                         GError            **error);
/* In a fiber: the key for @base_url. NULL without an error when the service needs none and there is none. */
RushesCredentials *rushes_http_provider_find_credentials (RushesHttpProvider *self,
                                                          const char         *base_url,
                                                          GError            **error);
/* Likewise, for a question about @job, of which it is noted that it is asked with this key; with @mark NULL. Else it is for
 * all that is sent to make the job's task, and @mark is set to which key that is, NULL when the job is of no library. */
RushesCredentials *rushes_http_provider_find_marked     (RushesHttpProvider *self,
                                                         RushesJob          *job,
                                                         const char         *base_url,
                                                         RushesKeyMark     **mark,
                                                         GError            **error);
/* The network as this provider's proxy setting has it. */
RushesHttp        *rushes_http_provider_get_http        (RushesHttpProvider *self);
/* Whether addresses out of replies must be public. */
gboolean           rushes_http_provider_is_public_only  (const char         *base_url);

/* Takes @error, and where nothing listens at a server of one's own gives a sentence that says what to start. */
GError            *rushes_http_provider_explain         (RushesHttpProvider *self,
                                                         const char         *base_url,
                                                         GError             *error) G_GNUC_WARN_UNUSED_RESULT;
/* In a fiber: sends one request of the job's task, and gives what was answered; @job is NULL where there is none. */
RushesHttpReply   *rushes_http_provider_ask             (RushesHttpProvider *self,
                                                         RushesOperation     operation,
                                                         const RushesTask   *task,
                                                         RushesJob          *job,
                                                         GCancellable       *cancellable,
                                                         GError            **error);
/* In a fiber: reads an answer off the main thread. */
RushesAnswer      *rushes_http_provider_read            (RushesHttpProvider *self,
                                                         RushesOperation     operation,
                                                         const RushesTask   *task,
                                                         RushesHttpReply    *reply,
                                                         GFile              *spool,
                                                         GError            **error);

/**
 * RushesHttpErrand:
 *
 * One call of a provider: a fiber whose future, when it is discarded, cancels what it does.
 */
typedef struct _RushesHttpErrand RushesHttpErrand;

struct _RushesHttpErrand
{
  RushesHttpProvider  *self;
  RushesJob           *job;         /* NULL for a test */
  GCancellable        *cancellable;
  DexPromise          *promise;
  DexFiberFunc         func;        /* gets the errand */

  /* of fetching */
  char                *uri;
  char                *model_id;    /* of describing one */
  GFile               *part;
  RushesFetchProgress  progress;
  gpointer             user_data;
};

RushesHttpErrand  *rushes_http_errand_new               (RushesHttpProvider *self,
                                                         RushesJob          *job) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_http_errand_free              (gpointer            errand);
/* Takes @errand. */
DexFuture         *rushes_http_errand_run               (RushesHttpErrand   *errand,
                                                         DexFiberFunc        func) G_GNUC_WARN_UNUSED_RESULT;

/* In a fiber: all pictures of the request as they are sent. What only an upload would give is made up for a rehearsal,
 * which sends nothing. */
GPtrArray         *rushes_http_provider_make_pictures   (RushesHttpErrand   *errand,
                                                         const RushesTask   *task,
                                                         gboolean            rehearsal,
                                                         GError            **error);

/* Nobody waits for its events any more. */
void               rushes_status_stream_end             (RushesStatusStream *self);
/* The task has ended, and there is no more to hear. */
void               rushes_status_stream_stop            (RushesStatusStream *self);
/* What the status stream said last, as a reply to STATUS; NULL when that was read, or there is none. */
RushesHttpReply   *rushes_http_provider_take_event      (RushesJob          *job) G_GNUC_WARN_UNUSED_RESULT;

/* In a fiber: whether the clip that the task's request makes longer is here to be asked for, at the task's base URL and
 * with the key of @mark; TRUE for a request that makes none longer. */
gboolean           rushes_http_provider_admits_extension (RushesHttpProvider *self,
                                                         const RushesTask   *task,
                                                         const RushesKeyMark *mark,
                                                         GError            **error);

/* The base URL is another one now, whose models are others. */
void               rushes_http_provider_forget_models   (RushesHttpProvider *self);

/* The parts of the class. */
gboolean           rushes_http_provider_can_list_models (RushesProvider     *provider);
DexFuture         *rushes_http_provider_load_models     (RushesProvider     *provider);
DexFuture         *rushes_http_provider_refresh_models  (RushesProvider     *provider);
gboolean           rushes_http_provider_can_describe_model (RushesProvider  *provider,
                                                         const char         *model_id);
DexFuture         *rushes_http_provider_describe_model  (RushesProvider     *provider,
                                                         const char         *model_id);
DexFuture         *rushes_http_provider_prepare         (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_check_extension (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_rehearse        (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_submit          (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_recover         (RushesProvider     *provider,
                                                         RushesJob          *job);
gboolean           rushes_http_provider_can_look_up     (RushesProvider     *provider,
                                                         RushesJob          *job,
                                                         RushesLookup       *lookup);
DexFuture         *rushes_http_provider_look_up         (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_poll            (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_wait            (RushesProvider     *provider,
                                                         RushesJob          *job,
                                                         RushesAnswer       *last);
DexFuture         *rushes_http_provider_cancel          (RushesProvider     *provider,
                                                         RushesJob          *job);
DexFuture         *rushes_http_provider_fetch           (RushesProvider     *provider,
                                                         RushesJob          *job,
                                                         const RushesOutput *output,
                                                         GFile              *part,
                                                         RushesFetchProgress progress,
                                                         gpointer            user_data);

G_END_DECLS
