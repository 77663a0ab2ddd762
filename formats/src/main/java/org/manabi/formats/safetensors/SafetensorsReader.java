package org.manabi.formats.safetensors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonReader;
import org.manabi.tensor.Tensor;

/// One pass through a safetensors file: first its header, then the numbers. It holds one buffer;
/// the header is read twice from the disk rather than kept.
final class SafetensorsReader implements AutoCloseable {

    private static final int PREFIX = 8;
    private static final long MAX_HEADER = 100_000_000;
    private static final int CHUNK = 1 << 18;

    private final String file;
    private final FileChannel channel;
    private final long fileBytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final long headerBytes;
    private final SafetensorsHeader header;

    SafetensorsReader(Path path) throws IOException {
        file = path.toString();
        if (Files.isDirectory(path)) {
            throw new FormatException(file, "is a directory, not a safetensors file");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FormatException(file, "is a device or a pipe, not a file");
        }
        channel = FileChannel.open(path, StandardOpenOption.READ);
        boolean opened = false;
        try {
            fileBytes = channel.size();
            headerBytes = headerBytes();
            checkUtf8();
            header = parseHeader();
            new Layout(file, fileBytes - PREFIX - headerBytes).check(header);
            opened = true;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /// The exception for a file that could not be opened or read.
    static RuntimeException failure(Path path, IOException e) {
        String file = path.toString();
        return switch (e) {
            case NoSuchFileException _ -> new FormatException(file, "there is no such file");
            case AccessDeniedException _ ->
                    new FormatException(file, "may not be read; look at its permissions");
            default -> new UncheckedIOException(file + ": " + e.getMessage(), e);
        };
    }

    SafetensorsHeader header() {
        return header;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private long headerBytes() throws IOException {
        if (fileBytes < PREFIX) {
            throw fault(
                    "has "
                            + fileBytes
                            + " bytes, too few for the 8 that a safetensors file begins"
                            + " with");
        }
        fetch(0, PREFIX);
        long length = buffer.getLong(0);
        if (Long.compareUnsigned(length, MAX_HEADER) > 0) {
            throw fault(
                    "promises a header of "
                            + Long.toUnsignedString(length)
                            + " bytes, but 100000000 are the most; "
                            + looksLike());
        }
        if (PREFIX + length > fileBytes) {
            throw fault(
                    "promises a header of "
                            + length
                            + " bytes, but only "
                            + (fileBytes - PREFIX)
                            + " follow; the file is cut short, or "
                            + looksLike());
        }
        return length;
    }

    private String looksLike() throws IOException {
        byte[] head = new byte[(int) Math.min(fileBytes, FileKind.HEAD)];
        fetch(0, head.length);
        buffer.get(0, head);
        return FileKind.guess(head)
                .map(kind -> "this looks like " + kind)
                .orElse("this is no safetensors file");
    }

    private void checkUtf8() throws IOException {
        CharsetDecoder decoder = strictUtf8();
        CharBuffer out = CharBuffer.allocate(CHUNK);
        long position = 0;
        buffer.clear();
        while (position < headerBytes) {
            int kept = buffer.position();
            int count = (int) Math.min(buffer.remaining(), headerBytes - position);
            buffer.limit(kept + count);
            readFully(PREFIX + position);
            position += count;
            buffer.flip();
            out.clear();
            CoderResult result = decoder.decode(buffer, out, position == headerBytes);
            if (result.isError() || (position == headerBytes && buffer.hasRemaining())) {
                long bad = PREFIX + position - buffer.remaining();
                throw fault("the header is not UTF-8 at byte " + bad + " of the file");
            }
            buffer.compact();
        }
    }

    private static CharsetDecoder strictUtf8() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private SafetensorsHeader parseHeader() throws IOException {
        channel.position(PREFIX);
        InputStream bytes = new FirstBytes(Channels.newInputStream(channel), headerBytes);
        BufferedReader text = new BufferedReader(new InputStreamReader(bytes, strictUtf8()), CHUNK);
        try {
            return HeaderReader.read(new JsonReader(text, file, "header"));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw fault("the header is not UTF-8");
            }
            throw e;
        }
    }

    /// Fills tensors of these names, verifying the digest of the whole data if there is one.
    void fill(Map<String, Tensor> targets) throws IOException {
        for (String name : targets.keySet()) {
            if (!header.tensors().containsKey(name)) {
                throw fault("has no tensor " + name);
            }
        }
        String expected = header.metadata().get(SafetensorsHeader.DIGEST);
        @Nullable MessageDigest digest = expected == null ? null : Sha256.create();
        for (StoredTensor stored : header.tensors().values()) {
            Tensor target = targets.get(stored.name());
            if (target != null || digest != null) {
                transfer(stored, target, digest);
            }
        }
        if (expected != null && digest != null) {
            String actual = HexFormat.of().formatHex(digest.digest());
            if (!actual.equals(expected)) {
                throw fault(
                        "the data is damaged: its SHA-256 is "
                                + actual
                                + ", but the metadata says "
                                + expected
                                + "; copy the file again or use an older one");
            }
        }
    }

    private void transfer(
            StoredTensor stored, @Nullable Tensor target, @Nullable MessageDigest digest)
            throws IOException {
        if (target != null) {
            requireFit(stored, target);
        }
        long start = PREFIX + headerBytes + stored.begin();
        int element = 0;
        for (long done = 0; done < stored.bytes(); ) {
            int count = (int) Math.min(CHUNK, stored.bytes() - done);
            fetch(start + done, count);
            if (digest != null) {
                digest.update(buffer.array(), 0, count);
            }
            if (target != null) {
                element += Elements.decode(stored.type(), buffer, target, element);
            }
            done += count;
        }
    }

    private void requireFit(StoredTensor stored, Tensor target) {
        if (!stored.hasShape(target.shape().toArray())) {
            throw fault("tensor " + stored + " does not have the shape " + target.shape());
        }
        if (!stored.type().dtype().equals(Optional.of(target.dtype()))) {
            throw fault(
                    stored.type().dtype().isPresent()
                            ? "tensor " + stored + " is not of type " + target.dtype()
                            : Safetensors.inexact(stored));
        }
    }

    /// Brings `count` bytes of the file into the buffer.
    private void fetch(long position, int count) throws IOException {
        buffer.clear().limit(count);
        readFully(position);
        buffer.flip();
    }

    /// Fills the buffer up to its limit.
    private void readFully(long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw fault("ended at byte " + at + " while it was read; did someone change it?");
            }
            at += count;
        }
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
