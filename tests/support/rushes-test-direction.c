/* rushes-test-direction.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Preloaded into the program, this turns its window round, as for a language that is written from right to left: there
 * is no such translation of Rushes yet, and GTK takes the direction from its own translations, which a test machine
 * lacks. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <gtk/gtk.h>

G_MODULE_EXPORT int g_application_run (GApplication *application, int argc, char **argv);

int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*run) (GApplication *, int, char **) =
      (int (*) (GApplication *, int, char **)) dlsym (RTLD_NEXT, "g_application_run");

  gtk_init ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  return run (application, argc, argv);
}
