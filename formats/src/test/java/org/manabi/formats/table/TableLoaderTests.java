package org.manabi.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.tensor.Seed;

class TableLoaderTests {

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.csv"), text);
    }

    /// Twenty rows of a number, a color and a class; the last number is missing.
    private Path colors() throws IOException {
        StringBuilder text = new StringBuilder("size,color,kind\n");
        for (int i = 0; i < 20; i++) {
            text.append(i == 19 ? "NA" : i).append(i % 2 == 0 ? ",red," : ",blue,");
            text.append(i < 10 ? "small" : "large").append('\n');
        }
        return file(text.toString());
    }

    private static TableLoader.Loaded load(Path path, String label) {
        return new TableLoader(TableFile.read(path, label), label, false).load("a", Seed.of(1));
    }

    @Test
    void numbersAreScaledAndWordsBecomeColumnsByTheTrainingDataAlone() throws IOException {
        TableLoader.Loaded loaded = load(colors(), "kind");
        Dataset train = loaded.split().train();
        assertThat(train.size()).isEqualTo(16);
        assertThat(loaded.split().test().size()).isEqualTo(4);
        assertThat(train.classNames()).containsExactly("large", "small");
        assertThat(train.sampleShape().toArray()).containsExactly(3);
        double sum = 0;
        double squares = 0;
        int known = 0;
        for (int row = 0; row < train.size(); row++) {
            double size = train.inputs().get(row, 0);
            sum += size;
            squares += size * size;
            known += size == 0 ? 0 : 1;
            assertThat(train.inputs().get(row, 1) + train.inputs().get(row, 2)).isEqualTo(1);
        }
        assertThat(sum).isBetween(-1e-5, 1e-5);
        // A missing number is the mean, 0, so the variance over those that are known is 1.
        assertThat(squares / known).isBetween(1 - 1e-5, 1 + 1e-5);
        assertThat(loaded.schema().columns().get(1))
                .isEqualTo(new Column.Categorical("color", List.of("blue", "red")));
    }

    @Test
    void sameSeedMakesTheSameSplit() throws IOException {
        Path path = colors();
        assertThat(load(path, "kind").split().test().inputs().toDoubles())
                .isEqualTo(load(path, "kind").split().test().inputs().toDoubles());
    }

    @Test
    void rawRowsGoTheSameWayByNameOrByPlace() throws IOException {
        TableLoader.Loaded loaded = load(colors(), "kind");
        TableSchema schema = loaded.schema();
        RawRows byPlace = RawRows.parse("3,blue", schema);
        RawRows byName =
                RawRows.parse("color,other,size,kind\nblue,x,3,small\ngreen,x,?,?\n", schema);
        assertThat(byName.inputs().rows(0, 1).toDoubles()).isEqualTo(byPlace.inputs().toDoubles());
        assertThat(byName.inputs().rows(1, 1).toDoubles()).containsExactly(0, 0, 0);
        assertThat(byName.labels()).containsExactly("small", "?");
        assertThat(byPlace.labels()).isNull();
        assertThatThrownBy(() -> RawRows.parse("big,blue", schema))
                .hasMessageContaining("line 1 column size: \"big\" is no number");
        assertThatThrownBy(() -> RawRows.parse("1", schema))
                .hasMessageContaining("has 1 fields, but the model learned from 2 columns");
        assertThatThrownBy(() -> RawRows.parse("size,x\n1,2\n", schema))
                .hasMessageContaining("line 1 has no column color");
    }

    @Test
    void schemaComesBackFromJson() throws IOException {
        TableSchema schema = load(colors(), "kind").schema();
        JsonFields json = JsonFields.of(schema.toJson(), "a", "table");
        assertThat(TableSchema.of(json)).isEqualTo(schema);
    }

    @Test
    void realNumbersAreScaledToo() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 50; i++) {
            text.append(i).append(',').append(i * 2.5 + 100).append('\n');
        }
        TableLoader.Loaded loaded = load(file(text.toString()), "y");
        assertThat(loaded.schema().hasClasses()).isFalse();
        assertThat(loaded.schema().mean()).isBetween(140.0, 180.0);
        for (double value : loaded.split().train().targets().toDoubles()) {
            assertThat(value).isBetween(-2.5, 2.5);
        }
    }

    @Test
    void filesWithoutNamesNumberTheirColumns() throws IOException {
        TableFile table = TableFile.read(file("5.1,red\n4.9,blue\n"), null);
        assertThat(table.hasHeader()).isFalse();
        assertThat(table.columns()).extracting(ColumnSurvey::name).containsExactly("1", "2");
        assertThat(table.rows()).isEqualTo(2);
    }

    /// As floats, these numbers would all be the same.
    @Test
    void meansAreTakenOfTheNumbersAsTheyAreWritten() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 50; i++) {
            text.append(1_000_000_000L + i % 2).append(',').append(i / 7.0).append('\n');
        }
        TableLoader.Loaded loaded = load(file(text.toString()), "y");
        Column.Numeric x = (Column.Numeric) loaded.schema().columns().getFirst();
        assertThat(x.mean()).isBetween(1_000_000_000.1, 1_000_000_000.9);
        assertThat(x.scale()).isBetween(0.3, 0.5);
        assertThat(Arrays.stream(loaded.split().train().inputs().toDoubles()).distinct().count())
                .isEqualTo(2);
    }

    /// Rows that are held back for validation say nothing about means either.
    @Test
    void schemaIsFittedOnTheRowsThatRemainForTraining() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 50; i++) {
            text.append(i).append(',').append(i / 7.0).append('\n');
        }
        TableLoader loader =
                new TableLoader(TableFile.read(file(text.toString()), "y"), "y", false);
        Dataset[] train = new Dataset[1];
        TableLoader.Loaded loaded =
                loader.load(
                        "a",
                        Seed.of(1),
                        all -> {
                            train[0] = all.first(10);
                            return train[0];
                        },
                        bytes -> Storage.MEMORY);
        double sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += loaded.split().train().inputs().get(i, 0);
        }
        // The mean of exactly those ten rows is 0, in float arithmetic of numbers up to 2.
        assertThat(sum).isBetween(-1e-5, 1e-5);
        double all = 0;
        for (double value : loaded.split().train().inputs().toDoubles()) {
            all += value;
        }
        assertThat(Math.abs(all)).isGreaterThan(1);
    }

    @Test
    void numbersTooLargeForAMeanAreRefusedByName() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 50; i++) {
            text.append(i % 2 == 0 ? "1.7e308" : "-1.7e308").append(',').append(i / 7.0);
            text.append('\n');
        }
        assertThatThrownBy(() -> load(file(text.toString()), "y"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("column x has numbers too large");
    }

    @Test
    void labelsThatCannotBePredictedAreRefused() throws IOException {
        Path path = colors();
        assertThatThrownBy(() -> load(path, "knd"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("has no column knd; its columns are size, color, kind");
        assertThatThrownBy(() -> load(path, "size")).hasMessageContaining("no value in 1 rows");
        Path same = file("a,b\n1,x\n2,x\n3,x\n");
        assertThatThrownBy(() -> load(same, "b")).hasMessageContaining("only one kind");
        Path twice = file("a,a\n1,2\n");
        assertThatThrownBy(() -> load(twice, "a")).hasMessageContaining("two columns named");
    }
}
