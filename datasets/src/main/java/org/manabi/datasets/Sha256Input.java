package org.manabi.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.manabi.formats.Sha256;

/// Passes a stream on and digests it meanwhile on a thread of its own, so that a second core checks
/// while the first one inflates.
///
/// What was read into an array is digested where it lies: the reader must not write over it before
/// [#sha256] has returned.
final class Sha256Input extends InputStream {

    /// Bytes of an array that are to be digested; none at the end of the stream.
    private static final class Piece {
        final byte[] bytes;
        final int offset;
        final int length;

        Piece(byte[] bytes, int offset, int length) {
            this.bytes = bytes;
            this.offset = offset;
            this.length = length;
        }
    }

    private final InputStream in;
    private final MessageDigest digest;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Thread digester;

    Sha256Input(InputStream in) {
        this.in = in;
        digest = Sha256.create();
        digester = Thread.ofPlatform().name("manabi-sha256").daemon().start(this::digest);
    }

    private void digest() {
        try {
            for (Piece piece = pieces.take(); piece.length > 0; piece = pieces.take()) {
                digest.update(piece.bytes, piece.offset, piece.length);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            pieces.add(new Piece(target, offset, count));
        }
        return count;
    }

    /// The digest of all that was read, as 64 hexadecimal digits; to be asked once, at the end.
    String sha256() throws IOException {
        finish();
        return HexFormat.of().formatHex(digest.digest());
    }

    private void finish() throws IOException {
        pieces.add(new Piece(new byte[0], 0, 0));
        try {
            digester.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the digest was computed", e);
        }
    }

    @Override
    public void close() throws IOException {
        finish();
        in.close();
    }
}
