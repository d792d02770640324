/* rushes-model.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-extension.h"
#include "rushes-money.h"
#include "rushes-picture-fitter.h"
#include "rushes-reference.h"

G_BEGIN_DECLS

typedef struct _RushesRequest RushesRequest;
typedef struct _RushesDraft RushesDraft;

/**
 * RushesParameterKind:
 *
 * A parameter of the model's own, beside what every model knows.
 */
typedef enum
{
  RUSHES_PARAMETER_SWITCH,
  RUSHES_PARAMETER_CHOICE,
  RUSHES_PARAMETER_INTEGER,
  RUSHES_PARAMETER_NUMBER,
  RUSHES_PARAMETER_TEXT,
} RushesParameterKind;

/* One choice of a parameter: @value goes into the request, @title to people (translated). */
typedef struct
{
  char *value;
  char *title;
} RushesParameterChoice;

typedef struct
{
  char                *name;     /* member of the request's parameters, "caption" */
  char                *title;    /* for people, translated */
  char                *subtitle; /* for people, translated; NULL */
  RushesParameterKind  kind;
  char                *fallback; /* the value when none is set, as text */
  double               minimum;  /* of INTEGER and NUMBER */
  double               maximum;
  GPtrArray           *choices;  /* of CHOICE: RushesParameterChoice */
} RushesParameter;

/* In what form a picture is sent. */
typedef enum
{
  RUSHES_FORM_DATA,    /* a data: URI */
  RUSHES_FORM_BASE64,
  RUSHES_FORM_PART,    /* a file in a multipart body */
  RUSHES_FORM_UPLOAD,  /* an address at the service's own upload */
  RUSHES_FORM_ADDRESS, /* a public address at the person's upload place */
} RushesPictureForm;

/* What comes of a clip that is made longer by the service's own call. */
typedef enum
{
  RUSHES_STRETCH_NONE,  /* the model cannot */
  RUSHES_STRETCH_WHOLE, /* a clip of what there was and what was added */
  RUSHES_STRETCH_PART,  /* what was added, alone */
} RushesStretchKind;

/* Which clips a model makes longer; all in seconds, 0 for no bound. */
typedef struct
{
  RushesStretchKind kind;
  double            minimum; /* of the clip as it is */
  double            maximum;
  double            total;   /* of it and what is added, together */
} RushesStretch;

/**
 * RushesModel:
 *
 * One model of a provider and what it can do. Read from a description; nothing of it changes but where it is used. The composer shows what it supports
 * and offers only values it supports; the command line checks against the same functions.
 */
#define RUSHES_TYPE_MODEL (rushes_model_get_type ())
G_DECLARE_FINAL_TYPE (RushesModel, rushes_model, RUSHES, MODEL, GObject)

typedef enum
{
  RUSHES_INPUT_NONE,
  RUSHES_INPUT_OPTIONAL,
  RUSHES_INPUT_REQUIRED,
} RushesInput;

/* Reads one member of a description's "models", as the description itself does; for tests of what a model can do.
 * @path is what errors call it: "animatic.json: models[0]". */
RushesModel        *rushes_model_from_json           (JsonNode            *node,
                                                      const char          *provider_id,
                                                      const char          *path,
                                                      GError             **error);

const char         *rushes_model_get_id              (RushesModel         *self);
const char         *rushes_model_get_name            (RushesModel         *self);
const char         *rushes_model_get_provider_id     (RushesModel         *self);
/* One sentence for people, translated; NULL. */
const char         *rushes_model_get_summary         (RushesModel         *self);
/* The date ("2026-10-01") from which the service no longer offers it; NULL. */
const char         *rushes_model_get_retired         (RushesModel         *self);
gboolean            rushes_model_get_is_retired      (RushesModel         *self);
/* Whether the service offers it only at other addresses than the one that is set. */
gboolean            rushes_model_get_is_elsewhere    (RushesModel         *self);
/* Neither the one nor the other. */
gboolean            rushes_model_get_is_offered      (RushesModel         *self);

/* Lengths in seconds: either a list, or a range with a step. */
const double       *rushes_model_get_durations       (RushesModel         *self,
                                                      gsize               *n_durations);
gboolean            rushes_model_get_duration_range  (RushesModel         *self,
                                                      double              *minimum,
                                                      double              *maximum,
                                                      double              *step);
double              rushes_model_get_default_duration (RushesModel        *self);
/* "480p", "720p" …; NULL-terminated, empty when the model has no such choice. The same for the next two. */
const char * const *rushes_model_get_resolutions     (RushesModel         *self);
const char         *rushes_model_get_default_resolution (RushesModel      *self);
const char * const *rushes_model_get_aspects         (RushesModel         *self);
const char         *rushes_model_get_default_aspect  (RushesModel         *self);
const int          *rushes_model_get_frame_rates     (RushesModel         *self,
                                                      gsize               *n_rates);
int                 rushes_model_get_default_frame_rate (RushesModel      *self);

RushesInput         rushes_model_get_input           (RushesModel         *self,
                                                      RushesReferenceRole  role);
/* How many pictures the role RUSHES_ROLE_REFERENCE takes. */
int                 rushes_model_get_max_references  (RushesModel         *self);
RushesInput         rushes_model_get_prompt_input    (RushesModel         *self);
/* In the unit of the service; 0 for none. */
int                 rushes_model_get_prompt_limit    (RushesModel         *self);
/* How long a text is in that unit: characters, UTF-16 code units or bytes. */
glong               rushes_model_measure             (RushesModel         *self,
                                                      const char          *text);
/* Whether the service has names for pictures of @role, so that a prompt can say "@1" (see rushes-mention.h). */
gboolean            rushes_model_get_has_names       (RushesModel         *self,
                                                      RushesReferenceRole  role);
