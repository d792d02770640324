/* test-cli-listing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test.h"
#include "rushes-text-width.h"

static void
test_width (void)
{
  g_assert_cmpuint (rushes_text_width (""), ==, 0);
  g_assert_cmpuint (rushes_text_width ("fox"), ==, 3);
  g_assert_cmpuint (rushes_text_width ("纸船"), ==, 4);
  /* A letter and the accent over it. */
  g_assert_cmpuint (rushes_text_width ("e\xcc\x81"), ==, 1);
}

static void
test_ellipsize (void)
{
  g_autofree char *whole = rushes_text_ellipsize ("paper boat", 10);
  g_autofree char *any = rushes_text_ellipsize ("paper boat", 0);
  g_autofree char *cut = rushes_text_ellipsize ("paper boat", 6);
  g_autofree char *wide = rushes_text_ellipsize ("纸船和狐狸", 6);
  g_autofree char *narrow = rushes_text_ellipsize ("纸船", 1);

  g_assert_cmpstr (whole, ==, "paper boat");
  g_assert_cmpstr (any, ==, "paper boat");
  g_assert_cmpstr (cut, ==, "paper…");
  g_assert_cmpstr (wide, ==, "纸船…");
  g_assert_cmpstr (narrow, ==, "…");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/listing/width", test_width);
  g_test_add_func ("/cli/listing/ellipsize", test_ellipsize);

  return g_test_run ();
}
