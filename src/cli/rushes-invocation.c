/* rushes-invocation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-invocation.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <math.h>
#include <string.h>

struct _RushesInvocation
{
  RushesRegistry *registry;
  RushesPictureFitter *fitter;
  RushesPrinter *printer;
  RushesFolders *folders;
  RushesLibrary *library;
  RushesPresets *presets;

  const RushesCommand *command;
  const RushesVerb *verb;
  char *name; /* "rushes takes save" */
  char **typed;
  char **arguments;
  GOptionContext *context;
  guint n_groups;
  gboolean json;
  gboolean help;
};

RushesInvocation *
rushes_invocation_new (RushesRegistry *registry, RushesPictureFitter *fitter)
{
  RushesInvocation *self = g_new0 (RushesInvocation, 1);

  self->registry = g_object_ref (registry);
  self->fitter = g_object_ref (fitter);
  self->printer = rushes_printer_new ();
  self->folders = rushes_folders_new (NULL, NULL);

  return self;
}

void
rushes_invocation_free (RushesInvocation *self)
{
  g_clear_pointer (&self->context, g_option_context_free);
  g_strfreev (self->arguments);
  g_free (self->name);
  g_clear_object (&self->presets);
  g_clear_object (&self->library);
  g_clear_object (&self->folders);
  g_clear_object (&self->fitter);
  g_clear_object (&self->registry);
  rushes_printer_free (self->printer);
  g_free (self);
}

RushesRegistry *
rushes_invocation_get_registry (RushesInvocation *self)
{
  return self->registry;
}

RushesPictureFitter *
rushes_invocation_get_fitter (RushesInvocation *self)
{
  return self->fitter;
}

RushesPrinter *
rushes_invocation_get_printer (RushesInvocation *self)
{
  return self->printer;
}

RushesFolders *
rushes_invocation_get_folders (RushesInvocation *self)
{
  return self->folders;
}

void
rushes_invocation_set_command (RushesInvocation *self,
                               const RushesCommand *command,
                               const RushesVerb *verb,
                               char **arguments)
{
  self->command = command;
  self->verb = verb;
  self->typed = arguments;
  self->name = verb->word != NULL ? g_strdup_printf ("rushes %s %s", command->word, verb->word)
                                  : g_strdup_printf ("rushes %s", command->word);

  self->context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (self->context, FALSE);
  g_option_context_set_summary (self->context, _ (verb->summary));

  /* A wish for JSON holds for what is wrong with the words before it too. */
  self->json = g_strv_contains ((const char *const *) arguments, "--json");
  rushes_printer_set_json (self->printer, self->json);
}

static GOptionGroup *
new_group (RushesInvocation *self, const char *title)
{
  g_autofree char *name = g_strdup_printf ("group-%u", self->n_groups++);
  GOptionGroup *group = g_option_group_new (name, title != NULL ? _ (title) : "", "", NULL, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  return group;
}

void
rushes_invocation_add_options (RushesInvocation *self, const char *title, const GOptionEntry *entries)
{
  GOptionGroup *group = title != NULL ? NULL : g_option_context_get_main_group (self->context);
  gboolean is_new = group == NULL;

  if (is_new)
    group = new_group (self, title);
  g_option_group_add_entries (group, entries);
  if (is_new && title != NULL)
    g_option_context_add_group (self->context, group);
  else if (is_new)
    g_option_context_set_main_group (self->context, group);
}

static void
add_common_options (RushesInvocation *self)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON, one object a line"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->arguments, NULL, self->verb->parameters },
    G_OPTION_ENTRY_NULL,
  };

  rushes_invocation_add_options (self, NULL, entries);
}

void
rushes_invocation_set_notes (RushesInvocation *self, const char *notes)
{
  g_option_context_set_description (self->context, notes);
}

static void
show_help (RushesInvocation *self)
{
  g_autofree char *program = g_strdup (g_get_prgname ());
  g_autofree char *help = NULL;

  g_set_prgname (self->name);
  help = g_option_context_get_help (self->context, FALSE, NULL);
  g_set_prgname (program);

  rushes_printer_set_json (self->printer, FALSE);
  rushes_printer_say (self->printer, "%s", g_strchomp (help));
}

