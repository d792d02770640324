/* rushes-generate-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-generate-options.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-base-url-option.h"
#include "rushes-settings.h"

#define MAX_COUNT 100

void
rushes_generate_options_clear (RushesGenerateOptions *self)
{
  g_free (self->recipe);
  g_free (self->extend);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->base_url);
  g_free (self->preset);
  g_free (self->negative_prompt);
  g_strfreev (self->images);
  g_free (self->last_image);
  g_strfreev (self->references);
  g_free (self->duration);
  g_free (self->resolution);
  g_free (self->aspect);
  g_free (self->frame_rate);
  g_free (self->seed);
  g_strfreev (self->settings);
  g_free (self->count);
  g_free (self->project);
  g_free (self->output);
  g_free (self->timeout);
  g_free (self->handling);
  g_free (self->tries);
  g_free (self->delay);
  g_free (self->interval);
  g_free (self->max_cost);
}

static void
declare_words (RushesGenerateOptions *self, RushesInvocation *invocation)
{
  const GOptionEntry words[] = {
    { "recipe", 0, 0, G_OPTION_ARG_FILENAME, &self->recipe,
      N_ ("Go by the recipe of a clip that Rushes saved; other options win"), N_ ("FILE") },
    { "preset", 0, 0, G_OPTION_ARG_FILENAME, &self->preset, N_ ("Put a preset before the prompt"), N_ ("NAME") },
    { "negative", 0, 0, G_OPTION_ARG_FILENAME, &self->negative_prompt, N_ ("What must not be in the clip"),
      N_ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };

  rushes_invocation_add_options (invocation, N_ ("Words:"), words);
}

static void
declare_looks (RushesGenerateOptions *self, RushesInvocation *invocation)
{
  const GOptionEntry who[] = {
    { "provider", 'p', 0, G_OPTION_ARG_FILENAME, &self->provider, N_ ("What makes the clip"), N_ ("ID") },
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &self->model, N_ ("Which of its models"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry looks[] = {
    { "duration", 'd', 0, G_OPTION_ARG_FILENAME, &self->duration, N_ ("Length of the clip"), N_ ("SECONDS") },
    { "resolution", 'r', 0, G_OPTION_ARG_FILENAME, &self->resolution, N_ ("480p, 720p, 1280x720 …"), N_ ("SIZE") },
    { "aspect", 'a', 0, G_OPTION_ARG_FILENAME, &self->aspect, N_ ("16:9, 9:16, 1:1 …"), N_ ("RATIO") },
    { "fps", 0, 0, G_OPTION_ARG_FILENAME, &self->frame_rate, N_ ("Frames a second"), N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_FILENAME, &self->seed, N_ ("The same number makes the same clip again"), N_ ("N") },
    { "audio", 0, 0, G_OPTION_ARG_NONE, &self->audio, N_ ("With sound"), NULL },
    { "no-audio", 0, 0, G_OPTION_ARG_NONE, &self->no_audio, N_ ("Without sound"), NULL },
    { "watermark", 0, 0, G_OPTION_ARG_NONE, &self->watermark, N_ ("With the service’s watermark"), NULL },
    { "no-watermark", 0, 0, G_OPTION_ARG_NONE, &self->no_watermark, N_ ("Without it"), NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->settings,
      N_ ("A setting of the model’s own; “rushes providers models ID” lists "
          "them"),
      N_ ("NAME=VALUE") },
    { "count", 'n', 0, G_OPTION_ARG_FILENAME, &self->count, N_ ("How many takes"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };

  rushes_invocation_add_options (invocation, N_ ("The clip:"), looks);
  rushes_invocation_add_options (invocation, N_ ("Who makes it:"), who);
}

void
rushes_generate_options_declare (RushesGenerateOptions *self, RushesInvocation *invocation)
{
  const GOptionEntry pictures[] = {
    { "image", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->images,
      N_ ("First frame: a file, an address, or - for standard input; several "
          "make a take each"),
      N_ ("PICTURE") },
    { "last-image", 0, 0, G_OPTION_ARG_FILENAME, &self->last_image, N_ ("Last frame"), N_ ("PICTURE") },
    { "reference", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->references,
      N_ ("A picture to go by, which the prompt may call @1, @2 …; may be given several times"), N_ ("PICTURE") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry starts[] = {
    { "extend", 0, 0, G_OPTION_ARG_FILENAME, &self->extend,
      N_ ("Make the clip of a take longer, by the service that made it; --duration is what is added"), N_ ("TAKE") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry places[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("Copy the clip to a file, into a folder, or with - to standard "
          "output"),
      N_ ("FILE") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force, N_ ("Write over a file that exists"), NULL },
    { "no-recipe", 0, 0, G_OPTION_ARG_NONE, &self->no_recipe, N_ ("Do not put the recipe into that file"), NULL },
    { "handling", 0, 0, G_OPTION_ARG_FILENAME, &self->handling,
      N_ ("Whether the library keeps the clip (download, auto) or has it for now only (stream)"),
      "download|stream|auto" },
    { "project", 0, 0, G_OPTION_ARG_FILENAME, &self->project, N_ ("The project that the take belongs to"),
      N_ ("NAME") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry manners[] = {
    { "base-url", 0, 0, G_OPTION_ARG_FILENAME, &self->base_url,
      N_ ("The address of a service’s server, for this once; it gets no stored key but its own"), N_ ("URL") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &self->timeout,
      N_ ("Stop waiting after so long (1–3600); the take goes on"), N_ ("SECONDS") },
    { "tries", 0, 0, G_OPTION_ARG_FILENAME, &self->tries,
      N_ ("How often to ask again by itself where that certainly costs nothing "
          "(0–5)"),
      N_ ("N") },
    { "delay", 0, 0, G_OPTION_ARG_FILENAME, &self->delay, N_ ("Wait so long before that, then twice as long …"),
      N_ ("SECONDS") },
    { "poll-interval", 0, 0, G_OPTION_ARG_FILENAME, &self->interval, N_ ("Ask a service so often how it is getting on"),
      N_ ("SECONDS") },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &self->yes, N_ ("Go on without a known price although a limit is set"), NULL },
    { "max-cost", 0, 0, G_OPTION_ARG_FILENAME, &self->max_cost,
      N_ ("The same, and refuse what may cost more than this in all: 5, 0.50USD"), N_ ("AMOUNT") },
    { "no-wait", 0, 0, G_OPTION_ARG_NONE, &self->no_wait, N_ ("Be content when a service has accepted it"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, N_ ("Show what would be asked for, and do nothing"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet, N_ ("Say nothing but errors"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  declare_words (self, invocation);
  rushes_invocation_add_options (invocation, N_ ("Pictures:"), pictures);
  rushes_invocation_add_options (invocation, N_ ("A clip to go on from:"), starts);
  declare_looks (self, invocation);
  rushes_invocation_add_options (invocation, N_ ("Where it goes:"), places);
  rushes_invocation_add_options (invocation, NULL, manners);
}

void
rushes_generate_options_declare_defaults (RushesGenerateOptions *self, RushesInvocation *invocation)
{
  const GOptionEntry places[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_ ("Copy its clips into this folder"), N_ ("FOLDER") },
    G_OPTION_ENTRY_NULL,
  };

  declare_words (self, invocation);
  declare_looks (self, invocation);
  rushes_invocation_add_options (invocation, N_ ("Where it goes:"), places);
}

void
rushes_generate_options_take_defaults (RushesGenerateOptions *self,
                                       RushesProject *project,
                                       RushesDraft *draft,
                                       GFile *references_folder)
{
  JsonNode *defaults = rushes_project_get_defaults (project);
  g_autoptr (GFile) folder = rushes_project_get_folder (project);
  const char *provider_id;

  if (defaults != NULL)
    rushes_draft_load_json (draft, defaults, references_folder);
  provider_id = rushes_draft_get_provider_id (draft);
  if (self->provider == NULL && provider_id != NULL && *provider_id != '\0')
    self->provider = g_strdup (provider_id);
  if (self->model == NULL && g_strcmp0 (self->provider, provider_id) == 0)
    self->model = g_strdup (rushes_draft_get_model_id (draft));
  if (self->output == NULL && folder != NULL && !self->no_wait)
    self->output = g_file_get_path (folder);
}

/* @name is the recipe's word for it, @used what takes its place. */
static void
note_stranger (GPtrArray *notes, const char *field, const char *name, const char *used, char *message)
{
  RushesNote *note = g_new0 (RushesNote, 1);

  note->field = g_strdup (field);
  note->asked = g_strdup (name);
  note->used = g_strdup (used);
  note->message = message;
  g_ptr_array_add (notes, note);
}

