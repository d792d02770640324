/* rushes-download-state.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * RushesDownloadState:
 * @size: bytes of the file that can be gone on from; 0 when it has to begin anew
 * @total: bytes that were announced; -1 when nobody said
 * @validator: what `If-Range` bears, a strong ETag or a date; NULL when there is none
 * @media_type: as the server said; maybe empty
 * @whole: all of it is there and synced
 *
 * What is known of a file that is partly fetched: it lies beside it (PART.etag), so that a later process can go on.
 * Of the address only a digest is kept, since its query may be a secret.
 */
typedef struct
{
  GFile    *part;
  char     *address;
  gint64    size;
  gint64    total;
  char     *validator;
  char     *media_type;
  gboolean  whole;
} RushesDownloadState;

RushesDownloadState *rushes_download_state_new        (GFile                *part,
                                                       const char           *address) G_GNUC_WARN_UNUSED_RESULT;
RushesDownloadState *rushes_download_state_ref        (RushesDownloadState  *self);
void                 rushes_download_state_unref      (RushesDownloadState  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesDownloadState, rushes_download_state_unref)

/* Begins anew with what the headers of a 200 say. */
void                 rushes_download_state_take       (RushesDownloadState  *self,
                                                       SoupMessageHeaders   *headers);
/* Whether a 206 goes on where the file ends, within the same whole. */
gboolean             rushes_download_state_goes_on    (RushesDownloadState  *self,
                                                       SoupMessageHeaders   *headers);
/* Whether a 206 brings bytes from @offset on, of the same whole. */
gboolean             rushes_download_state_has_part   (RushesDownloadState  *self,
                                                       SoupMessageHeaders   *headers,
                                                       gint64                offset);
/* What tells the whole from any other, wherever it is had from; NULL when nothing does. */
char                *rushes_download_state_identify   (RushesDownloadState  *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a 416 says that the file is as long as the whole is. */
gboolean             rushes_download_state_is_full    (RushesDownloadState  *self,
                                                       SoupMessageHeaders   *headers);

/* All of these work off the main thread. The first looks at what lies there, and resolves to TRUE, whatever that is.
 * The second resolves to TRUE; what cannot be written is no error, it only cannot be gone on with. */
DexFuture           *rushes_download_state_load       (RushesDownloadState  *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture           *rushes_download_state_save       (RushesDownloadState  *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
