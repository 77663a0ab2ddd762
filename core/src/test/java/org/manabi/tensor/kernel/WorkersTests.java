package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WorkersTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyTaskRunsOnce(int threads) {
        Workers workers = Workers.of(threads);
        for (int tasks : new int[] {0, 1, 2, 3, 7, 100}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
            workers.run(tasks, (task, _) -> runs.incrementAndGet(task));
            for (int i = 0; i < tasks; i++) {
                assertThat(runs.get(i)).as("task %d of %d", i, tasks).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void manyShortRunsAreAllComplete(int threads) {
        Workers workers = Workers.of(threads);
        long[] sums = new long[threads * 16];
        Workers.Task task = (i, thread) -> sums[thread * 16] += i + 1;
        for (int run = 0; run < 20_000; run++) {
            workers.run(5, task);
        }
        long sum = 0;
        for (int i = 0; i < threads; i++) {
            sum += sums[i * 16];
        }
        assertThat(sum).isEqualTo(20_000L * 15);
    }

    @Test
    void runsAfterAPauseWakeTheHelpers() throws InterruptedException {
        Workers workers = Workers.of(2);
        Set<Integer> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 200 && threads.size() < 2; i++) {
            workers.run(8, (_, thread) -> slow(thread, threads));
            Thread.sleep(2);
        }
        assertThat(threads).containsExactlyInAnyOrder(0, 1);
    }

    private static void slow(int thread, Set<Integer> threads) {
        threads.add(thread);
        for (int i = 0; i < 10_000; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void helpersAreNamedDaemons() {
        Workers workers = Workers.of(2);
        AtomicReference<@Nullable Thread> helper = new AtomicReference<>();
        while (helper.get() == null) {
            workers.run(
                    2,
                    (_, thread) -> {
                        if (thread == 1) {
                            helper.set(Thread.currentThread());
                        }
                    });
        }
        assertThat(helper.get().getName()).isEqualTo("manabi-worker-1");
        assertThat(helper.get().isDaemon()).isTrue();
    }

    @Test
    void oneThreadRunsEverythingOnTheCaller() {
        Thread caller = Thread.currentThread();
        Workers.of(1)
                .run(
                        10,
                        (_, thread) -> {
                            assertThat(Thread.currentThread()).isSameAs(caller);
                            assertThat(thread).isZero();
                        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theFirstFailureIsThrownAndTheTeamGoesOn(int threads) {
        Workers workers = Workers.of(threads);
        for (int i = 0; i < 500; i++) {
            assertThatThrownBy(() -> workers.run(10, WorkersTests::failAtThree))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("three");
            AtomicInteger count = new AtomicInteger();
            workers.run(10, (_, _) -> count.incrementAndGet());
            assertThat(count).hasValue(10);
        }
        assertThatThrownBy(() -> workers.run(4, WorkersTests::overflow))
                .isInstanceOf(StackOverflowError.class);
    }

    private static void failAtThree(int task, int thread) {
        if (task == 3) {
            throw new IllegalStateException("three");
        }
    }

    private static void overflow(int task, int thread) {
        throw new StackOverflowError("of task " + task + " on " + thread);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aRunWithinATaskStaysOnItsThread(int threads) {
        Workers workers = Workers.of(threads);
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            workers.run(
                    6,
                    (_, outer) ->
                            workers.run(
                                    5,
                                    (_, inner) -> {
                                        assertThat(inner).isEqualTo(outer);
                                        count.incrementAndGet();
                                    }));
        }
        assertThat(count).hasValue(500 * 30);
    }

    @Test
    void runsOfManyCallersTakeTurns() throws InterruptedException {
        Workers workers = Workers.of(3);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(6);
        for (int caller = 0; caller < 6; caller++) {
            Thread.ofPlatform()
                    .start(
                            () -> {
                                for (int i = 0; i < 500; i++) {
                                    int[] own = new int[1];
                                    workers.run(
                                            4,
                                            (_, thread) -> {
                                                if (thread == 0 && own[0]++ == 0) {
                                                    overlaps.addAndGet(running.getAndIncrement());
                                                }
                                                count.incrementAndGet();
                                            });
                                    if (own[0] > 0) {
                                        running.decrementAndGet();
                                    }
                                }
                                done.countDown();
                            });
        }
        done.await();
        assertThat(count).hasValue(6 * 500 * 4);
    }

    @Test
    void interruptionIsKeptAndDoesNotEndARun() {
        Workers workers = Workers.of(2);
        AtomicInteger count = new AtomicInteger();
        Thread.currentThread().interrupt();
        workers.run(
                20,
                (_, _) -> {
                    for (int i = 0; i < 20_000; i++) {
                        Thread.onSpinWait();
                    }
                    count.incrementAndGet();
                });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(count).hasValue(20);
    }

    @Test
    void scratchIsKeptGrownAndApart() {
        Workers workers = Workers.of(2);
        float[] small = workers.scratch(0, 10);
        assertThat(workers.scratch(0, 5)).isSameAs(small);
        float[] large = workers.scratch(0, 10_000);
        assertThat(large).hasSizeGreaterThanOrEqualTo(10_064);
        assertThat(workers.scratch(0, 10)).isSameAs(large);
        assertThat(workers.scratch(1, 10)).isNotSameAs(large);
    }

    @Test
    void noTeamHasLessThanOneThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workers.of(0))
                .withMessage("a team needs at least 1 thread, got 0");
    }

    /// Idle helpers end after some seconds; the team starts new ones.
    @Test
    void aTeamOutlivesItsHelpers() throws InterruptedException {
        Workers workers = Workers.of(2);
        AtomicReference<@Nullable Thread> helper = new AtomicReference<>();
        Workers.Task task =
                (_, thread) -> {
                    if (thread == 1) {
                        helper.set(Thread.currentThread());
                    }
                };
        while (helper.get() == null) {
            workers.run(2, task);
        }
        Thread first = Objects.requireNonNull(helper.getAndSet(null));
        first.join(30_000);
        assertThat(first.isAlive()).isFalse();
        while (helper.get() == null) {
            workers.run(2, task);
        }
        assertThat(helper.get()).isNotSameAs(first);
    }
}
