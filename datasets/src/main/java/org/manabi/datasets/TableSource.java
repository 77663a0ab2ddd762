package org.manabi.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.manabi.formats.FormatException;
import org.manabi.formats.gzip.GzipInput;

/// An embedded file of comma-separated numbers, the label of each row in its last column.
///
/// @param file the resource, gzip if its name ends in `.gz`
/// @param sha256 the digest of the uncompressed bytes
/// @param header how the file begins
record TableSource(
        String name,
        String file,
        String sha256,
        Header header,
        List<String> featureNames,
        List<String> classNames) {

    /// How the file begins.
    enum Header {
        /// With a line of the numbers of rows and features and the names of the classes.
        COUNTS_AND_CLASSES,
        /// With the first row.
        NONE
    }

    Table load() {
        return parse(new String(bytes(), StandardCharsets.US_ASCII));
    }

    private byte[] bytes() {
        try (InputStream in =
                        Objects.requireNonNull(
                                TableSource.class.getResourceAsStream("tables/" + file), file);
                InputStream plain = file.endsWith(".gz") ? new GzipInput(in, file) : in;
                Sha256Input checked = new Sha256Input(plain)) {
            byte[] bytes = checked.readAllBytes();
            String actual = checked.sha256();
            if (!actual.equals(sha256)) {
                throw fault(
                        "the embedded file has SHA-256 %s, the original %s; install Manabi again"
                                .formatted(actual, sha256));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    Table parse(String text) {
        List<String> lines = text.lines().toList();
        int first = header == Header.NONE ? 0 : 1;
        double[][] rows = new double[Math.max(0, lines.size() - first)][];
        int[] labels = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            int line = first + row + 1;
            List<String> cells = List.of(lines.get(first + row).split(",", -1));
            if (cells.size() != featureNames.size() + 1) {
                throw fault(
                        "line %s has %s cells, not %s features and a label"
                                .formatted(line, cells.size(), featureNames.size()));
            }
            rows[row] = new double[featureNames.size()];
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = number(cells.get(i), line);
            }
            labels[row] = label(cells.getLast(), line);
        }
        checkHeader(lines, rows.length);
        return new Table(name, sha256, featureNames, classNames, rows, labels);
    }

    private void checkHeader(List<String> lines, int rows) {
        if (rows == 0) {
            throw fault("has no rows");
        }
        if (header == Header.NONE) {
            return;
        }
        String expected =
                "%s,%s,%s".formatted(rows, featureNames.size(), String.join(",", classNames));
        if (!lines.getFirst().equals(expected)) {
            throw fault(
                    "line 1 is \"%s\", but the file has \"%s\""
                            .formatted(lines.getFirst(), expected));
        }
    }

    private double number(String cell, int line) {
        try {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, as a number that is not finite
        }
        throw fault("line %s: \"%s\" is not a finite number".formatted(line, cell));
    }

    private int label(String cell, int line) {
        for (int label = 0; label < classNames.size(); label++) {
            if (cell.equals(Integer.toString(label))) {
                return label;
            }
        }
        throw fault(
                "line %s: label \"%s\" is not one of 0 … %s"
                        .formatted(line, cell, classNames.size() - 1));
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
