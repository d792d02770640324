/* rushes-take-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-registry.h"
#include "rushes-take.h"

G_BEGIN_DECLS

/* The words a take is shown with: on its card, on its page, in a screen reader. All are translated; none is markup. Times are µs UTC. */

/**
 * RushesRemedy:
 *
 * The one best thing to do about a take that did not become a clip.
 */
typedef enum
{
  RUSHES_REMEDY_NONE,
  RUSHES_REMEDY_RETRY, /* a new attempt as it is */
  RUSHES_REMEDY_EDIT,  /* it cannot work as it is: back to the composer */
  RUSHES_REMEDY_CHECK, /* ask what became of it */
  RUSHES_REMEDY_PICK_UP, /* it runs, and is to be waited for again */
} RushesRemedy;

/* Whether its clip was made and is not in the library any more. */
gboolean     rushes_take_words_is_pruned    (RushesTake     *take);
/* For a take that loaded and is neither in work nor has its clip. */
RushesRemedy rushes_take_words_remedy       (RushesTake     *take);
/* "Retry", "Edit…", "Check Again", "Pick Up Again"; NULL for NONE. */
const char  *rushes_take_words_remedy_label (RushesRemedy    remedy);

/* Whether asking its service may bring news of a take. */
gboolean     rushes_take_words_can_check    (RushesTake     *take,
                                             RushesRegistry *registry);

/* The model's name, or its id when no provider of ours has it any more. */
char        *rushes_take_words_model        (RushesTake     *take,
                                             RushesRegistry *registry) G_GNUC_WARN_UNUSED_RESULT;
/* When it was made: "now" while it is in work, then the time of today, "Yesterday", the day, the month. */
char        *rushes_take_words_when         (RushesTake     *take,
                                             gint64          now) G_GNUC_WARN_UNUSED_RESULT;
/* Where a take in work stands: "Rendering 42 %". */
char        *rushes_take_words_stage        (RushesTake     *take) G_GNUC_WARN_UNUSED_RESULT;
/* How long that has been going on, and how long it will: "1:12, about 1:40 left"; @typical is in seconds, 0 unknown. NULL when there is nothing honest
 * to say, as for one that has not begun. */
char        *rushes_take_words_elapsed      (RushesTake     *take,
                                             double          typical,
                                             gint64          now) G_GNUC_WARN_UNUSED_RESULT;
/* What is the matter, in a few words ("Declined by Veo"), and in a sentence or two, with whether money was spent where a service was involved. NULL for
 * takes in work and those that have their clip. */
char        *rushes_take_words_trouble      (RushesTake     *take,
                                             RushesRegistry *registry) G_GNUC_WARN_UNUSED_RESULT;
char        *rushes_take_words_reason       (RushesTake     *take,
                                             RushesRegistry *registry) G_GNUC_WARN_UNUSED_RESULT;
/* "5 s", "2.5 s", "1:05" */
char        *rushes_take_words_length       (double          seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
