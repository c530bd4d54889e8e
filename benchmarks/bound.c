/* The bound for the engine: the luck and the arithmetic a team's run takes, without any model.
 *
 *   bound RUNS WEEKS START_BLOCKS BLOCKS PRODUCTS SUMS QUOTIENTS EXPONENTIALS      the last five a week
 *
 * For each run it fills START_BLOCKS blocks of four uniform numbers by Philox 4x64-10, and for each week BLOCKS more.
 * Each week it does the given numbers of operations on 60 values, one for each of 21 seats and 39 items. Each value is
 * a chain of its own, so that the processor always finds others to go on with; the compiler may join products with
 * sums and take several values at once. The exponential is that of the C library. No operation can be left out: each
 * takes what the last one gave, and the sum of all is printed.
 *
 * Prints the processor's seconds for the luck alone and for the whole, then that sum.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SEATS = 21, ITEMS = 39, VALUES = SEATS + ITEMS, MOST_BLOCKS = 4096 };

typedef struct { long products, sums, quotients, exponentials; } Counts;

static double tape[4 * MOST_BLOCKS], value[VALUES], factor[VALUES];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void block(uint64_t key_0, uint64_t key_1, uint64_t seat, uint64_t at, double *out) {
    uint64_t c[4] = {at + 1, seat, 1, 1};
    for (int round = 0; round < 10; round++) {
        unsigned __int128 a = (unsigned __int128)0xD2E7470EE14C6C93u * c[0];
        unsigned __int128 b = (unsigned __int128)0xCA5A826395121157u * c[2];
        uint64_t next[4] = {(uint64_t)(b >> 64) ^ c[1] ^ key_0, (uint64_t)b, (uint64_t)(a >> 64) ^ c[3] ^ key_1,
                            (uint64_t)a};
        for (int k = 0; k < 4; k++) c[k] = next[k];
        key_0 += 0x9E3779B97F4A7C15u;
        key_1 += 0xBB67AE8584CAA73Bu;
    }
    for (int k = 0; k < 4; k++) out[k] = ((double)(c[k] >> 11) + 0.5) * 0x1p-53;
}

static void fill(uint64_t luck, uint64_t week, long blocks) {
    for (long k = 0; k < blocks; k++) block(luck, 1, k, week, tape + 4 * k);
}

/* Do STATEMENT on value after value, TIMES times in all. */
#define SPREAD(times, statement)                                     \
    for (long left = (times); left > 0; left -= VALUES)              \
        for (long j = 0; j < (left < VALUES ? left : VALUES); j++) { \
            statement;                                               \
        }

static void calculate(Counts counts) {
    long both = counts.products < counts.sums ? counts.products : counts.sums;
    for (int j = 0; j < VALUES; j++) factor[j] = tape[j];
    SPREAD(counts.exponentials, factor[j] = exp(-factor[j]))
    SPREAD(both, value[j] = value[j] * factor[j] + tape[j])
    SPREAD(counts.products - both, value[j] = value[j] * factor[j])
    SPREAD(counts.sums - both, value[j] = value[j] + tape[j])
    SPREAD(counts.quotients, value[j] = factor[j] / value[j])
}

int main(int count, char **words) {
    if (count != 9) return 2;
    long runs = atol(words[1]), weeks = atol(words[2]), at_start = atol(words[3]), blocks = atol(words[4]);
    Counts counts = {atol(words[5]), atol(words[6]), atol(words[7]), atol(words[8])};
    if (blocks < 15 || blocks > MOST_BLOCKS || at_start > MOST_BLOCKS) return 2;
    double total = 0.0, luck = 0.0, whole = 0.0, begun = now();
    for (long run = 0; run < runs; run++) { /* the luck alone */
        fill(run + 1, 0, at_start);
        for (long week = 1; week <= weeks; week++) fill(run + 1, week, blocks), total += tape[week % 60];
    }
    luck = now() - begun, begun = now();
    for (long run = 0; run < runs; run++) {
        for (int j = 0; j < VALUES; j++) value[j] = 0.5;
        fill(run + 1, 0, at_start);
        for (long week = 1; week <= weeks; week++) fill(run + 1, week, blocks), calculate(counts);
        for (int j = 0; j < VALUES; j++) total += value[j];
    }
    whole = now() - begun;
    printf("%.9f %.9f %.6f\n", luck, whole, total);
    return 0;
}
