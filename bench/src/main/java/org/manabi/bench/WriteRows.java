package org.manabi.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;

/// Writes a table of random rows as CSV: 27 columns of numbers, 3 of words, and the label `y`, which two
/// of the numbers and one of the words decide but for some noise. The same number of rows is always the
/// same file.
///
/// Usage: `ROWS FILE`.
public final class WriteRows {

    private static final int NUMBERS = 27;
    private static final String[] COLORS = {"red", "green", "blue", "yellow"};
    private static final String[] CITIES = {"Aomori", "Kyoto", "Naha", "Osaka", "Sapporo", "Tokyo"};
    private static final String[] SIZES = {"S", "M", "L"};

    private WriteRows() {}

    /// Writes the file.
    ///
    /// @throws IOException if the disk refuses
    public static void main(String[] arguments) throws IOException {
        long rows = Long.parseLong(arguments[0]);
        RandomStream random = Seed.of(42).child("rows").stream();
        try (Writer out = Files.newBufferedWriter(Path.of(arguments[1]))) {
            for (int i = 1; i <= NUMBERS; i++) {
                out.write("x" + i + ",");
            }
            out.write("color,city,size,y\n");
            double[] x = new double[NUMBERS];
            for (long row = 0; row < rows; row++) {
                for (int i = 0; i < NUMBERS; i++) {
                    x[i] = 100 * random.nextDouble();
                    decimal(out, x[i]);
                    out.write(',');
                }
                String color = COLORS[random.nextInt(COLORS.length)];
                out.write(color + "," + CITIES[random.nextInt(CITIES.length)]);
                out.write("," + SIZES[random.nextInt(SIZES.length)]);
                double sum = x[0] + x[1] + (color.equals("red") ? 30 : 0);
                out.write(sum + 10 * random.nextGaussian() > 100 ? ",yes\n" : ",no\n");
            }
        }
    }

    /// Six decimals; many times as fast as a format.
    private static void decimal(Writer out, double value) throws IOException {
        long millionths = Math.round(value * 1e6);
        out.write(Long.toString(millionths / 1_000_000));
        out.write('.');
        out.write(Long.toString(1_000_000 + millionths % 1_000_000), 1, 6);
    }
}
