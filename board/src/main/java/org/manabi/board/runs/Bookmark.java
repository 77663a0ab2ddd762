package org.manabi.board.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// How far a file was read that only grows, unless a resumed training cuts off what it will do again.
/// The bytes before the place are remembered: if others stand there, the file is not the same.
final class Bookmark {

    private static final int WITNESSES = 256;

    private final Path file;
    private long position;
    private byte[] before = {};

    Bookmark(Path file) {
        this.file = file;
    }

    long position() {
        return position;
    }

    void moveTo(long next) {
        position = next;
        before = bytesBefore(next);
    }

    /// Whether what was read still stands before the place.
    boolean holds() {
        return Arrays.equals(before, bytesBefore(position));
    }

    private byte[] bytesBefore(long end) {
        int count = (int) Math.min(WITNESSES, end);
        if (count == 0) {
            return new byte[0];
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, end - count + bytes.position()) < 0) {
                    break;
                }
            }
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
