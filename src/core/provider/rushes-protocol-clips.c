/* rushes-protocol-clips.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "rushes-base64.h"
#include "rushes-disk.h"
#include "rushes-link-finder.h"
#include "rushes-model-private.h"

/* Dates as numbers beyond this are milliseconds: as seconds it is the year 5138. */
#define MOST_SECONDS 1e11

/* No moment of a reply is later: the year 3000. */
#define LAST_MOMENT 32503680000.0

/* ---- how long they live ---- */

/* µs UTC by the service's clock; 0 for what is no date. */
static gint64
read_moment (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end != text && *end == '\0')
    {
      if (number > MOST_SECONDS)
        number /= 1000;
      return number > 0 && number < LAST_MOMENT ? (gint64) (number * G_USEC_PER_SEC) : 0;
    }
  date = g_date_time_new_from_iso8601 (text, utc);
  return date != NULL ? g_date_time_to_unix_usec (date) : 0;
}

static gint64
find_expiry (const RushesReading *reading, const RushesView *view)
{
  g_autofree char *date = rushes_view_find_text (view, reading->expires_at, NULL);
  g_autofree char *seconds_text = rushes_view_find_text (view, reading->lifetime_at, NULL);
  gint64 moment = date != NULL ? read_moment (date) : 0;
  double seconds = seconds_text != NULL ? g_ascii_strtod (seconds_text, NULL) : 0;

  if (moment > 0)
    return rushes_view_reckon (view, moment);
  if (!(seconds > 0 && seconds < LAST_MOMENT))
    seconds = reading->lifetime;
  return seconds > 0 ? g_get_real_time () + (gint64) (seconds * G_USEC_PER_SEC) : 0;
}

/* ---- addresses ---- */

/* What the first path gives that gives any address. */
static GPtrArray *
list_addresses (const RushesReading *reading, const RushesTask *task, const RushesView *view)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < reading->clip_addresses->len && addresses->len == 0; i++)
    {
      g_autoptr (GPtrArray) path = g_ptr_array_new ();
      g_autoptr (GPtrArray) texts = NULL;

      g_ptr_array_add (path, g_ptr_array_index (reading->clip_addresses, i));
      texts = rushes_view_find_texts (view, path);
      for (guint n = 0; n < texts->len; n++)
        {
          char *address = rushes_protocol_resolve (g_ptr_array_index (texts, n), task->base_url);

          if (address != NULL)
            g_ptr_array_add (addresses, address);
        }
    }
  return addresses;
}

static GPtrArray *
list_links (const RushesReading *reading, const RushesTask *task, const RushesView *view)
{
  g_autofree char *text = NULL;

  if (reading->clip_texts->len == 0)
    return g_ptr_array_new ();
  text = rushes_view_join_texts (view, reading->clip_texts);
  return rushes_link_finder_find (text, task->base_url, view->unfinished);
}

static GPtrArray *
find_addresses (const RushesReading *reading, const RushesTask *task, const RushesView *view)
{
  g_autoptr (GPtrArray) addresses = list_addresses (reading, task, view);

  return addresses->len > 0 ? g_steal_pointer (&addresses) : list_links (reading, task, view);
}

char *
rushes_protocol_find_early_clip (const RushesReading *rules, const RushesTask *task, const RushesView *view)
{
  g_autoptr (GPtrArray) addresses = list_addresses (rules, task, view);
  g_autofree char *text = NULL;

  if (addresses->len > 0)
    return g_strdup (g_ptr_array_index (addresses, 0));
  if (rules->clip_texts->len == 0)
    return NULL;
  text = rushes_view_join_texts (view, rules->clip_texts);
  return rushes_link_finder_find_likely (text, task->base_url, view->unfinished);
}

gboolean
rushes_protocol_has_clips (RushesProtocol *self, const RushesTask *task, const RushesView *view)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  g_autoptr (GPtrArray) addresses = find_addresses (reading, task, view);
  g_autofree char *bytes = addresses->len == 0 ? rushes_view_find_text (view, reading->clip_bytes, NULL) : NULL;

  return addresses->len > 0 || bytes != NULL || rushes_view_is_clip (view);
}

/* ---- clips within the reply ---- */

static gboolean
write_all (int fd, const void *data, gsize size)
{
  const char *p = data;

  while (size > 0)
    {
      gssize written = write (fd, p, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      p += written;
      size -= written;
    }
  return TRUE;
}

static gssize
read_text (gpointer data, gint64 offset, char *buffer, gsize size)
{
  GBytes *text = data;
  gsize n = MIN (size, g_bytes_get_size (text) - (gsize) offset);

  memcpy (buffer, (const char *) g_bytes_get_data (text, NULL) + offset, n);
  return (gssize) n;
}

typedef struct
{
  RushesLongTexts *texts;
  const RushesLongText *text;
} LongText;

static gssize
read_long_text (gpointer data, gint64 offset, char *buffer, gsize size)
{
  LongText *self = data;

  return rushes_long_texts_read (self->texts, self->text, offset, buffer, size);
}

static gboolean
write_base64 (RushesHttpReply *reply, const char *base64, int fd, const char *path, GError **error)
{
  LongText text = { reply->texts, reply->texts != NULL ? rushes_long_texts_find (reply->texts, base64) : NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static (base64, strlen (base64));

  return text.text != NULL ? rushes_base64_write (read_long_text, &text, TRUE, fd, path, error)
                           : rushes_base64_write (read_text, bytes, FALSE, fd, path, error);
}

static gboolean
write_body (RushesHttpReply *reply, int fd, const char *path, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (reply->body, &size);

  return write_all (fd, data, size) || rushes_disk_set_error (error, path, errno);
}

/* Writes @base64, or without it the whole body, beside @spool, and through to the disk. Gives the file's address. */
static char *
write_clip (const RushesView *view, const char *base64, GFile *spool, GError **error)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (spool), ".clip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofd int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      rushes_disk_set_error (error, path, errno);
      return NULL;
    }
  if (!(base64 != NULL ? write_base64 (view->reply, base64, fd, path, error)
                       : write_body (view->reply, fd, path, error)) ||
      (fsync (fd) != 0 && !rushes_disk_set_error (error, path, errno)))
    {
      g_unlink (path);
      return NULL;
    }
  return g_file_get_uri (file);
}

