/* rushes-preset-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-preset-private.h"

G_BEGIN_DECLS

/* One preset of the person's own as it stands in a file. @id is NULL in what was imported. */
typedef struct
{
  char *id;
  char *name;
  char *prompt;
} RushesPresetEntry;

/* Takes blanks off the ends and makes one line of each. BAD_REQUEST when one is empty or much too long, or the name
 * has a colon in it, which ends a name where presets stand line by line. */
RushesPresetEntry *rushes_preset_entry_new      (const char         *id,
                                                 const char         *name,
                                                 const char         *prompt,
                                                 GError            **error);
void               rushes_preset_entry_free     (RushesPresetEntry  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesPresetEntry, rushes_preset_entry_free)

/* What DATA/presets.json holds: the presets of the person's own, those that ship and were changed among them, and the
 * ids of those that ship and are hidden. */
typedef struct
{
  GPtrArray *entries; /* of RushesPresetEntry */
  GPtrArray *hidden;  /* of char* */
} RushesPresetFile;

RushesPresetFile  *rushes_preset_file_new       (void);
/* Keeps other processes, and whoever else asks here, from writing @file until the descriptor that it gives is closed, so
 * that nothing is lost between a load and a save. Waits some seconds for one that writes. -1 with STORAGE. */
int                rushes_preset_file_lock      (GFile              *file,
                                                 GError            **error);
/* Empty where there is no file. */
RushesPresetFile  *rushes_preset_file_load      (GFile              *file,
                                                 GError            **error);
gboolean           rushes_preset_file_save      (RushesPresetFile   *self,
                                                 GFile              *file,
                                                 GError            **error);
/* The entry of that id, NULL when there is none; and whether it is the id of a hidden one. @position, where it stands in
 * its list, may be NULL. */
RushesPresetEntry *rushes_preset_file_find      (RushesPresetFile   *self,
                                                 const char         *id,
                                                 guint              *position);
gboolean           rushes_preset_file_hides     (RushesPresetFile   *self,
                                                 const char         *id,
                                                 guint              *position);
void               rushes_preset_file_free      (RushesPresetFile   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesPresetFile, rushes_preset_file_free)

/* The shipped presets, in their order. */
GPtrArray         *rushes_preset_load_shipped   (GError            **error);
/* That of @id among these; NULL. Borrowed. */
RushesPreset      *rushes_preset_find_shipped   (GPtrArray          *shipped,
                                                 const char         *id);

/* JSON or lines, as rushes_presets_import() takes them; an array of RushesPresetEntry. */
GPtrArray         *rushes_preset_parse_entries  (GBytes             *bytes,
                                                 GError            **error);
char              *rushes_preset_print_entries  (GListModel         *presets,
                                                 gboolean            all,
                                                 gboolean            lines);

G_END_DECLS
