package org.manabi.formats.table;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// The [Cell]s of a table, row after row, in memory or in a mapped file.
final class CellStore {

    static final ValueLayout.OfLong LAYOUT =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int PAGE = 4096;

    private final MemorySegment cells;
    private final long rows;
    private final int columns;

    /// @param cells rows × columns × 8 bytes
    CellStore(MemorySegment cells, long rows, int columns) {
        this.cells = cells;
        this.rows = rows;
        this.columns = columns;
    }

    /// The cells in a part of a file, which stay good after it is closed.
    ///
    /// @throws IOException if it cannot be mapped
    static CellStore mapped(FileChannel channel, long from, long rows, int columns)
            throws IOException {
        long bytes = Math.multiplyExact(rows, columns * 8L);
        return new CellStore(
                channel.map(FileChannel.MapMode.READ_ONLY, from, bytes, Arena.ofAuto()),
                rows,
                columns);
    }

    long rows() {
        return rows;
    }

    /// Whether they lie in a file.
    boolean isMapped() {
        return cells.isMapped();
    }

    /// The cell of a row and a column.
    long cell(long row, int column) {
        return cells.get(LAYOUT, (row * columns + column) * 8);
    }

    int columns() {
        return columns;
    }

    /// Copies a row to a place in an array.
    void row(long row, long[] into, int at) {
        MemorySegment.copy(cells, LAYOUT, row * columns * 8, into, at, columns);
    }

    /// Has the pages of a row read, if they are not in memory.
    ///
    /// @return what must be used, so that it is done
    long touch(long row) {
        long first = row * columns * 8;
        long last = first + columns * 8L - 8;
        long sum = 0;
        for (long at = first; at < last; at += PAGE) {
            sum += cells.get(LAYOUT, at);
        }
        return sum + cells.get(LAYOUT, last);
    }
}
