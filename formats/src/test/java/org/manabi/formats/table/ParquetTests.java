package org.manabi.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.reader.ParquetFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;
import org.manabi.tensor.Seed;

/// Tables in Parquet files that the format's own library wrote; see the folder of the files.
class ParquetTests {

    private static final int ROWS = 200;

    @TempDir private Path folder;

    private Path file(String name) throws IOException {
        try (InputStream in = ParquetTests.class.getResourceAsStream("parquet/" + name)) {
            Path file = folder.resolve(name);
            Files.write(file, in.readAllBytes());
            return file;
        }
    }

    private static List<String> texts(TableFile table, int row) {
        return table.columns().stream()
                .map(
                        column -> {
                            long cell = table.cells().cell(row, table.indexOf(column.name()));
                            return Cell.isCoded(cell)
                                    ? column.texts().get(Cell.code(cell))
                                    : "missing";
                        })
                .toList();
    }

    /// What the program that wrote the files wrote.
    private static List<String> written(int i) {
        return List.of(
                Double.toString(i / 8.0),
                i % 5 == 0 ? "missing" : Integer.toString(i % 7),
                i % 11 == 0 ? "missing" : Long.toString((long) i << 40),
                Double.toString(i * 0.5),
                i % 4 == 0 ? "missing" : List.of("red", "green", "blue").get(i % 3),
                Boolean.toString(i % 2 == 0),
                i % 3 == 0 ? "missing" : LocalDate.ofEpochDay(20_454 + i).toString(),
                Instant.ofEpochSecond(1_767_225_600L + i * 3600L).toString(),
                i % 6 == 0 ? "missing" : "%d.%02d".formatted(i / 4, i % 4 * 25),
                i % 2 == 0 ? "even" : "odd");
    }

    @Test
    void rowsAreThoseThatWereWritten() throws IOException {
        for (String name : List.of("uncompressed", "gzip", "snappy")) {
            TableFile table = TableFile.read(file("rows-" + name + ".parquet"), "kind");
            assertThat(table.rows()).isEqualTo(ROWS);
            assertThat(table.text()).isEmpty();
            for (int row = 0; row < ROWS; row++) {
                assertThat(texts(table, row)).as(name + " row " + row).isEqualTo(written(row));
            }
            assertThat(table.columns().get(6).isTime()).isTrue();
            assertThat(table.columns().get(7).isTime()).isTrue();
            assertThat(table.columns().get(8).isNumeric()).isTrue();
        }
    }

    @Test
    void theFilesHaveSeveralRowGroupsAndDictionaries() throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(InputFile.of(file("rows-snappy.parquet")))) {
            FileMetaData data = reader.getFileMetaData();
            assertThat(data.rowGroups()).hasSizeGreaterThan(1);
            assertThat(
                            data.rowGroups().getFirst().columns().stream()
                                    .anyMatch(
                                            chunk ->
                                                    chunk.metaData()
                                                            .encodings()
                                                            .toString()
                                                            .contains("DICTIONARY")))
                    .isTrue();
        }
    }

    @Test
    void rawRowsAreFoundByTheirNames() throws IOException {
        Path path = file("rows-gzip.parquet");
        TableLoader.Loaded loaded =
                new TableLoader(TableFile.read(path, "kind"), "kind", false)
                        .load("rows", Seed.of(1));
        RawRows rows = RawRows.read(path, loaded.schema());
        assertThat(rows.labels()).hasSize(ROWS).startsWith("even", "odd");
        assertThat(rows.labeled(loaded.schema()).size()).isEqualTo(ROWS);
        RawRows line =
                RawRows.parse(
                        "0.125,1,"
                                + (1L << 40)
                                + ",0.5,green,false,2026-01-02,"
                                + "2026-01-01T01:00:00Z,0.25",
                        loaded.schema());
        assertThat(rows.inputs().rows(1, 1).toDoubles()).isEqualTo(line.inputs().toDoubles());
        assertThatThrownBy(() -> RawRows.read(file("bytes.parquet"), loaded.schema()))
                .hasMessageContaining("column hash is of type bytes");
    }

    @Test
    void columnsThatAreNoCellsAreRefused() {
        assertThatThrownBy(() -> TableFile.survey(file("nested.parquet")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("column list holds lists");
        assertThatThrownBy(
                        () ->
                                TableFile.survey(
                                        Files.writeString(
                                                folder.resolve("a.parquet"), "a,b\n1,2\n")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("does not begin with PAR1");
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file("rows-snappy.parquet"));
        Path cut = folder.resolve("cut.parquet");
        for (int length = 0; length < whole.length; length += 397) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TableFile.survey(cut))
                    .as(length + " bytes")
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        for (String name : List.of("uncompressed", "gzip", "snappy")) {
            byte[] whole = Files.readAllBytes(file("rows-" + name + ".parquet"));
            Path damaged = folder.resolve("damaged.parquet");
            for (int seed = 0; seed < 100; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                byte[] bytes = whole.clone();
                for (int i = 0; i <= seed % 3; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                Files.write(damaged, bytes);
                String what = name + ", seed " + seed;
                assertTimeoutPreemptively(
                        Duration.ofSeconds(30),
                        () -> {
                            try {
                                TableFile.survey(damaged);
                            } catch (FormatException expected) {
                                assertThat(expected).hasMessageContaining("damaged.parquet");
                            }
                        },
                        what);
            }
        }
    }
}
