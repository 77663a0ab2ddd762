package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.manabi.data.StoredRows;
import org.manabi.tensor.DType;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The rows of a table as the network is shown them, made of their cells whenever they are read.
final class EncodedRows implements StoredRows {

    private final CellStore cells;
    private final List<Encoder> encoders = new ArrayList<>();
    private final int width;
    private final Lookahead lookahead = new Lookahead();

    /// @param table that the cells are of
    /// @param columns that the network is shown
    EncodedRows(TableFile table, List<Column> columns) {
        cells = table.cells();
        int at = 0;
        for (Column column : columns) {
            int place = table.indexOf(column.name());
            List<String> texts = table.columns().get(place).texts();
            encoders.add(
                    switch (column) {
                        case Column.Numeric numeric ->
                                new Number(place, at, numeric, numbers(texts));
                        case Column.Categorical words -> new Word(place, at, words, texts);
                    });
            at += column.width();
        }
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

    /// Makes the numbers of one cell of each row.
    private sealed interface Encoder {

        void encode(long row, float[] out, int start);
    }

    private final class Number implements Encoder {

        private final int place;
        private final int at;
        private final Column.Numeric column;
        private final double[] numbers;

        Number(int place, int at, Column.Numeric column, double[] numbers) {
            this.place = place;
            this.at = at;
            this.column = column;
            this.numbers = numbers;
        }

        @Override
        public void encode(long row, float[] out, int start) {
            double value = number(cells.cell(row, place), numbers);
            out[start + at] = Double.isNaN(value) ? 0 : column.scaled(value);
        }
    }

    private final class Word implements Encoder {

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

        @Override
        public void encode(long row, float[] out, int start) {
            Arrays.fill(out, start + at, start + at + levels, 0);
            long cell = cells.cell(row, place);
            int level = Cell.isCoded(cell) ? levelOfCode[Cell.code(cell)] : -1;
            if (level >= 0) {
                out[start + at + level] = 1;
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

    @Override
    public void read(int[] rows, int from, int count, Tensor into) {
        float[] out = ((FloatTensor) into).array();
        int start = into.offset();
        for (int i = from; i < from + count; i++) {
            for (Encoder encoder : encoders) {
                encoder.encode(rows[i], out, start);
            }
            start += width;
        }
    }

    @Override
    public void prefetch(int[] rows, int from, int count) {
        if (cells.isMapped()) {
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
