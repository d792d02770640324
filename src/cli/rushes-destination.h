/* rushes-destination.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesDestination:
 *
 * Where -o says that clips go: a file, a folder, or standard output. What can be known to go wrong is found before anything
 * is spent.
 */
typedef struct _RushesDestination RushesDestination;

/* @typed as it was typed. @n_clips is how many clips will come: a file and standard output take one. BAD_REQUEST (field
 * "output") for what cannot be meant, STORAGE for a folder that takes no file. Blocks: a few system calls. */
RushesDestination *rushes_destination_new           (const char         *typed,
                                                     gboolean            force,
                                                     guint               n_clips,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_destination_free          (RushesDestination  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesDestination, rushes_destination_free)

/* Whether clips that go into files take their recipe along; they do where the settings say so. */
void               rushes_destination_set_with_recipe (RushesDestination *self,
                                                     gboolean            with_recipe);
/* Whether @typed means standard output. */
gboolean           rushes_destination_is_stream     (const char         *typed);
/* Copies a take's clip there, in a fiber. In a folder it gets a name of its project and its words, and never replaces
 * another file. @written is the file, with the extension of what is in it; NULL for standard output. STORAGE. */
gboolean           rushes_destination_deliver       (RushesDestination  *self,
                                                     RushesLibrary      *library,
                                                     RushesTake         *take,
                                                     GFile             **written,
                                                     GError            **error);
/* What differs between the file that was asked for and the one that was written, as a sentence; NULL when nothing does. */
char              *rushes_destination_explain       (RushesDestination  *self,
                                                     GFile              *written) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
