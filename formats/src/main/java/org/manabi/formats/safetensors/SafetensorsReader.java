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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.Sha256;
import org.manabi.formats.json.JsonReader;
import org.manabi.tensor.Tensor;

/// One pass through a safetensors file: first its header, then the numbers. It holds one buffer;
/// the header is read twice from the disk rather than kept.
final class SafetensorsReader {

    private static final int PREFIX = 8;
    private static final long MAX_HEADER = 100_000_000;
    private static final int CHUNK = 1 << 18;

    private final OpenedFile file;
    private final long fileBytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final long headerBytes;
    private final SafetensorsHeader header;

    SafetensorsReader(OpenedFile file) throws IOException {
        this.file = file;
        fileBytes = file.length();
        headerBytes = headerBytes();
        checkUtf8();
        header = parseHeader();
        new Layout(file.name(), fileBytes - PREFIX - headerBytes).check(header);
    }

    SafetensorsHeader header() {
        return header;
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
        byte[] head = file.bytes(0, (int) Math.min(fileBytes, FileKind.HEAD));
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
            file.fill(buffer, PREFIX + position);
            position += count;
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
        file.channel().position(PREFIX);
        InputStream bytes = new FirstBytes(Channels.newInputStream(file.channel()), headerBytes);
        BufferedReader text = new BufferedReader(new InputStreamReader(bytes, strictUtf8()), CHUNK);
        try {
            return HeaderReader.read(new JsonReader(text, file.name(), "header"));
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
        file.fill(buffer.clear().limit(count), position);
    }

    private FormatException fault(String fault) {
        return file.fault(fault);
    }
}
