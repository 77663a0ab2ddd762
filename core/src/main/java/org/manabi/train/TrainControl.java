package org.manabi.train;

import java.util.OptionalDouble;
import org.manabi.tensor.Checks;

/// What may be asked of a training while it goes on, from any thread. The trainer obeys between two
/// steps, so that nothing is ever half done.
public final class TrainControl {

    private boolean stop;
    private boolean pause;
    private double learningRate = Double.NaN;

    TrainControl() {}

    /// Asks the training to end, also if it is paused.
    public synchronized void stop() {
        stop = true;
        notifyAll();
    }

    /// Asks the training to wait until [#resume] or [#stop].
    public synchronized void pause() {
        pause = true;
    }

    /// Lets a paused training go on.
    public synchronized void resume() {
        pause = false;
        notifyAll();
    }

    /// Whether a pause is asked for.
    public synchronized boolean isPaused() {
        return pause;
    }

    /// Asks for another step size from the next step on. A schedule goes on in proportion.
    ///
    /// @param rate greater than 0
    /// @throws org.manabi.tensor.ShapeException if it is not
    public synchronized void setLearningRate(double rate) {
        Checks.require(
                rate > 0 && Double.isFinite(rate),
                "learning rate %s is not a number greater than 0",
                rate);
        learningRate = rate;
    }

    synchronized boolean stopAsked() {
        return stop;
    }

    /// The step size that was asked for since the last call.
    synchronized OptionalDouble takeLearningRate() {
        double asked = learningRate;
        learningRate = Double.NaN;
        return Double.isNaN(asked) ? OptionalDouble.empty() : OptionalDouble.of(asked);
    }

    /// Waits as long as a pause is asked for. An interrupt of the thread counts as [#stop].
    synchronized void awaitResumption() {
        while (pause && !stop) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop = true;
            }
        }
    }

    /// Forgets everything that was asked.
    synchronized void clear() {
        stop = false;
        pause = false;
        learningRate = Double.NaN;
    }
}
