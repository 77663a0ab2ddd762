package org.manabi.cli.loss;

import java.util.ArrayList;
import java.util.List;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Shape;

/// Reads rows of numbers as people type them: `0.1,0.9` or, for two samples, `0.1,0.9;0.8,0.2`.
final class NumberRows {

    private final Console console;
    private final String option;

    /// @param option the option that the numbers come from, for messages
    NumberRows(Console console, String option) {
        this.console = console;
        this.option = option;
    }

    /// The rows, all of one length, as `[rows, columns]`.
    DoubleTensor matrix(String text) {
        String[] rows = text.split(";", -1);
        List<Double> values = new ArrayList<>();
        int columns = rows[0].split(",", -1).length;
        for (int row = 0; row < rows.length; row++) {
            String[] words = rows[row].split(",", -1);
            if (words.length != columns) {
                throw CommandException.wrongRequest(
                        console.text("loss.error.ragged", option, row, words.length, columns));
            }
            for (int column = 0; column < columns; column++) {
                values.add(number(words[column], row, column));
            }
        }
        return DoubleTensor.of(
                Shape.of(rows.length, columns),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// One integer for each row, separated by `;` or by `,`.
    int[] integers(String text) {
        String[] words = text.split("[;,]", -1);
        int[] values = new int[words.length];
        for (int row = 0; row < words.length; row++) {
            try {
                values[row] = Integer.parseInt(words[row].strip());
            } catch (NumberFormatException e) {
                throw CommandException.wrongRequest(
                        console.text("loss.error.no-integer", option, words[row], row));
            }
        }
        return values;
    }

    private double number(String word, int row, int column) {
        try {
            return Double.parseDouble(word.strip());
        } catch (NumberFormatException e) {
            throw CommandException.wrongRequest(
                    console.text("loss.error.no-number", option, word.strip(), row, column));
        }
    }
}
