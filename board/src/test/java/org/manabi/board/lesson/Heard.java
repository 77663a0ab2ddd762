package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;

/// A progress that must go forward from 0 to 1 and no further.
final class Heard implements Progress {

    private double last;

    @Override
    public void at(double share) {
        assertThat(share).isBetween(last, 1 + 1e-9);
        last = share;
    }

    double last() {
        return last;
    }
}
