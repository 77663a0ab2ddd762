package org.manabi.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;

class CsvTests {

    @TempDir private Path folder;

    private List<List<String>> read(byte[] content) throws IOException {
        Path file = folder.resolve("a.csv");
        Files.write(file, content);
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader in = Csv.of(file).open()) {
            for (List<String> row = in.next(); !row.isEmpty(); row = in.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<List<String>> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String text) {
        return assertThatThrownBy(() -> read(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(folder.resolve("a.csv") + ": ");
    }

    @Test
    void quotesHoldDelimitersLinesAndQuotes() throws IOException {
        assertThat(read("a,b\r\n\"1,5\",\"say \"\"hi\"\"\"\n\n\"two\nlines\", x \n"))
                .containsExactly(
                        List.of("a", "b"),
                        List.of("1,5", "say \"hi\""),
                        List.of("two\nlines", "x"));
    }

    @Test
    void delimitersAreFound() throws IOException {
        assertThat(read("a;b\n1,5;2\n3,5;4\n").get(1)).containsExactly("1,5", "2");
        assertThat(read("a\tb\n1\t2\n").get(1)).containsExactly("1", "2");
        assertThat(read("a|b\n1|2\n").get(1)).containsExactly("1", "2");
        assertThat(read("\"a;b\",c\n1,2\n").get(0)).containsExactly("a;b", "c");
        assertThat(read("alone\n1\n")).hasSize(2);
    }

    @Test
    void encodingsAreFound() throws IOException {
        String text = "名前,数\n学び,1\n";
        List<List<String>> rows = read(text);
        assertThat(rows.get(1)).containsExactly("学び", "1");
        assertThat(read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(rows);
        assertThat(read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE))).isEqualTo(rows);
        assertThat(read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE))).isEqualTo(rows);
        assertThat(read(text.getBytes(Charset.forName("windows-31j")))).isEqualTo(rows);
        assertThat(read("Größe,n\n1,2\n".getBytes(Charset.forName("windows-1252"))).getFirst())
                .containsExactly("Größe", "n");
    }

    @Test
    void faultsNameTheirLine() {
        assertRefused("a,b\n1,2\n1,2,3\n").hasMessageContaining("line 3 has 3 fields");
        assertRefused("a,b\n\"1,2\n").hasMessageContaining("line 2", "not closed");
        assertRefused("a,b\n\"1\"x,2\n").hasMessageContaining("line 2", "end of a quoted field");
        assertRefused("a,b\n1,\u0000\n").isInstanceOf(FormatException.class);
        assertRefused("").hasMessageContaining("is empty");
        assertRefused("<html><body>").hasMessageContaining("HTML");
    }
}
