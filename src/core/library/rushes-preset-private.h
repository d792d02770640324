/* rushes-preset-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-presets.h"

G_BEGIN_DECLS

/* All texts but @prompt are in English where they are those of a shipped preset, and shown translated. */
RushesPreset *rushes_preset_new_shipped      (const char      *id,
                                              const char      *group,
                                              const char      *name,
                                              const char      *summary,
                                              const char      *prompt,
                                              const char      *icon_name) G_GNUC_WARN_UNUSED_RESULT;
RushesPreset *rushes_preset_new_own          (const char      *id,
                                              const char      *name,
                                              const char      *prompt) G_GNUC_WARN_UNUSED_RESULT;
/* One of the person's own in the place of @shipped: it differs by its prompt. */
RushesPreset *rushes_preset_new_changed      (RushesPreset    *shipped,
                                              const char      *prompt) G_GNUC_WARN_UNUSED_RESULT;
/* As it stands in files: in English where it is that of a shipped preset. */
const char   *rushes_preset_get_plain_name   (RushesPreset    *self);
/* Equal but for upper and lower case; FALSE for what is no UTF-8. */
gboolean      rushes_preset_same_word        (const char      *a,
                                              const char      *b);
/* Whether all that can be seen of the two is the same. */
gboolean      rushes_preset_equal            (RushesPreset    *self,
                                              RushesPreset    *other);
/* By id or by name, whatever the case. */
gboolean      rushes_preset_is_called        (RushesPreset    *self,
                                              const char      *id_or_name);
/* Where @text goes on after "NAME" and blanks, when it begins so; NULL. Blanks in the name may be '-' or '_' in @text. */
const char   *rushes_preset_skip_name        (RushesPreset    *self,
                                              const char      *text);

G_END_DECLS
