package org.manabi.board.runs;

/// What the pages may ask of a training in this process. All methods return at once; the training
/// obeys between two steps.
public interface RunControl {

    void pause();

    void resume();

    void stop();

    /// Asks for another step size from the next step on.
    ///
    /// @param rate greater than 0
    void setLearningRate(double rate);

    boolean isPaused();
}