/* ---- all of them ---- */

static void
add_content (const RushesReading *reading,
             RushesProtocol *self,
             const RushesTask *task,
             const RushesView *view,
             RushesAnswer *answer)
{
  /* The id may be known only from the very reply that is read. */
  RushesTask now = *task;
  RushesTemplateInput input = { .task = &now, .region = rushes_protocol_get_region (self, task) };
  g_autofree char *path = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *address = NULL;

  now.last = view->reply;
  if (answer->task_id != NULL)
    now.task_id = answer->task_id;
  path = rushes_template_make_path (reading->clip_content, &input, NULL);
  if (path == NULL)
    return;
  plain = g_strconcat (task->base_url, path, NULL);
  address = rushes_protocol_add_query (plain, reading->clip_query, &input);
  rushes_answer_add_output (answer, address, find_expiry (reading, view), NULL);
}

gboolean
rushes_protocol_read_clips (RushesProtocol *self,
                            const RushesTask *task,
                            const RushesView *view,
                            GFile *spool,
                            RushesAnswer *answer,
                            GError **error)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  g_autoptr (GPtrArray) addresses = find_addresses (reading, task, view);
  g_autofree char *bytes = addresses->len == 0 ? rushes_view_find_text (view, reading->clip_bytes, NULL) : NULL;
  g_autoptr (GPtrArray) ids = rushes_view_find_texts (view, reading->clip_ids);

  for (guint i = 0; i < addresses->len; i++)
    rushes_answer_add_output (answer, g_ptr_array_index (addresses, i), find_expiry (reading, view),
                              ids->len == addresses->len ? g_ptr_array_index (ids, i) : NULL);
  if (addresses->len > 0)
    return TRUE;

  if (bytes != NULL || rushes_view_is_clip (view))
    {
      g_autofree char *uri = write_clip (view, bytes, spool, error);

      if (uri == NULL)
        return FALSE;
      rushes_answer_add_output (answer, uri, 0, NULL);
    }
  else if (reading->clip_content != NULL)
    add_content (reading, self, task, view, answer);
  return TRUE;
}

/* ---- what they cost ---- */

/* A decimal number, maybe with an exponent, as digits and how many of them stand behind the point. */
static gboolean
read_decimal (const char *text, GString *digits, int *scale)
{
  gboolean after_point = FALSE;
  const char *p;

  *scale = 0;
  for (p = text; g_ascii_isdigit (*p) || (*p == '.' && !after_point); p++)
    {
      if (*p == '.')
        {
          after_point = TRUE;
          continue;
        }
      g_string_append_c (digits, *p);
      *scale += after_point ? 1 : 0;
    }
  if (*p == 'e' || *p == 'E')
    {
      char *end;
      gint64 exponent = g_ascii_strtoll (p + 1, &end, 10);

      if (end == p + 1 || exponent < -40 || exponent > 40)
        return FALSE;
      *scale -= (int) exponent;
      p = end;
    }
  return *p == '\0' && digits->len > 0 && digits->len <= 40;
}

/* The digits of the product of two numbers that are given by theirs. */
static char *
multiply (const GString *a, const GString *b)
{
  gsize length = a->len + b->len;
  g_autofree guint *sums = g_new0 (guint, length);
  char *product = g_malloc (length + 1);

  for (gsize i = 0; i < a->len; i++)
    for (gsize n = 0; n < b->len; n++)
      sums[i + n + 1] += (a->str[i] - '0') * (b->str[n] - '0');
  for (gsize i = length - 1; i > 0; i--)
    {
      sums[i - 1] += sums[i] / 10;
      sums[i] %= 10;
    }
  for (gsize i = 0; i < length; i++)
    product[i] = '0' + sums[i];
  product[length] = '\0';
  return product;
}

/* "42" and 1 are "4.2". */
static char *
place_point (const char *digits, int scale)
{
  GString *text = g_string_new (digits);

  for (; scale < 0; scale++)
    g_string_append_c (text, '0');
  while (text->len <= scale)
    g_string_prepend_c (text, '0');
  if (scale > 0)
    g_string_insert_c (text, text->len - scale, '.');
  return g_string_free_and_steal (text);
}

RushesPrice
rushes_protocol_read_cost (RushesProtocol *self, const RushesTask *task, const RushesView *view)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };
  g_autofree char *text = rushes_view_find_text (view, reading->cost, NULL);
  g_autoptr (GString) amount = g_string_new (NULL);
  g_autoptr (GString) unit = g_string_new (NULL);
  g_autofree char *digits = NULL;
  g_autofree char *whole = NULL;
  int amount_scale, unit_scale;

  if (text == NULL || !read_decimal (text, amount, &amount_scale) ||
      !read_decimal (reading->cost_unit, unit, &unit_scale))
    return price;

  digits = multiply (amount, unit);
  whole = place_point (digits, amount_scale + unit_scale);
  if (rushes_money_parse (whole, reading->cost_currency, &price.high))
    {
      price.kind = RUSHES_PRICE_REPORTED;
      price.low = price.high;
      rushes_price_appraise (&price, self->credit);
    }
  return price;
}
