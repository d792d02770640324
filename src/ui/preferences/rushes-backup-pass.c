/* rushes-backup-pass.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-backup-pass.h"

#include <glib/gi18n.h>

#include "rushes-archive.h"
#include "rushes-error.h"
#include "rushes-inhibitor.h"
#include "rushes-provider-offer.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

#define LOOK_MILLISECONDS 200

struct _RushesBackupPass
{
  GObject parent_instance;

  RushesArchive *archive; /* while one goes on */
  RushesBackupWork work;
  gboolean with_clips;
  RushesPresets *presets;   /* of a restore; NULL */
  RushesRegistry *registry; /* likewise */
  char *presets_news;       /* what became of those of the backup; NULL */
  guint look;
  char *sentence;
  gboolean failed;
};

enum
{
  CHANGED,
  OFFER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesBackupPass, rushes_backup_pass, G_TYPE_OBJECT)

/* ---- what came of it ---- */

static void G_GNUC_PRINTF (2, 3) add_line (GString *lines, const char *format, ...)
{
  va_list arguments;

  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  va_start (arguments, format);
  g_string_append_vprintf (lines, format, arguments);
  va_end (arguments);
}

static char *
tell_backup (const RushesArchiveReport *report, gboolean with_clips)
{
  GString *lines = g_string_new (NULL);

  add_line (lines, ngettext ("Backed up %u take.", "Backed up %u takes.", report->n_takes), report->n_takes);
  if (with_clips)
    add_line (lines, ngettext ("With %u clip.", "With %u clips.", report->n_clips), report->n_clips);

  return g_string_free_and_steal (lines);
}

static char *
tell_restore (RushesBackupPass *self, const RushesArchiveReport *report)
{
  GString *lines = g_string_new (NULL);

  add_line (lines, ngettext ("%u take is new.", "%u takes are new.", report->n_takes), report->n_takes);
  add_line (lines, ngettext ("%u clip came in.", "%u clips came in.", report->n_clips), report->n_clips);
  if (report->n_known > 0)
    add_line (lines,
              ngettext ("%u take was here already and stays as it is.",
                        "%u takes were here already and stay as they are.", report->n_known),
              report->n_known);
  if (report->n_waiting > 0)
    add_line (lines,
              ngettext ("%u take was in work where the backup was made. Nobody waits for it here until you choose "
                        "“Check Again” for it.",
                        "%u takes were in work where the backup was made. Nobody waits for them here until you choose "
                        "“Check Again” for them.",
                        report->n_waiting),
              report->n_waiting);
  if (self->presets_news != NULL)
    add_line (lines, "%s", self->presets_news);

  return g_string_free_and_steal (lines);
}

static char *
tell (RushesBackupPass *self)
{
  const RushesArchiveReport *report = rushes_archive_get_report (self->archive);
  g_autofree char *lines =
      self->work == RUSHES_BACKUP_WRITING ? tell_backup (report, self->with_clips) : tell_restore (self, report);
  g_autofree char *missing = NULL;

  if (report->n_missing == 0)
    return g_steal_pointer (&lines);
  missing = g_strdup_printf (ngettext ("%u file was left out: it was not there, or not what it had been.",
                                       "%u files were left out: they were not there, or not what they had been.",
                                       report->n_missing),
                             report->n_missing);

  return g_strjoin ("\n", lines, missing, NULL);
}

/* ---- from the beginning to the end ---- */

static void
changed (RushesBackupPass *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look (gpointer data)
{
  changed (data);

  return G_SOURCE_CONTINUE;
}

static GtkWindow *
get_window (void)
{
  GApplication *application = g_application_get_default ();

  return GTK_IS_APPLICATION (application) ? gtk_application_get_active_window (GTK_APPLICATION (application)) : NULL;
}

static void
say_in_window (const char *sentence)
{
  GtkWindow *window = get_window ();

  if (window != NULL)
    rushes_toast (GTK_WIDGET (window), sentence);
}

/* Whoever made a provider, it is a stranger to this computer. */
static void
offer (RushesBackupPass *self, GPtrArray *descriptions)
{
  g_autoptr (GPtrArray) found = rushes_registry_pick_new (self->registry, descriptions);
  GtkWindow *window = get_window ();

  if (found->len == 0)
    return;
  if (g_signal_has_handler_pending (self, signals[OFFER], 0, FALSE))
    g_signal_emit (self, signals[OFFER], 0, found);
  else if (window != NULL)
    rushes_provider_offer_all (GTK_WIDGET (window), self->registry, found);
}

static void
ended (gpointer object, DexFuture *future, gpointer data)
{
  RushesBackupPass *self = object;
  g_autoptr (RushesArchive) archive = g_steal_pointer (&self->archive);
  g_autoptr (GError) error = NULL;

  self->archive = archive;
  if (dex_future_get_value (future, &error) != NULL)
    self->sentence = tell (self);
  else
    self->sentence = g_strdup (error->message);
  self->failed = error != NULL && !g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
  self->work = RUSHES_BACKUP_IDLE;
  self->archive = NULL;
  g_clear_handle_id (&self->look, g_source_remove);

  if (g_signal_has_handler_pending (self, signals[CHANGED], 0, FALSE))
    changed (self);
  else
    say_in_window (self->sentence);
  if (error == NULL && self->registry != NULL)
    offer (self, rushes_archive_get_providers (archive));
  g_clear_object (&self->presets);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->presets_news, g_free);
}

