/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study keeps of each run: one column of the results each. NAME, unit, which way is better
 * (less, more, none), whether it is a time that may never come (then kept as infinity), meaning. */
#ifndef MU_STUDY_MEASURE_LIST_H
#define MU_STUDY_MEASURE_LIST_H

#define MU_MEASURES                                                                                \
    MU_MEASURE(ordered_s, "s", LESS, 1, N_("Time of the first alarm or order to leave"))           \
    MU_MEASURE(left_50_s, "s", LESS, 1, N_("Half of those indoors have left"))                     \
    MU_MEASURE(left_95_s, "s", LESS, 1, N_("95 % of those indoors have left"))                     \
    MU_MEASURE(left_all_s, "s", LESS, 1, N_("Everyone who was indoors has left"))                  \
    MU_MEASURE(left_share, "1", MORE, 0, N_("Share of those indoors who left"))                    \
    MU_MEASURE(reached_50_s, "s", LESS, 1, N_("Half of all occupants were alerted"))               \
    MU_MEASURE(reached_95_s, "s", LESS, 1, N_("95 % of all occupants were alerted"))               \
    MU_MEASURE(reached_share, "1", MORE, 0, N_("Share of occupants who were alerted"))             \
    MU_MEASURE(messages_sent, N_("messages"), NONE, 0, N_("Messages sent"))                        \
    MU_MEASURE(messages_lost, N_("messages"), LESS, 0, N_("Messages lost"))                        \
    MU_MEASURE(exposed_peak, N_("persons"), LESS, 0,                                               \
               N_("Most occupants at once inside the policy's radius"))                            \
    MU_MEASURE(exposed_person_s, N_("person s"), LESS, 0,                                          \
               N_("Time spent inside the policy's radius, all occupants together"))                \
    MU_MEASURE(treated_share, "1", MORE, 0, N_("Share of casualties who were treated"))            \
    MU_MEASURE(treated_s, "s", LESS, 1, N_("The last casualty was treated"))                       \
    MU_MEASURE(taken_s, "s", LESS, 1, N_("The last casualty had left the site"))                   \
    MU_MEASURE(roll_compared_s, "s", LESS, 1, N_("The roll-call was compared with the lists"))     \
    MU_MEASURE(roll_closed_s, "s", LESS, 1, N_("Nobody was missing any more"))                     \
    MU_MEASURE(held_person_s, N_("person s"), LESS, 0,                                             \
               N_("Time spent held, all persons together"))                                        \
    MU_MEASURE(secured_s, "s", LESS, 1, N_("The locked-down zone was secured"))                    \
    MU_MEASURE(known_half_s, "s", LESS, 1, N_("Half of those in shelter had answered"))            \
    MU_MEASURE(aegl2_persons, N_("persons"), LESS, 0, N_("Occupants who reached AEGL-2 or more"))  \
    MU_MEASURE(aegl2_person_s, N_("person s"), LESS, 0,                                            \
               N_("Time spent in air at or above AEGL-2, all persons together"))                   \
    MU_MEASURE(clauses_missed, N_("clauses"), LESS, 0, N_("Clauses missed"))                       \
    MU_MEASURE(clauses_met, N_("clauses"), MORE, 0, N_("Clauses met"))

#endif
