package org.manabi.train;

/// Is told what happens while training, on the training thread.
@FunctionalInterface
public interface TrainListener {

    void on(TrainEvent event);
}
