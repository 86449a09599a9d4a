/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sensor has to do with what: a cable feels the fence, a contact its door, the others see or
 * feel who is in their spaces. Cameras look for people only where their analytics do. */
#include "threat/intruder.h"

#include "site/field_of_view.h"

mu_sensor_kind mu_sensor_kind_of(const mu_equipment *thing) {
    switch (thing->kind) {
    case MU_EQUIPMENT_VIBRATION_CABLE:
        return MU_SENSOR_VIBRATION;
    case MU_EQUIPMENT_DOOR_CONTACT:
        return MU_SENSOR_CONTACT;
    case MU_EQUIPMENT_INFRARED:
        return MU_SENSOR_INFRARED;
    case MU_EQUIPMENT_THERMAL_CAMERA:
        return MU_SENSOR_THERMAL;
    case MU_EQUIPMENT_CAMERA:
        return thing->spots_chance > 0 ? MU_SENSOR_CAMERA : MU_SENSOR_KIND_COUNT;
    case MU_EQUIPMENT_BLAST_BLANKET:
    case MU_EQUIPMENT_EOD_KIT:
    case MU_EQUIPMENT_PROTECTIVE_KIT:
    case MU_EQUIPMENT_MEDICAL_KIT:
    case MU_EQUIPMENT_RADIO:
    case MU_EQUIPMENT_BARRIER_TAPE:
    case MU_EQUIPMENT_GENERATOR:
    case MU_EQUIPMENT_GAS_DETECTOR:
    case MU_EQUIPMENT_DURESS_BUTTON:
    case MU_EQUIPMENT_STRETCHER:
    case MU_EQUIPMENT_EVACUATION_CHAIR:
    case MU_EQUIPMENT_CARRY_CHAIR:
    case MU_EQUIPMENT_SUPPRESSION:
    case MU_EQUIPMENT_CLIMATE_SENSOR:
    case MU_EQUIPMENT_PARKING_GUIDANCE:
    case MU_EQUIPMENT_OTHER:
    case MU_EQUIPMENT_KIND_COUNT:
        break;
    }
    return MU_SENSOR_KIND_COUNT;
}

bool mu_sensor_minds(const mu_walkable *walkable, const mu_equipment *thing, const mu_leg *leg,
                     mu_touch touch) {
    const bool door =
        leg->through.id != NULL && mu_ref_list_has(&thing->watches, leg->through.index);
    const bool in_view = mu_ref_list_has(&thing->covers, leg->space.index);
    switch (mu_sensor_kind_of(thing)) {
    case MU_SENSOR_VIBRATION:
        return touch == MU_TOUCH_FENCE && in_view;
    case MU_SENSOR_CONTACT:
        return touch == MU_TOUCH_DOOR && door;
    case MU_SENSOR_INFRARED:
    case MU_SENSOR_THERMAL:
    case MU_SENSOR_CAMERA:
        return touch == MU_TOUCH_PRESENCE &&
               mu_view_sees(walkable, thing, leg->space.index, leg->at);
    case MU_SENSOR_KIND_COUNT:
        break;
    }
    return false;
}

double mu_sensor_chance(const mu_equipment *thing, bool dark_outdoors) {
    const double chance =
        thing->kind == MU_EQUIPMENT_CAMERA ? thing->spots_chance : thing->detect_chance;
    return dark_outdoors ? chance * thing->dark_share : chance;
}
