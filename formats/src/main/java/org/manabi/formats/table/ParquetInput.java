package org.manabi.formats.table;

import dev.hardwood.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a Parquet file, read rather than mapped: a mapped file that somebody shortens while it is
/// decoded would end the whole program.
final class ParquetInput implements InputFile {

    private final Path path;
    private final FileChannel channel;
    private final long length;

    /// @throws IOException if the file cannot be opened
    ParquetInput(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path, StandardOpenOption.READ);
        length = channel.size();
    }

    @Override
    public void open() {
        // It is open from the beginning.
    }

    @Override
    public ByteBuffer readRange(long offset, int count) throws IOException {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new IOException(
                    "%d bytes from byte %d on are outside the file of %d"
                            .formatted(count, offset, length));
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