static void
begin (RushesBackupPass *self, GFile *file, RushesBackupWork work)
{
  self->archive = rushes_archive_new (file);
  self->work = work;
  self->failed = FALSE;
  g_clear_pointer (&self->sentence, g_free);
  self->look = g_timeout_add (LOOK_MILLISECONDS, look, self);
  changed (self);
}

/* A window that is closed in the middle does not end it. */
static void
await (RushesBackupPass *self, DexFuture *future)
{
  rushes_when (rushes_inhibitor_keep (future), self, ended, g_object_ref (self), g_object_unref);
}

void
rushes_backup_pass_back_up (RushesBackupPass *self, RushesLibrary *library, GFile *file, gboolean with_clips)
{
  g_return_if_fail (RUSHES_IS_BACKUP_PASS (self));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (G_IS_FILE (file));

  if (self->work != RUSHES_BACKUP_IDLE)
    return;
  self->with_clips = with_clips;
  begin (self, file, RUSHES_BACKUP_WRITING);
  await (self, rushes_archive_write (self->archive, library, with_clips, TRUE));
}

static DexFuture *
presets_brought (DexFuture *future, gpointer data)
{
  RushesBackupPass *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  int n = value != NULL ? g_value_get_int (value) : 0;

  if (error != NULL)
    self->presets_news = g_strdup (error->message);
  else if (n > 0)
    self->presets_news = g_strdup_printf (ngettext ("%d preset came in.", "%d presets came in.", n), n);

  return dex_future_new_true ();
}

/* Presets come in at once: nobody is asked about words. */
static DexFuture *
bring_presets (DexFuture *future, gpointer data)
{
  RushesBackupPass *self = data;
  GBytes *bytes = rushes_archive_get_presets (self->archive);

  if (bytes == NULL || self->presets == NULL)
    return dex_ref (future);
  return dex_future_finally (rushes_presets_bring_in (self->presets, bytes), presets_brought, g_object_ref (self),
                             g_object_unref);
}

void
rushes_backup_pass_restore (RushesBackupPass *self,
                            RushesLibrary *library,
                            RushesPresets *presets,
                            RushesRegistry *registry,
                            GFile *file)
{
  g_return_if_fail (RUSHES_IS_BACKUP_PASS (self));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (G_IS_FILE (file));

  if (self->work != RUSHES_BACKUP_IDLE)
    return;
  g_set_object (&self->presets, presets);
  g_set_object (&self->registry, registry);
  begin (self, file, RUSHES_BACKUP_RESTORING);
  await (self, dex_future_then (rushes_archive_restore (self->archive, library), bring_presets, g_object_ref (self),
                                g_object_unref));
}

void
rushes_backup_pass_cancel (RushesBackupPass *self)
{
  g_return_if_fail (RUSHES_IS_BACKUP_PASS (self));

  if (self->archive != NULL)
    rushes_archive_cancel (self->archive);
}

/* ---- what there is to know ---- */

RushesBackupWork
rushes_backup_pass_get_work (RushesBackupPass *self)
{
  g_return_val_if_fail (RUSHES_IS_BACKUP_PASS (self), RUSHES_BACKUP_IDLE);

  return self->work;
}

double
rushes_backup_pass_get_fraction (RushesBackupPass *self)
{
  g_return_val_if_fail (RUSHES_IS_BACKUP_PASS (self), 0);

  return self->archive != NULL ? rushes_archive_get_fraction (self->archive) : 0;
}

const char *
rushes_backup_pass_get_sentence (RushesBackupPass *self)
{
  g_return_val_if_fail (RUSHES_IS_BACKUP_PASS (self), NULL);

  return self->sentence;
}

gboolean
rushes_backup_pass_get_failed (RushesBackupPass *self)
{
  g_return_val_if_fail (RUSHES_IS_BACKUP_PASS (self), FALSE);

  return self->failed;
}

static void
rushes_backup_pass_finalize (GObject *object)
{
  RushesBackupPass *self = RUSHES_BACKUP_PASS (object);

  g_clear_object (&self->presets);
  g_clear_object (&self->registry);
  g_free (self->presets_news);
  g_free (self->sentence);

  G_OBJECT_CLASS (rushes_backup_pass_parent_class)->finalize (object);
}

static void
rushes_backup_pass_class_init (RushesBackupPassClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_backup_pass_finalize;

  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OFFER] = g_signal_new ("offer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
rushes_backup_pass_init (RushesBackupPass *self)
{
}

RushesBackupPass *
rushes_backup_pass_get (RushesLibrary *library)
{
  static const char key[] = "rushes-backup-pass";
  RushesBackupPass *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);

  self = g_object_get_data (G_OBJECT (library), key);
  if (self == NULL)
    {
      self = g_object_new (RUSHES_TYPE_BACKUP_PASS, NULL);
      g_object_set_data_full (G_OBJECT (library), key, self, g_object_unref);
    }

  return self;
}
