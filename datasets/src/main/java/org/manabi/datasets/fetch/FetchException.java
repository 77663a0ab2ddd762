package org.manabi.datasets.fetch;

import java.nio.file.Path;
import java.util.List;

/// A file could not be had from any of its mirrors.
public final class FetchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient RemoteFile file;
    private final transient Path folder;
    private final transient List<String> reasons;

    FetchException(RemoteFile file, Path folder, List<String> reasons) {
        super(file.name() + ": " + String.join("; ", reasons));
        this.file = file;
        this.folder = folder;
        this.reasons = List.copyOf(reasons);
    }

    public RemoteFile file() {
        return file;
    }

    /// Where the file can be put by hand.
    public Path folder() {
        return folder;
    }

    /// Why, mirror by mirror.
    public List<String> reasons() {
        return reasons;
    }
}
