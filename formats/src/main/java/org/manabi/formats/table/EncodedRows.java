package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.manabi.data.StoredRows;
import org.manabi.tensor.DType;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The rows of a table as the network is shown them, made of their cells whenever they are read.
final class EncodedRows implements StoredRows {

    /// A row that takes longer to be read than this came from the disk, not from memory.
    private static final long SLOW_NANOSECONDS = 20_000;

    private static final int BLOCK = 64;

    private final CellStore cells;
    private final NumberSlot[] numbers;
    private final Word[] words;
    private final int width;
    private final Lookahead lookahead = new Lookahead();
    private final AtomicReference<long @Nullable []> spare = new AtomicReference<>();
    private volatile boolean slow;

    /// @param table that the cells are of
    /// @param columns that the network is shown
    EncodedRows(TableFile table, List<Column> columns) {
        cells = table.cells();
        List<NumberSlot> allNumbers = new ArrayList<>();
        List<Word> allWords = new ArrayList<>();
        int at = 0;
        for (Column column : columns) {
            int place = table.indexOf(column.name());
            List<String> texts = table.columns().get(place).texts();
            switch (column) {
                case Column.Numeric numeric ->
                        allNumbers.add(new NumberSlot(place, at, numeric, numbers(texts)));
                case Column.Categorical levels -> allWords.add(new Word(place, at, levels, texts));
            }
            at += column.width();
        }
        numbers = allNumbers.toArray(NumberSlot[]::new);
        words = allWords.toArray(Word[]::new);
        width = at;
    }

    /// What is known of the numbers that have codes.
    static double[] numbers(List<String> texts) {
        return texts.stream().mapToDouble(Cells::number).toArray();
    }

    /// The number of a cell of a numeric column; NaN if it is missing.
    ///
    /// @param numbers by their codes
    static double number(long cell, double[] numbers) {
        return Cell.isCoded(cell) ? numbers[Cell.code(cell)] : Double.longBitsToDouble(cell);
    }

    /// Makes a number of the cell of a numeric column.
    private static final class NumberSlot {

        private final int place;
        private final int at;
        private final Column.Numeric column;
        private final double[] numbers;

        NumberSlot(int place, int at, Column.Numeric column, double[] numbers) {
            this.place = place;
            this.at = at;
            this.column = column;
            this.numbers = numbers;
        }

        void encode(long[] block, int columns, int size, float[] out, int start, int width) {
            double mean = column.mean();
            double scale = column.scale();
            for (int i = 0; i < size; i++) {
                double value = number(block[i * columns + place], numbers);
                // As Column.Numeric.scaled does; the loader has seen that no number is too far.
                out[start + i * width + at] =
                        Double.isNaN(value) ? 0 : (float) ((value - mean) / scale);
            }
        }
    }

    /// Makes a number for each word of the cell of a categorical column.
    private static final class Word {

        private final int place;
        private final int at;
        private final int levels;
        private final int[] levelOfCode;

        Word(int place, int at, Column.Categorical column, List<String> texts) {
            this.place = place;
            this.at = at;
            levels = column.width();
            Map<String, Integer> level = new HashMap<>();
            for (int i = 0; i < levels; i++) {
                level.put(column.levels().get(i), i);
            }
            levelOfCode = texts.stream().mapToInt(text -> level.getOrDefault(text, -1)).toArray();
        }

        void encode(long[] block, int columns, int size, float[] out, int start, int width) {
            for (int i = 0; i < size; i++) {
                int to = start + i * width + at;
                Arrays.fill(out, to, to + levels, 0);
                long cell = block[i * columns + place];
                int level = Cell.isCoded(cell) ? levelOfCode[Cell.code(cell)] : -1;
                if (level >= 0) {
                    out[to + level] = 1;
                }
            }
        }
    }

    @Override
    public Shape shape() {
        return Shape.of((int) cells.rows(), width);
    }

    @Override
    public DType dtype() {
        return DType.FLOAT32;
    }

    /// Rows are copied a block at a time, so that the processor waits for many of them at once, then made
    /// numbers column by column.
    @Override
    public void read(int[] rows, int from, int count, Tensor into) {
        float[] out = ((FloatTensor) into).array();
        int columns = cells.columns();
        long[] kept = spare.getAndSet(null);
        long[] block = kept == null ? new long[BLOCK * columns] : kept;
        long began = System.nanoTime();
        for (int first = 0; first < count; first += BLOCK) {
            int size = Math.min(BLOCK, count - first);
            for (int i = 0; i < size; i++) {
                cells.row(rows[from + first + i], block, i * columns);
            }
            int start = into.offset() + first * width;
            for (NumberSlot number : numbers) {
                number.encode(block, columns, size, out, start, width);
            }
            for (Word word : words) {
                word.encode(block, columns, size, out, start, width);
            }
        }
        slow = System.nanoTime() - began > count * SLOW_NANOSECONDS;
        spare.set(block);
    }

    @Override
    public void prefetch(int[] rows, int from, int count) {
        // Where all rows are in memory already, one more thread would only be in the way.
        if (slow && cells.isMapped()) {
            lookahead.touch(Arrays.copyOfRange(rows, from, from + count));
        }
    }

    /// Has rows read from the disk on a thread of its own, which ends when nothing more is to be done. What
    /// it does not manage is left to whoever needs the rows.
    private final class Lookahead {

        private static final int WAITING = 16;

        private final ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        1,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("manabi-lookahead").factory(),
                        new ThreadPoolExecutor.DiscardPolicy());

        /// Keeps the compiler from leaving out what is read.
        @SuppressWarnings("UnusedVariable")
        private volatile long sum;

        Lookahead() {
            thread.allowCoreThreadTimeOut(true);
        }

        void touch(int... rows) {
            thread.execute(
                    () -> {
                        long all = 0;
                        for (int row : rows) {
                            all += cells.touch(row);
                        }
                        sum = all;
                    });
        }
    }
}