gboolean            rushes_model_get_has_negative    (RushesModel         *self);
gboolean            rushes_model_get_has_seed        (RushesModel         *self);
gboolean            rushes_model_get_has_audio       (RushesModel         *self);
gboolean            rushes_model_get_has_watermark   (RushesModel         *self);
/* Whether and how its clips can be made longer by the service's own call. Borrowed. */
const RushesStretch *rushes_model_get_stretch        (RushesModel         *self);
/* NULL, or why it cannot make this clip longer: UNSUPPORTED when it cannot at all, or not this one; NOT_FOUND when the
 * service does not keep it any more. What is added, and what draft it is for, is for rushes_model_check() to say. */
GError             *rushes_model_check_extension     (RushesModel         *self,
                                                      const RushesExtension *extension) G_GNUC_WARN_UNUSED_RESULT;
/* How many takes one Generate may make; at least 1. */
int                 rushes_model_get_max_count       (RushesModel         *self);
/* RushesParameter, in the order they are shown; owned by the model. */
GPtrArray          *rushes_model_get_parameters      (RushesModel         *self);

/**
 * RushesNote:
 *
 * A value that had to give way to what the model can do: which field, what was asked, what is used, and a sentence.
 * Fields are those of the request ("duration", "resolution", "aspect", "frame_rate", "count", "negative_prompt",
 * "seed", "audio", "watermark"), "image", "last_image" and "reference" for pictures, and the names of parameters.
 * @used is %NULL for what the model does not take at all.
 */
typedef struct
{
  char *field;
  char *asked;
  char *used;
  char *message;
} RushesNote;

void rushes_note_free (RushesNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesNote, rushes_note_free)

/* What the model can do for this very draft: itself, or, where its rules narrow it, another model object of the same id
 * whose lists are those that hold, the same object as long as the same rules hold. Such a one has no rules any more:
 * ask the model itself when the draft changes. Fitting, checking and estimating do so by themselves. A new reference. */
RushesModel        *rushes_model_narrow              (RushesModel         *self,
                                                      RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
/* A model of another name that is taken to be able to do what this one can, and of which nothing is said: for services that
 * take any name. */
RushesModel        *rushes_model_rename              (RushesModel         *self,
                                                      const char          *id) G_GNUC_WARN_UNUSED_RESULT;
/* What the service is told as the model's name; NULL when it is not told. */
const char         *rushes_model_get_sent_as         (RushesModel         *self);
/* A text, number or truth value of the description's `values`; NULL. Borrowed. */
JsonNode           *rushes_model_get_value           (RushesModel         *self,
                                                      const char          *name);
/* What the service itself said of the model (see rushes-model-sheet.h); NULL when all is from the description. Borrowed, and
 * not changed. */
JsonNode           *rushes_model_get_sheet           (RushesModel         *self);
/* What @picture must be to be sent with this draft, whose aspect ratio it may have to take; FALSE when pictures are sent
 * as they are. The limits live as long as the model. */
gboolean            rushes_model_get_picture_limits  (RushesModel         *self,
                                                      RushesDraft         *draft,
                                                      RushesReference     *picture,
                                                      RushesPictureLimits *limits);
/* The forms in which a picture of so many bytes can be sent, the preferred one first; @n_forms is 0 when it is larger
 * than the service takes in any. */
const RushesPictureForm *rushes_model_get_picture_forms (RushesModel     *self,
                                                      gsize               n_bytes,
                                                      guint              *n_forms);
/* Changes what does not fit into the nearest that does (5 s becomes 10 s, an unknown resolution the nearest), leaves
 * the rest, and tells each change: an array of RushesNote, maybe empty. For the composer when another model is chosen,
 * and for the command line where a value is near enough. Free with g_ptr_array_unref(). */
GPtrArray          *rushes_model_fit                 (RushesModel         *self,
                                                      RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a draft can be generated as it stands: NULL, or the first thing that is missing or not possible, as an
 * error with its field (BAD_REQUEST, UNSUPPORTED, MODEL_RETIRED), whose sentence may stand under a disabled button. */
GError             *rushes_model_check               (RushesModel         *self,
                                                      RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
/* The whole prompt as it is sent: with the service's own names for the pictures that it names. */
char               *rushes_model_get_sent_prompt     (RushesModel         *self,
                                                      RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
/* That the prompt names a reference to a model that has no names for any, so that it is sent as it was typed; NULL. */
RushesNote         *rushes_model_note_names          (RushesModel         *self,
                                                      RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
/* What one take of this draft is expected to cost; the draft may make several. */
RushesPrice         rushes_model_estimate            (RushesModel         *self,
                                                      RushesDraft         *draft);
/* From which day (as the description writes it, "2026-08-01") and which page that is known; of several rates the oldest.
 * FALSE where nobody says. Both live as long as the model. */
gboolean            rushes_model_get_price_source    (RushesModel         *self,
                                                      RushesDraft         *draft,
                                                      const char         **as_of,
                                                      const char         **source);
/* The same of a frozen request, by the prices as they are now. */
RushesPrice         rushes_model_estimate_request    (RushesModel         *self,
                                                      RushesRequest       *request);
/* Pixels of a resolution name at an aspect: ("720p", "16:9") is 1280×720, ("720p", "9:16") 720×1280, ("720p", "1:1")
 * 720×720; the name says the shorter side; "1280x720" is taken as it is. Always even. FALSE for words it does not
 * know. */
gboolean            rushes_resolution_to_size        (const char          *resolution,
                                                      const char          *aspect,
                                                      int                 *width,
                                                      int                 *height);

G_END_DECLS
