/* rushes-cli-run.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-clip.h"

G_BEGIN_DECLS

/* Running the program as a person does, each test in a home of its own. */

typedef struct
{
  char                *folder; /* everything is below it */
  char                *work;   /* where the program is started, and where tests put their files */
  char                *library;
  GSubprocessLauncher *launcher;
  char               **wrapper; /* words in front of the program ("bwrap" …); NULL */
} Home;

Home *home_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void  home_free (Home *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Home, home_free)

/* From now on the program runs as somebody whom permissions bind, which root is not. FALSE (and the test is skipped)
 * where that cannot be. */
gboolean home_be_somebody  (Home        *self);
/* From now on it runs in a namespace with these further words for bwrap, up to a NULL. FALSE likewise. */
gboolean home_confine      (Home        *self,
                            ...) G_GNUC_NULL_TERMINATED;
/* A path in the work folder; free it. */
char    *home_path         (Home        *self,
                            const char  *name) G_GNUC_WARN_UNUSED_RESULT;
void     home_write        (Home        *self,
                            const char  *name,
                            const char  *text);
gboolean home_has          (Home        *self,
                            const char  *name);
/* How many files lie in a folder of the library ("clips", "spool", "references"), all below it counted. */
guint    home_count_files  (Home        *self,
                            const char  *folder);
/* How many in the work folder, hidden ones too. */
guint    home_count_work   (Home        *self);

/* What a run has said. */
typedef struct
{
  int        status; /* the exit status; 128 and the signal when one ended it */
  GBytes    *bytes;  /* standard output */
  char      *out;    /* the same as text */
  char      *err;
  GPtrArray *events; /* JsonObject: the lines of @out that are objects */
} Run;

void run_free (Run *self);
/* Fails when the key stands in what was said, or in any file of the home. */
void run_assert_no_key (Run        *self,
                        Home       *home,
                        const char *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

/* Runs it to its end with these words, up to a NULL. Whatever happens, it never prints warnings of libraries or of a
 * sanitizer. */
Run *run_rushes       (Home        *home,
                       ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* The same with bytes on standard input. */
Run *run_rushes_input (Home        *home,
                       GBytes      *input,
                       ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* The same while the main loop of the test turns, for one that serves something. */
Run *run_rushes_served (Home       *home,
                        ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* Starts it and leaves it running, with pipes on all three. */
GSubprocess *start_rushes (Home    *home,
                           ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* Reads its lines until one is an event of that name, at most 60 s; the object, or a failed test. */
JsonObject  *await_event  (GDataInputStream *lines,
                           const char       *event) G_GNUC_WARN_UNUSED_RESULT;
/* Waits for its end and takes what else it says. */
Run         *finish_run   (GSubprocess      *process) G_GNUC_WARN_UNUSED_RESULT;

/* It ended so, with one whole sentence on standard error that has these words in it. */
void assert_refused (Run        *run,
                     int         status,
                     const char *words);
/* The last event of a take, after the grammar of its events was checked. NULL means the only take there is. Borrowed. */
JsonObject *assert_story (Run        *run,
                          const char *take);
/* The only event of that name. Borrowed. */
JsonObject *find_event   (Run        *run,
                          const char *event);
guint       count_events (Run        *run,
                          const char *event);

/* The facts of a clip, read by the reader of the core. */
void read_clip (const char      *path,
                RushesClipFacts *facts);

G_END_DECLS
