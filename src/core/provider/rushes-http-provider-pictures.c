/* rushes-http-provider-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

#include <glib/gi18n.h>

#include "rushes-draft.h"
#include "rushes-upload-place.h"
#include "rushes-upload-secret.h"
#include "rushes-uploads.h"

/* What stands in a rehearsal for an address that only an upload gives; this name never resolves (RFC 2606). */
#define NOWHERE "https://upload.invalid/"

static const char *
extension_of (const char *media_type)
{
  if (g_str_equal (media_type, "image/jpeg"))
    return "jpg";
  return g_str_has_prefix (media_type, "image/") ? media_type + strlen ("image/") : "bin";
}

static char *
make_name (RushesReferenceRole role, guint n, const char *media_type)
{
  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      return g_strconcat ("first-frame.", extension_of (media_type), NULL);
    case RUSHES_ROLE_LAST_FRAME:
      return g_strconcat ("last-frame.", extension_of (media_type), NULL);
    case RUSHES_ROLE_REFERENCE:
    default:
      return g_strdup_printf ("reference-%u.%s", n + 1, extension_of (media_type));
    }
}

/* ---- bringing it somewhere ---- */

/* Names of ours never repeat, and say nothing of the picture. */
static char *
make_upload_name (const RushesSentPicture *picture)
{
  g_autofree char *random = g_uuid_string_random ();

  return g_strconcat (random, ".", extension_of (picture->media_type), NULL);
}

static gint64
expiry_after (double lifetime)
{
  return lifetime > 0 ? g_get_real_time () + (gint64) (lifetime * G_USEC_PER_SEC) : 0;
}

/* Walks the steps of the service's own upload. Gives the address, and how long it lives. */
static char *
take_steps (RushesHttpErrand *errand,
            const RushesTask *task,
            const RushesSentPicture *picture,
            double *lifetime,
            GError **error)
{
  RushesHttpProvider *self = errand->self;
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RushesHttp) http = rushes_http_provider_get_http (self);
  RushesCredentials *credentials = rushes_http_provider_get_work (errand->job)->credentials;
  guint n_steps = rushes_protocol_get_n_upload_steps (self->protocol);

  for (guint step = 0; step < n_steps; step++)
    {
      g_autoptr (RushesHttpRequest) request =
          rushes_protocol_build_upload (self->protocol, step, task, picture, values, error);
      g_autoptr (RushesHttpReply) reply = NULL;
      g_autoptr (GError) problem = NULL;

      if (request == NULL)
        return NULL;
      reply = dex_await_boxed (rushes_http_call (http, request, credentials,
                                                 rushes_http_provider_is_public_only (task->base_url), NULL,
                                                 errand->cancellable),
                               &problem);
      if (reply == NULL)
        {
          g_propagate_error (error, rushes_http_provider_explain (self, task->base_url, g_steal_pointer (&problem)));
          return NULL;
        }
      if (!rushes_protocol_read_upload (self->protocol, step, reply, values, error))
        return NULL;
    }
  return rushes_protocol_finish_upload (self->protocol, picture, values, lifetime, error);
}

static char *
put_at_place (RushesHttpErrand *errand,
              RushesUploadPlace *place,
              const char *name,
              const RushesSentPicture *picture,
              gint64 *expires,
              char **removal,
              GError **error)
{
  g_autoptr (RushesHttp) http = rushes_http_provider_get_http (errand->self);
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autoptr (GError) problem = NULL;
  char *secret = dex_await_string (rushes_upload_place_find_secret (place, errand->self->keyring), &problem);

  if (problem == NULL)
    uploaded = dex_await_boxed (
        rushes_upload_place_put (place, http, secret, name, picture->media_type, picture->bytes), &problem);
  rushes_key_forget (secret);
  if (uploaded == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  *expires = uploaded->expires;
  *removal = g_steal_pointer (&uploaded->removal);
  return g_steal_pointer (&uploaded->address);
}

/* The same picture is not sent twice while it still lies there. What will lie there is noted before it is sent. */
static gboolean
upload (RushesHttpErrand *errand,
        const RushesTask *task,
        RushesSentPicture *picture,
        RushesUploadPlace *place,
        GError **error)
{
  RushesLibrary *library = rushes_job_get_library (errand->job);
  const char *attempt_id = rushes_job_get_attempt_id (errand->job);
  g_autofree char *place_id = place != NULL ? g_strconcat ("place:", rushes_upload_place_get_id (place), NULL)
                                            : g_strdup (rushes_provider_get_id (RUSHES_PROVIDER (errand->self)));
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture->bytes);
  g_autofree char *name = NULL;
  g_autofree char *removal = NULL;
  g_autoptr (RushesUpload) known = NULL;
  double lifetime = 0;
  gint64 expires = 0;

  known = dex_await_boxed (rushes_library_find_upload (library, place_id, sha256, attempt_id), NULL);
  if (known != NULL)
    {
      picture->address = g_strdup (known->address);
      return TRUE;
    }

  name = place != NULL ? rushes_upload_place_make_name (place, picture->media_type) : make_upload_name (picture);
  if (!dex_await (rushes_library_begin_upload (library, place_id, name, sha256, attempt_id), error))
    return FALSE;
  if (place != NULL)
    picture->address = put_at_place (errand, place, name, picture, &expires, &removal, error);
  else
    {
      picture->address = take_steps (errand, task, picture, &lifetime, error);
      expires = expiry_after (lifetime);
    }
  return picture->address != NULL &&
         dex_await (rushes_library_finish_upload (library, name, picture->address, expires, removal), error);
}

/* ---- forms ---- */

