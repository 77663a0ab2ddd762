package org.manabi.tensor.kernel;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A small team of threads, the caller among them, that meets in about a microsecond.
///
/// Work is cut into numbered tasks whose number fixes what they compute, so that results never
/// depend on who runs them. Whoever is free claims the next one: a worker that wakes late, or that
/// a busy machine has put aside, costs no more than its absence.
///
/// Helpers are daemon threads. They start on demand, spin for some tens of microseconds after their
/// last task, then park, and end after some idle seconds; nothing needs closing.
/// Any number of threads may use one team: their runs take turns. A run within a task of the same
/// team is done by that task's thread alone.
public final class Workers {

    /// A numbered piece of work.
    @FunctionalInterface
    public interface Task {

        /// Does the piece `task`; `thread`, less than [Workers#threads], names the scratch space
        /// that no other running task uses.
        void run(int task, int thread);
    }

    /// The caller alone.
    static final Workers ALONE = new Workers(1);

    // A pause takes between 10 and 40 ns: this is some 50 µs on most processors.
    private static final int SPINS = 2_000;
    private static final long NAP_NANOS = 1_000_000_000L;
    private static final int NAPS = 5;

    private final int threads;
    private final int spins;
    private final ReentrantLock turn = new ReentrantLock();
    private final Helper[] helpers;
    private final Space[] spaces;

    /// The run's number in the upper half, the tasks that nobody has claimed in the lower half.
    private final AtomicLong claims = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    // Written before `claims` is, and read after it.
    private @Nullable Task task;
    private int tasks;

    private boolean running; // guarded by `turn`

    private Workers(int threads) {
        this.threads = threads;
        spins = Runtime.getRuntime().availableProcessors() >= threads ? SPINS : SPINS / 40;
        helpers = new Helper[threads - 1];
        Arrays.setAll(helpers, i -> new Helper(i + 1));
        spaces = new Space[threads];
        Arrays.setAll(spaces, i -> new Space());
    }

