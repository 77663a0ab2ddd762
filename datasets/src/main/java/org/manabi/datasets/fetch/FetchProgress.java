package org.manabi.datasets.fetch;

import java.net.URI;

/// Hears how a download goes on.
public interface FetchProgress {

    /// A mirror is asked.
    ///
    /// @param from how many bytes there are already, from an earlier time
    void asking(RemoteFile file, URI mirror, long from);

    /// Bytes came.
    ///
    /// @param total how many there will be, −1 if that is not known
    void received(RemoteFile file, long bytes, long total);

    /// A mirror failed; the next is asked, if there is one.
    void failed(RemoteFile file, URI mirror, String reason);

    /// Nobody listens.
    FetchProgress NONE =
            new FetchProgress() {
                @Override
                public void asking(RemoteFile file, URI mirror, long from) {}

                @Override
                public void received(RemoteFile file, long bytes, long total) {}

                @Override
                public void failed(RemoteFile file, URI mirror, String reason) {}
            };
}
