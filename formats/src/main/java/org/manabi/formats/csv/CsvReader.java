package org.manabi.formats.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.manabi.formats.FormatException;

/// Reads the records of a table one by one, strictly: a quoted field ends where its quote ends, and
/// every record has as many fields as the first. Empty lines are left out.
///
/// Source: RFC 4180.
public final class CsvReader implements AutoCloseable {

    private static final int MAX_FIELD = 1 << 20;
    private static final int MAX_FIELDS = 100_000;
    private static final int END = -1;
    private static final char QUOTE = '"';

    private final BufferedReader in;
    private final String file;
    private final char delimiter;
    private final StringBuilder field = new StringBuilder();
    private long line = 1;
    private long recordLine = 1;
    private int width = -1;
    private int next;

    /// @param file what errors call it
    CsvReader(Reader in, String file, char delimiter) throws IOException {
        this.in = new BufferedReader(in, 1 << 16);
        this.file = file;
        this.delimiter = delimiter;
        this.next = this.in.read();
    }

    /// The next record; an empty list at the end of the file.
    ///
    /// @throws FormatException if the file is not a table from here on
    /// @throws IOException if the disk fails
    public List<String> next() throws IOException {
        while (next == '\n' || next == '\r') {
            lineBreak();
        }
        List<String> fields = new ArrayList<>(Math.max(width, 8));
        if (next == END) {
            return fields;
        }
        recordLine = line;
        do {
            if (fields.size() == MAX_FIELDS) {
                throw fault("has more than %d fields".formatted(MAX_FIELDS));
            }
            fields.add(field());
        } while (take(delimiter));
        if (width >= 0 && fields.size() != width) {
            throw fault("has %d fields, but the first line has %d".formatted(fields.size(), width));
        }
        width = fields.size();
        return fields;
    }

    /// The line of the file where the last record began, counted from 1.
    public long line() {
        return recordLine;
    }

    private String field() throws IOException {
        field.setLength(0);
        if (take(QUOTE)) {
            quoted();
            if (next != delimiter && next != '\n' && next != '\r' && next != END) {
                throw fault("has something between the end of a quoted field and the next one");
            }
            return field.toString();
        }
        while (next != delimiter && next != '\n' && next != '\r' && next != END) {
            append();
        }
        return field.toString().strip();
    }

    private void quoted() throws IOException {
        long from = line;
        while (true) {
            if (next == END) {
                throw fault("has a quote, opened in line %d, that is not closed".formatted(from));
            }
            if (take(QUOTE)) {
                if (next != QUOTE) {
                    return;
                }
            } else if (next == '\n') {
                line++;
            }
            append();
        }
    }

    private void append() throws IOException {
        if (field.length() == MAX_FIELD) {
            throw fault("has a field of more than %d characters".formatted(MAX_FIELD));
        }
        if (next == 0) {
            throw fault("has a NUL character; this is no text");
        }
        field.append((char) next);
        next = in.read();
    }

    private boolean take(char wanted) throws IOException {
        if (next != wanted) {
            return false;
        }
        next = in.read();
        return true;
    }

    private void lineBreak() throws IOException {
        boolean carriage = next == '\r';
        next = in.read();
        if (carriage && next == '\n') {
            next = in.read();
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
