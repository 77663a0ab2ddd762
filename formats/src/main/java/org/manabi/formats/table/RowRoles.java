package org.manabi.formats.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;

/// Columns that say which rows belong together, when they happened, and how much they count. A network
/// does not learn from them.
///
/// @param group rows with the same value go to the same side of each split
/// @param time the latest rows are held back; a number, or a date as ISO 8601 writes it
/// @param weight how often a row is drawn beside others by weighted sampling
public record RowRoles(Optional<String> group, Optional<String> time, Optional<String> weight) {

    public RowRoles {
        if (group.isPresent() && time.isPresent()) {
            throw new IllegalArgumentException(
                    "rows are held back either by groups or by time, not by both");
        }
    }

    /// No such columns.
    public static final RowRoles NONE =
            new RowRoles(Optional.empty(), Optional.empty(), Optional.empty());

    /// Whether a column has such a role.
    boolean has(String name) {
        return Stream.of(group, time, weight).flatMap(Optional::stream).anyMatch(name::equals);
    }

    /// What the columns say of a table's rows.
    ///
    /// @throws FormatException if there is no such column, or a row lacks what it should say
    Found find(TableFile table) {
        return new Found(
                group.map(name -> groups(table, name)).orElse(null),
                time.map(name -> order(table, name)).orElse(null),
                weight.map(name -> weights(table, name)).orElse(null));
    }

    private static int place(TableFile table, String name) {
        int place = table.indexOf(name);
        if (place < 0) {
            throw table.fault(
                    "has no column %s; its columns are %s"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            table.columns().stream()
                                                    .map(ColumnSurvey::name)
                                                    .toList())));
        }
        long missing = table.columns().get(place).missing();
        if (missing > 0) {
            throw table.fault(
                    "column %s has no value in %d rows; fill them in or remove the rows"
                            .formatted(name, missing));
        }
        return place;
    }

    private static int[] groups(TableFile table, String name) {
        int place = place(table, name);
        CellStore cells = table.cells();
        // The same text may stand once as a code and, where there are too many, later as itself.
        long[] plain =
                table.columns().get(place).texts().stream()
                        .mapToLong(ColumnSurvey::plain)
                        .toArray();
        Map<Long, Integer> numbers = new HashMap<>();
        int[] groups = new int[(int) table.rows()];
        for (int row = 0; row < groups.length; row++) {
            long cell = cells.cell(row, place);
            groups[row] =
                    numbers.computeIfAbsent(
                            Cell.isCoded(cell) ? plain[Cell.code(cell)] : cell,
                            _ -> numbers.size());
        }
        return groups;
    }

    private static int[] order(TableFile table, String name) {
        int place = place(table, name);
        ColumnSurvey survey = table.columns().get(place);
        if (!survey.isNumeric() && !survey.isTime()) {
            throw table.fault(
                    ("column %s holds neither numbers nor dates such as 2026-01-31 or"
                                    + " 2026-01-31T12:00:00 in all rows, so that it gives no order"
                                    + " of time")
                            .formatted(name));
        }
        double[] moments =
                survey.isNumeric()
                        ? EncodedRows.numbers(survey.texts())
                        : survey.texts().stream().mapToDouble(Moments::seconds).toArray();
        CellStore cells = table.cells();
        double[] time = new double[(int) table.rows()];
        for (int row = 0; row < time.length; row++) {
            time[row] = EncodedRows.number(cells.cell(row, place), moments);
        }
        return IntStream.range(0, time.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> time[row])) // Stable.
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] weights(TableFile table, String name) {
        int place = place(table, name);
        ColumnSurvey survey = table.columns().get(place);
        if (!survey.isNumeric() || survey.min() < 0 || survey.max() == 0) {
            throw table.fault(
                    "column %s gives no weights: these are numbers of at least 0, and not all 0"
                            .formatted(name));
        }
        double[] numbers = EncodedRows.numbers(survey.texts());
        double[] weights = new double[(int) table.rows()];
        Arrays.setAll(weights, row -> EncodedRows.number(table.cells().cell(row, place), numbers));
        return weights;
    }

    /// What was found, row by row.
    static final class Found {

        private final int @Nullable [] groups;
        private final int @Nullable [] order;
        private final double @Nullable [] weights;

        Found(int @Nullable [] groups, int @Nullable [] order, double @Nullable [] weights) {
            this.groups = groups;
            this.order = order;
            this.weights = weights;
        }

        /// All rows, with what is known of them, in the order of time if there is one.
        Dataset note(Dataset rows) {
            Dataset noted = mark(rows);
            return order == null ? noted : noted.select(order).inOrderOfTime();
        }

        /// Some of all rows, with what is known of them.
        ///
        /// @param places of the rows in the table, in the order of time if there is one
        Dataset part(Dataset rows, int[] places) {
            Dataset part = mark(rows).select(places);
            return order == null ? part : part.inOrderOfTime();
        }

        private Dataset mark(Dataset rows) {
            Dataset marked = rows;
            if (groups != null) {
                marked = marked.grouped(groups);
            }
            return weights == null ? marked : marked.weighted(weights);
        }
    }
}
