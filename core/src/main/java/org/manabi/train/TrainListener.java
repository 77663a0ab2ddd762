package org.manabi.train;

/// Is told what happens while training, on the training thread.
@FunctionalInterface
public interface TrainListener {

    /// Is told of one event. What it throws ends the training and is thrown on by the trainer.
    void on(TrainEvent event);
}