/* What was typed, the recipe's, or the default one. */
static RushesProvider *
find_provider (RushesGenerateOptions *self,
               RushesInvocation *invocation,
               const char *recipe_id,
               GPtrArray *notes,
               GError **error)
{
  RushesRegistry *registry = rushes_invocation_get_registry (invocation);
  RushesProvider *provider = recipe_id != NULL ? rushes_registry_find (registry, recipe_id) : NULL;
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *id = NULL;

  if (self->provider == NULL && provider != NULL)
    return provider;

  if (self->provider != NULL)
    id = rushes_invocation_read_text (self->provider, _ ("The provider"), error);
  else
    id = g_settings_get_string (settings, "default-provider");
  provider = id != NULL ? rushes_registry_require (registry, id, error) : NULL;
  if (provider != NULL && self->provider == NULL && recipe_id != NULL)
    note_stranger (notes, "provider", recipe_id, rushes_provider_get_id (provider),
                   /* Translators: a provider that a recipe names, and another one. */
                   g_strdup_printf (_ ("The provider of the recipe, “%s”, is not here; %s is used."), recipe_id,
                                    rushes_provider_get_name (provider)));
  return provider;
}

/* A model of the recipe's is of use only with the provider that it is of. */
static const char *
get_recipe_model (RushesRecipe *recipe, RushesProvider *provider)
{
  if (recipe == NULL || g_strcmp0 (rushes_recipe_get_provider_id (recipe), rushes_provider_get_id (provider)) != 0)
    return NULL;
  return rushes_recipe_get_model_id (recipe);
}

