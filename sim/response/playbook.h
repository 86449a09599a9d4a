/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A playbook (预案) as its file gives it: header, then steps. The verbs are a closed vocabulary
 * (verb.h); a step's trigger is made of terms (term.h). */
#ifndef MU_RESPONSE_PLAYBOOK_H
#define MU_RESPONSE_PLAYBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/dist.h"
#include "core/given.h"
#include "core/loader.h"

/* When a step is due: all of `all`, and any of `any` (an empty list asks nothing), then `wait_s`.
 */
typedef struct mu_trigger {
    mu_string_list all; /* terms: "declared:red", "step:verify" */
    mu_string_list any;
    mu_dist wait_s; /* time to decide, from the trigger to the step being due */
} mu_trigger;

typedef struct mu_who {
    const char
        *role; /* a role of the roster; "@actor" = whoever the trigger names; NULL = nobody */
    const char *skill; /* NULL = any */
    int64_t count; /* persons; 0 = every one on duty with that role and skill; at a kind of post:
                      one for each */
} mu_who;

typedef struct mu_need {
    int equipment; /* mu_equipment_kind */
    int64_t count;
} mu_need;

/* What whoever decides or does a step can be shown. */
typedef enum mu_informed_by {
    MU_INFORMED_BY_NOTHING,
    MU_INFORMED_BY_PICTURE, /* live, from the field */
    MU_INFORMED_BY_CAR_PARK /* how many are still in it */
} mu_informed_by;

typedef struct mu_step {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_trigger when;
    mu_who who;
    int verb;              /* mu_verb */
    const char *object;    /* what the verb acts on: "police", "red", "item", a zone; verb.h says */
    const char *to;        /* notify, report: the role or unit that receives it; NULL = `object` */
    const char *place;     /* where: a post, space, assembly point, "@item", a kind of post */
    mu_ref_list over;      /* channels for notify and evacuate: tried in order, or all at once */
    mu_dist takes_s;       /* the work itself, without waiting and walking */
    double chance;         /* that it succeeds, 0..1 */
    int64_t tries;         /* at most, when it fails */
    double radius_m;       /* evacuate, cordon: of a circle around `place`; 0 = none */
    int64_t from_band;     /* decontaminate: of those who reached this exposure band */
    mu_string_list posts_in; /* a kind of post as place: only those in these zones */
    mu_string_list except;   /* zones that are left out of `object`, or of `posts_in` */
    mu_string_list avoids; /* orders to people: zones that they keep out of, on every way */
    mu_dist reacts_s;      /* shelter, lock_down: from hearing it to acting on it */
    mu_string_list closes; /* labels of portals that only responders go in by while it holds */
    double reply_chance; /* notify @sheltering: that one who gets the message answers, 0..1 */
    mu_dist replies_s;   /* and how long until then */
    MU_LIST_OF(mu_need) needs;
    bool holds;         /* who does it stays there until `until` */
    const char *until;  /* term; NULL = the end of the incident */
    double every_s;     /* repeated at this interval until `until`; 0 = once */
    int64_t priority;   /* among waiting requests, higher first */
    mu_ref_list serves; /* clauses */
    mu_text says;       /* message text, for people and for the inject list */
    mu_string_list unless; /* terms; once any has come the step is called off */
    mu_ref_list gather_at; /* evacuate: assembly points to go to; empty = any */
    mu_ref_list spaces;    /* search, sweep: that are gone through besides the place */
    int64_t team;          /* care: persons who work on one patient together; 0 = as the verb asks */
    MU_LIST_OF(int) tags;  /* care: mu_start_tag; empty = as the verb asks */
    double under_triage;   /* triage: share of 'immediate' who are tagged 'delayed' */
    double over_triage;    /* triage: share of the others who are tagged one worse */
    mu_dist each_s;        /* roll-call: for each head, besides takes_s */
    int informed_by;       /* mu_informed_by */
    double blind_factor;   /* wait and work take so much longer where that is not there, >= 1 */
    bool one_way;          /* close: against the flow only (site.h, MU_PORTAL_ONE_WAY) */
    mu_ref_list leads_to;  /* post, held: doors to the open that they lead people to */
} mu_step;

typedef struct mu_revision {
    const char *date;
    mu_text what;
    mu_string_list was; /* JSON of steps as they were before; whoever has not been taught it goes by
                           them */
} mu_revision;

typedef struct mu_playbook {
    const char *id;
    mu_text name;
    mu_text story;
    const char *threat; /* "evacuation", "bombing", "hostage", "chemical" */
    mu_text approved_by;
    const char *effective; /* date */
    mu_string_list reviewed_by;
    MU_LIST_OF(mu_revision) revisions;
    MU_LIST_OF(mu_step) steps;
} mu_playbook;

/* The file kind "muster.playbook"; its root struct is mu_playbook. */
extern const mu_file_kind mu_playbook_file;

#endif
