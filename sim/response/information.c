/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The age is taken off the log alone, so that typed-in times have one, too. */
#include "response/information.h"

#include "response/inside.h"
#include "response/measures.h"

/* Does this record only say how a message went its way? */
static bool is_on_its_way(mu_record_kind kind) {
    static const mu_record_kind kinds[] = {
        MU_RECORD_REQUESTED, MU_RECORD_GRANTED, MU_RECORD_SET_OUT,   MU_RECORD_REACHED,
        MU_RECORD_ISSUED,    MU_RECORD_BEGAN,   MU_RECORD_WORKED,    MU_RECORD_FAILED,
        MU_RECORD_STEP,      MU_RECORD_SENT,    MU_RECORD_DELIVERED, MU_RECORD_LOST,
        MU_RECORD_NOTIFIED};
    bool is = false;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        is = is || kinds[k] == kind;
    }
    return is;
}

/* A report is made anew when it falls due; a message passes on what brought it about. */
uint32_t mu_information_root(const mu_log *log, uint32_t record) {
    uint32_t id = record;
    bool report = mu_log_get(log, record)->kind == MU_RECORD_REPORTED;
    id = mu_log_get(log, id)->cause;
    while (id != MU_NO_RECORD) {
        const mu_record *at = mu_log_get(log, id);
        const mu_record_kind kind = (mu_record_kind)at->kind;
        if (kind == MU_RECORD_REPORTED) {
            report = true;
        } else if (kind == MU_RECORD_DUE ? report || at->cause == MU_NO_RECORD
                                         : !is_on_its_way(kind)) {
            return id;
        }
        id = at->cause;
    }
    return record;
}

void mu_information_arrived(mu_sim *sim, uint32_t step, uint32_t milestone) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const bool tells = plan->verb == MU_VERB_NOTIFY || plan->verb == MU_VERB_REPORT;
    if (tells && !plan->asks && plan->given->over.count > 0) {
        const mu_record *root = mu_log_get(sim->log, mu_information_root(sim->log, milestone));
        const double older_s = root->kind == MU_RECORD_WARNED ? root->value : 0;
        mu_measure(sim, "information_age", "age",
                   older_s + mu_time_to_s(mu_sim_now(sim) - root->time_us), milestone);
    }
}

double mu_information_factor(const mu_sim *sim, uint32_t step) {
    const mu_step *given = mu_step_plan_of(sim, step)->given;
    switch ((mu_informed_by)given->informed_by) {
    case MU_INFORMED_BY_PICTURE:
        return mu_measures_has_picture(sim) ? 1 : given->blind_factor;
    case MU_INFORMED_BY_CAR_PARK:
        return mu_measures_car_park(sim) >= 1 ? 1 : given->blind_factor;
    case MU_INFORMED_BY_NOTHING:
        break;
    }
    return 1;
}
