/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The libFuzzer program. MUSTER_FUZZ names the target, MUSTER_SOURCE the source folder; words of
 * the command line are libFuzzer's. tests/long/fuzz.py builds it, makes its seeds and runs it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <sanitizer/lsan_interface.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *two,
                                 size_t two_size, uint8_t *out, size_t most, unsigned seed);

/* Looking for leaks takes longer than reading a file: once in so many executions, and at the end.
 */
enum { SECONDS_MOST = 5, GOOD_MOST = 200, GOOD_BYTES_MOST = 40000, LEAKS_EVERY = 5000 };

/* Inputs that passed the checks. libFuzzer keeps whatever reaches something new, and most of that
 * is complaints; mutating what is wrong already seldom gets any farther, so that most mutations
 * begin with one of these. */
typedef struct good_input {
    uint8_t *bytes;
    size_t size;
} good_input;
static good_input good[GOOD_MOST];
static unsigned good_count;

static const char *const forms[] = {
    [FUZZ_BYTES] = "bytes", [FUZZ_JSON] = "json", [FUZZ_LINES] = "lines", [FUZZ_XML] = "xml"};
static const fuzz_target *target;
static uint64_t executions;

static void drop_good(void) {
    for (unsigned i = 0; i < good_count; i++) {
        free(good[i].bytes);
    }
    good_count = 0;
}

static void tell(void) {
    fprintf(stderr, "stages: executions %" PRIu64, executions);
    for (int s = 0; s < FUZZ_STAGES; s++) {
        fprintf(stderr, " %s %" PRIu64, fuzz_stage_words[s], fuzz_reached((fuzz_stage)s));
    }
    fprintf(stderr, "\n");
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    const char *name = getenv("MUSTER_FUZZ");
    target = name != NULL ? fuzz_find(name) : NULL;
    if (target == NULL) {
        fprintf(stderr, "MUSTER_FUZZ must name a target:\n");
        for (unsigned i = 0; i < fuzz_count; i++) {
            fprintf(stderr, "%s\t%s\t%s\n", fuzz_targets[i].name, forms[fuzz_targets[i].form],
                    fuzz_targets[i].meaning);
        }
        exit(2);
    }
    (void)fuzz_path(""); /* the folder is made, and goes after what is told */
    (void)atexit(drop_good);
    (void)atexit(tell);
    return 0;
}

static uint64_t passed(void) {
    return fuzz_reached(FUZZ_PASSED) + fuzz_reached(FUZZ_BUILT);
}

static void keep_good(const uint8_t *data, size_t size) {
    const unsigned at =
        good_count < GOOD_MOST ? good_count++ : (unsigned)((executions * 2654435761u) % GOOD_MOST);
    free(good[at].bytes);
    good[at] = (good_input){malloc(size), size};
    fuzz_require(good[at].bytes != NULL);
    memcpy(good[at].bytes, data, size);
}

/* Processor time, for the machine may have other things to do: what takes more is a finding. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const clock_t began = clock();
    const uint64_t before = passed();
    executions++;
    target->run(data, size);
    if (target->form != FUZZ_BYTES && passed() > before && size > 0 && size <= GOOD_BYTES_MOST) {
        keep_good(data, size);
    }
    const double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
    if (seconds > SECONDS_MOST) {
        fprintf(stderr, "slow: %.1f s of processor time\n", seconds);
        abort();
    }
    if (executions % LEAKS_EVERY == 0 && __lsan_do_recoverable_leak_check() != 0) {
        abort(); /* by one of the last so many inputs */
    }
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    size_t length = 0;
    if (good_count > 0 && seed % 5 != 0) {
        const good_input *from = &good[(seed / 5) % good_count];
        if (from->size <= most) {
            memcpy(data, from->bytes, from->size);
            size = from->size;
        }
    }
    if (target->form == FUZZ_JSON && seed % 16 != 0) {
        length = fuzz_mutate_json(data, size, most, seed);
        length = length == 0 && size > 0 && data[0] == '<' ? fuzz_mutate_xml(data, size, most, seed)
                                                           : length;
    } else if (target->form == FUZZ_XML && seed % 8 != 0) {
        length = fuzz_mutate_xml(data, size, most, seed);
    } else if (target->form == FUZZ_LINES && seed % 4 != 0) {
        length = fuzz_mutate_lines(data, size, most, seed);
    }
    return length > 0 ? length : LLVMFuzzerMutate(data, size, most);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *two,
                                 size_t two_size, uint8_t *out, size_t most, unsigned seed) {
    if (target->form == FUZZ_JSON) {
        return fuzz_cross_json(one, one_size, two, two_size, out, most, seed);
    }
    const size_t cut = one_size == 0 ? 0 : seed % one_size;
    const size_t from = two_size == 0 ? 0 : (seed / 7) % two_size;
    const size_t head = cut < most ? cut : most;
    const size_t tail = two_size - from < most - head ? two_size - from : most - head;
    memcpy(out, one, head);
    memcpy(out + head, two + from, tail);
    return head + tail;
}
