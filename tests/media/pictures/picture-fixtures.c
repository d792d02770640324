/* picture-fixtures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "picture-fixtures.h"

#include <stdarg.h>
#include <string.h>

GdkPixbuf *
fixture_quarters (int width, int height, guint alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha < 255, 8, width, height);
  const guint32 colors[] = { 0xff0000ff, 0x00ff00ff, 0x0000ffff, 0xffffff00 | alpha };

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GdkPixbuf) quarter =
          gdk_pixbuf_new_subpixbuf (pixbuf, i % 2 * (width / 2), i / 2 * (height / 2),
                                    i % 2 ? width - width / 2 : width / 2, i / 2 ? height - height / 2 : height / 2);

      gdk_pixbuf_fill (quarter, colors[i]);
    }

  return pixbuf;
}

char *
fixture_save (const char *folder, const char *name, GdkPixbuf *pixbuf, const char *type)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
  return path;
}

char *
fixture_write (const char *folder, const char *name, const void *data, gsize size)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
  return path;
}

gboolean
fixture_run (const char *program, ...)
{
  g_autofree char *found = g_find_program_in_path (program);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;
  char *argument;

  if (found == NULL)
    {
      g_autofree char *why = g_strdup_printf ("%s is not here", program);

      g_test_skip (why);
      return FALSE;
    }

  va_start (arguments, program);
  for (argument = found; argument != NULL; argument = va_arg (arguments, char *))
    g_ptr_array_add (argv, argument);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);

  return TRUE;
}

static void
append (GByteArray *array, guint64 value, guint n)
{
  for (guint i = n; i-- > 0;)
    g_byte_array_append (array, &(guint8) { (guint8) (value >> (8 * i)) }, 1);
}

static void
append_entry (GByteArray *array, guint tag, guint type, guint count, guint32 value)
{
  append (array, tag, 2);
  append (array, type, 2);
  append (array, count, 4);
  append (array, value, 4);
}

char *
fixture_camera_jpeg (const char *folder, const char *name, GdkPixbuf *pixbuf, int orientation)
{
  static const char serial[] = "SERIAL-4711\0\0\0\0";
  static const char comment[] = "<x:xmpmeta>exif:GPSLatitude 52,31.2N</x:xmpmeta>";
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) exif = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *jpeg = NULL;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", &error, "quality", "95", NULL);
  g_assert_no_error (error);

  /* EXIF 2.3: a TIFF block whose first directory points at a directory of GPS tags. */
  g_byte_array_append (exif, (const guint8 *) "Exif\0\0MM\0*\0\0\0\10", 14);
  append (exif, 3, 2);
  append_entry (exif, 0x0112, 3, 1, (guint32) orientation << 16);
  append_entry (exif, 0x8825, 4, 1, 50 + 16);
  append_entry (exif, 0xa431, 2, sizeof serial - 1, 50);
  append (exif, 0, 4);
  g_byte_array_append (exif, (const guint8 *) serial, 16);
  append (exif, 2, 2);
  append_entry (exif, 1, 2, 2, 'N' << 24);
  append_entry (exif, 2, 5, 3, 50 + 16 + 30);
  append (exif, 0, 4);
  for (guint i = 0; i < 3; i++)
    {
      append (exif, (guint[]) { 52, 31, 12 }[i], 4);
      append (exif, 1, 4);
    }

  g_byte_array_append (file, (guint8 *) jpeg, 2);
  append (file, 0xffe1, 2);
  append (file, exif->len + 2, 2);
  g_byte_array_append (file, exif->data, exif->len);
  append (file, 0xfffe, 2);
  append (file, sizeof comment + 1, 2);
  g_byte_array_append (file, (const guint8 *) comment, sizeof comment - 1);
  g_byte_array_append (file, (guint8 *) jpeg + 2, size - 2);

  return fixture_write (folder, name, file->data, file->len);
}

char *
fixture_gray_jpeg (const char *folder, const char *name, int width, int height)
{
  static const guint8 tables[] = {
    0xff, 0xc4, 0, 20, 0x00, 1, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* DC: the code 0 means no change */
    0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* AC: the code 0 ends the block */
    0xff, 0xda, 0, 8,  1,    1, 0, 0, 63, 0,
  };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  /* So a block is two bits, both 0. */
  gsize n = (gsize) ((width + 7) / 8) * ((height + 7) / 8) / 4 + 1;
  gsize header;

  append (file, 0xffd8ffdb, 4);
  append (file, 67, 2);
  append (file, 0, 1);
  for (int i = 0; i < 64; i++)
    append (file, 1, 1);
  append (file, 0xffc0, 2);
  append (file, 11, 2);
  append (file, 8, 1);
  append (file, height, 2);
  append (file, width, 2);
  append (file, 0x01011100, 4);
  g_byte_array_append (file, tables, sizeof tables);
  header = file->len;
  g_byte_array_set_size (file, (guint) (header + n));
  memset (file->data + header, 0, n);
  append (file, 0xffd9, 2);

  return fixture_write (folder, name, file->data, file->len);
}

const char *
fixture_color (GdkPixbuf *pixbuf, int quarter)
{
  int x = gdk_pixbuf_get_width (pixbuf) * (1 + 2 * (quarter % 2)) / 4;
  int y = gdk_pixbuf_get_height (pixbuf) * (1 + 2 * (quarter / 2)) / 4;
  const guint8 *p =
      gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * gdk_pixbuf_get_n_channels (pixbuf);
  guint bits = 0;

  for (guint i = 0; i < 3; i++)
    {
      if (p[i] > 50 && p[i] < 205)
        return "other";
      bits = bits << 1 | (p[i] >= 205);
    }

  return bits == 4 ? "red" : bits == 2 ? "green" : bits == 1 ? "blue" : bits == 7 ? "white" : "other";
}
