/* rushes-composer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-studio.h"

G_BEGIN_DECLS

/**
 * RushesComposer:
 *
 * Where a take is put together: pictures, words, settings, and the button that makes it. It keeps the draft of the project it is shown for, over
 * restarts too.
 *
 * Properties, notified: in-sheet (boolean: it stands in a sheet at the bottom of a narrow window), picture-height (int: pixels
 * that the picture of the first frame may take). Read-only: summary (string: the draft in a line),
 * details (string: model, length and price in a line), picture (GdkPaintable of the first frame, NULL).
 *
 * Signals: ::generated (array of RushesTake) when an order is in the library; ::pictures-came when something was brought into a well, so that the
 * composer should be seen.
 */
#define RUSHES_TYPE_COMPOSER (rushes_composer_get_type ())
G_DECLARE_FINAL_TYPE (RushesComposer, rushes_composer, RUSHES, COMPOSER, AdwBin)

void            rushes_composer_set_studio     (RushesComposer  *self,
                                                RushesStudio    *studio);
RushesProject  *rushes_composer_get_project    (RushesComposer  *self);
/* Keeps the draft of the project before, and goes on with this one's. */
void            rushes_composer_set_project    (RushesComposer  *self,
                                                RushesProject   *project);
/* The draft that is put together; it is another object after a change of project. Borrowed. */
RushesDraft    *rushes_composer_get_draft      (RushesComposer  *self);

/* What lights up while something that can be dropped hangs over another part of the window. Borrowed. */
GtkWidget      *rushes_composer_get_well       (RushesComposer  *self);
/* Pictures for the first frame, several of which become the offer of a batch; or a clip or a file with a recipe. */
void            rushes_composer_take_drop      (RushesComposer  *self,
                                                GdkDrop         *drop);
void            rushes_composer_take_files     (RushesComposer  *self,
                                                GListModel      *files);
/* FALSE when the clipboard holds nothing that may be a picture. */
gboolean        rushes_composer_paste          (RushesComposer  *self);
void            rushes_composer_choose_picture (RushesComposer  *self);
/* A picture that is at hand, under a name for people: a frame of a clip. */
void            rushes_composer_take_bytes     (RushesComposer  *self,
                                                GBytes          *bytes,
                                                const char      *name,
                                                RushesReferenceRole role);
/* Puts the recipe of a take into the draft; the toast takes it back. */
void            rushes_composer_remix          (RushesComposer  *self,
                                                RushesRequest   *request);
/* Puts @draft, which is nobody's yet, in place of what is there; where that was something, the toast takes it back. */
void            rushes_composer_begin          (RushesComposer  *self,
                                                RushesDraft     *draft);
/* The preset of that id or English name; nothing when there is none. */
void            rushes_composer_pick_preset    (RushesComposer  *self,
                                                const char      *preset);

/* Orders @drafts (RushesDraft) in the way of the button, with its questions; the person has seen what they cost. */
void            rushes_composer_buy_again      (RushesComposer  *self,
                                                RushesProject   *project,
                                                GPtrArray       *drafts);
/* All models, one of which can be chosen for the draft. Gives the dialog; borrowed. */
AdwDialog      *rushes_composer_show_models    (RushesComposer  *self);
/* As the button does. */
void            rushes_composer_generate       (RushesComposer  *self);
void            rushes_composer_focus_prompt   (RushesComposer  *self);
/* Keeps the draft now. It is on its way to the disk when this returns; closing the library waits for it. */
void            rushes_composer_flush          (RushesComposer  *self);

G_END_DECLS
