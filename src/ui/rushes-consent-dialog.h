/* rushes-consent-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The one question before money is spent that a person's own limits, or an earlier attempt, stand against. */

/* A dialog that says why nothing was bought yet, and offers to do it all the same. @errors are GErrors of which
 * rushes_limits_can_ask() says TRUE, one for each take. Who presents it hears ::response with “agree” when the person agrees,
 * and gives rushes_limits_agree() the same errors then. */
AdwDialog *rushes_consent_dialog_new (GPtrArray *errors) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
