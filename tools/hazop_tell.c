/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hazop_tell.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "table.h"

static const mu_hazop_element *element_of(const mu_hazop_report *r,
                                          const mu_hazop_finding *finding) {
    return &r->hazop->elements.items[r->hazop->deviations.items[finding->deviation].element];
}

static mu_hazop_guide guide_of(const mu_hazop_report *r, const mu_hazop_finding *finding) {
    return r->hazop->deviations.items[finding->deviation].guide;
}

static void say_remedy(const mu_hazop_report *r, const mu_hazop_finding *finding, mu_said out) {
    if (finding->remedy == MU_NONE) {
        (void)snprintf(out, MU_SAID_ROOM,
                       finding->tried ? _("no lever helps; in general: %.250s")
                                      : _("levers were not tried; in general: %.250s"),
                       mu_hazop_advice(element_of(r, finding)->kind, guide_of(r, finding)));
        return;
    }
    const mu_lever *lever = &r->catalogue->levers.items[finding->remedy];
    const char *name = mu_text_in(lever->name, r->language);
    (void)snprintf(out, MU_SAID_ROOM, _("%.200s (brings back %.1f of them a run, needs %g %.60s)"),
                   name[0] != '\0' ? name : lever->id, finding->back, lever->cost,
                   mu_levers_unit(r->catalogue, r->language));
}

void mu_hazop_print(const mu_hazop_report *r) {
    uint32_t number = 0;
    printf(_("%u deviations tried; %u changed something and were played again."), r->screened,
           r->count);
    (void)putchar('\n');
    for (uint32_t i = 0; i < r->count; i++) {
        const mu_hazop_finding *finding = &r->findings[i];
        mu_said what, remedy;
        char line[1000];
        if (!finding->is_single) {
            continue;
        }
        say_remedy(r, finding, remedy);
        (void)snprintf(line, sizeof line, _("S%u %.300s: %.1f fewer clauses met a run"), ++number,
                       mu_hazop_say(r->hazop, finding->deviation, r->language, what),
                       finding->fewer);
        mu_text_print_line(line, stdout);
        if (r->hazop->likely != NULL) {
            (void)snprintf(line, sizeof line, _("   likelihood: %.100s"),
                           mu_hazop_say_band(mu_hazop_band(mu_hazop_likely(r->hazop, finding))));
            mu_text_print_line(line, stdout);
        }
        (void)snprintf(line, sizeof line, _("   remedy: %.350s"), remedy);
        mu_text_print_line(line, stdout);
    }
    if (number == 0) {
        char line[400];
        mu_text_print_line(_("No single point of failure was found."), stdout);
        (void)snprintf(line, sizeof line,
                       _("A loss that %u runs cannot tell from luck is not named; more (-n, with a "
                         "new file) can."),
                       r->reps);
        mu_text_print_line(line, stdout);
    }
    mu_text_print_line(_("This list is internal."), stdout);
}

static void put_loss(mu_json_out *out, const mu_hazop_report *r, const mu_hazop_loss *loss) {
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "clause", r->results->clauses.items[loss->clause].id);
    mu_json_put_int(out, "severity", r->results->clauses.items[loss->clause].severity);
    mu_json_put_real(out, "met_base", loss->met_base);
    mu_json_put_real(out, "met_now", loss->met_now);
    mu_json_put_real(out, "missed", loss->missed);
    mu_json_put_real(out, "never_comes", loss->silent);
    mu_json_put_real(out, "p_holm", loss->p);
    mu_json_put_bool(out, "own", loss->own);
    mu_json_put_bool(out, "single", loss->single);
    mu_json_close(out, '}');
}

static void put_remedy(mu_json_out *out, const mu_hazop_report *r,
                       const mu_hazop_finding *finding) {
    mu_json_open_flat(out, "remedy", '{');
    if (finding->remedy == MU_NONE) {
        mu_json_put_null(out, "lever");
        mu_json_put_bool(out, "tried", finding->tried);
        mu_json_put_string(out, "advice",
                           mu_hazop_advice(element_of(r, finding)->kind, guide_of(r, finding)));
    } else {
        const mu_lever *lever = &r->catalogue->levers.items[finding->remedy];
        mu_json_put_string(out, "lever", lever->id);
        mu_json_put_real(out, "cost", lever->cost);
        mu_json_put_string(out, "cost_unit", mu_levers_unit(r->catalogue, r->language));
        mu_json_put_real(out, "persons", lever->persons);
        mu_json_put_real(out, "lead_d", lever->lead_d);
        mu_json_put_string(out, "needs", mu_text_in(lever->needs, r->language));
        mu_json_put_real(out, "brings_back", finding->back);
        mu_json_put_real(out, "low", finding->back_low);
        mu_json_put_real(out, "high", finding->back_high);
    }
    mu_json_close(out, '}');
}

static void put_finding(mu_json_out *out, const mu_hazop_report *r,
                        const mu_hazop_finding *finding) {
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "kind", mu_hazop_kind_words[element_of(r, finding)->kind]);
    mu_json_put_string(out, "id", element_of(r, finding)->id);
    mu_json_put_string(out, "guide", mu_hazop_guide_words[guide_of(r, finding)]);
    mu_json_put_bool(out, "single", finding->is_single);
    mu_json_put_real(out, "weight", finding->weight);
    if (r->hazop->likely != NULL) {
        mu_json_put_real(out, "likelihood", mu_hazop_likely(r->hazop, finding));
    }
    mu_json_put_real(out, "fewer_met", finding->fewer);
    mu_json_open_flat(out, "ci95", '[');
    mu_json_put_real(out, NULL, finding->low);
    mu_json_put_real(out, NULL, finding->high);
    mu_json_close(out, ']');
    if (finding->is_single) {
        put_remedy(out, r, finding);
    }
    mu_json_open(out, "losses", '[');
    for (uint32_t k = 0; k < finding->losses.count; k++) {
        put_loss(out, r, &finding->losses.items[k]);
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

void mu_hazop_print_json(const mu_hazop_report *r) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "marking", "internal");
    mu_json_put_string(&out, "incident", r->hazop->plan->incident.id);
    mu_json_put_string(&out, "seed", r->results->seed);
    mu_json_put_count(&out, "elements", r->hazop->elements.count);
    mu_json_put_count(&out, "deviations", r->screened);
    mu_json_open(&out, "not_tried", '[');
    for (uint32_t k = 0; k < r->hazop->deviations.count; k++) {
        if (!r->fits[k]) {
            mu_json_put_string(&out, NULL, r->hazop->levers.levers.items[k].id);
        }
    }
    mu_json_close(&out, ']');
    mu_json_open(&out, "findings", '[');
    for (uint32_t i = 0; i < r->count; i++) {
        put_finding(&out, r, &r->findings[i]);
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
    (void)putchar('\n');
}
