/* rushes-provider.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-answer.h"
#include "rushes-description.h"
#include "rushes-job.h"
#include "rushes-model-sheet.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/**
 * RushesProvider:
 *
 * A service, or a program on this computer, that makes clips. It says what it can do, turns a request into a task,
 * is asked about it, and cancels it. It keeps nothing between calls that a restart could lose, but for what runs
 * inside this process: whatever is needed to ask again is in the #RushesAnswer of the submit and comes back in the
 * #RushesJob.
 *
 * All calls are made on the main thread, in fibers or not, and resolve there; none blocks it. A future that is
 * discarded cancels the work behind it, except a submit, which always runs to its end.
 */
#define RUSHES_TYPE_PROVIDER (rushes_provider_get_type ())
G_DECLARE_DERIVABLE_TYPE (RushesProvider, rushes_provider, RUSHES, PROVIDER, GObject)

typedef enum
{
  RUSHES_CANCEL_NONE,        /* there is no cancelling; we can only stop waiting */
  RUSHES_CANCEL_MAY_CHARGE,  /* what was done until then may be charged */
  RUSHES_CANCEL_STOPS_COST,  /* nothing is charged after it */
} RushesCancelKind;

/**
 * RushesLookup:
 * @grace: for so many seconds the provider may not know a task that it has accepted
 * @unique: it accepts no second task under an own id, so that what is not there may be submitted again under the same
 */
typedef struct
{
  double   grace;
  gboolean unique;
} RushesLookup;

/**
 * RushesProviderClass:
 * @prepare: brings the pictures into the form that the service takes, uploads included, and names the job's host;
 *   resolves to TRUE
 * @submit: asks for the clip; resolves to a #RushesAnswer. An error whose charged is NO was certainly not accepted;
 *   one that is retryable may be sent again. Any other error means that it may have been accepted.
 * @poll: asks how a task is doing; resolves to a #RushesAnswer. An error means that the question failed, not the
 *   task. Only a local provider's NOT_FOUND says that the task is gone: it ran in a process that ended.
 * @wait: resolves when it is worth asking again after @last: for a service when its interval is over, for local work
 *   when there is news. The default waits for the description's poll interval with back-off.
 * @cancel: asks the provider to give a task up; resolves to TRUE when it agreed
 * @fetch: brings one output's bytes into @part, from its size on where that is possible; @progress is called on the
 *   main thread with bytes so far and in all (-1 unknown), and never after the future was settled or discarded;
 *   resolves to TRUE when @part is whole. The default moves file: outputs.
 * @get_problem: why no takes can be made now; the default knows of nothing
 * @recover: reads what an earlier process had received in answer to the submit, from the spool; resolves to a
 *   #RushesAnswer. Rejects with NOT_FOUND when nothing is there, and else as @submit does.
 * @can_look_up: whether, and on which terms, the provider can be asked for a task by the job's own id; the default cannot
 * @look_up: asks that; resolves to a #RushesAnswer, of which only the task counts. Rejects with NOT_FOUND when the provider
 *   itself says that there is none; any other error means that the question failed.
 * @rehearse: what would be sent to make the take: resolves to a #JsonNode, a list of {"step","method","url","headers",
 *   "body"}; needs neither key nor network. The default gives the request itself, which has no address.
 * @check_extension: whether the job, whose request makes a clip longer, could be submitted as things are; resolves to TRUE,
 *   and rejects with a sentence otherwise. Sends nothing. The default has no call for it.
 * @get_cancel_kind: the default knows from whether there is a @cancel; the request may be NULL
 * @can_list_models, @load_models, @refresh_models: see the functions of these names; the default has no such list
 * @can_describe_model, @describe_model: likewise; the default has no such call
 */
typedef void (*RushesFetchProgress) (gint64   bytes,
                                     gint64   total,
                                     gpointer user_data);

struct _RushesProviderClass
{
  GObjectClass parent_class;

  DexFuture        *(*prepare)         (RushesProvider      *self,
                                        RushesJob           *job);
  DexFuture        *(*submit)          (RushesProvider      *self,
                                        RushesJob           *job);
  DexFuture        *(*poll)            (RushesProvider      *self,
                                        RushesJob           *job);
  DexFuture        *(*wait)            (RushesProvider      *self,
                                        RushesJob           *job,
                                        RushesAnswer        *last);
  DexFuture        *(*cancel)          (RushesProvider      *self,
                                        RushesJob           *job);
  DexFuture        *(*fetch)           (RushesProvider      *self,
                                        RushesJob           *job,
                                        const RushesOutput  *output,
                                        GFile               *part,
                                        RushesFetchProgress  progress,
                                        gpointer             user_data);

  GError           *(*get_problem)     (RushesProvider      *self);
  DexFuture        *(*recover)         (RushesProvider      *self,
                                        RushesJob           *job);
  DexFuture        *(*rehearse)        (RushesProvider      *self,
                                        RushesJob           *job);
  RushesCancelKind  (*get_cancel_kind) (RushesProvider      *self,
                                        RushesRequest       *request);
  gboolean          (*can_look_up)     (RushesProvider      *self,
                                        RushesJob           *job,
                                        RushesLookup        *lookup);
  DexFuture        *(*look_up)         (RushesProvider      *self,
                                        RushesJob           *job);
  DexFuture        *(*check_extension) (RushesProvider      *self,
                                        RushesJob           *job);
  gboolean          (*can_list_models) (RushesProvider      *self);
  DexFuture        *(*load_models)     (RushesProvider      *self);
  DexFuture        *(*refresh_models)  (RushesProvider      *self);
  gboolean          (*can_describe_model) (RushesProvider   *self,
                                        const char          *model_id);
  DexFuture        *(*describe_model)  (RushesProvider      *self,
                                        const char          *model_id);

