/* rushes-presets.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-folders.h"

G_BEGIN_DECLS

/**
 * RushesPreset:
 *
 * A named prompt text that is put before what the person types. Read-only properties: id, name (translated for those
 * that ship), summary, prompt (English, as it is sent), group (translated), icon-name, shipped.
 */
#define RUSHES_TYPE_PRESET (rushes_preset_get_type ())
G_DECLARE_FINAL_TYPE (RushesPreset, rushes_preset, RUSHES, PRESET, GObject)

const char *rushes_preset_get_id        (RushesPreset *self);
const char *rushes_preset_get_name      (RushesPreset *self);
const char *rushes_preset_get_summary   (RushesPreset *self);
const char *rushes_preset_get_prompt    (RushesPreset *self);
const char *rushes_preset_get_group     (RushesPreset *self);
const char *rushes_preset_get_icon_name (RushesPreset *self);
gboolean    rushes_preset_get_shipped   (RushesPreset *self);

/**
 * RushesPresets:
 *
 * The presets: a GListModel of RushesPreset, grouped (those that ship first, in the order of data/presets.json, then
 * the person's own by name). The person's own live in DATA/presets.json, written whole and renamed. Changing one that
 * ships keeps a copy of one's own under the same id; removing one that ships hides it.
 *
 * The file is read and written on a worker. Every change begins with what the file holds by then, with other processes
 * kept off it; those asked for here are made one after another, in their order, and come to their end whoever lets go of
 * the future or of the object. When a future is settled the list shows what the file holds; after an error both are as
 * they were. Of the main thread.
 */
#define RUSHES_TYPE_PRESETS (rushes_presets_get_type ())
G_DECLARE_FINAL_TYPE (RushesPresets, rushes_presets, RUSHES, PRESETS, GObject)

/* What is larger is no file of presets. */
#define RUSHES_PRESETS_MAX_BYTES (1024 * 1024)

/* With those that ship. */
RushesPresets *rushes_presets_new         (RushesFolders  *folders) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the person's own. A file that cannot be read is left where it is, and rejects. */
DexFuture     *rushes_presets_load        (RushesPresets  *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves when all that was asked for by now is on the disk, or has failed; never rejects. */
DexFuture     *rushes_presets_settle      (RushesPresets  *self) G_GNUC_WARN_UNUSED_RESULT;
/* By id, or by name in English or in the person's language, whatever the case; NULL. Borrowed. */
RushesPreset  *rushes_presets_find        (RushesPresets  *self,
                                           const char     *id_or_name);
/* When @text begins with "/name " and name is a preset's (spaces may be written as '-' or '_'), the preset, and where
 * the rest begins; NULL. */
RushesPreset  *rushes_presets_match_slash (RushesPresets  *self,
                                           const char     *text,
                                           const char    **rest);
/* Whether @preset is one of the person's own that stands in the place of one that ships; removing it brings that back. */
gboolean       rushes_presets_is_changed  (RushesPresets  *self,
                                           RushesPreset   *preset);
/* Those that ship and are hidden: a GListModel of RushesPreset that follows. Borrowed. */
GListModel    *rushes_presets_get_hidden  (RushesPresets  *self);
/* The person's own presets (with @all, also those that ship) as JSON, or as lines. */
char          *rushes_presets_export      (RushesPresets  *self,
                                           gboolean        all,
                                           gboolean        lines) G_GNUC_WARN_UNUSED_RESULT;

/* All changes reject with STORAGE when the file cannot be written, and when what it holds cannot be read. */

/* Adds one of the person's own, or changes the one of that name; resolves to its id. BAD_REQUEST for an empty name or
 * prompt. */
DexFuture     *rushes_presets_add         (RushesPresets  *self,
                                           const char     *name,
                                           const char     *prompt) G_GNUC_WARN_UNUSED_RESULT;
/* Changes @preset, one of the person's own, which keeps its id, or adds one where it is NULL; resolves to its id.
 * BAD_REQUEST too when another preset is called so, be it a hidden one, and for another name of one that stands for a
 * preset that ships. */
DexFuture     *rushes_presets_write       (RushesPresets  *self,
                                           RushesPreset   *preset,
                                           const char     *name,
                                           const char     *prompt) G_GNUC_WARN_UNUSED_RESULT;
DexFuture     *rushes_presets_remove      (RushesPresets  *self,
                                           RushesPreset   *preset) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a removal back: @preset is there again under its id, as it was. BAD_REQUEST when its name was given away. */
DexFuture     *rushes_presets_put_back    (RushesPresets  *self,
                                           RushesPreset   *preset) G_GNUC_WARN_UNUSED_RESULT;
/* Reads JSON ({"presets":[{"name":…,"prompt":…}]} or a bare array) or lines "name:prompt"; resolves to how many (an int)
 * were added or changed. All or nothing. BAD_REQUEST when @bytes are no presets. */
DexFuture     *rushes_presets_import      (RushesPresets  *self,
                                           GBytes         *bytes) G_GNUC_WARN_UNUSED_RESULT;
/* The same where no preset gets another text by it; otherwise nothing is changed, and it resolves to the names of those
 * that would (a GStrv). */
DexFuture     *rushes_presets_import_peacefully (RushesPresets *self,
                                                 GBytes        *bytes) G_GNUC_WARN_UNUSED_RESULT;
/* Adds those of another library of which there is none here: nothing that is here changes, and one that is called like
 * another preset of here gets another name. Takes what rushes_presets_import() takes; resolves to how many (an int) were
 * added. All or nothing. */
DexFuture     *rushes_presets_bring_in    (RushesPresets  *self,
                                           GBytes         *bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
