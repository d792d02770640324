/* rushes-model-stock.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-model-sheet.h"

G_BEGIN_DECLS

/* More than this nobody lists, and nobody has asked for the schemas of. */
#define RUSHES_MAX_LISTED  2000
#define RUSHES_MAX_SCHEMAS 200

/**
 * RushesModelStock:
 *
 * All that a service said of its models, as it is cached: one file for each provider and base URL, of this program's making
 * but read as strictly as anybody's. Boxed. All of this blocks: for work threads.
 */
typedef struct
{
  GPtrArray *listed;  /* RushesModel */
  GPtrArray *schemas; /* RushesModel, of which a schema is known, listed or not */
  GDateTime *time;    /* when the list was asked for; NULL never */
} RushesModelStock;

#define RUSHES_TYPE_MODEL_STOCK (rushes_model_stock_get_type ())
GType             rushes_model_stock_get_type (void);
RushesModelStock *rushes_model_stock_new      (void) G_GNUC_WARN_UNUSED_RESULT;
RushesModelStock *rushes_model_stock_copy     (RushesModelStock *self) G_GNUC_WARN_UNUSED_RESULT;
void              rushes_model_stock_free     (RushesModelStock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesModelStock, rushes_model_stock_free)

/* Where that of a base URL lies in @folder. */
GFile            *rushes_model_stock_get_file (GFile            *folder,
                                               const char       *provider_id,
                                               const char       *base_url) G_GNUC_WARN_UNUSED_RESULT;
/* A file that is absent or spoilt is an empty stock; what is spoilt within it is left out. @file may be NULL. */
RushesModelStock *rushes_model_stock_load     (GFile            *file,
                                               RushesModelBase  *base) G_GNUC_WARN_UNUSED_RESULT;
/* Writes it, all at once. FALSE with STORAGE. */
gboolean          rushes_model_stock_save     (RushesModelStock *self,
                                               GFile            *file,
                                               GError          **error);
/* What @sheets (JsonNode) say stands instead of what was listed. An id counts once; what cannot be used is left out. */
void              rushes_model_stock_set_list (RushesModelStock *self,
                                               GPtrArray        *sheets,
                                               GDateTime        *time,
                                               RushesModelBase  *base);
/* Puts the model of a schema in. Its name, its price and the like are the list's. Borrowed; NULL with a BAD_REQUEST. */
RushesModel      *rushes_model_stock_add_schema (RushesModelStock *self,
                                               JsonNode         *sheet,
                                               RushesModelBase  *base,
                                               GError          **error);

G_END_DECLS
