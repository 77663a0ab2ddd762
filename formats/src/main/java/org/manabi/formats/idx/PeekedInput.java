package org.manabi.formats.idx;

import java.io.IOException;
import java.io.InputStream;

/// A stream whose first bytes can be looked at before they are read.
final class PeekedInput extends InputStream {

    private final InputStream in;
    private final byte[] head;
    private int next;

    PeekedInput(InputStream in, int count) throws IOException {
        this.in = in;
        this.head = in.readNBytes(count);
    }

    /// The first bytes, fewer than asked for if the stream has no more.
    byte[] head() {
        return head;
    }

    @Override
    public int read() throws IOException {
        return next < head.length ? head[next++] & 0xFF : in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (next == head.length || length == 0) {
            return in.read(target, offset, length);
        }
        int count = Math.min(length, head.length - next);
        System.arraycopy(head, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
