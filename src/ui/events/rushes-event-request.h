/* rushes-event-request.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-event-source.h"
#include "rushes-http-provider.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* What was typed, as it is to be sent. */
typedef struct
{
  RushesHttp               *http;
  char                     *address;
  RushesEventSourceOptions  options;    /* its members are owned */
  guint64                   max_events; /* 0 for no limit */
  RushesHttpProvider       *provider;   /* whose key goes along; NULL */
} RushesEventOrder;

void              rushes_event_order_free       (RushesEventOrder    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesEventOrder, rushes_event_order_free)

/**
 * RushesEventRequest:
 *
 * The form for listening to an event stream: the address, and the rest in a row that opens. A token that is typed stays
 * in the form and goes only to the origin of the address.
 *
 * Signals: ::activated when Enter is pressed in the address.
 */
#define RUSHES_TYPE_EVENT_REQUEST (rushes_event_request_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventRequest, rushes_event_request, RUSHES, EVENT_REQUEST, AdwPreferencesGroup)

/* Whose keys may be chosen. */
void              rushes_event_request_set_registry (RushesEventRequest  *self,
                                                     RushesRegistry      *registry);
/* NULL with BAD_REQUEST or AUTH and a sentence for what cannot be sent; the field at fault has the focus then. */
RushesEventOrder *rushes_event_request_read     (RushesEventRequest  *self,
                                                 GError             **error);
void              rushes_event_request_fold     (RushesEventRequest  *self);

G_END_DECLS
