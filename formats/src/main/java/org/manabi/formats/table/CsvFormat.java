package org.manabi.formats.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.Csv;
import org.manabi.formats.csv.CsvReader;

/// Records in a text file.
///
/// The first line is taken for names if it holds the name of the label or, that being unknown, if no
/// field of it is a number while the lines below have some, or if it is all there is of words.
record CsvFormat(Csv csv) implements TableFormat {

    private static final int LOOKED_AT = 100;

    @Override
    public Names names(@Nullable String known) {
        List<List<String>> first = new ArrayList<>();
        try (CsvReader in = csv.open()) {
            for (List<String> row = in.next(); !row.isEmpty() && first.size() < LOOKED_AT; ) {
                first.add(row);
                row = in.next();
            }
        } catch (IOException e) {
            throw TableFile.failure(csv.path(), e);
        }
        if (first.isEmpty()) {
            throw new FormatException(csv.path().toString(), "has no rows");
        }
        boolean named = hasNames(first, known);
        return new Names(named ? first.getFirst() : numbered(first.getFirst().size()), named);
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }

    private static boolean hasNames(List<List<String>> rows, @Nullable String known) {
        List<String> first = rows.getFirst();
        if (known != null && first.contains(known)) {
            return true;
        }
        if (first.stream().anyMatch(cell -> !Double.isNaN(Cells.number(cell)))) {
            return false;
        }
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.stream().anyMatch(cell -> !Double.isNaN(Cells.number(cell)))) {
                return true;
            }
        }
        return known == null && new HashSet<>(first).size() == first.size();
    }

    @Override
    public TableRecords records(boolean named) {
        CsvReader in = csv.open();
        if (named) {
            try {
                in.advance();
            } catch (IOException e) {
                throw TableFile.failure(csv.path(), e);
            }
        }
        return new CsvRecords(in);
    }

    @Override
    public Optional<Csv> text() {
        return Optional.of(csv);
    }
}