static gboolean
check_arguments (RushesInvocation *self, GError **error)
{
  guint n = self->arguments != NULL ? g_strv_length (self->arguments) : 0;

  if (n < self->verb->min_arguments)
    /* Translators: the first is a command, “rushes takes save”, the second what it needs, “ID FILE”. */
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” needs %s."), self->name, _ (self->verb->parameters));
  else if (n > self->verb->max_arguments)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      /* Translators: the first is a word that was typed, the second a command. */
                      _ ("“%s” is one word too many for “%s”. Put what belongs together in quotes."),
                      self->arguments[self->verb->max_arguments], self->name);
  else
    return TRUE;

  return FALSE;
}

/* The number below nothing that @message, of the parser of options, takes for one; no option is called so. NULL. */
static const char *
find_negative (RushesInvocation *self, const char *message)
{
  for (char **word = self->typed; *word != NULL; word++)
    if (rushes_invocation_is_negative (*word) && strstr (message, *word) != NULL)
      return *word;
  return NULL;
}

gboolean
rushes_invocation_parse (RushesInvocation *self, int *status)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  add_common_options (self);
  g_strv_builder_add (builder, self->name);
  g_strv_builder_addv (builder, (const char **) self->typed);
  argv = g_strv_builder_end (builder);

  if (!g_option_context_parse_strv (self->context, &argv, &error))
    {
      const char *negative = find_negative (self, error->message);
      g_autoptr (GError) own = NULL;

      if (negative != NULL)
        rushes_invocation_refuse_negative (self, negative, &own);
      else
        own = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s.", error->message);
      *status = rushes_invocation_misused (self, own);
      return FALSE;
    }

  rushes_printer_set_json (self->printer, self->json);
  if (self->help)
    {
      show_help (self);
      *status = 0;
      return FALSE;
    }

  if (!check_arguments (self, &error))
    {
      *status = rushes_invocation_misused (self, error);
      return FALSE;
    }

  return TRUE;
}

const char *
rushes_invocation_get_argument (RushesInvocation *self, guint n)
{
  return self->arguments != NULL && n < g_strv_length (self->arguments) ? self->arguments[n] : NULL;
}

char *
rushes_invocation_read_text (const char *typed, const char *what, GError **error)
{
  char *text;

  /* UTF-8 in a “C” locale is meant as such; only then the locale is asked. */
  if (g_utf8_validate (typed, -1, NULL))
    return g_strdup (typed);
  text = g_locale_to_utf8 (typed, -1, NULL, NULL, NULL);
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      g_clear_pointer (&text, g_free);
      /* Translators: what was typed is what the sentence is about, for example “The prompt”. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is not valid text in UTF-8."), what);
    }
  return text;
}

gboolean
rushes_invocation_read_number (const char *typed, const char *option, const char *unit, double *number, GError **error)
{
  char *end = NULL;
  double value = g_ascii_strtod (typed, &end);

  if (end != typed && unit != NULL && g_str_equal (end, unit))
    end += strlen (unit);
  if (end == typed || *end != '\0' || !isfinite (value))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s needs a number, not “%s”."), option, typed);
      return FALSE;
    }

  *number = value;
  return TRUE;
}

gboolean
rushes_invocation_read_number_within (const char *typed,
                                      const char *option,
                                      const char *unit,
                                      double minimum,
                                      double maximum,
                                      double *number,
                                      GError **error)
{
  char from[G_ASCII_DTOSTR_BUF_SIZE], to[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (!rushes_invocation_read_number (typed, option, unit, &value, error))
    return FALSE;
  if (value < minimum || value > maximum)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        /* Translators: an option, two numbers and what was typed. */
                        _ ("%s needs a number from %s to %s, not “%s”."), option,
                        g_ascii_formatd (from, sizeof from, "%g", minimum),
                        g_ascii_formatd (to, sizeof to, "%g", maximum), typed);
      return FALSE;
    }

  *number = value;
  return TRUE;
}