    /// A team of this many threads, the caller included; at 1 everything runs on the caller.
    public static Workers of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a team needs at least 1 thread, got " + threads);
        }
        return new Workers(threads);
    }

    public int threads() {
        return threads;
    }

    /// Runs tasks 0 to `tasks` − 1 and returns when all are done. If some fail, those that have not
    /// begun are left out and the first failure is thrown.
    public void run(int tasks, Task task) {
        int thread = enter();
        try {
            if (thread > 0 || running) {
                runAlone(tasks, task, thread);
            } else {
                runFirst(tasks, task);
            }
        } finally {
            leave();
        }
    }

    /// A reusable array of at least this many floats for the tasks of one thread; its contents are
    /// whatever was left there. Valid until the next call for the same thread asks for more.
    public float[] scratch(int thread, int atLeast) {
        return spaces[thread].scratch(atLeast);
    }

    /// Keeps other threads' runs away until [#leave], and tells which thread of the team the caller
    /// is. Runs until then may be several, or be within a task that is part of a run.
    int enter() {
        if (Thread.currentThread() instanceof HelperThread thread && thread.team() == this) {
            return thread.number();
        }
        turn.lock();
        return 0;
    }

    void leave() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    /// The memory that belongs to one thread of the team.
    Space space(int thread) {
        return spaces[thread];
    }

    private void runFirst(int tasks, Task task) {
        running = true;
        try {
            if (tasks <= 1 || threads == 1) {
                runAlone(tasks, task, 0);
            } else {
                runTogether(tasks, task);
            }
        } finally {
            running = false;
        }
    }

    private static void runAlone(int tasks, Task task, int thread) {
        for (int i = 0; i < tasks; i++) {
            task.run(i, thread);
        }
    }

    private void runTogether(int tasks, Task task) {
        this.task = task;
        this.tasks = tasks;
        unfinished.set(tasks);
        long run = (claims.get() >>> 32) + 1;
        claims.set(run << 32 | tasks);
        for (int i = 0; i < Math.min(helpers.length, tasks - 1); i++) {
            helpers[i].wake();
        }
        help(0);
        awaitUnfinished();
        this.task = null;
        throwFailure();
    }

    /// Claims and runs tasks until none is left; returns whether there was one.
    private boolean help(int thread) {
        boolean helped = false;
        for (long seen = claims.get(); (int) seen != 0; seen = claims.get()) {
            // If the claim succeeds, the run that it belongs to was still on when these were read.
            Task current = task;
            int index = tasks - (int) seen;
            if (claims.compareAndSet(seen, seen - 1) && current != null) {
                runClaimed(current, index, thread);
                helped = true;
            }
        }
        return helped;
    }

    private void runClaimed(Task current, int index, int thread) {
        try {
            if (failure.get() == null) {
                current.run(index, thread);
            }
        } catch (Exception | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            if (unfinished.decrementAndGet() == 0) {
                Thread caller = waiting.get();
                if (caller != null) {
                    LockSupport.unpark(caller);
                }
            }
        }
    }

    private void awaitUnfinished() {
        for (int spin = 0; spin < spins; spin++) {
            if (unfinished.get() == 0) {
                return;
            }
            Thread.onSpinWait();
        }
        waiting.set(Thread.currentThread());
        boolean interrupted = false;
        while (unfinished.get() != 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted(); // otherwise parking would end at once, always
        }
        waiting.set(null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFailure() {
        switch (failure.getAndSet(null)) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new UndeclaredThrowableException(e);
        }
    }

    /// One helper's place in the team, whichever thread fills it.
    private final class Helper implements Runnable {

        private enum State {
            AWAY,
            AWAKE,
            PARKED
        }

        private final int number;
        private final AtomicReference<State> state = new AtomicReference<>(State.AWAY);
        private volatile @Nullable Thread thread;

        Helper(int number) {
            this.number = number;
        }

        /// Called by the one whose turn it is, after the tasks are there to be claimed.
        void wake() {
            switch (state.get()) {
                case AWAKE -> {}
                case PARKED -> {
                    if (state.compareAndSet(State.PARKED, State.AWAKE)) {
                        LockSupport.unpark(thread);
                    } else {
                        startIfAway();
                    }
                }
                case AWAY -> startIfAway();
            }
        }

        private void startIfAway() {
            if (state.compareAndSet(State.AWAY, State.AWAKE)) {
                Thread started = new HelperThread(this, Workers.this, number);
                thread = started;
                try {
                    started.start();
                } catch (OutOfMemoryError e) {
                    state.set(State.AWAY); // no thread to be had: the others do the work
                }
            }
        }

        @Override
        public void run() {
            do {
                spin();
            } while (waitParked());
        }

        private void spin() {
            for (int spin = 0; spin < spins; spin++) {
                if (help(number)) {
                    spin = 0;
                }
                Thread.onSpinWait();
            }
        }

        /// Returns true to go on, false to end because nothing came for long.
        private boolean waitParked() {
            state.set(State.PARKED);
            // A run that began before the line above did not see this helper parked.
            for (int nap = 0; nap < NAPS && (int) claims.get() == 0; nap++) {
                LockSupport.parkNanos(this, NAP_NANOS);
                if (state.get() == State.AWAKE) {
                    return true;
                }
            }
            if ((int) claims.get() != 0) {
                state.set(State.AWAKE);
                return true;
            }
            return !state.compareAndSet(State.PARKED, State.AWAY);
        }
    }

    private static final class HelperThread extends Thread {

        private final Workers team;
        private final int number;

        HelperThread(Runnable work, Workers team, int number) {
            super(null, work, "manabi-worker-" + number, 0, false);
            this.team = team;
            this.number = number;
            setDaemon(true);
        }

        Workers team() {
            return team;
        }

        int number() {
            return number;
        }
    }
}
