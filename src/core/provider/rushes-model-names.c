/* rushes-model-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures that a prompt names: "@1" becomes the service's own "<IMAGE_1>". */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>

#include "rushes-draft-private.h"
#include "rushes-error.h"
#include "rushes-mention.h"
#include "rushes-template.h"

struct _RushesNaming
{
  RushesTemplate *spelling; /* of a {number} */
  RushesReferenceRole counted[RUSHES_N_ROLES];
  guint n_counted;
  guint first_number;
};

static const char *const roles[] = { "first_frame", "last_frame", "references", NULL };

/* ---- reading ---- */

static void
naming_clear (gpointer data)
{
  RushesNaming *self = data;

  rushes_template_free (self->spelling);
}

RushesNaming *
rushes_naming_ref (RushesNaming *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rushes_naming_unref (RushesNaming *self)
{
  g_atomic_rc_box_release_full (self, naming_clear);
}

static char *
spell (const RushesNaming *self, guint number)
{
  RushesTemplateInput input = { .number = number };

  return rushes_template_make_text (self->spelling, &input);
}

/* Whether two pictures would have two names. */
static gboolean
tells_apart (const RushesNaming *self)
{
  g_autofree char *one = spell (self, 1);
  g_autofree char *two = spell (self, 2);

  return one != NULL && two != NULL && !g_str_equal (one, two);
}

static void
read_counted (RushesNaming *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_list (reader, "counted"))
    {
      self->counted[self->n_counted++] = RUSHES_ROLE_REFERENCE;
      return;
    }
  while (rushes_json_reader_next (reader))
    {
      RushesReferenceRole role = rushes_json_reader_get_word (reader, NULL, roles, RUSHES_ROLE_REFERENCE);

      for (guint i = 0; i < self->n_counted; i++)
        if (self->counted[i] == role)
          {
            rushes_json_reader_complain (reader, NULL, _ ("“%s” is there twice."), roles[role]);
            self->n_counted = 0;
          }
      self->counted[self->n_counted++] = role;
    }
  rushes_json_reader_leave (reader);
  if (self->n_counted == 0)
    rushes_json_reader_complain (reader, "counted", "%s", _ ("at least one is expected."));
}

RushesNaming *
rushes_naming_read (RushesJsonReader *reader)
{
  const RushesTemplateNames names = { .names = RUSHES_NAMES_REFERENCE };
  RushesNaming *self;

  if (!rushes_json_reader_has (reader, "names"))
    return NULL;

  self = g_atomic_rc_box_new0 (RushesNaming);
  self->spelling = rushes_template_read (reader, "names", &names);
  self->first_number = rushes_json_reader_get_integer (reader, "first_number", 0, 1, 1);
  read_counted (self, reader);
  if (rushes_json_reader_get_string (reader, "names", NULL) != NULL && !tells_apart (self))
    rushes_json_reader_complain (reader, "names", "%s", _ ("a text with {number} in it is expected."));

  return self;
}

/* ---- writing ---- */

static gboolean
counts (const RushesNaming *self, RushesReferenceRole role)
{
  for (guint i = 0; i < self->n_counted; i++)
    if (self->counted[i] == role)
      return TRUE;
  return FALSE;
}

gboolean
rushes_model_get_has_names (RushesModel *self, RushesReferenceRole role)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->naming != NULL && counts (self->naming, role);
}

/* Whether the words are a name to this model at all. */
static gboolean
is_name (RushesModel *self, const RushesMention *mention)
{
  switch (mention->kind)
    {
    case RUSHES_MENTION_PICTURE:
      return rushes_model_get_has_names (self, mention->role);
    case RUSHES_MENTION_GONE:
      return self->naming != NULL;
    case RUSHES_MENTION_PLAIN:
    default:
      return FALSE;
    }
}

/* Which picture of its role is meant. FALSE when it is not there. */
static gboolean
find_picture (const RushesBrief *brief, const RushesMention *mention, guint *n)
{
  if (mention->kind == RUSHES_MENTION_GONE)
    return FALSE;
  *n = mention->role == RUSHES_ROLE_REFERENCE ? mention->number - 1 : 0;
  return *n < brief->references[mention->role]->len;
}

/* What the service calls the n-th picture of @role: it counts all that it is sent in one list. */
static char *
name_picture (const RushesNaming *self, const RushesBrief *brief, RushesReferenceRole role, guint n)
{
  guint number = self->first_number + n;

  for (guint i = 0; self->counted[i] != role; i++)
    number += brief->references[self->counted[i]]->len;
  return spell (self, number);
}

