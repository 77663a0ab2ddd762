package org.manabi.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.manabi.formats.FormatException;
import org.manabi.formats.gzip.GzipInput;

/// Diabetes: 442 patients, 10 measurements of each, and how far the disease went within a year, a
/// number from 25 to 346.
///
/// Source: B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, *Least angle regression* (Annals of
/// Statistics 32, 2004); the copy of scikit-learn 1.2.1.
public final class Diabetes {

    /// The column to predict.
    public static final String LABEL = "progression";

    private static final List<String> COLUMNS =
            List.of("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu", LABEL);

    private Diabetes() {}

    /// The table as CSV, with the names of its columns.
    ///
    /// @throws FormatException if the embedded bytes are not the original ones
    public static String csv() {
        List<String> rows =
                lines(
                        "diabetes-data.txt.gz",
                        "ec2683754c379fdffc39f53922c475eff67e2fb9c94c7c27207b7c4371d51726");
        List<String> targets =
                lines(
                        "diabetes-target.txt.gz",
                        "244713a551f62a291a354212d8a048adec6cb1244b2bc44e66a0698f5006d26d");
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (int row = 0; row < rows.size(); row++) {
            csv.append(rows.get(row).replace(' ', ',')).append(',');
            csv.append((int) Double.parseDouble(targets.get(row))).append('\n');
        }
        return csv.toString();
    }

    private static List<String> lines(String file, String sha256) {
        try (InputStream in =
                        Objects.requireNonNull(
                                Diabetes.class.getResourceAsStream("tables/" + file), file);
                InputStream plain = new GzipInput(in, file);
                Sha256Input checked = new Sha256Input(plain)) {
            byte[] bytes = checked.readAllBytes();
            String actual = checked.sha256();
            if (!actual.equals(sha256)) {
                throw new FormatException(
                        file,
                        "the embedded file has SHA-256 %s, the original %s; install Manabi again"
                                .formatted(actual, sha256));
            }
            return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
