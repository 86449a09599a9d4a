/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clauses against people's safety and against published guidance. */
#include <string.h>

#include "audit/lint.h"
#include "core/i18n.h"
#include "hazard/standoff.h"

static void add(mu_lint *lint, mu_lint_kind kind, uint32_t clause, const char *what,
                const char *against, mu_sure sure, const char *source, const char *advice) {
    mu_lint_add(lint, (mu_lint_item){.kind = kind,
                                     .clause = clause,
                                     .other = MU_NONE,
                                     .what = what,
                                     .against = against,
                                     .source = source,
                                     .sure = sure,
                                     .advice = advice});
}

/* Gas that discharges because somebody is in there. */
static void check_gas(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    if (mu_lint_begins(given->end, "discharged") && mu_lint_begins(given->start, "detected")) {
        add(lint, MU_LINT_DANGER, clause,
            _("the gas is started by the alarm that says that somebody is in the room: it "
              "discharges on whoever is inside"),
            _("where people may be, an alarm and a delay let them leave before the discharge, and "
              "it can be stopped by hand"),
            MU_SURE_READ,
            _("GB 50370-2005, 5.0.3 (a controllable delay of at most 30 s so that people can "
              "leave; "
              "none only where nobody works), 5.0.5 (starts only on two independent fire signals)"),
            _("start it by two fire detectors, never by an intrusion; lock the room instead"));
    }
}

/* Somebody goes up to the item to cover it. */
static void check_cover(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    if (mu_lint_begins(given->end, "covered")) {
        add(lint, MU_LINT_DANGER, clause, _("a guard has to go up to the item and cover it"),
            _("do not approach, touch or move a suspicious item; keep away and leave it to the "
              "disposal team"),
            MU_SURE_READ,
            _("DHS, Readiness and Preparedness (do not approach or inspect suspicious items); "
              "CISA, "
              "What to Do – Bomb Threat"),
            _("clear the distance of the card, and leave the blanket to the disposal team"));
    }
}

static bool has_radio(const mu_lint *lint, const char *role) {
    for (uint32_t m = 0; m < lint->plan->roster.members.count; m++) {
        const mu_member *member = &lint->plan->roster.members.items[m];
        if (strcmp(member->role, role) == 0 && member->radio) {
            return true;
        }
    }
    return false;
}

static void check_radio(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    if (mu_lint_begins(given->end, "covered") && has_radio(lint, "guard")) {
        add(lint, MU_LINT_WEAKER, clause,
            _("guards carry radios and are sent to the item; nothing says that they are switched "
              "off"),
            _("no radios or mobile telephones within 15 m of a suspicious item"), MU_SURE_READ,
            _("CPNI (now NPSA), Action upon Discovery of any Suspicious Delivered Item; NaCTSO, "
              "the "
              "four Cs (confirm, clear, communicate, control)"),
            _("say from which distance on radios may be used"));
    }
}

/* People are led out through doors that the same alarm closes. */
static void check_exits(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const char *zone = given->end == NULL ? NULL : strchr(given->end, ':');
    if (!mu_lint_begins(given->end, "closed") || zone == NULL ||
        strcmp(zone + 1, "non_essential") != 0) {
        return;
    }
    for (uint32_t p = 0; p < lint->plan->site.portals.count; p++) {
        const mu_portal *portal = &lint->plan->site.portals.items[p];
        if (portal->non_essential && portal->access == MU_ACCESS_FREE &&
            mu_site_leads_out(&lint->plan->site, p)) {
            add(lint, MU_LINT_DANGER, clause,
                mu_audit_say(lint->plan,
                             _("%s leads out of the building and is closed while people leave it"),
                             portal->id),
                _("doors on the way out can be opened from inside by everybody without a key"),
                MU_SURE_CONFIRMED, _("GB 50016-2014 (2018), 6.4.11, item 4"),
                _("take it off the list of passages to close, or let it open outwards"));
        }
    }
}

/* The smallest thing that somebody may carry in a hand, as the card has it. */
static void check_radius(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const mu_demand *radius = mu_lint_demand(given, "radius");
    const mu_standoff *row = mu_standoff_of(MU_ITEM_SUITCASE);
    if (radius != NULL && given->kind == MU_CLAUSE_DISTANCE && radius->value < row->mandatory_m) {
        add(lint, MU_LINT_WEAKER, clause,
            mu_audit_say(lint->plan, _("people are moved %g m away"), radius->value),
            mu_audit_say(lint->plan,
                         _("%g m from a briefcase or suitcase for everybody, %g m preferred in the "
                           "open; %g m even from something as small as a pipe"),
                         row->mandatory_m, row->preferred_m,
                         mu_standoff_of(MU_ITEM_PIPE)->mandatory_m),
            MU_SURE_READ,
            _("DHS and FBI Bomb Threat Stand-off Card, as published by NCTC and ODNI"),
            _("take the distances of the card, by what the item looks like"));
    }
}

static void check_barrier(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    if (given->kind == MU_CLAUSE_PHYSICAL && mu_lint_is(given->system, "perimeter") &&
        mu_lint_demand(given, "mass") != NULL && mu_lint_demand(given, "speed") == NULL) {
        add(lint, MU_LINT_WEAKER, clause,
            _("the barrier is rated by the mass of the vehicle alone"),
            _("a rating names the vehicle, its mass, its speed and how far it comes"), MU_SURE_READ,
            _("ISO 22343-1:2023, scope (it has superseded IWA 14-1:2013 and PAS 68:2013)"),
            _("add the speed, and the distance behind the barrier"));
    }
}

static void check_video(mu_lint *lint, uint32_t clause) {
    const mu_demand *kept = mu_lint_demand(mu_lint_clause(lint, clause), "retention");
    if (kept != NULL && mu_lint_is(kept->unit, "d") && kept->value < 90) {
        add(lint, MU_LINT_WEAKER, clause,
            mu_audit_say(lint->plan, _("video is kept for %g days"), kept->value),
            _("video of key targets is kept for at least 90 days"), MU_SURE_CONFIRMED,
            _("Counter-terrorism Law of the People's Republic of China, article 32"),
            _("keep it for 90 days"));
    }
}

static void check_drills(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const mu_demand *count = mu_lint_demand(given, "count");
    if (mu_lint_is(given->system, "drills") && count != NULL &&
        mu_lint_is(count->unit, "per_year") && count->value < 1) {
        add(lint, MU_LINT_WEAKER, clause,
            mu_audit_say(lint->plan, _("%g drills in a year"), count->value),
            _("at least one drill of the comprehensive or a special plan in a year, and one of the "
              "measures on site in half a year"),
            MU_SURE_READ,
            _("Measures for emergency plans for production safety (State Administration of Work "
              "Safety, Order 88, as amended by Order 2 of the Ministry of Emergency Management, "
              "2019), article 33"),
            _("one a year at the least"));
    }
}

void mu_lint_dangers(mu_lint *lint) {
    for (uint32_t c = 0; c < lint->plan->policy.clauses.count; c++) {
        if (mu_lint_counts(lint, c)) {
            check_gas(lint, c);
            check_cover(lint, c);
            check_exits(lint, c);
        }
    }
}

void mu_lint_guidance(mu_lint *lint) {
    for (uint32_t c = 0; c < lint->plan->policy.clauses.count; c++) {
        if (mu_lint_counts(lint, c)) {
            check_radius(lint, c);
            check_radio(lint, c);
            check_barrier(lint, c);
            check_video(lint, c);
            check_drills(lint, c);
        }
    }
}
