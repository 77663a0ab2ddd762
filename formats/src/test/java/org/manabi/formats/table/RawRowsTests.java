package org.manabi.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;

class RawRowsTests {

    @TempDir private Path folder;

    private static Column number(String name) {
        return new Column.Numeric(name, 0, 1);
    }

    private static TableSchema schema(
            List<String> table, boolean named, String label, String... columns) {
        return new TableSchema(
                table,
                named,
                List.of(columns).stream().map(RawRowsTests::number).toList(),
                label,
                List.of("a", "b"),
                0,
                1);
    }

    /// The first column is the label, and nobody named the columns.
    @Test
    void labelMayStandFirst() {
        TableSchema schema = schema(List.of("1", "2", "3"), false, "1", "2", "3");
        RawRows labeled = RawRows.parse("a,5,6\nb,7,8", schema);
        assertThat(labeled.inputs().toDoubles()).containsExactly(5, 6, 7, 8);
        assertThat(labeled.labels()).containsExactly("a", "b");
        RawRows bare = RawRows.parse("5,6", schema);
        assertThat(bare.inputs().toDoubles()).containsExactly(5, 6);
        assertThat(bare.labels()).isNull();
    }

    /// Column 2 had too many words to learn from: rows with it and rows without it are both read.
    @Test
    void columnsThatWereLeftOutKeepTheirPlace() {
        TableSchema schema = schema(List.of("1", "2", "3", "4"), false, "4", "1", "3");
        assertThat(RawRows.parse("5,id-7,6,a", schema).inputs().toDoubles()).containsExactly(5, 6);
        assertThat(RawRows.parse("5,id-7,6", schema).inputs().toDoubles()).containsExactly(5, 6);
        assertThat(RawRows.parse("5,6", schema).inputs().toDoubles()).containsExactly(5, 6);
        assertThatThrownBy(() -> RawRows.parse("5", schema))
                .hasMessageContaining("line 1 has 1 fields");
    }

    @Test
    void digitsCanBeNames() {
        TableSchema schema = schema(List.of("2023", "2024", "kind"), true, "kind", "2023", "2024");
        assertThat(RawRows.parse("2024,2023\n1,2\n", schema).inputs().toDoubles())
                .containsExactly(2, 1);
        // One of them alone is only a number.
        assertThat(RawRows.parse("2024,5\n1,2\n", schema).inputs().toDoubles())
                .containsExactly(2024, 5, 1, 2);
    }

    @Test
    void faultsNameTheFileAndTheLine() throws IOException {
        TableSchema schema = schema(List.of("x", "y", "kind"), true, "kind", "x", "y");
        Path lacking = write("lacking.csv", "x,kind\n1,a\n");
        assertThatThrownBy(() -> RawRows.read(lacking, schema))
                .isInstanceOf(FormatException.class)
                .hasMessage(lacking + ": line 1 has no column y; the model learned from x, y");
        Path twice = write("twice.csv", "x,y,x\n1,2,3\n");
        assertThatThrownBy(() -> RawRows.read(twice, schema))
                .hasMessage(twice + ": line 1 has two columns named \"x\"");
        Path unknown = write("unknown.csv", "x,y,kind\n1,2,a\n3,4,c\n");
        assertThatThrownBy(() -> RawRows.read(unknown, schema).labeled(schema))
                .hasMessage(unknown + ": line 3 column kind: \"c\" is none of the classes a, b");
        Path unlabeled = write("unlabeled.csv", "x,y\n1,2\n");
        assertThatThrownBy(() -> RawRows.read(unlabeled, schema).labeled(schema))
                .hasMessage(unlabeled + ": has no column kind to measure the model by");
        // A byte order mark promises UTF-8, and then something else comes.
        Path broken = folder.resolve("broken.csv");
        byte[] text = "\uFEFFx,y\n1,2\n".getBytes(StandardCharsets.UTF_8);
        text[text.length - 2] = (byte) 0xE9;
        Files.write(broken, text);
        assertThatThrownBy(() -> RawRows.read(broken, schema))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(broken.toString());
    }

    @Test
    void realNumbersThatAreNoneAreRefusedWithTheirLine() throws IOException {
        TableSchema schema =
                new TableSchema(
                        List.of("x", "y"), true, List.of(number("x")), "y", List.of(), 10, 2);
        Path file = write("values.csv", "x,y\n1,14\n1,1d\n");
        assertThatThrownBy(() -> RawRows.read(file, schema).labeled(schema))
                .hasMessage(file + ": line 3 column y: \"1d\" is no number");
        Path sound = write("sound.csv", "x,y\n1,14\n");
        assertThat(RawRows.read(sound, schema).labeled(schema).targets().toDoubles())
                .containsExactly(2);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
