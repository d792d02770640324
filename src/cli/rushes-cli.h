/* rushes-cli.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-picture-fitter.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* The command line: no GTK, no GApplication, no display. */

/* Opens whichever of the three standard descriptors the caller has closed, so that no file of ours takes its number and is
 * written over by a message. What was closed stays unusable: writing to it fails. The first thing that main() does. */
void     rushes_cli_guard_descriptors (void);

/* Whether @word, the first argument, is for the command line: a subcommand, --help, --version, or a bare word (no slash,
 * dot or colon) that names no file, which rushes_cli_run() refuses as no command. Everything else is files for the window,
 * or an option of GApplication's. NULL is not. */
gboolean rushes_cli_takes             (const char          *word);

/* Does what @argv says (the program's own, with its name in front), turning the default main context meanwhile, and
 * returns the exit status. After rushes_core_init(). */
int      rushes_cli_run               (int                  argc,
                                       char               **argv,
                                       RushesRegistry      *registry,
                                       RushesPictureFitter *fitter);

G_END_DECLS
