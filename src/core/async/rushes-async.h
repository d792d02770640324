/* rushes-async.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* The few words over libdex 0.10 that the rest of Rushes uses. */

/* What all fibers get; decoders and formatters fit in it. */
#define RUSHES_FIBER_STACK (1024 * 1024)

/* Starts a fiber on the main thread. */
DexFuture *rushes_async_spawn     (DexFiberFunc    func,
                                   gpointer        data,
                                   GDestroyNotify  destroy) G_GNUC_WARN_UNUSED_RESULT;

/* Runs @func on the pool of threads for decoding, hashing and other work that blocks; @func returns the GValue-bearing future's value by way of
 * dex_future_new_*() as a fiber would, but may block. The result arrives on the main thread. */
typedef DexFuture *(*RushesWorkFunc) (gpointer data);
DexFuture *rushes_async_work      (RushesWorkFunc  func,
                                   gpointer        data,
                                   GDestroyNotify  destroy) G_GNUC_WARN_UNUSED_RESULT;

/* Resolves to TRUE after @seconds (dex time-outs reject instead). */
DexFuture *rushes_async_sleep     (double          seconds) G_GNUC_WARN_UNUSED_RESULT;

/* Resolves as @future does, or rejects with TIMEOUT and @sentence after @seconds. Takes @future. */
DexFuture *rushes_async_limit     (DexFuture      *future,
                                   double          seconds,
                                   const char     *sentence) G_GNUC_WARN_UNUSED_RESULT;

/* For tests, benches and the command line: turns the main context until @future is settled. Takes @future; gives a new reference to it,
 * settled. Never inside a fiber. */
DexFuture *rushes_async_run       (DexFuture      *future) G_GNUC_WARN_UNUSED_RESULT;

/* A UUIDv7 (RFC 9562): sorts by creation; two made by one process in a row sort in their order, also when the clock stands or jumps back. Thread-safe. */
char      *rushes_new_id          (void) G_GNUC_WARN_UNUSED_RESULT;
/* One that sorts after @id, which another process made, perhaps before the clock was set back. */
char      *rushes_new_id_after    (const char     *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