RushesModel *
rushes_generate_options_find_model (RushesGenerateOptions *self,
                                    RushesInvocation *invocation,
                                    RushesRecipe *recipe,
                                    GPtrArray *notes,
                                    GError **error)
{
  g_autofree char *model_id = NULL;
  g_autoptr (GString) known = g_string_new (NULL);
  const char *recipe_model;
  RushesProvider *provider;
  RushesModel *model;
  GListModel *models;

  provider =
      find_provider (self, invocation, recipe != NULL ? rushes_recipe_get_provider_id (recipe) : NULL, notes, error);
  /* What the service said of its models earlier; nobody is asked now. */
  if (provider == NULL || !rushes_base_url_apply (self->base_url, provider, error) ||
      !dex_await (rushes_provider_load_models (provider), error))
    return NULL;

  if (self->model != NULL && !(model_id = rushes_invocation_read_text (self->model, _ ("The model"), error)))
    return NULL;
  if (self->model == NULL && (recipe_model = get_recipe_model (recipe, provider)) != NULL)
    {
      if ((model = rushes_provider_find_model (provider, recipe_model)) != NULL)
        return model;
      model = rushes_provider_find_model (provider, NULL);
      note_stranger (notes, "model", recipe_model, rushes_model_get_id (model),
                     /* Translators: a model that a recipe names, and another one. */
                     g_strdup_printf (_ ("The model of the recipe, “%s”, is not here; %s is used."), recipe_model,
                                      rushes_model_get_name (model)));
      return model;
    }
  model = rushes_provider_find_model (provider, model_id);
  if (model != NULL)
    return model;

  models = rushes_provider_get_models (provider);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) other = g_list_model_get_item (models, i);

      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", rushes_model_get_id (other));
    }
  /* Translators: a provider, the model that was asked for, and a list of
   * models. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s has no model “%s”. It has: %s."),
                    rushes_provider_get_name (provider), model_id, known->str);
  return NULL;
}

/* ---- words ---- */

static gboolean
fill_words (RushesGenerateOptions *self,
            RushesInvocation *invocation,
            const char *typed,
            RushesDraft *draft,
            GError **error)
{
  g_autofree char *prompt = NULL;
  g_autofree char *negative = NULL;
  g_autofree char *name = NULL;
  RushesPreset *preset = NULL;
  const char *rest;

  if ((typed != NULL && !(prompt = rushes_invocation_read_text (typed, _ ("The prompt"), error))) ||
      (self->negative_prompt != NULL &&
       !(negative = rushes_invocation_read_text (self->negative_prompt, "--negative", error))) ||
      (self->preset != NULL && !(name = rushes_invocation_read_text (self->preset, "--preset", error))) ||
      (name != NULL && !(preset = rushes_invocation_require_preset (invocation, name, error))))
    return FALSE;

  rest = prompt;
  if (preset == NULL && prompt != NULL && *prompt == '/')
    {
      preset = rushes_presets_match_slash (rushes_invocation_get_presets (invocation), prompt, &rest);
      rest = preset != NULL ? rest : prompt;
    }

  if (rest != NULL)
    rushes_draft_set_prompt (draft, rest);
  if (negative != NULL)
    rushes_draft_set_negative_prompt (draft, negative);
  if (preset != NULL)
    rushes_draft_set_preset (draft, rushes_preset_get_id (preset), rushes_preset_get_prompt (preset));

  return TRUE;
}

/* ---- looks ---- */

/* "1280x720" is 720p at 16:9 where the model has those: no reason to speak of a
 * change. */
static void
translate_size (RushesModel *model, RushesDraft *draft, gboolean has_aspect)
{
  const char *const *resolutions = rushes_model_get_resolutions (model);
  const char *const *aspects = rushes_model_get_aspects (model);
  int width, height, w, h;

  if (strpbrk (rushes_draft_get_resolution (draft), "xX") == NULL ||
      !rushes_resolution_to_size (rushes_draft_get_resolution (draft), NULL, &width, &height))
    return;

  for (guint i = 0; resolutions[i] != NULL; i++)
    for (guint j = 0; aspects[j] != NULL; j++)
      if (rushes_resolution_to_size (resolutions[i], aspects[j], &w, &h) && w == width && h == height &&
          (!has_aspect || g_strcmp0 (aspects[j], rushes_draft_get_aspect (draft)) == 0))
        {
          rushes_draft_set_resolution (draft, resolutions[i]);
          rushes_draft_set_aspect (draft, aspects[j]);
          return;
        }
}

