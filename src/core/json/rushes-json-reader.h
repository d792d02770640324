/* rushes-json-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesJsonReader:
 *
 * Reads JSON that people and programs wrote, strictly: every type and range is checked, and a member that nobody
 * asked for is a mistake. The first mistake is kept and told by rushes_json_reader_finish(), with file, path and
 * reason ("animatic.json: models[0].durations: …"); all later calls go on and give their fallbacks, so that reading
 * code goes straight from top to bottom and looks for an error once. Who never asks for the error reads leniently.
 *
 * A reader stands in an object or a list. Members are read by name; in a list, rushes_json_reader_next() goes from
 * element to element, and the name %NULL reads the element itself.
 */
typedef struct _RushesJsonReader RushesJsonReader;

/* Stands in @root, which should be an object. @file is how errors call the text. @root must outlive the reader. */
RushesJsonReader *rushes_json_reader_new          (JsonNode           *root,
                                                   const char         *file) G_GNUC_WARN_UNUSED_RESULT;
void              rushes_json_reader_free         (RushesJsonReader   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesJsonReader, rushes_json_reader_free)

/* Complains of those of the named members that are absent. NULL-terminated. */
void              rushes_json_reader_need         (RushesJsonReader   *self,
                                                   ...) G_GNUC_NULL_TERMINATED;
gboolean          rushes_json_reader_has          (RushesJsonReader   *self,
                                                   const char         *member);

/* Steps into an object or a list. FALSE, without stepping, when it is absent or (a mistake) something else. */
gboolean          rushes_json_reader_enter_object (RushesJsonReader   *self,
                                                   const char         *member);
gboolean          rushes_json_reader_enter_list   (RushesJsonReader   *self,
                                                   const char         *member);
/* Goes to the first, then to the next element of the list; FALSE after the last. */
gboolean          rushes_json_reader_next         (RushesJsonReader   *self);
/* Steps out again. Members of an object that nobody asked for are a mistake. */
void              rushes_json_reader_leave        (RushesJsonReader   *self);
/* The names of the members of the object it stands in, in their order; none counts as asked for by it. Free the
 * list, not the names. */
GList            *rushes_json_reader_list_members (RushesJsonReader   *self) G_GNUC_WARN_UNUSED_RESULT;

/* Each gives @fallback when the member is absent or is a mistake. Strings live as long as the JSON. */
const char       *rushes_json_reader_get_string   (RushesJsonReader   *self,
                                                   const char         *member,
                                                   const char         *fallback);
gboolean          rushes_json_reader_get_boolean  (RushesJsonReader   *self,
                                                   const char         *member,
                                                   gboolean            fallback);
gint64            rushes_json_reader_get_integer  (RushesJsonReader   *self,
                                                   const char         *member,
                                                   gint64              minimum,
                                                   gint64              maximum,
                                                   gint64              fallback);
double            rushes_json_reader_get_number   (RushesJsonReader   *self,
                                                   const char         *member,
                                                   double              minimum,
                                                   double              maximum,
                                                   double              fallback);
/* The place of a word in @words, a NULL-terminated list. */
int               rushes_json_reader_get_word     (RushesJsonReader   *self,
                                                   const char         *member,
                                                   const char * const *words,
                                                   int                 fallback);
/* A list of strings as a new array, empty when it is absent. */
char            **rushes_json_reader_get_strings  (RushesJsonReader   *self,
                                                   const char         *member) G_GNUC_WARN_UNUSED_RESULT;
/* Whatever it is, for somebody else to read; NULL when it is absent. Borrowed. */
JsonNode         *rushes_json_reader_get_node     (RushesJsonReader   *self,
                                                   const char         *member);

/* A mistake that only the caller can see. The reason is a translated sentence. */
void              rushes_json_reader_complain     (RushesJsonReader   *self,
                                                   const char         *member,
                                                   const char         *format,
                                                   ...) G_GNUC_PRINTF (3, 4);
/* Steps out of the root. FALSE with the first mistake there was, as a BAD_REQUEST. */
gboolean          rushes_json_reader_finish       (RushesJsonReader   *self,
                                                   GError            **error);

G_END_DECLS
