package org.manabi.cli.lesson;

import org.manabi.board.lesson.Progress;
import org.manabi.cli.console.StatusLine;

/// Shows how far a lesson's computation has come, on a terminal.
final class LessonProgress implements Progress {

    private static final long REDRAW_NANOSECONDS = 100_000_000;
    private static final int BAR = 30;

    private final String name;
    private final StatusLine status;
    private long drawn;

    LessonProgress(String name, StatusLine status) {
        this.name = name;
        this.status = status;
    }

    @Override
    public void at(double share) {
        long now = System.nanoTime();
        if (status.isLive() && now - drawn >= REDRAW_NANOSECONDS) {
            drawn = now;
            int full = (int) Math.round(share * BAR);
            String bar = "━".repeat(full) + "╌".repeat(BAR - full);
            status.show("%s  %s %3d%%".formatted(name, bar, Math.round(100 * share)));
        }
    }
}
