package org.manabi.formats.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.manabi.formats.FormatException;

/// Reads the records of a table one by one, strictly: a quoted field ends where its quote ends, and
/// every record has as many fields as the first. Empty lines are left out.
///
/// The characters of a record lie in one array that is used again for the next, so that a field becomes
/// a text only when it is asked for.
///
/// Source: RFC 4180.
public final class CsvReader implements AutoCloseable {

    private static final int MAX_FIELD = 1 << 20;
    private static final int MAX_RECORD = 1 << 24;
    private static final int MAX_FIELDS = 100_000;
    private static final int END = -1;
    private static final char QUOTE = '"';

    private final Reader in;
    private final String file;
    private final char delimiter;
    private final char[] buffer = new char[1 << 16];
    private int at;
    private int filled;

    /// The fields of the record, one after another, without quotes and without blanks around them.
    private char[] text = new char[256];

    private int length;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int fields;

    private long line = 1;
    private long recordLine = 1;
    private int width = -1;

    /// @param file what errors call it
    CsvReader(Reader in, String file, char delimiter) {
        this.in = in;
        this.file = file;
        this.delimiter = delimiter;
    }

    /// The next record; an empty list at the end of the file.
    ///
    /// @throws FormatException if the file is not a table from here on
    /// @throws IOException if the disk fails
    public List<String> next() throws IOException {
        if (!advance()) {
            return new ArrayList<>();
        }
        List<String> texts = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /// Goes to the next record; false at the end of the file.
    ///
    /// @throws FormatException if the file is not a table from here on
    /// @throws IOException if the disk fails
    public boolean advance() throws IOException {
        while (peek() == '\n' || peek() == '\r') {
            lineBreak();
        }
        fields = 0;
        length = 0;
        if (peek() == END) {
            return false;
        }
        recordLine = line;
        do {
            if (fields == MAX_FIELDS) {
                throw fault("has more than %d fields".formatted(MAX_FIELDS));
            }
            if (fields == starts.length) {
                starts = Arrays.copyOf(starts, 2 * fields);
                ends = Arrays.copyOf(ends, 2 * fields);
            }
            field();
            fields++;
        } while (take(delimiter));
        if (width >= 0 && fields != width) {
            throw fault("has %d fields, but the first line has %d".formatted(fields, width));
        }
        width = fields;
        return true;
    }

    /// How many fields the record has.
    public int fields() {
        return fields;
    }

    /// A field of the record.
    public String text(int field) {
        return new String(text, starts[field], ends[field] - starts[field]);
    }

    /// The number that a field of the record is; NaN if it is none, or not finite.
    public double number(int field) {
        return DecimalNumber.parse(text, starts[field], ends[field]);
    }

    /// How many characters a field of the record has.
    public int length(int field) {
        return ends[field] - starts[field];
    }

    /// The line of the file where the last record began, counted from 1.
    public long line() {
        return recordLine;
    }

    private void field() throws IOException {
        int start = length;
        if (take(QUOTE)) {
            quoted(start);
            int next = peek();
            if (next != delimiter && next != '\n' && next != '\r' && next != END) {
                throw fault("has something between the end of a quoted field and the next one");
            }
            mark(start, length);
            return;
        }
        for (int next = peek();
                next != delimiter && next != '\n' && next != '\r' && next != END;
                next = peek()) {
            append((char) next, start);
        }
        int from = start;
        int to = length;
        while (from < to && Character.isWhitespace(text[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(text[to - 1])) {
            to--;
        }
        mark(from, to);
    }

    private void mark(int from, int to) {
        starts[fields] = from;
        ends[fields] = to;
    }

    private void quoted(int start) throws IOException {
        long from = line;
        while (true) {
            int next = peek();
            if (next == END) {
                throw fault("has a quote, opened in line %d, that is not closed".formatted(from));
            }
            if (take(QUOTE)) {
                if (peek() != QUOTE) {
                    return;
                }
                next = QUOTE;
            } else if (next == '\n') {
                line++;
            }
            append((char) next, start);
        }
    }

    private void append(char next, int start) {
        if (length - start == MAX_FIELD) {
            throw fault("has a field of more than %d characters".formatted(MAX_FIELD));
        }
        if (next == 0) {
            throw fault("has a NUL character; this is no text");
        }
        if (length == text.length) {
            if (length == MAX_RECORD) {
                throw fault("has more than %d characters".formatted(MAX_RECORD));
            }
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = next;
        at++;
    }

    /// The next character, or [#END].
    private int peek() throws IOException {
        return at < filled || fill() ? buffer[at] : END;
    }

    private boolean fill() throws IOException {
        if (filled < 0) {
            return false;
        }
        at = 0;
        filled = in.read(buffer);
        return filled > 0;
    }

    private boolean take(char wanted) throws IOException {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void lineBreak() throws IOException {
        if (take('\r')) {
            take('\n');
        } else {
            at++;
        }
        line++;
    }

    /// The exception for a fault of this record.
    public FormatException fault(String fault) {
        return new FormatException(file, "line %d %s".formatted(recordLine, fault));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
