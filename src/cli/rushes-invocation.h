/* rushes-invocation.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-command.h"
#include "rushes-error.h"
#include "rushes-library.h"
#include "rushes-picture-fitter.h"
#include "rushes-presets.h"
#include "rushes-printer.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesInvocation:
 *
 * One call of the command line: what was typed, and what the commands share.
 */
RushesInvocation    *rushes_invocation_new           (RushesRegistry       *registry,
                                                      RushesPictureFitter  *fitter) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_invocation_free          (RushesInvocation     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesInvocation, rushes_invocation_free)

RushesRegistry      *rushes_invocation_get_registry  (RushesInvocation     *self);
RushesPictureFitter *rushes_invocation_get_fitter    (RushesInvocation     *self);
RushesPrinter       *rushes_invocation_get_printer   (RushesInvocation     *self);
RushesFolders       *rushes_invocation_get_folders   (RushesInvocation     *self);

/* Says what is called; @arguments are the words after it, up to a NULL, and must outlive the call. */
void                 rushes_invocation_set_command   (RushesInvocation     *self,
                                                      const RushesCommand  *command,
                                                      const RushesVerb     *verb,
                                                      char                **arguments);

/* ---- what was typed ---- */

/* Declares options, under @title in the help (translatable, with its colon; NULL for those without a title of their
 * own). All take their value as G_OPTION_ARG_FILENAME, that is, as the bytes that were typed; see
 * rushes_invocation_read_text(). */
void                 rushes_invocation_add_options   (RushesInvocation     *self,
                                                      const char           *title,
                                                      const GOptionEntry   *entries);
/* A paragraph after the options in the help; translated. */
void                 rushes_invocation_set_notes     (RushesInvocation     *self,
                                                      const char           *notes);
/* Reads the command line. FALSE when there is nothing more to do (help was shown, or something was wrong with it and
 * that was said): then @status is what to return. */
gboolean             rushes_invocation_parse         (RushesInvocation     *self,
                                                      int                  *status);
/* The @n-th argument that is no option, as it was typed; NULL when there are fewer. */
const char          *rushes_invocation_get_argument  (RushesInvocation     *self,
                                                      guint                 n);
/* What was typed as UTF-8, whether the locale says so or not; BAD_REQUEST that names @what when it is no text. */
char                *rushes_invocation_read_text     (const char           *typed,
                                                      const char           *what,
                                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* A number as everybody writes it, with a point; one unit after it ("5s") is fine where @unit names it. BAD_REQUEST that
 * names @option when it is none. */
gboolean             rushes_invocation_read_number   (const char           *typed,
                                                      const char           *option,
                                                      const char           *unit,
                                                      double               *number,
                                                      GError              **error);
/* The same, and not outside of these two. */
gboolean             rushes_invocation_read_number_within (const char      *typed,
                                                      const char           *option,
                                                      const char           *unit,
                                                      double                minimum,
                                                      double                maximum,
                                                      double               *number,
                                                      GError              **error);
gboolean             rushes_invocation_read_integer  (const char           *typed,
                                                      const char           *option,
                                                      gint64                minimum,
                                                      gint64                maximum,
                                                      gint64               *number,
                                                      GError              **error);
/* Whether it begins as a number below nothing does, "-5", which rushes_invocation_parse() refuses in place of a parameter. */
gboolean             rushes_invocation_is_negative   (const char           *typed);
/* The sentence for that, BAD_REQUEST. */
void                 rushes_invocation_refuse_negative (RushesInvocation   *self,
                                                      const char           *typed,
                                                      GError              **error);

/* ---- how it ends ---- */

/* Says an error and returns its exit status. */
int                  rushes_invocation_fail          (RushesInvocation     *self,
                                                      const GError         *error);
/* The same for a wrong use of the command, with the way to its help. */
int                  rushes_invocation_misused       (RushesInvocation     *self,
                                                      const GError         *error);

/* ---- what the commands work on; in a fiber ---- */

/* The library, opened the first time, and made where there was none; NULL with an error. Borrowed. */
RushesLibrary       *rushes_invocation_open_library  (RushesInvocation     *self,
                                                      GError              **error);
/* The same for who only looks: nothing is written, pruned or run where the library is as it should be. */
RushesLibrary       *rushes_invocation_open_library_to_read (RushesInvocation *self,
                                                             GError          **error);
/* The take whose id begins with these characters; NULL with an error, a BAD_REQUEST where there is no such take or
 * more than one. */
RushesTake          *rushes_invocation_find_take     (RushesLibrary        *library,
                                                      const char           *id,
                                                      GError              **error);
/* The presets, read the first time. A file of one's own that cannot be read is remarked upon. Borrowed. */
RushesPresets       *rushes_invocation_get_presets   (RushesInvocation     *self);
/* The preset of that id or name; NULL with a BAD_REQUEST. Borrowed. */
RushesPreset        *rushes_invocation_require_preset (RushesInvocation    *self,
                                                      const char           *name,
                                                      GError              **error);
/* Waits until everything is on disk. */
void                 rushes_invocation_close         (RushesInvocation     *self);

G_END_DECLS
