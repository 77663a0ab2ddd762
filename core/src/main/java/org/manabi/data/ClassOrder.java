package org.manabi.data;

import java.util.Arrays;
import java.util.Comparator;
import org.manabi.tensor.RandomStream;

/// Orders of samples that heed their classes.
final class ClassOrder {

    /// The rows of each class that has any.
    private final int[][] rows;

    private final int size;

    ClassOrder(int... labels) {
        size = labels.length;
        int[] counts = new int[Arrays.stream(labels).max().orElse(-1) + 1];
        for (int label : labels) {
            counts[label]++;
        }
        int[][] byClass = new int[counts.length][];
        for (int k = 0; k < counts.length; k++) {
            byClass[k] = new int[counts[k]];
        }
        for (int row = size - 1; row >= 0; row--) {
            byClass[labels[row]][--counts[labels[row]]] = row;
        }
        rows = Arrays.stream(byClass).filter(own -> own.length > 0).toArray(int[][]::new);
    }

    /// Lays the classes evenly: the j-th of a class's n shuffled samples goes to the place
    /// `(j + ½) / n` of the epoch.
    void stratify(int[] order, RandomStream stream) {
        double[] places = new double[size];
        Integer[] all = new Integer[size];
        int at = 0;
        for (int[] own : rows) {
            int[] shuffled = own.clone();
            BatchCursor.shuffle(shuffled, shuffled.length, stream);
            for (int j = 0; j < shuffled.length; j++) {
                places[shuffled[j]] = (j + 0.5) / shuffled.length;
                all[at++] = shuffled[j];
            }
        }
        // Stable: at the same place the classes keep their order.
        Arrays.sort(all, Comparator.comparingDouble(row -> places[row]));
        for (int i = 0; i < size; i++) {
            order[i] = all[i];
        }
    }

    /// Draws each sample by its class.
    void balance(int[] order, RandomStream stream) {
        for (int i = 0; i < size; i++) {
            int[] own = rows[stream.nextInt(rows.length)];
            order[i] = own[stream.nextInt(own.length)];
        }
    }
}
