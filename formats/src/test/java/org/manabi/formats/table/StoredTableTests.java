package org.manabi.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.tensor.Seed;

/// Large tables are kept as cells in a file, and learned from as if they lay in memory.
class StoredTableTests {

    /// Several of each of the 5000 people.
    private static final int ROWS = 16_000;

    @TempDir private Path folder;

    /// A table with all that a cell can be.
    private Path large() throws IOException {
        StringBuilder text = new StringBuilder("id,few,many,mixed,when,kind\n");
        for (int row = 0; row < ROWS; row++) {
            text.append("person-").append(row % 5000).append(',');
            text.append(row % 7 == 0 ? "NA" : row % 11).append(',');
            text.append(row % 13 == 0 ? "" : 1e9 + row / 3.0).append(',');
            text.append(row % 3 == 0 ? "1" : "one").append(',');
            text.append("2026-01-01T00:")
                    .append(10 + row % 50)
                    .append(':')
                    .append(10 + row / 50 % 50);
            text.append(row % 2 == 0 ? ",even\n" : ",odd\n");
        }
        return Files.writeString(folder.resolve("large.csv"), text);
    }

    private TableFile.Cache cache() {
        return new TableFile.Cache(folder.resolve("cache"), "digest");
    }

    private TableFile stored(Path path) {
        return TableFile.read(path, "kind", cache(), 0);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    private static TableLoader.Loaded load(TableFile table, Storage storage) {
        UnaryOperator<Dataset> remaining = train -> train.split(0.1, Seed.of(9)).train();
        return new TableLoader(table, "kind", false)
                .load("large", Seed.of(1), remaining, bytes -> storage);
    }

    private static void assertSame(Split one, Split two) {
        assertThat(one.train().inMemory().inputs().toDoubles())
                .isEqualTo(two.train().inMemory().inputs().toDoubles());
        assertThat(one.test().inMemory().inputs().toDoubles())
                .isEqualTo(two.test().inMemory().inputs().toDoubles());
        assertThat(one.train().targets().toDoubles()).isEqualTo(two.train().targets().toDoubles());
    }

    @Test
    void aLargeTableIsReadOnceAndIsTheSameOnDiskAndInMemory() throws IOException {
        Path path = large();
        TableLoader.Loaded held = load(TableFile.read(path, "kind"), Storage.MEMORY);
        TableFile first = stored(path);
        TableLoader.Loaded streamed = load(first, Storage.DISK);
        assertThat(streamed.split().train().isStreamed()).isTrue();
        assertThat(held.split().train().isStreamed()).isFalse();
        assertThat(streamed.schema()).isEqualTo(held.schema());
        assertThat(streamed.leftOut()).containsExactly("id", "when").isEqualTo(held.leftOut());
        assertSame(streamed.split(), held.split());

        assertThat(kept()).hasSize(1);
        Object made = Files.readAttributes(kept().getFirst(), BasicFileAttributes.class).fileKey();
        TableFile second = stored(path);
        assertThat(Files.readAttributes(kept().getFirst(), BasicFileAttributes.class).fileKey())
                .isEqualTo(made);
        assertThat(second.columns()).hasSize(6);
        TableLoader.Loaded again = load(second, Storage.DISK);
        assertThat(again.schema()).isEqualTo(held.schema());
        assertSame(again.split(), held.split());
    }

    @Test
    void damagedCellsAreMadeAnew() throws IOException {
        Path path = large();
        TableLoader.Loaded good = load(stored(path), Storage.MEMORY);
        Path file = kept().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int cut : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, cut));
            assertThat(CellFile.open(file)).isEmpty();
            assertSame(load(stored(path), Storage.DISK).split(), good.split());
        }
        for (int at : new int[] {whole.length - 1, whole.length - 10, whole.length - 20}) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {99}), at);
            }
            assertThat(CellFile.open(file)).isEmpty();
            Files.write(file, whole);
        }
        assertThat(CellFile.open(file)).isPresent();
    }

    @Test
    void aFaultLeavesNoCellsBehind() throws IOException {
        Path path = large();
        Files.writeString(path, "1,2\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> stored(path))
                .hasMessageContaining("line %d has 2 fields".formatted(ROWS + 2));
        assertThat(kept()).isEmpty();
    }

    private static TableLoader.Loaded with(TableFile table, RowRoles roles) {
        return new TableLoader(table, "kind", false, roles)
                .load("large", Seed.of(1), train -> train, bytes -> Storage.DISK);
    }

    private static String text(TableFile table, int row, String column) {
        int place = table.indexOf(column);
        long cell = table.cells().cell(row, place);
        return Cell.isCoded(cell)
                ? table.columns().get(place).texts().get(Cell.code(cell))
                : Long.toHexString(cell);
    }

    /// There are 5000 groups, more than the words that are counted one by one.
    @Test
    void noGroupIsOnBothSides() throws IOException {
        TableFile table = stored(large());
        RowRoles roles = new RowRoles(Optional.of("id"), Optional.empty(), Optional.empty());
        TableLoader.Loaded loaded = with(table, roles);
        Set<Integer> learned = new HashSet<>();
        for (int row : loaded.split().train().places()) {
            learned.add(row % 5000);
        }
        for (int row : loaded.split().test().places()) {
            assertThat(learned).doesNotContain(row % 5000);
        }
        assertThat((double) loaded.split().test().size()).isBetween(0.19 * ROWS, 0.21 * ROWS);
        assertThat(loaded.schema().columns()).extracting(Column::name).doesNotContain("id");
        assertThat(text(table, 0, "id")).isEqualTo("person-0");
        assertThat(text(table, 4999, "id")).startsWith("fff");
    }

    @Test
    void theLatestRowsAreHeldBack() throws IOException {
        TableFile table = stored(large());
        RowRoles roles = new RowRoles(Optional.empty(), Optional.of("when"), Optional.empty());
        Split split = with(table, roles).split();
        int latest = 0;
        for (int row : split.train().places()) {
            latest = Math.max(latest, second(row));
        }
        for (int row : split.test().places()) {
            assertThat(second(row)).isGreaterThanOrEqualTo(latest);
        }
        assertThat(split.test().size()).isEqualTo(Math.round(0.2 * ROWS));
        assertThat(split.train().isInOrderOfTime()).isTrue();
    }

    private static int second(int row) {
        return 60 * (10 + row % 50) + 10 + row / 50 % 50;
    }

    @Test
    void columnsWithoutTheRoleTheyShouldHaveAreRefused() throws IOException {
        Path path =
                Files.writeString(
                        folder.resolve("a.csv"),
                        "g,t,w,kind\n"
                                + "a,soon,-1,x\nb,2026-01-01,2,y\n,2026-01-02,3,x\n".repeat(9));
        TableFile table = TableFile.read(path, "kind");
        Optional<String> none = Optional.empty();
        assertThatThrownBy(() -> with(table, new RowRoles(Optional.of("h"), none, none)))
                .hasMessageContaining("has no column h; its columns are g, t, w, kind");
        assertThatThrownBy(() -> with(table, new RowRoles(Optional.of("g"), none, none)))
                .hasMessageContaining("column g has no value in 9 rows");
        assertThatThrownBy(() -> with(table, new RowRoles(none, Optional.of("t"), none)))
                .hasMessageContaining("column t holds neither numbers nor dates");
        assertThatThrownBy(() -> with(table, new RowRoles(none, none, Optional.of("w"))))
                .hasMessageContaining("column w gives no weights");
    }

    @Test
    void aFolderOfFilesIsOneTable() throws IOException {
        String rows = "a,b,kind\n1,x,p\n2,y,q\n3,z,p\n";
        Path whole = Files.writeString(folder.resolve("whole.csv"), rows + "4,x,q\n5,y,p\n6,z,q\n");
        Path shards = Files.createDirectory(folder.resolve("shards"));
        Files.writeString(shards.resolve("1.csv"), rows);
        Files.writeString(shards.resolve("2.csv"), "a;b;kind\n4;x;q\n5;y;p\n6;z;q\n");
        Files.writeString(shards.resolve(".hidden"), "?");
        TableFile one = TableFile.read(whole, "kind");
        TableFile many = TableFile.read(shards, "kind");
        assertThat(many.rows()).isEqualTo(6);
        for (int row = 0; row < 6; row++) {
            for (String column : List.of("a", "b", "kind")) {
                assertThat(text(many, row, column)).isEqualTo(text(one, row, column));
            }
        }
        assertThat(TableFile.read(shards, "kind", cache(), 0).rows()).isEqualTo(6);
        Files.writeString(shards.resolve("3.csv"), "a,kind\n7,p\n");
        assertThatThrownBy(() -> TableFile.survey(shards))
                .hasMessageContaining("3.csv: has the columns a, kind, but 1.csv")
                .hasMessageContaining("has a, b, kind");
        Files.writeString(shards.resolve("3.csv"), "a,b,kind\n7,p\n");
        assertThatThrownBy(() -> TableFile.survey(shards))
                .hasMessageContaining("3.csv: line 2 has 2 fields");
    }
}
