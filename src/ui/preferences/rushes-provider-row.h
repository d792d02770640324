/* rushes-provider-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-provider-status.h"

G_BEGIN_DECLS

/**
 * RushesProviderRow:
 *
 * One provider in the list of Preferences: its state in words, a switch for whether it is offered, and what is wrong
 * with it. Activating it opens its page.
 *
 * Properties, construct-only: provider (RushesProvider). Read-only: status (RushesProviderStatus).
 */
#define RUSHES_TYPE_PROVIDER_ROW (rushes_provider_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesProviderRow, rushes_provider_row, RUSHES, PROVIDER_ROW, AdwActionRow)

GtkWidget      *rushes_provider_row_new          (RushesProvider    *provider);
RushesProvider *rushes_provider_row_get_provider (RushesProviderRow *self);

G_END_DECLS
