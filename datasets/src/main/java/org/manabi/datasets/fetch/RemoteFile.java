package org.manabi.datasets.fetch;

import java.net.URI;
import java.util.List;

/// A file that can be downloaded.
///
/// @param name under which it is kept
/// @param mirrors where it lies, to be tried in turn
/// @param maxBytes more than so many are not taken
/// @param digest of its bytes
public record RemoteFile(String name, List<URI> mirrors, long maxBytes, Digest digest) {

    public RemoteFile {
        mirrors = List.copyOf(mirrors);
    }

    static RemoteFile of(String name, List<String> folders, long maxBytes, Digest digest) {
        return new RemoteFile(
                name,
                folders.stream().map(folder -> URI.create(folder + name)).toList(),
                maxBytes,
                digest);
    }
}
