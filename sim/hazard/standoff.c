/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card's distances in metres, as printed on it. Where NCTC's page gives 1,750 ft for the vest,
 * 518 m and ODNI agree on 1,700 ft: 518 is used. */
#include "hazard/standoff.h"

#include "core/i18n.h"

static const mu_standoff card[MU_ITEM_CATEGORY_COUNT] = {
    [MU_ITEM_PIPE] = {N_("pipe"), 21, 366},
    [MU_ITEM_VEST] = {N_("vest"), 34, 518},
    [MU_ITEM_SUITCASE] = {N_("briefcase or suitcase"), 46, 564},
    [MU_ITEM_CAR] = {N_("car"), 98, 580},
    [MU_ITEM_VAN] = {N_("van"), 122, 732},
    [MU_ITEM_SMALL_TRUCK] = {N_("small delivery truck"), 195, 1159},
    [MU_ITEM_TANKER] = {N_("container or water truck"), 263, 1555},
    [MU_ITEM_SEMITRAILER] = {N_("semi-trailer"), 479, 2835},
};

const mu_standoff *mu_standoff_of(mu_item_category category) {
    return &card[category];
}

mu_standoff_advice mu_standoff_at(mu_item_category category, double distance_m, bool outdoors) {
    const mu_standoff *row = &card[category];
    if (distance_m <= row->mandatory_m || (outdoors && distance_m < row->preferred_m)) {
        return MU_STANDOFF_LEAVE;
    }
    return distance_m < row->preferred_m ? MU_STANDOFF_SHELTER : MU_STANDOFF_CLEAR;
}
