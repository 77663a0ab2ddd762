package org.manabi.formats.run;

import java.util.Locale;

/// What has become of a run.
public enum RunState {
    /// It has not ended, or was killed.
    RUNNING,
    /// It ended as it should.
    FINISHED,
    /// It was told to stop before its end.
    INTERRUPTED,
    /// Its loss was not finite.
    DIVERGED;

    /// The state as it stands in `run.json`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
