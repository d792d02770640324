/* rushes-database.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * RushesDatabase:
 *
 * One SQLite connection with its prepared statements, used by one thread. Every call blocks. Errors are of
 * RUSHES_ERROR: STORAGE for what the disk, another process or a damaged file does, INTERNAL for statements that
 * SQLite refuses.
 */
typedef struct _RushesDatabase RushesDatabase;

/* A prepared statement while its rows are read; given back to the database by g_autoptr. */
typedef struct sqlite3_stmt RushesQuery;

/* Opens (and makes, unless @read_only) the file at @path, and reads nothing of it yet. */
RushesDatabase *rushes_database_open        (const char       *path,
                                             gboolean          read_only,
                                             GError          **error);
void            rushes_database_close       (RushesDatabase   *self);
sqlite3        *rushes_database_get_handle  (RushesDatabase   *self);
/* Whether SQLite said of this file that it is no database, or a broken one. */
gboolean        rushes_database_is_damaged  (RushesDatabase   *self);

/* Several statements, without values. */
gboolean        rushes_database_script      (RushesDatabase   *self,
                                             const char       *sql,
                                             GError          **error);
/* One statement to its end. @types has a letter for each value: 't' const char * (NULL allowed), 'i' gint64, 'd'
 * double; no value narrower than that may be passed. */
gboolean        rushes_database_run         (RushesDatabase   *self,
                                             GError          **error,
                                             const char       *sql,
                                             const char       *types,
                                             ...);
/* The rows that the last rushes_database_run() changed. */
guint           rushes_database_get_changes (RushesDatabase   *self);
/* A statement with its values, before its first row. The same @sql cannot be read twice at a time. */
RushesQuery    *rushes_database_query       (RushesDatabase   *self,
                                             GError          **error,
                                             const char       *sql,
                                             const char       *types,
                                             ...) G_GNUC_WARN_UNUSED_RESULT;
/* The first column of the first row, 0 when there is none; -1 with @error set. */
gint64          rushes_database_get_int     (RushesDatabase   *self,
                                             GError          **error,
                                             const char       *sql,
                                             const char       *types,
                                             ...);
/* The first column of all rows: an array of char *. */
GPtrArray      *rushes_database_list_texts  (RushesDatabase   *self,
                                             GError          **error,
                                             const char       *sql,
                                             const char       *types,
                                             ...) G_GNUC_WARN_UNUSED_RESULT;
/* Gives a text to the value that the statement calls @name (":name"), if it has one. @text must stay until the query
 * is freed. */
void            rushes_query_bind           (RushesQuery      *self,
                                             const char       *name,
                                             const char       *text);

/* TRUE when there is a row. FALSE at the end, and for an error, which is set then. */
gboolean        rushes_query_next           (RushesQuery      *self,
                                             GError          **error);
/* Valid until the next row; NULL for NULL. */
const char     *rushes_query_get_text       (RushesQuery      *self,
                                             int               column);
gint64          rushes_query_get_int        (RushesQuery      *self,
                                             int               column);
double          rushes_query_get_double     (RushesQuery      *self,
                                             int               column);
gboolean        rushes_query_is_null        (RushesQuery      *self,
                                             int               column);
void            rushes_query_free           (RushesQuery      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesDatabase, rushes_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesQuery, rushes_query_free)

G_END_DECLS
