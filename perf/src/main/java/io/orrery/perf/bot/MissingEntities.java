package io.orrery.perf.bot;

import java.util.Arrays;

/**
 * How often in a row one bot lacked an entity that it should know. Writing thread: the swarm's. Memory: grows to {@value #CAPACITY} entries
 * at most; further ones are not followed until one of these is found.
 */
final class MissingEntities {
    static final int CAPACITY = 64;

    private static final int INITIAL_CAPACITY = 4;

    private long[] ids = new long[INITIAL_CAPACITY];
    private int[] runs = new int[INITIAL_CAPACITY];
    private long[] samples = new long[INITIAL_CAPACITY];
    private int count;

    void clear() {
        count = 0;
    }

    /**
     * Notes that an entity is lacking.
     *
     * @param id global id.
     * @param sample number of this sample, from 1; one more than that of the sample before.
     * @return samples in a row in which it was lacking, this one included; 0 if it is not followed.
     */
    int onMissing(final long id, final long sample) {
        int free = -1;
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                runs[i] = samples[i] == sample - 1 ? runs[i] + 1 : 1;
                samples[i] = sample;
                return runs[i];
            }
            if (samples[i] < sample - 1) {
                free = i;
            }
        }
        if (free < 0) {
            if (count == CAPACITY) {
                return 0;
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
                runs = Arrays.copyOf(runs, 2 * count);
                samples = Arrays.copyOf(samples, 2 * count);
            }
            free = count;
            count++;
        }
        ids[free] = id;
        runs[free] = 1;
        samples[free] = sample;
        return 1;
    }
}
