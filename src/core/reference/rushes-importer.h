/* rushes-importer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-folders.h"
#include "rushes-picture-fitter.h"
#include "rushes-reference.h"

G_BEGIN_DECLS

/**
 * RushesImporter:
 *
 * Brings a picture from where a person has it (a file, a stream, bytes of the clipboard, an address) into the
 * library's references folder. The picture is probed first; what cannot be read is refused with a sentence and leaves
 * nothing behind.
 */
#define RUSHES_TYPE_IMPORTER (rushes_importer_get_type ())
G_DECLARE_FINAL_TYPE (RushesImporter, rushes_importer, RUSHES, IMPORTER, GObject)

RushesImporter *rushes_importer_new          (RushesFolders       *folders,
                                              RushesPictureFitter *fitter);
/* Each resolves to a #RushesReference. @file may be local, of a FUSE document, or http(s): (fetched with a limit of
 * 256 MiB, 30 s of silence, redirects followed; whoever typed or dropped an address may name any). */
DexFuture      *rushes_importer_import_file  (RushesImporter      *self,
                                              GFile               *file) G_GNUC_WARN_UNUSED_RESULT;
DexFuture      *rushes_importer_import_bytes (RushesImporter      *self,
                                              GBytes              *bytes,
                                              const char          *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture      *rushes_importer_import_stream (RushesImporter     *self,
                                               GInputStream       *stream,
                                               const char         *name) G_GNUC_WARN_UNUSED_RESULT;
/* The picture of that SHA-256 in the folder of references, looked at anew: resolves to a #RushesReference that is called
 * @name; rejects with NOT_FOUND when it is not there, or cannot be read any more. Writes nothing. */
DexFuture      *rushes_importer_find         (RushesImporter      *self,
                                              const char          *sha256,
                                              const char          *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
