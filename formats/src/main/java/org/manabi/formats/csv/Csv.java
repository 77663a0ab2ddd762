package org.manabi.formats.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;

/// A text file of a table: what separates its fields and how its characters are encoded, both found
/// out from the file.
///
/// The encoding is that of a byte order mark, else UTF-8, else, where the bytes are not UTF-8,
/// Windows-31J (Japanese) if that makes kana of some, else Windows-1252. The delimiter is the one of comma,
/// semicolon, tabulator and vertical bar that divides the first lines most evenly.
public final class Csv {

    private static final String FORMAT = "a table (CSV)";
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int SAMPLE_LINES = 20;
    private static final int SAMPLE = 1 << 16;

    private final Path path;
    private final Charset charset;
    private final int mark;
    private final char delimiter;

    private Csv(Path path, Charset charset, int mark, char delimiter) {
        this.path = path;
        this.charset = charset;
        this.mark = mark;
        this.delimiter = delimiter;
    }

    /// Looks at a file.
    ///
    /// @throws FormatException if there is no such file, or it is not text
    public static Csv of(Path path) {
        return OpenedFile.read(path, FORMAT, file -> detect(path, file));
    }

    private static Csv detect(Path path, OpenedFile file) throws IOException {
        if (file.length() == 0) {
            throw file.fault("is empty; a table has a line for each row");
        }
        byte[] head = file.bytes(0, (int) Math.min(SAMPLE, file.length()));
        int mark = 0;
        Charset charset = null;
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            mark = 3;
            charset = StandardCharsets.UTF_8;
        } else if (startsWith(head, 0xFF, 0xFE)) {
            mark = 2;
            charset = StandardCharsets.UTF_16LE;
        } else if (startsWith(head, 0xFE, 0xFF)) {
            mark = 2;
            charset = StandardCharsets.UTF_16BE;
        } else {
            String kind =
                    FileKind.guess(Arrays.copyOf(head, Math.min(head.length, FileKind.HEAD)))
                            .orElse("text");
            if (!kind.equals("text")) {
                throw file.fault("is not a table; this looks like " + kind);
            }
            charset = encoding(file);
        }
        String sample = charset.decode(ByteBuffer.wrap(head, mark, head.length - mark)).toString();
        for (int i = 0; i < sample.length(); i++) {
            char c = sample.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
                throw file.fault(
                        "has the control character %d at character %d; this is no text"
                                .formatted((int) c, i));
            }
        }
        return new Csv(path, charset, mark, delimiter(sample, head.length < file.length()));
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset encoding(OpenedFile file) throws IOException {
        if (isValid(file, StandardCharsets.UTF_8, Script.ANY)) {
            return StandardCharsets.UTF_8;
        }
        Charset japanese = Charset.forName("windows-31j");
        if (isValid(file, japanese, Script.KANA)) {
            return japanese;
        }
        Charset western = Charset.forName("windows-1252");
        if (!isValid(file, western, Script.ANY)) {
            throw file.fault("is neither UTF-8 nor Windows-31J nor Windows-1252; save it as UTF-8");
        }
        return western;
    }

    /// What a text must have to be taken for one of an encoding in which most bytes mean something.
    private enum Script {
        ANY,
        /// Hiragana or katakana, and nothing of private use.
        KANA
    }

    /// Whether all bytes of a file are characters of an encoding.
    private static boolean isValid(OpenedFile file, Charset charset, Script script)
            throws IOException {
        boolean kana = false;
        CharsetDecoder decoder = strict(charset);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 17);
        long position = 0;
        while (true) {
            int count = file.channel().read(bytes, position);
            position += Math.max(0, count);
            bytes.flip();
            chars.clear();
            if (decoder.decode(bytes, chars, count < 0).isError()) {
                return false;
            }
            chars.flip();
            for (int i = 0; script == Script.KANA && i < chars.length(); i++) {
                char c = chars.charAt(i);
                if (c >= '\uE000' && c <= '\uF8FF') {
                    return false;
                }
                kana |= c >= '\u3040' && c <= '\u30FF';
            }
            if (count < 0) {
                return !bytes.hasRemaining() && (kana || script == Script.ANY);
            }
            bytes.compact();
        }
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static char delimiter(String sample, boolean cut) {
        char best = ',';
        double bestScore = 0;
        for (char candidate : DELIMITERS) {
            double score = score(sample, candidate, cut);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /// How many fields a delimiter makes, if it makes as many in each of the first lines; a tenth of
    /// the first line's otherwise.
    private static double score(String sample, char delimiter, boolean cut) {
        int lines = 0;
        int first = -1;
        int count = 0;
        boolean even = true;
        boolean quoted = false;
        for (int i = 0; i <= sample.length() && lines < SAMPLE_LINES; i++) {
            char c = i < sample.length() ? sample.charAt(i) : '\n';
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == delimiter) {
                count++;
            } else if (!quoted && c == '\n') {
                boolean partial = i == sample.length() && (cut || count == 0);
                if (!partial) {
                    first = first < 0 ? count : first;
                    even &= count == first;
                    lines++;
                }
                count = 0;
            }
        }
        return even ? first : first / 10.0;
    }

    /// Begins to read the records.
    ///
    /// @throws FormatException if the file is gone
    public CsvReader open() {
        try {
            InputStream in = java.nio.file.Files.newInputStream(path);
            in.skipNBytes(mark);
            return new CsvReader(
                    new InputStreamReader(in, strict(charset)), path.toString(), delimiter);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new FormatException(path.toString(), "is not " + charset);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /// Begins to read the records of a text.
    ///
    /// @param name what errors call it
    public static CsvReader open(String text, String name) {
        return new CsvReader(new StringReader(text), name, delimiter(text, false));
    }

    public Path path() {
        return path;
    }

    /// The name of the encoding.
    public String encoding() {
        return charset.name();
    }

    public char delimiter() {
        return delimiter;
    }
}
