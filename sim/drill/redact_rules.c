/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a redacted file keeps, kind by kind. Whoever answers for what leaves the house reads this
 * list; nothing else gets out. */
#include "crowd/roster.h"
#include "drill/metrics_json.h"
#include "drill/redact.h"
#include "site/site.h"

#define KEEP(path_of)                                                                              \
    { path_of, MU_REDACT_KEEP, NULL }
#define NAMED(path_of, word_of)                                                                    \
    { path_of, MU_REDACT_NAME, word_of }
#define MOVED(path_of)                                                                             \
    { path_of, MU_REDACT_MOVE, NULL }
#define EMPTY(path_of)                                                                             \
    { path_of, MU_REDACT_EMPTY, NULL }
#define HEAD KEEP("format"), KEEP("version")
#define END                                                                                        \
    { NULL, MU_REDACT_EMPTY, NULL }

/* Shape and ways: what is needed to let people walk. Assembly points hang on every wall; posts,
 * equipment, signs, refuges (where chairs stand), roads, channels, air, lanes, desks and what doors
 * withstand stay behind. */
static const mu_redact_rule site_rules[] = {
    HEAD,
    NAMED("id", "site"),
    NAMED("levels.id", "level"),
    KEEP("levels.elevation_m"),
    NAMED("spaces.id", "space"),
    NAMED("spaces.level", "level"),
    {"spaces.use", MU_REDACT_USE, NULL},
    NAMED("spaces.building", "building"),
    MOVED("spaces.polygon"),
    MOVED("spaces.holes"),
    KEEP("spaces.capacity"),
    NAMED("portals.id", "portal"),
    KEEP("portals.kind"),
    NAMED("portals.between", "space"),
    MOVED("portals.line"),
    MOVED("portals.upper_line"),
    KEEP("portals.width_m"),
    KEEP("portals.length_m"),
    KEEP("portals.state"),
    KEEP("portals.access"),
    KEEP("portals.belt"),
    KEEP("portals.belt_mps"),
    KEEP("portals.belt_walked"),
    KEEP("portals.belt_stops"),
    KEEP("portals.per_hour"),
    KEEP("portals.lanes"),
    KEEP("portals.lane_per_min"),
    NAMED("assembly_points.id", "assembly"),
    NAMED("assembly_points.space", "space"),
    MOVED("assembly_points.at"),
    KEEP("assembly_points.capacity"),
    NAMED("lifts.id", "lift"),
    NAMED("lifts.cars", "space"),
    KEEP("lifts.capacity"),
    KEEP("lifts.speed_mps"),
    KEEP("lifts.doors_s"),
    KEEP("lifts.stays_s"),
    NAMED("lifts.recall", "space"),
    KEEP("lifts.evacuation"),
    END,
};

/* Occupants as numbers; who responds stays behind. */
static const mu_redact_rule roster_rules[] = {
    HEAD,
    NAMED("id", "roster"),
    NAMED("groups.id", "group"),
    NAMED("groups.role", "role"),
    KEEP("groups.count"),
    NAMED("groups.in", "space"),
    KEEP("groups.familiar"),
    KEEP("groups.training"),
    KEEP("groups.mobility.kind"),
    KEEP("groups.mobility.share"),
    NAMED("groups.came_by", "portal"),
    KEEP("groups.came_by_share"),
    KEEP("groups.follows_share"),
    KEEP("groups.party"),
    NAMED("groups.host", "group"),
    KEEP("groups.party_waits_s"),
    END,
};

/* How many runs met which kind of demand, and how people left; not which clauses, places, channels
 * or steps. */
static const mu_redact_rule metrics_rules[] = {
    HEAD,
    KEEP("program"),
    NAMED("incident.id", "incident"),
    EMPTY("incident.name"),
    KEEP("incident.kind"),
    EMPTY("incident.starts_at"),
    KEEP("incident.motion"),
    KEEP("incident.motion_mode"),
    NAMED("site.id", "site"),
    EMPTY("site.name"),
    NAMED("policy.id", "policy"),
    EMPTY("policy.name"),
    KEEP("policy.required_share"),
    EMPTY("inputs"),
    KEEP("seed"),
    KEEP("reps"),
    KEEP("occupants.total"),
    KEEP("occupants.indoors"),
    KEEP("occupants.by_state.expected"),
    KEEP("occupants.by_state.inside"),
    KEEP("occupants.by_state.sheltering"),
    KEEP("occupants.by_state.held"),
    KEEP("occupants.by_state.casualty"),
    KEEP("occupants.by_state.out"),
    KEEP("occupants.by_state.taken"),
    KEEP("occupants.by_state.refuge"),
    EMPTY("occupants.over_time"),
    EMPTY("remaining"),
    KEEP("evacuation.runs"),
    KEEP("evacuation.mean_s"),
    KEEP("evacuation.p95_s"),
    KEEP("evacuation.last_s"),
    KEEP("evacuation.evacuated_share"),
    KEEP("evacuation.ordered_runs"),
    KEEP("evacuation.ordered_s"),
    KEEP("evacuation.curve.t_s"),
    KEEP("evacuation.curve.share"),
    KEEP("evacuation.curve.low"),
    KEEP("evacuation.curve.high"),
    KEEP("notification.reached_share"),
    KEEP("notification.t50_s"),
    KEEP("notification.t50_never"),
    KEEP("notification.t95_s"),
    KEEP("notification.t95_never"),
    KEEP("ratings"),
    NAMED("clauses.id", "clause"),
    NAMED("clauses.same_as", "clause"),
    EMPTY("clauses.source"),
    EMPTY("clauses.title"),
    EMPTY("clauses.system"),
    EMPTY("clauses.capability"),
    EMPTY("clauses.owner"),
    KEEP("clauses.severity"),
    KEEP("clauses.kind"),
    KEEP("clauses.basis"),
    KEEP("clauses.statistic"),
    KEEP("clauses.verdict"),
    KEEP("clauses.how"),
    KEEP("clauses.reason"),
    KEEP("clauses.runs"),
    KEEP("clauses.met"),
    KEEP("clauses.never"),
    KEEP("clauses.undecided"),
    KEEP("clauses.not_exercised"),
    KEEP("clauses.share"),
    KEEP("clauses.ci95"),
    KEEP("clauses.rating"),
    EMPTY("clauses.cause_chain"),
    END,
};

const mu_redact_rule *mu_redact_rules(const mu_file_kind *kind) {
    return kind == &mu_site_file      ? site_rules
           : kind == &mu_roster_file  ? roster_rules
           : kind == &mu_metrics_file ? metrics_rules
                                      : NULL;
}
