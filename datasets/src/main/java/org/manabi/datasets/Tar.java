package org.manabi.datasets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.manabi.formats.FormatException;

/// Reads the regular files of a tar archive one after the other. Names are compared, never used as
/// paths.
///
/// Source: IEEE Std 1003.1-2001, *pax*, ustar interchange format.
final class Tar {

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    /// What all files together may have: twice what the largest archive read here has.
    private static final long MOST = 400L << 20;

    private final InputStream in;
    private final String file;

    /// @param file what errors call the archive
    Tar(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /// What is done with a file of the archive.
    @FunctionalInterface
    interface Visitor {

        /// Takes a file, of which it may read as much as it likes.
        ///
        /// @return how many of its bytes were read
        long visit(String name, long size, InputStream content) throws IOException;
    }

    void each(Visitor visitor) throws IOException {
        byte[] header = new byte[BLOCK];
        long total = 0;
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = octal(header);
            total += size;
            if (total > MOST) {
                throw fault("promises more than %d bytes; is it the archive?".formatted(MOST));
            }
            boolean regular = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
            long read = regular ? visitor.visit(name(header), size, in) : 0;
            try {
                in.skipNBytes(size - read + (BLOCK - size % BLOCK) % BLOCK);
            } catch (EOFException e) {
                throw fault("ends within a file");
            }
        }
    }

    private static String name(byte... header) {
        int length = 0;
        while (length < NAME && header[length] != 0) {
            length++;
        }
        return new String(header, 0, length, StandardCharsets.UTF_8);
    }

    private long octal(byte... header) {
        long value = 0;
        for (int i = SIZE_AT; i < SIZE_AT + SIZE_LENGTH && header[i] != 0; i++) {
            if (header[i] == ' ') {
                continue;
            }
            if (header[i] < '0' || header[i] > '7') {
                throw fault("is not a tar archive: a size is no octal number");
            }
            value = value * 8 + header[i] - '0';
        }
        return value;
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
