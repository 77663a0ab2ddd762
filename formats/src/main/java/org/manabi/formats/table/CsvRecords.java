package org.manabi.formats.table;

import java.io.IOException;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.CsvReader;

/// The records of a text file.
final class CsvRecords implements TableRecords {

    private static final int LONGEST_MISSING = 4;

    private final CsvReader in;

    CsvRecords(CsvReader in) {
        this.in = in;
    }

    @Override
    public boolean advance() throws IOException {
        return in.advance();
    }

    @Override
    public int fields() {
        return in.fields();
    }

    @Override
    public boolean isMissing(int field) {
        int length = in.length(field);
        return length <= LONGEST_MISSING && (length == 0 || Cells.isMissing(in.text(field)));
    }

    @Override
    public double number(int field) {
        return in.number(field);
    }

    @Override
    public String text(int field) {
        return in.text(field);
    }

    @Override
    public long line() {
        return in.line();
    }

    @Override
    public FormatException fault(String fault) {
        return in.fault(fault);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
