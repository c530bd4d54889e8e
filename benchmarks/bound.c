/* The bound for the engine: the same luck and the same amount of arithmetic, without any model.
 *
 * bound RUNS BLOCKS EXPONENTIALS MULTIPLICATIONS: for each run, fill BLOCKS blocks of four uniform numbers by
 * Philox 4x64-10, take EXPONENTIALS exponentials and do MULTIPLICATIONS multiplications and additions on them.
 * Prints seconds for the luck and for the whole.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void block(uint64_t key_0, uint64_t key_1, uint64_t seat, uint64_t at, double *out) {
    uint64_t c[4] = {at + 1, seat, 1, 1};
    for (int round = 0; round < 10; round++) {
        unsigned __int128 a = (unsigned __int128)0xD2E7470EE14C6C93u * c[0];
        unsigned __int128 b = (unsigned __int128)0xCA5A826395121157u * c[2];
        uint64_t next[4] = {(uint64_t)(b >> 64) ^ c[1] ^ key_0, (uint64_t)b, (uint64_t)(a >> 64) ^ c[3] ^ key_1, (uint64_t)a};
        for (int k = 0; k < 4; k++) c[k] = next[k];
        key_0 += 0x9E3779B97F4A7C15u;
        key_1 += 0xBB67AE8584CAA73Bu;
    }
    for (int k = 0; k < 4; k++) out[k] = ((double)(c[k] >> 11) + 0.5) * 0x1p-53;
}

int main(int count, char **words) {
    if (count != 5) return 2;
    long runs = atol(words[1]), blocks = atol(words[2]), exponentials = atol(words[3]), products = atol(words[4]);
    double *tape = malloc(sizeof(double) * 4 * (blocks + 1)), sum = 0.0, luck = 0.0, begun = now();
    for (long run = 0; run < runs; run++) {
        double start = now();
        for (long k = 0; k < blocks; k++) block(run + 1, 1, k % 21, k / 21, tape + 4 * k);
        luck += now() - start;
        for (long k = 0; k < exponentials; k++) sum += exp(-tape[k % (4 * blocks)]);
        double state[64];
        for (int k = 0; k < 64; k++) state[k] = tape[k];
        for (long k = 0; k < products; k++) state[k & 63] = state[k & 63] * 0.999 + 0.0005;
        for (int k = 0; k < 64; k++) sum += state[k];
    }
    printf("%.6f %.6f %.3f\n", luck, now() - begun, sum);
    free(tape);
    return 0;
}
