/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rushes-animatic.h"
#include "rushes-cli.h"
#include "rushes-core.h"
#include "rushes-keyring.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-registry.h"

#ifdef HAVE_WINDOW
#include "rushes-application.h"
#endif

#ifdef HAVE_WINDOW
static int
run_window (int argc, char **argv, RushesRegistry *registry, RushesPictureFitter *fitter)
{
  RushesApplication *application;

  if (!gtk_init_check ())
    {
      g_printerr ("%s\n", _ ("There is no display to open a window on; “rushes --help” tells what works without one."));
      return 1;
    }

  /* Never let go: GLib 2.84 falls over the notifications that are still on the screen when their application goes. */
  application = rushes_application_new (registry, fitter);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
#else
static int
run_window (int argc, char **argv, RushesRegistry *registry, RushesPictureFitter *fitter)
{
  g_printerr ("%s\n", _ ("This build of Rushes has no window; “rushes --help” tells what it can do."));

  return 2;
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (RushesRegistry) registry = NULL;
  g_autoptr (RushesFolders) folders = NULL;
  g_autoptr (RushesProvider) animatic = NULL;
  g_autoptr (RushesPictureFitter) fitter = NULL;
  g_autoptr (GError) error = NULL;

  rushes_cli_guard_descriptors ();
  rushes_core_init ();

  registry = rushes_registry_new ();
  fitter = rushes_pixbuf_fitter_new ();
  animatic = rushes_animatic_new (&error);
  if (animatic == NULL)
    g_error ("%s", error->message);
  rushes_registry_add (registry, animatic);
  folders = rushes_folders_new (NULL, NULL);
  rushes_registry_load (registry, folders, rushes_keyring_get_default ());

  /* Before any GApplication: a command never runs inside the process of a window, and needs no bus name. */
  if (rushes_cli_takes (argc > 1 ? argv[1] : NULL))
    return rushes_cli_run (argc, argv, registry, fitter);

  return run_window (argc, argv, registry, fitter);
}
