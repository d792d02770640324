/* rushes-library-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"
#include "rushes-runner-watch.h"
#include "rushes-runner.h"
#include "rushes-store.h"
#include "rushes-take-row.h"

G_BEGIN_DECLS

/* Between the files of the library only. */

struct _RushesLibrary
{
  GObject            parent_instance;

  RushesFolders     *folders;
  RushesPictureFitter *fitter;   /* NULL */
  RushesStore       *store;
  RushesRunner      *runner;     /* NULL when read-only */
  char              *warning;    /* NULL when the store's own is all there is to say */
  GListStore        *projects;   /* RushesProject, by name */
  GHashTable        *takes;      /* id to its one object; not referenced, a take that goes leaves the table */
  GPtrArray         *lists;      /* RushesTakeList; not referenced likewise */
  GFileMonitor      *commits;    /* of the file that other processes touch after a commit */
  GFileMonitor      *database;   /* of the file itself */
  GError            *problem;    /* NULL */
  RushesRunnerWatch *runners;    /* NULL when read-only */
  GCancellable      *closing; /* ends the copies that are made in the background */
  GPtrArray         *copies;  /* DexFuture of each: the backup of the day, and archives */
  gint64             seen;       /* everything written up to this revision is in the objects */
  guint              pause;      /* source between two looks; 0 */
  gboolean           paused;
  guint              closed     : 1;
  guint              looking    : 1;
  guint              look_again : 1;
};

/* The name under which this process runs takes; NULL when it does not, or no longer. */
const char    *rushes_library_get_runner_id   (RushesLibrary       *self);
/* The one object for a take, maybe a new placeholder. */
RushesTake    *rushes_library_get_take        (RushesLibrary       *self,
                                               const char          *id) G_GNUC_WARN_UNUSED_RESULT;
/* The one object for a row's take, made to be what the row says. */
RushesTake    *rushes_library_apply_row       (RushesLibrary       *self,
                                               const RushesTakeRow *row) G_GNUC_WARN_UNUSED_RESULT;
/* Likewise, but only when somebody holds it. */
void           rushes_library_refresh_row     (RushesLibrary       *self,
                                               const RushesTakeRow *row);
/* What is in the rows is new or has changed: the objects that somebody holds follow, and so do the lists. */
void           rushes_library_follow          (RushesLibrary       *self,
                                               GPtrArray           *rows);
/* Makes the projects be what the rows of rushes_project_load_rows() say. */
void           rushes_library_follow_projects (RushesLibrary       *self,
                                               GPtrArray           *rows);
void           rushes_library_set_problem     (RushesLibrary       *self,
                                               const GError        *problem);
/* Takes and gives back the future of a copy that heeds @closing: closing the library waits until its files are in order. */
DexFuture     *rushes_library_add_copy        (RushesLibrary       *self,
                                               DexFuture           *copy) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the queue is paused, as it was read on the store's thread; -1 with @error set. */
int            rushes_library_read_paused     (RushesDatabase      *database,
                                               GError             **error);
void           rushes_library_follow_paused   (RushesLibrary       *self,
                                               gboolean             paused);
/* Gives the runner up on the store's thread, after all that was posted before. */
void           rushes_library_end_runner      (RushesLibrary       *self);
/* From now on notices what other processes write and when they end; everything up to the revision @seen is known. */
void           rushes_library_watch           (RushesLibrary       *self,
                                               gint64               seen);
void           rushes_library_unwatch         (RushesLibrary       *self);
/* Reads what others wrote since the library looked last. */
void           rushes_library_look            (RushesLibrary       *self);

/* Remembers where a take's clip was saved last. Resolves to TRUE. */
DexFuture     *rushes_library_set_saved_to    (RushesLibrary       *self,
                                               RushesTake          *take,
                                               const char          *uri) G_GNUC_WARN_UNUSED_RESULT;

/**
 * RushesChange:
 *
 * What all writes have in common, as the first member of each one's data: what was touched, read again in the same
 * transaction.
 */
typedef struct
{
  RushesLibrary *library;
  GPtrArray     *rows;     /* RushesTakeRow */
  GPtrArray     *projects; /* NULL when they were not read */
} RushesChange;

void           rushes_change_init             (RushesChange        *self,
                                               RushesLibrary       *library);
void           rushes_change_clear            (RushesChange        *self);
/* On the store's thread, after any change to a take or its attempts. */
gboolean       rushes_change_touch            (RushesChange        *self,
                                               RushesDatabase      *database,
                                               const char          *take_id,
                                               GError             **error);
/* Likewise after a change to projects, or to how many takes they have. */
gboolean       rushes_change_touch_projects   (RushesChange        *self,
                                               RushesDatabase      *database,
                                               GError             **error);
/* On the main thread, first of all in an answer. */
void           rushes_change_apply            (RushesChange        *self);

G_END_DECLS