static gboolean
refuse (const char *option, const char *typed, GError **error)
{
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s cannot be “%s”."), option, typed);
  return FALSE;
}

static gboolean
fill_looks (RushesGenerateOptions *self, RushesModel *model, RushesDraft *draft, GError **error)
{
  g_autofree char *resolution = NULL;
  g_autofree char *aspect = NULL;
  double duration = 0, frame_rate = 0;

  if ((self->duration != NULL &&
       !rushes_invocation_read_number (self->duration, "--duration", "s", &duration, error)) ||
      (self->frame_rate != NULL &&
       !rushes_invocation_read_number (self->frame_rate, "--fps", "fps", &frame_rate, error)) ||
      (self->resolution != NULL &&
       !(resolution = rushes_invocation_read_text (self->resolution, "--resolution", error))) ||
      (self->aspect != NULL && !(aspect = rushes_invocation_read_text (self->aspect, "--aspect", error))))
    return FALSE;
  if (self->duration != NULL && duration <= 0)
    return refuse ("--duration", self->duration, error);
  if (self->frame_rate != NULL && (frame_rate < 1 || frame_rate > 1000))
    return refuse ("--fps", self->frame_rate, error);
  if (resolution != NULL && *resolution == '\0')
    return refuse ("--resolution", resolution, error);
  if (aspect != NULL && *aspect == '\0')
    return refuse ("--aspect", aspect, error);

  if (self->duration != NULL)
    rushes_draft_set_duration (draft, duration);
  if (self->frame_rate != NULL)
    rushes_draft_set_frame_rate (draft, (int) round (frame_rate));
  if (aspect != NULL)
    rushes_draft_set_aspect (draft, aspect);
  if (resolution != NULL)
    {
      rushes_draft_set_resolution (draft, resolution);
      if (model != NULL)
        translate_size (model, draft, aspect != NULL);
    }

  return TRUE;
}

static gboolean
exclude (gboolean first, gboolean second, const char *name, GError **error)
{
  if (!first || !second)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("--%s and --no-%s contradict each other."), name, name);
  return FALSE;
}

static gboolean
fill_switches (RushesGenerateOptions *self, RushesDraft *draft, GError **error)
{
  if (!exclude (self->audio, self->no_audio, "audio", error) ||
      !exclude (self->watermark, self->no_watermark, "watermark", error))
    return FALSE;

  if (self->audio || self->no_audio)
    rushes_draft_set_audio (draft, self->audio);
  if (self->watermark || self->no_watermark)
    rushes_draft_set_watermark (draft, self->watermark);

  return TRUE;
}

static gboolean
fill_numbers (RushesGenerateOptions *self, RushesDraft *draft, GError **error)
{
  gint64 seed, count;

  if (self->seed != NULL)
    {
      if (!rushes_invocation_read_integer (self->seed, "--seed", 0, G_MAXINT32, &seed, error))
        return FALSE;
      rushes_draft_set_seed (draft, seed);
    }
  if (self->count != NULL)
    {
      if (!rushes_invocation_read_integer (self->count, "--count", 1, MAX_COUNT, &count, error))
        return FALSE;
      rushes_draft_set_count (draft, (int) count);
    }

  return TRUE;
}

static gboolean
fill_settings (RushesGenerateOptions *self, RushesDraft *draft, GError **error)
{
  for (guint i = 0; self->settings != NULL && self->settings[i] != NULL; i++)
    {
      g_autofree char *setting = rushes_invocation_read_text (self->settings[i], "--set", error);
      char *sign;

      if (setting == NULL)
        return FALSE;
      sign = strchr (setting, '=');
      if (sign == NULL || sign == setting)
        {
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("--set needs NAME=VALUE, not “%s”."), setting);
          return FALSE;
        }
      *sign = '\0';
      rushes_draft_set_parameter (draft, setting, sign + 1);
    }

  return TRUE;
}

gboolean
rushes_generate_options_fill (RushesGenerateOptions *self,
                              RushesInvocation *invocation,
                              const char *prompt,
                              RushesModel *model,
                              RushesDraft *draft,
                              GError **error)
{
  if (model != NULL)
    rushes_draft_set_model (draft, rushes_model_get_provider_id (model), rushes_model_get_id (model));

  return fill_words (self, invocation, prompt, draft, error) && fill_looks (self, model, draft, error) &&
         fill_switches (self, draft, error) && fill_numbers (self, draft, error) && fill_settings (self, draft, error);
}
