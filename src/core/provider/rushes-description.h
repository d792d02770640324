/* rushes-description.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-money.h"

G_BEGIN_DECLS

typedef struct _RushesProtocol RushesProtocol;

/**
 * RushesDescription:
 *
 * A provider as data: one file of data/providers, read strictly. Immutable. An unknown member, a wrong type or a
 * value out of range is an error that names file, path and reason. See data/providers/SCHEMA.md.
 */
#define RUSHES_TYPE_DESCRIPTION (rushes_description_get_type ())
G_DECLARE_FINAL_TYPE (RushesDescription, rushes_description, RUSHES, DESCRIPTION, GObject)

/* @path names the file in errors, which are BAD_REQUEST. */
RushesDescription *rushes_description_new_from_bytes  (GBytes             *bytes,
                                                       const char         *path,
                                                       GError            **error);
/* A person's own, or a stranger's: may name a `base` that ships, and may not say what only those that ship may (see
 * SCHEMA.md). At most 1 MiB. */
RushesDescription *rushes_description_new_strange     (GBytes             *bytes,
                                                       const char         *path,
                                                       GError            **error);
/* A description that ships, by id, from the resources. */
RushesDescription *rushes_description_new_shipped     (const char         *id,
                                                       GError            **error);
const char        *rushes_description_get_id          (RushesDescription  *self);
const char        *rushes_description_get_name        (RushesDescription  *self);
const char        *rushes_description_get_summary     (RushesDescription  *self);
/* What makes its clips: "animatic" for the renderer on this computer, "http" for a service. */
const char        *rushes_description_get_engine      (RushesDescription  *self);
GListModel        *rushes_description_get_models      (RushesDescription  *self);
const char        *rushes_description_get_default_model (RushesDescription *self);
guint              rushes_description_get_slots       (RushesDescription  *self);
double             rushes_description_get_time_limit  (RushesDescription  *self);
/* Seconds between two questions about a task: those to begin with, and those that back-off ends at. */
void               rushes_description_get_poll        (RushesDescription  *self,
                                                       double             *interval,
                                                       double             *slowest);
/* How the service is spoken to; NULL for what runs on this computer. */
RushesProtocol    *rushes_description_get_protocol    (RushesDescription  *self);
/* What one credit of the service is worth; its currency is NULL when nobody says. */
RushesMoney        rushes_description_get_credit      (RushesDescription  *self);
/* The id of the model that stands for names that are not listed; NULL when there may be none. */
const char        *rushes_description_get_any_model   (RushesDescription  *self);
/* Every host that gets the key or the pictures, sorted; NULL-terminated. */
char             **rushes_description_list_hosts      (RushesDescription  *self) G_GNUC_WARN_UNUSED_RESULT;
/* The whole file as it was read, with its base's members. */
JsonNode          *rushes_description_get_json        (RushesDescription  *self);
/* SHA-256 of the file: attempts remember which description submitted them. */
const char        *rushes_description_get_hash        (RushesDescription  *self);

G_END_DECLS
