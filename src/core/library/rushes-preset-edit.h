/* rushes-preset-edit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-preset-file.h"

G_BEGIN_DECLS

typedef struct _RushesPresetEdit RushesPresetEdit;

/* Changes @contents, looking at the presets that ship besides; says how many presets are others now, or -1. What is left
 * after -1 is not kept. Touches no file, and may run on any thread. */
typedef int RushesPresetEditFunc (RushesPresetEdit  *edit,
                                  GPtrArray         *shipped,
                                  RushesPresetFile  *contents,
                                  GError           **error);

/**
 * RushesPresetEdit:
 *
 * A change of the person's presets as a value: what is to be done, whatever the file holds by the time it is done.
 */
struct _RushesPresetEdit
{
  RushesPresetEditFunc *func;
  RushesPreset *preset; /* that it is about; NULL */
  GBytes *bytes;        /* to be parsed into @entries; NULL */
  GPtrArray *entries;   /* of RushesPresetEntry */
  char *id;             /* given by those that are about one entry: of the preset that it became */
  char **clashes;       /* given by rushes_preset_edit_put_peacefully(); NULL when it did it */
};

/* With @preset, @bytes and @entry what @func uses of them. Takes @entry. */
RushesPresetEdit *rushes_preset_edit_new     (RushesPresetEditFunc  *func,
                                              RushesPreset          *preset,
                                              GBytes                *bytes,
                                              RushesPresetEntry     *entry) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the bytes, if there are any; what this says against them does not depend on what is here. */
gboolean          rushes_preset_edit_prepare (RushesPresetEdit      *self,
                                              GError               **error);
void              rushes_preset_edit_free    (RushesPresetEdit      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesPresetEdit, rushes_preset_edit_free)

/* Adds the entry, or changes the preset of its name; gives its id. */
RushesPresetEditFunc rushes_preset_edit_add;
/* The same for each entry. */
RushesPresetEditFunc rushes_preset_edit_put;
/* The same where no preset gets another text by it; otherwise gives the clashes, and changes nothing. */
RushesPresetEditFunc rushes_preset_edit_put_peacefully;
/* Adds each entry of which there is none here, under another name where its own is taken. */
RushesPresetEditFunc rushes_preset_edit_bring_in;
/* Makes the preset, or a new one, what the entry says; gives its id. */
RushesPresetEditFunc rushes_preset_edit_write;
RushesPresetEditFunc rushes_preset_edit_remove;
RushesPresetEditFunc rushes_preset_edit_put_back;

G_END_DECLS
