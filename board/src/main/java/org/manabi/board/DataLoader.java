package org.manabi.board;

import org.manabi.data.Split;

/// Loads data by the name that a run's record has, such as `mnist`.
@FunctionalInterface
public interface DataLoader {

    /// The data, which may be loaded again at each call.
    ///
    /// @throws org.manabi.formats.FormatException if there are none of that name
    Split load(String name);
}
