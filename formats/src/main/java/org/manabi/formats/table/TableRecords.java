package org.manabi.formats.table;

import java.io.IOException;
import org.manabi.formats.FormatException;

/// Reads the records of a table one by one. What is asked for is of the record that [#advance] went to.
interface TableRecords extends AutoCloseable {

    /// Goes to the next record; false at the end.
    ///
    /// @throws FormatException if the file is not a table from here on
    /// @throws IOException if the disk fails
    boolean advance() throws IOException;

    int fields();

    /// Whether nothing is known of a field.
    boolean isMissing(int field);

    /// The number that a field is; NaN if it is none, or not finite.
    double number(int field);

    /// A field as a person would write it.
    String text(int field);

    /// Where the record stands in the file: its line, or its number, counted from 1.
    long line();

    /// The exception for a fault of the record.
    FormatException fault(String fault);

    @Override
    void close() throws IOException;
}
