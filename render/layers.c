/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words by which layers are chosen in a command. */
#include <string.h>

#include "render/art.h"

const mu_layer_word mu_layer_words[] = {
    {"names", MU_LAYER_NAMES},
    {"cordon", MU_LAYER_CORDON},
    {"teams", MU_LAYER_TEAMS},
    {"routes", MU_LAYER_ROUTES},
    {"density", MU_LAYER_DENSITY},
    {"paths", MU_LAYER_TRAILS},
    {"queues", MU_LAYER_QUEUES},
    {"equipment", MU_LAYER_EQUIPMENT},
    {"none", 0},
    {NULL, 0},
};

bool mu_layers_read(const char *text, uint32_t *layers) {
    *layers = 0;
    for (const char *word = text;; word++) {
        const size_t bytes = strcspn(word, ",");
        const mu_layer_word *known = mu_layer_words;
        while (known->word != NULL &&
               (strncmp(known->word, word, bytes) != 0 || known->word[bytes] != 0)) {
            known++;
        }
        if (known->word == NULL) {
            return false;
        }
        *layers |= known->layer;
        word += bytes;
        if (*word == 0) {
            return true;
        }
    }
}