char *
rushes_model_write_prompt (RushesModel *self, const RushesBrief *brief)
{
  g_autofree char *whole = rushes_brief_get_whole_prompt (brief);
  GString *written;
  const char *rest = whole;
  RushesMention mention;
  guint n;

  /* Where nothing is a name, nothing has to be marked as none. */
  if (self->naming == NULL)
    return g_steal_pointer (&whole);

  written = g_string_new (NULL);
  for (const char *from = whole; rushes_mention_find (whole, from, &mention); from = mention.end)
    {
      g_autofree char *name = NULL;

      if (mention.kind == RUSHES_MENTION_PLAIN)
        name = g_strndup (mention.start + 1, mention.end - mention.start - 1);
      else if (is_name (self, &mention) && find_picture (brief, &mention, &n))
        name = name_picture (self->naming, brief, mention.role, n);
      if (name == NULL)
        continue;
      g_string_append_len (written, rest, mention.start - rest);
      g_string_append (written, name);
      rest = mention.end;
    }
  g_string_append (written, rest);

  return g_string_free (written, FALSE);
}

char *
rushes_model_get_sent_prompt (RushesModel *self, RushesDraft *draft)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  return rushes_model_write_prompt (self, rushes_draft_peek (draft));
}

/* ---- what is said of them ---- */

static char *
describe_missing (const RushesBrief *brief, const RushesMention *mention)
{
  g_autofree char *name = g_strndup (mention->start, mention->end - mention->start);
  guint n = brief->references[RUSHES_ROLE_REFERENCE]->len;

  if (mention->kind == RUSHES_MENTION_GONE)
    return g_strdup (_ ("The prompt says @? where it named a picture that is gone. Name another one there, or delete "
                        "it."));
  if (mention->role != RUSHES_ROLE_REFERENCE)
    /* Translators: both are what stands in the prompt, “@first” */
    return g_strdup_printf (_ ("The prompt says %s, but that frame is not there. Add it, or write @%s for the plain "
                               "words."),
                            name, name);
  if (n == 0)
    /* Translators: both are what stands in the prompt, “@1” */
    return g_strdup_printf (_ ("The prompt says %s, but there is no reference. Add one, or write @%s for the plain "
                               "words."),
                            name, name);
  /* Translators: what stands in the prompt, “@3”, the number of reference pictures, and the same words again */
  return g_strdup_printf (ngettext ("The prompt says %s, but there is only %u reference. Add it, or write @%s for the "
                                    "plain words.",
                                    "The prompt says %s, but there are only %u references. Add it, or write @%s for "
                                    "the plain words.",
                                    n),
                          name, n, name);
}

GError *
rushes_model_check_names (RushesModel *self, const RushesBrief *brief)
{
  g_autofree char *whole = rushes_brief_get_whole_prompt (brief);
  RushesMention mention;
  guint n;

  for (const char *from = whole; rushes_mention_find (whole, from, &mention); from = mention.end)
    if (is_name (self, &mention) && !find_picture (brief, &mention, &n))
      {
        g_autofree char *sentence = describe_missing (brief, &mention);
        GError *error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", sentence);

        rushes_error_set_field (error, "prompt");
        return error;
      }
  return NULL;
}

RushesNote *
rushes_model_note_names (RushesModel *self, RushesDraft *draft)
{
  const RushesBrief *brief;
  g_autofree char *whole = NULL;
  RushesMention mention;
  guint n;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  if (self->naming != NULL)
    return NULL;
  brief = rushes_draft_peek (draft);
  whole = rushes_brief_get_whole_prompt (brief);
  for (const char *from = whole; rushes_mention_find (whole, from, &mention); from = mention.end)
    if (mention.kind == RUSHES_MENTION_PICTURE && mention.role == RUSHES_ROLE_REFERENCE &&
        find_picture (brief, &mention, &n))
      {
        RushesNote *note = g_new0 (RushesNote, 1);

        note->field = g_strdup ("prompt");
        note->asked = g_strndup (mention.start, mention.end - mention.start);
        /* Translators: a model, and what stands in the prompt, “@1” */
        note->message = g_strdup_printf (_ ("%s does not know pictures by name: %s is sent as it stands."), self->name,
                                         note->asked);
        return note;
      }
  return NULL;
}
