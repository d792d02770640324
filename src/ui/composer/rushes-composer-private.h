/* rushes-composer-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-batch-row.h"
#include "rushes-composer.h"
#include "rushes-preset-picker.h"
#include "rushes-prompt.h"
#include "rushes-recipe.h"
#include "rushes-settings-group.h"
#include "rushes-well.h"

G_BEGIN_DECLS

struct _RushesComposer
{
  AdwBin parent_instance;

  RushesStudio  *studio;
  RushesProject *project;
  RushesDraft   *draft;
  GHashTable    *drafts; /* of the projects that were shown, by their ids: the library may still be writing them */
  GSignalGroup  *draft_signals;
  GSignalGroup  *project_signals;
  GSettings     *settings;
  gboolean       in_sheet;
  int            picture_height;
  gboolean       focus_wanted; /* by the prompt, once it can be seen */
  char          *summary;
  char          *details;

  guint          keep_source; /* the draft is kept when the person pauses */
  gboolean       changed;     /* since it was kept */
  gboolean       keeping_failed;
  AdwToast      *told;        /* what had to change, or was ordered, last; NULL once it went */
  GPtrArray     *restored;    /* while a recipe is put in: the sentences that are told afterwards */

  /* rushes-composer-order.c */
  gboolean       ordering;   /* an order is on its way into the library */
  char          *last_order; /* project and drafts of the last order, as text */
  gint64         last_order_time;

  GtkWidget           *toasts; /* where news about the composer are said */
  RushesWell          *first_well;
  RushesWell          *last_well;
  AdwWrapBox          *reference_wells;
  RushesBatchRow      *batch_row;
  RushesPrompt        *prompt;
  RushesPresetPicker  *preset_picker;
  RushesSettingsGroup *settings_group;
  GtkWidget           *prompt_area;
  GtkWidget           *generate_button;
  GtkLabel            *generate_label;
  GtkLabel            *missing;
  GtkWidget           *settings_button;
};

/* rushes-composer.c */
void       rushes_composer_emit_generated      (RushesComposer *self,
                                                GPtrArray      *takes);
void       rushes_composer_emit_pictures_came  (RushesComposer *self);
void       rushes_composer_notify_picture      (RushesComposer *self);
void       rushes_composer_draft_changed       (RushesComposer *self);
/* Another draft for the project that is shown. */
void       rushes_composer_show_draft          (RushesComposer *self,
                                                RushesDraft    *draft);
GFile     *rushes_composer_get_references      (RushesComposer *self);

/* rushes-composer-recipe.c */
/* Says in a toast what had to give way to the model. */
void       rushes_composer_tell_notes          (RushesComposer *self,
                                                RushesModel    *model,
                                                GPtrArray      *notes);
/* Says @sentence in a toast, with a way back to the draft @before. */
void       rushes_composer_offer_undo          (RushesComposer *self,
                                                JsonNode       *before,
                                                const char     *sentence);
/* Puts a recipe, whose pictures were looked for, into the draft; the toast takes it back, another one says what is not
 * as it was. @name: of the file it came in */
void       rushes_composer_restore             (RushesComposer *self,
                                                RushesRecipe   *recipe,
                                                const char     *name);

/* rushes-composer-pictures.c */
void       rushes_composer_pictures_init       (RushesComposer *self);
/* The wells follow the draft's pictures and what the model takes. */
void       rushes_composer_pictures_follow     (RushesComposer *self);
void       rushes_composer_pictures_delivered  (RushesComposer *self,
                                                RushesDelivery *delivery,
                                                RushesWell     *well);
void       rushes_composer_pictures_cleared    (RushesComposer *self,
                                                RushesWell     *well);
void       rushes_composer_pictures_pasted     (RushesComposer *self,
                                                GdkClipboard   *clipboard);
/* Which one of its role the well is for. */
guint      rushes_composer_pictures_get_place  (RushesWell     *well);
/* The pictures that an order makes one take of each; NULL when there is no such wish. Borrowed. */
GPtrArray *rushes_composer_pictures_get_batch  (RushesComposer *self);

/* rushes-composer-moves.c */
void       rushes_composer_pictures_menu_opens (RushesComposer *self,
                                                RushesWell     *well);
/* @move: one of RushesWellMoves */
void       rushes_composer_pictures_moved      (RushesComposer *self,
                                                guint           move,
                                                RushesWell     *well);
/* After the person took a picture out or moved one: the prompt's names go on meaning the same pictures, which is said
 * with a way back. @pictures: as they lay; @before: the draft as it was */
void       rushes_composer_names_follow        (RushesComposer *self,
                                                GPtrArray      *pictures,
                                                JsonNode       *before);
/* Moves a picture that lies in a well to another place, where it changes places with what lies there. FALSE when it lies
 * in none. */
gboolean   rushes_composer_pictures_drag       (RushesComposer     *self,
                                                RushesReference    *reference,
                                                RushesReferenceRole role,
                                                guint               place);

/* rushes-composer-generate.c */
void       rushes_composer_generate_init       (RushesComposer *self);
/* The button's words, and whether it can be pressed, follow the draft. */
void       rushes_composer_generate_follow     (RushesComposer *self);

/* rushes-composer-order.c */
typedef enum
{
  RUSHES_PURCHASE_COMPOSED, /* what stands in the composer */
  RUSHES_PURCHASE_AGAIN,    /* of a take */
  RUSHES_PURCHASE_MODELS,   /* the same by several models, to be compared */
} RushesPurchaseKind;
/* Orders @drafts (RushesDraft, which nobody changes any more) together, asks where the person's limits stand against it,
 * and takes the same within two seconds for one press. @most: micros below zero for no such wish */
void       rushes_composer_buy                 (RushesComposer    *self,
                                                RushesProject     *project,
                                                GPtrArray         *drafts,
                                                RushesMoney        most,
                                                RushesPurchaseKind kind);

G_END_DECLS
