/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Guidebook's distances, in metres. */
#include "hazard/erg.h"

#include <math.h>

typedef struct row {
    mu_substance substance;
    mu_spill spill;
    double isolate_m;
    double day_m[3], night_m[3]; /* low, moderate, high wind */
    bool night_low_plus;
} row;

static const row rows[] = {
    {MU_SUBSTANCE_CHLORINE, MU_SPILL_SMALL, 60, {300, 300, 300}, {1500, 1500, 1500}, false},
    {MU_SUBSTANCE_CHLORINE,
     MU_SPILL_RAIL_TANK_CAR,
     1000,
     {9600, 6300, 5100},
     {11000, 8900, 6500},
     true},
    {MU_SUBSTANCE_CHLORINE,
     MU_SPILL_HIGHWAY_TANK,
     600,
     {5600, 3300, 2500},
     {6400, 4700, 3800},
     false},
    {MU_SUBSTANCE_CHLORINE,
     MU_SPILL_TON_CYLINDERS,
     300,
     {1900, 1300, 1000},
     {3500, 2300, 1300},
     false},
    {MU_SUBSTANCE_CHLORINE,
     MU_SPILL_SMALL_CYLINDERS,
     150,
     {1300, 700, 500},
     {2400, 1200, 600},
     false},
    {MU_SUBSTANCE_AMMONIA, MU_SPILL_SMALL, 30, {100, 100, 100}, {200, 200, 200}, false},
    {MU_SUBSTANCE_AMMONIA,
     MU_SPILL_RAIL_TANK_CAR,
     300,
     {1600, 1200, 1000},
     {4100, 2100, 1300},
     false},
    {MU_SUBSTANCE_AMMONIA, MU_SPILL_HIGHWAY_TANK, 150, {800, 500, 400}, {1800, 700, 600}, false},
    {MU_SUBSTANCE_AMMONIA, MU_SPILL_NURSE_TANK, 60, {500, 300, 300}, {1400, 300, 300}, false},
    {MU_SUBSTANCE_AMMONIA, MU_SPILL_SMALL_CYLINDERS, 30, {300, 200, 100}, {700, 300, 200}, false},
    {MU_SUBSTANCE_HYDROGEN_CHLORIDE, MU_SPILL_SMALL, 30, {100, 100, 100}, {300, 300, 300}, false},
};

static int wind_class(double wind_mps) {
    const double kmh = wind_mps * 3.6;
    return kmh < 10 ? 0 : kmh <= 20 ? 1 : 2;
}

bool mu_erg_of(mu_substance substance, mu_spill spill, bool night, double wind_mps, mu_erg *out) {
    const int wind = wind_class(wind_mps);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        if (rows[r].substance == substance && rows[r].spill == spill) {
            *out = (mu_erg){.isolate_m = rows[r].isolate_m,
                            .protect_m = night ? rows[r].night_m[wind] : rows[r].day_m[wind],
                            .at_least = rows[r].night_low_plus && night && wind == 0};
            return true;
        }
    }
    return false;
}

mu_wind_side mu_erg_side(const mu_erg *erg, double from_deg, mu_point spill, mu_point at) {
    const double pi = 3.14159265358979323846;
    const double angle = from_deg * pi / 180;
    const double x = at.x - spill.x, y = at.y - spill.y;
    const double down = -x * sin(angle) - y * cos(angle);
    const double aside = fabs(x * cos(angle) - y * sin(angle));
    if (x * x + y * y <= erg->isolate_m * erg->isolate_m) {
        return MU_WIND_ISOLATED;
    }
    if (down <= 0) {
        return MU_WIND_UPWIND;
    }
    return down <= erg->protect_m && aside <= erg->protect_m / 2 ? MU_WIND_DOWNWIND
                                                                 : MU_WIND_CROSSWIND;
}
