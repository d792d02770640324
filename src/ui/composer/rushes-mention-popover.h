/* rushes-mention-popover.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesMentionPopover:
 *
 * The pictures that a prompt can name, offered where an "@" was typed. It never takes the focus, so that whoever wants none of them goes on
 * typing: the text that has the focus gives it the keys that it is for.
 *
 * Signals: ::chosen (string: how the picture is named, "@2").
 */
#define RUSHES_TYPE_MENTION_POPOVER (rushes_mention_popover_get_type ())
G_DECLARE_FINAL_TYPE (RushesMentionPopover, rushes_mention_popover, RUSHES, MENTION_POPOVER, GtkPopover)

void      rushes_mention_popover_set_thumbnailer (RushesMentionPopover *self,
                                                  RushesThumbnailer    *thumbnailer);
/* Opens it at @place, of its parent, unless @model has names for none of the draft's pictures. */
void      rushes_mention_popover_offer           (RushesMentionPopover *self,
                                                  RushesModel          *model,
                                                  RushesDraft          *draft,
                                                  const GdkRectangle   *place);
/* A key that was pressed while it is open. FALSE when it is not for it. */
gboolean  rushes_mention_popover_take_key        (RushesMentionPopover *self,
                                                  guint                 keyval);

G_END_DECLS
