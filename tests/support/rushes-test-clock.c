/* rushes-test-clock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A clock that a test turns, preloaded into the program as it is: waits of minutes are over in a moment, and a clock
 * can be set back. The file that RUSHES_TEST_CLOCK names holds four numbers of 64 bits:
 *
 *   0  how many times faster time passes while all threads have nothing to do but wait (1: as it does)
 *   1  microseconds that were skipped so, added up by every process that has the file
 *   2  microseconds by which the clock on the wall is wrong
 *   3  the beat of who is waited for, which counts as long as it gets to run
 *
 * Only time that is waited away is skipped, and only while the other side lives: a busy machine makes nothing late. */

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ll
#define PIECE  (5 * 1000 * 1000ll)

typedef struct
{
  _Atomic int64_t hurry;
  _Atomic int64_t skipped;
  _Atomic int64_t wrong;
  _Atomic int64_t beat;
} Clock;

static Clock *shared;

/* What programs call that were compiled with checks of the lengths of their arrays. */
int __ppoll_chk (struct pollfd *fds, nfds_t n, const struct timespec *limit, const sigset_t *mask, size_t length);
int __poll_chk (struct pollfd *fds, nfds_t n, int limit, size_t length);

__attribute__ ((constructor)) static void
open_clock (void)
{
  const char *path = getenv ("RUSHES_TEST_CLOCK");
  int fd = path != NULL ? open (path, O_RDWR | O_CLOEXEC) : -1;
  void *map = fd >= 0 ? mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;

  if (map != MAP_FAILED)
    shared = map;
  if (fd >= 0)
    close (fd);
}

static int64_t
get_time (clockid_t id)
{
  struct timespec time;

  syscall (SYS_clock_gettime, id, &time);
  if (shared != NULL && (id == CLOCK_REALTIME || id == CLOCK_MONOTONIC))
    return time.tv_sec * SECOND + time.tv_nsec + shared->skipped * 1000 +
           (id == CLOCK_REALTIME ? shared->wrong * 1000 : 0);
  return time.tv_sec * SECOND + time.tv_nsec;
}

int
clock_gettime (clockid_t id, struct timespec *time)
{
  int64_t now;

  if (id != CLOCK_REALTIME && id != CLOCK_MONOTONIC)
    return (int) syscall (SYS_clock_gettime, id, time);
  now = get_time (id);
  time->tv_sec = now / SECOND;
  time->tv_nsec = now % SECOND;
  return 0;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  int64_t now = get_time (CLOCK_REALTIME);

  (void) zone;
  time->tv_sec = now / SECOND;
  time->tv_usec = now % SECOND / 1000;
  return 0;
}

time_t
time (time_t *place)
{
  time_t now = get_time (CLOCK_REALTIME) / SECOND;

  if (place != NULL)
    *place = now;
  return now;
}

static int
really_wait (struct pollfd *fds, nfds_t n, const struct timespec *limit, const sigset_t *mask)
{
  struct timespec copy;

  /* The system writes into it what is left. */
  if (limit != NULL)
    copy = *limit;
  return (int) syscall (SYS_ppoll, fds, n, limit != NULL ? &copy : NULL, mask, _NSIG / 8);
}

/* Whether another thread is at work, or would be if the machine had the time. */
static int
somebody_works (void)
{
  DIR *threads = opendir ("/proc/self/task");
  struct dirent *entry;
  int works = 0;

  while (threads != NULL && !works && (entry = readdir (threads)) != NULL)
    {
      char path[64], text[512] = "";
      const char *state;
      int fd;

      if (entry->d_name[0] == '.' || atoi (entry->d_name) == getpid ())
        continue;
      snprintf (path, sizeof path, "/proc/self/task/%.20s/stat", entry->d_name);
      fd = open (path, O_RDONLY | O_CLOEXEC);
      if (fd >= 0 && read (fd, text, sizeof text - 1) > 0 && (state = strrchr (text, ')')) != NULL)
        works = state[2] == 'R' || state[2] == 'D';
      if (fd >= 0)
        close (fd);
    }
  if (threads != NULL)
    closedir (threads);
  return works;
}

int
ppoll (struct pollfd *fds, nfds_t n, const struct timespec *limit, const sigset_t *mask)
{
  int64_t end, rest, piece, hurry, skip, beat;
  int found;

  if (shared == NULL || limit == NULL || (limit->tv_sec == 0 && limit->tv_nsec == 0) ||
      syscall (SYS_gettid) != getpid ())
    return really_wait (fds, n, limit, mask);

  end = get_time (CLOCK_MONOTONIC) + limit->tv_sec * SECOND + limit->tv_nsec;
  while ((rest = end - get_time (CLOCK_MONOTONIC)) > 0)
    {
      hurry = shared->hurry;
      beat = shared->beat;
      piece = rest < PIECE ? rest : PIECE;
      found = really_wait (fds, n, &(struct timespec) { .tv_nsec = piece }, mask);
      if (found != 0)
        return found;
      rest = end - get_time (CLOCK_MONOTONIC);
      skip = piece * (hurry - 1) < rest ? piece * (hurry - 1) : rest;
      if (skip > 0 && shared->beat != beat && !somebody_works ())
        atomic_fetch_add (&shared->skipped, skip / 1000 + 1);
    }
  return really_wait (fds, n, &(struct timespec) { 0 }, mask);
}

int
__ppoll_chk (struct pollfd *fds, nfds_t n, const struct timespec *limit, const sigset_t *mask, size_t length)
{
  (void) length;
  return ppoll (fds, n, limit, mask);
}

int
poll (struct pollfd *fds, nfds_t n, int limit)
{
  struct timespec time = { .tv_sec = limit / 1000, .tv_nsec = limit % 1000 * 1000 * 1000 };

  return ppoll (fds, n, limit >= 0 ? &time : NULL, NULL);
}

int
__poll_chk (struct pollfd *fds, nfds_t n, int limit, size_t length)
{
  (void) length;
  return poll (fds, n, limit);
}