/* Takes the sentence. */
static GError *
refuse_picture (RushesReferenceRole role, char *sentence)
{
  GError *error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", sentence);

  rushes_error_set_field (error, role == RUSHES_ROLE_FIRST_FRAME  ? "image"
                                 : role == RUSHES_ROLE_LAST_FRAME ? "last_image"
                                                                  : "reference");
  g_free (sentence);
  return error;
}

/* The first form that can be had: an address needs a place that the person set up. */
static gboolean
choose_form (RushesHttpProvider *self,
             RushesModel *model,
             RushesSentPicture *picture,
             gboolean rehearsal,
             RushesUploadPlace **place,
             GError **error)
{
  const char *name = rushes_provider_get_name (RUSHES_PROVIDER (self));
  char *sentence;
  guint n_forms;
  const RushesPictureForm *forms = rushes_model_get_picture_forms (model, g_bytes_get_size (picture->bytes), &n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      picture->form = forms[i];
      if (forms[i] != RUSHES_FORM_ADDRESS || rehearsal)
        return TRUE;
      /* The list of places may be read anew while the picture is on its way. */
      g_set_object (place, rushes_upload_places_choose (rushes_upload_places_get_default (),
                                                        rushes_provider_get_id (RUSHES_PROVIDER (self))));
      if (*place != NULL)
        return TRUE;
    }

  if (n_forms == 0)
    /* Translators: a provider. */
    sentence = g_strdup_printf (_ ("The picture is larger than %s takes."), name);
  else
    /* Translators: a provider. */
    sentence = g_strdup_printf (_ ("%s takes pictures only by their address. Set up an upload place in Preferences, or "
                                   "with “rushes uploads add”."),
                                name);
  g_propagate_error (error, refuse_picture (picture->role, sentence));
  return FALSE;
}

static RushesSentPicture *
fit (RushesHttpErrand *errand,
     RushesModel *model,
     RushesDraft *draft,
     RushesReferenceRole role,
     guint n,
     RushesReference *reference,
     GError **error)
{
  RushesPictureLimits limits = { 0 };
  g_autoptr (RushesFittedPicture) fitted = NULL;
  g_autofree char *name = NULL;

  rushes_model_get_picture_limits (model, draft, reference, &limits);
  fitted = dex_await_boxed (rushes_picture_fitter_fit (rushes_job_get_fitter (errand->job),
                                                       rushes_reference_get_file (reference),
                                                       rushes_reference_get_name (reference), &limits),
                            error);
  if (fitted == NULL)
    return NULL;
  name = make_name (role, n, fitted->media_type);
  return rushes_sent_picture_new (role, RUSHES_FORM_DATA, fitted->bytes, fitted->media_type, name);
}

static gboolean
check_model (RushesHttpProvider *self, const RushesTask *task, GError **error)
{
  if (task->model != NULL)
    return TRUE;
  /* Translators: a provider, and the name of a model. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s has no model “%s”."),
                    rushes_provider_get_name (RUSHES_PROVIDER (self)), rushes_request_get_model_id (task->request));
  return FALSE;
}

/* All pictures of the request as they are sent. */
GPtrArray *
rushes_http_provider_make_pictures (RushesHttpErrand *errand,
                                    const RushesTask *task,
                                    gboolean rehearsal,
                                    GError **error)
{
  static const RushesReferenceRole roles[] = { RUSHES_ROLE_FIRST_FRAME, RUSHES_ROLE_LAST_FRAME, RUSHES_ROLE_REFERENCE };
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_sent_picture_free);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  if (!check_model (errand->self, task, error))
    return NULL;
  rushes_draft_set_from_request (draft, task->request);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    for (guint n = 0; n < rushes_request_get_n_references (task->request, roles[i]); n++)
      {
        RushesReference *reference = rushes_request_get_reference (task->request, roles[i], n);
        RushesSentPicture *picture = fit (errand, task->model, draft, roles[i], n, reference, error);
        g_autoptr (RushesUploadPlace) place = NULL;

        if (picture == NULL)
          return NULL;
        g_ptr_array_add (pictures, picture);
        if (!choose_form (errand->self, task->model, picture, rehearsal, &place, error))
          return NULL;
        if (picture->form != RUSHES_FORM_UPLOAD && picture->form != RUSHES_FORM_ADDRESS)
          continue;
        if (rehearsal)
          picture->address = g_strconcat (NOWHERE, picture->name, NULL);
        else if (!upload (errand, task, picture, place, error))
          return NULL;
      }
  return g_steal_pointer (&pictures);
}

static DexFuture *
prepare_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpWork *work = rushes_http_provider_get_work (errand->job);
  g_autoptr (RushesKeyMark) mark = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (errand->self, errand->job, &error));
  GPtrArray *pictures;
  RushesTask task;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* A key that is missing is told before anything is uploaded. */
  g_clear_pointer (&work->credentials, rushes_credentials_unref);
  work->credentials = rushes_http_provider_find_marked (errand->self, errand->job, base_url, &mark, &error);
  task = rushes_http_provider_make_task (errand->self, errand->job, base_url);
  if (error != NULL || !rushes_http_provider_admits_extension (errand->self, &task, mark, &error) ||
      !(pictures = rushes_http_provider_make_pictures (errand, &task, FALSE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_clear_pointer (&work->pictures, g_ptr_array_unref);
  work->pictures = pictures;
  /* Whatever is set meanwhile: the submit goes there. */
  rushes_job_set_task (errand->job, NULL, base_url, NULL);
  rushes_job_set_key (errand->job, mark);
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_prepare (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, prepare_fiber);
}
