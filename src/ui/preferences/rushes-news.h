/* rushes-news.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesNews:
 *
 * Keeps what is shown of a library up to date: reads now, and again after whatever is written by this process or another,
 * one reading at a time and with a pause between two.
 */
#define RUSHES_TYPE_NEWS (rushes_news_get_type ())
G_DECLARE_FINAL_TYPE (RushesNews, rushes_news, RUSHES, NEWS, GObject)

/* Begins to read; the future is taken. */
typedef DexFuture *(*RushesNewsRead) (gpointer   owner);
/* What was read, or why it was not. */
typedef void       (*RushesNewsCame) (gpointer   owner,
                                      DexFuture *future);

/* @owner holds it, and lets go of it in its dispose. */
RushesNews *rushes_news_new  (RushesLibrary  *library,
                              GObject        *owner,
                              RushesNewsRead  read,
                              RushesNewsCame  came);
/* There is news that is not in the library. */
void        rushes_news_look (RushesNews     *self);

G_END_DECLS