  gpointer _reserved[1];
};

/* Properties, construct-only: description (RushesDescription).
 * Signal ::changed: its problem, models or settings are others now. */

RushesDescription *rushes_provider_get_description (RushesProvider     *self);
const char       *rushes_provider_get_id          (RushesProvider      *self);
/* For people, translated. */
const char       *rushes_provider_get_name        (RushesProvider      *self);
const char       *rushes_provider_get_summary     (RushesProvider      *self);
/* A GListModel of RushesModel: those of the description in its order, then those that only the service itself lists.
 * It is the same list for as long as the provider lives, and tells when it changes; ::changed follows. */
GListModel       *rushes_provider_get_models      (RushesProvider      *self);
/* Whether @model is in that list, and not one that was only asked for by a name. */
gboolean          rushes_provider_lists_model     (RushesProvider      *self,
                                                   RushesModel         *model);
/* NULL when it has none of that id; with NULL the default model. Where the description takes any name, one that is not
 * listed gets a model of its own, the same each time until more is known of it. Borrowed: whoever keeps it over ::changed
 * holds a reference. */
RushesModel      *rushes_provider_find_model      (RushesProvider      *self,
                                                   const char          *model_id);
/* Whether the service can say itself which models it has. */
gboolean          rushes_provider_can_list_models (RushesProvider      *self);
/* Asks it now, which nothing but a person's wish does; resolves to how many models it listed, a guint. Rejects with a
 * sentence, and then leaves the list that there was. */
DexFuture        *rushes_provider_refresh_models  (RushesProvider      *self) G_GNUC_WARN_UNUSED_RESULT;
/* When the service was asked for its list; NULL when it never was. Borrowed. */
GDateTime        *rushes_provider_get_models_time (RushesProvider      *self);
/* Brings what was fetched earlier, by this process or another, out of the cache; asks nobody. Resolves to TRUE, also when
 * there is nothing. What needs the models of a service that lists them waits for this; after the first time it is at
 * once. */
DexFuture        *rushes_provider_load_models     (RushesProvider      *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the service can say what this model takes, so that it need not be guessed from other models. */
gboolean          rushes_provider_can_describe_model (RushesProvider   *self,
                                                   const char          *model_id);
/* Asks it now, which nothing but a person's wish does; resolves to the #RushesModel as it is from then on. Rejects with a
 * sentence, and then leaves the model as it was. */
DexFuture        *rushes_provider_describe_model  (RushesProvider      *self,
                                                   const char          *model_id) G_GNUC_WARN_UNUSED_RESULT;
/* The model that a frozen request is for, with what the service had said of it when it was frozen: a take needs no cache.
 * NULL as with rushes_provider_find_model(). Borrowed. */
RushesModel      *rushes_provider_find_model_of   (RushesProvider      *self,
                                                   RushesRequest       *request);
/* How many of its takes may be worked on at once: what the person set, else what the description says. */
guint             rushes_provider_get_slots       (RushesProvider      *self);
/* TRUE when it runs on this computer: no key, no network, no cost. */
gboolean          rushes_provider_get_is_local    (RushesProvider      *self);
/* NULL when takes can be made now, else why not, as an AUTH error and the like ("Kling needs a key."). */
GError           *rushes_provider_get_problem     (RushesProvider      *self) G_GNUC_WARN_UNUSED_RESULT;
/* What cancelling does to the take that was made of @request; NULL: to takes as such. */
RushesCancelKind  rushes_provider_get_cancel_kind (RushesProvider      *self,
                                                   RushesRequest       *request);
/* Seconds after which waiting ends (1…3600), from the description. */
double            rushes_provider_get_time_limit  (RushesProvider      *self);

/* Seconds between two questions about a task in this run; 0 for the description's pace. */
void              rushes_provider_set_interval    (RushesProvider      *self,
                                                   double               seconds);

DexFuture        *rushes_provider_prepare         (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_submit          (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_poll            (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_wait            (RushesProvider      *self,
                                                   RushesJob           *job,
                                                   RushesAnswer        *last) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_cancel          (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_recover         (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
gboolean          rushes_provider_can_look_up     (RushesProvider      *self,
                                                   RushesJob           *job,
                                                   RushesLookup        *lookup);
DexFuture        *rushes_provider_look_up         (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_rehearse        (RushesProvider      *self,
                                                   RushesJob           *job) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *rushes_provider_check_extension (RushesProvider     *self,
                                                   RushesJob          *job) G_GNUC_WARN_UNUSED_RESULT;
/* For those who implement one. */
void              rushes_provider_emit_changed    (RushesProvider      *self);
/* For those that list models. @listed, of RushesModel, stand instead of those listed before, and @schemas are those of which
 * a schema is known, listed or not; NULL for none. @time is when the service was asked for its list; NULL never. */
void              rushes_provider_set_listed_models (RushesProvider    *self,
                                                   GPtrArray           *listed,
                                                   GPtrArray           *schemas,
                                                   GDateTime           *time);
/* What they make their models of; NULL where only the description's own names are taken. Borrowed. */
RushesModelBase  *rushes_provider_get_model_base  (RushesProvider      *self);
/* Whether the description has it. */
gboolean          rushes_provider_is_own_model    (RushesProvider      *self,
                                                   const char          *model_id);
/* For those that are spoken to at one of several addresses: tells the models of which region it is; NULL for none. */
void              rushes_provider_set_region      (RushesProvider      *self,
                                                   const char          *region);
DexFuture        *rushes_provider_fetch           (RushesProvider      *self,
                                                   RushesJob           *job,
                                                   const RushesOutput  *output,
                                                   GFile               *part,
                                                   RushesFetchProgress  progress,
                                                   gpointer             user_data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