gboolean
rushes_invocation_read_integer (const char *typed,
                                const char *option,
                                gint64 minimum,
                                gint64 maximum,
                                gint64 *number,
                                GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (g_ascii_string_to_signed (typed, 10, minimum, maximum, number, NULL))
    return TRUE;

  from = g_strdup_printf ("%" G_GINT64_FORMAT, minimum);
  to = g_strdup_printf ("%" G_GINT64_FORMAT, maximum);
  /* Translators: an option, two whole numbers and what was typed. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s needs a whole number from %s to %s, not “%s”."), option,
                    from, to, typed);
  return FALSE;
}

gboolean
rushes_invocation_is_negative (const char *typed)
{
  return typed[0] == '-' && (g_ascii_isdigit (typed[1]) || (typed[1] == '.' && g_ascii_isdigit (typed[2])));
}

void
rushes_invocation_refuse_negative (RushesInvocation *self, const char *typed, GError **error)
{
  /* Translators: a number below nothing that was typed, “-5”, and a command, “rushes limits set”. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is negative, and “%s” takes no negative number."), typed,
                    self->name);
}

RushesTake *
rushes_invocation_find_take (RushesLibrary *library, const char *id, GError **error)
{
  g_autoptr (GError) reason = NULL;
  RushesTake *take = dex_await_object (rushes_library_find_take (library, id), &reason);

  if (take != NULL)
    return take;
  /* That there is none is a wrong argument, and not an answer of somebody's. */
  if (g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
    reason->code = RUSHES_ERROR_BAD_REQUEST;
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

int
rushes_invocation_fail (RushesInvocation *self, const GError *error)
{
  rushes_printer_fail (self->printer, error, NULL);
  return rushes_error_get_exit_status (error);
}

int
rushes_invocation_misused (RushesInvocation *self, const GError *error)
{
  g_autofree char *hint = g_strdup_printf (_ ("“%s --help” shows how it is used."), self->name);

  rushes_printer_fail (self->printer, error, hint);
  return rushes_error_get_exit_status (error);
}

RushesLibrary *
rushes_invocation_open_library (RushesInvocation *self, GError **error)
{
  if (self->library != NULL)
    return self->library;

  self->library = dex_await_object (rushes_library_open (self->folders, RUSHES_LIBRARY_OPEN_DEFAULT), error);
  if (self->library != NULL)
    rushes_library_set_fitter (self->library, self->fitter);
  if (self->library != NULL && rushes_library_get_warning (self->library) != NULL)
    rushes_printer_complain (self->printer, rushes_library_get_warning (self->library));
  return self->library;
}

RushesLibrary *
rushes_invocation_open_library_to_read (RushesInvocation *self, GError **error)
{
  if (self->library == NULL)
    self->library = dex_await_object (rushes_library_open (self->folders, RUSHES_LIBRARY_OPEN_READ_ONLY), NULL);

  /* One that is older or damaged is put right first, and what stands against that is said. */
  return self->library != NULL ? self->library : rushes_invocation_open_library (self, error);
}

RushesPresets *
rushes_invocation_get_presets (RushesInvocation *self)
{
  g_autoptr (GError) error = NULL;

  if (self->presets == NULL)
    {
      self->presets = rushes_presets_new (self->folders);
      if (!dex_await (rushes_presets_load (self->presets), &error))
        rushes_printer_complain (self->printer, error->message);
    }

  return self->presets;
}

RushesPreset *
rushes_invocation_require_preset (RushesInvocation *self, const char *name, GError **error)
{
  RushesPreset *preset = rushes_presets_find (rushes_invocation_get_presets (self), name);

  if (preset == NULL)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("There is no preset “%s”; “rushes presets list” shows those that there are."), name);
  return preset;
}

void
rushes_invocation_close (RushesInvocation *self)
{
  g_autoptr (GError) error = NULL;

  if (self->library != NULL && !dex_await (rushes_library_close (self->library), &error))
    rushes_printer_complain (self->printer, error->message);
  g_clear_object (&self->library);
}
