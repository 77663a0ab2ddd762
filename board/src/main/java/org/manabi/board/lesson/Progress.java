package org.manabi.board.lesson;

/// Is told how far a computation has come.
@FunctionalInterface
public interface Progress {

    /// Nobody listens.
    Progress NONE = share -> {};

    /// Sees how much is done.
    ///
    /// @param share of the whole, 0 … 1
    void at(double share);

    /// The progress of a step that leads from one share of the whole to another.
    default Progress part(double from, double to) {
        return share -> at(from + (to - from) * share);
    }
}
