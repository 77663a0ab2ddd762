package org.manabi.formats.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.ConvTranspose2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Layer;
import org.manabi.layers.Lstm;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// How the axes of a stored tensor become those of a network's: axis `k` of the network's is axis
/// `order[k]` of the stored one; after channels that were last, rows are dealt anew.
final class WeightAxes {

    private final int[] order;
    private final int[] images;

    /// @param images `[C, H, W]` of what was flattened before, if its channels were last; else empty
    private WeightAxes(int[] order, int... images) {
        this.order = order;
        this.images = images;
    }

    /// The ways in which a stored tensor may become one of a network.
    ///
    /// @param flattened `[C, H, W]` of what a dense layer gets flattened, if that is known
    static List<WeightAxes> fitting(
            Layer layer,
            Shape wanted,
            Shape stored,
            Optional<Shape> flattened,
            Optional<WeightLayout> layout) {
        List<WeightAxes> ways = new ArrayList<>();
        for (WeightLayout one : WeightLayout.values()) {
            if (layout.isEmpty() || layout.get() == one) {
                WeightAxes way = of(layer, wanted.rank(), flattened, one);
                if (way.fits(wanted, stored) && !ways.contains(way)) {
                    ways.add(way);
                }
            }
        }
        return ways;
    }

    private static WeightAxes of(
            Layer layer, int rank, Optional<Shape> flattened, WeightLayout layout) {
        boolean isMatrix = rank == 2 && (layer instanceof Dense || layer instanceof Lstm);
        boolean isFilter =
                rank >= 3
                        && (layer instanceof Conv2d
                                || layer instanceof Conv1d
                                || layer instanceof ConvTranspose2d);
        if (layout == WeightLayout.PYTORCH && isMatrix) {
            return new WeightAxes(new int[] {1, 0});
        }
        if (layout == WeightLayout.KERAS && isFilter) {
            return new WeightAxes(rank == 3 ? new int[] {2, 1, 0} : new int[] {3, 2, 0, 1});
        }
        int[] same = IntStream.range(0, rank).toArray();
        return layout == WeightLayout.KERAS && isMatrix && flattened.isPresent()
                ? new WeightAxes(same, flattened.get().toArray())
                : new WeightAxes(same);
    }

    private boolean fits(Shape wanted, Shape stored) {
        boolean fits = wanted.rank() == stored.rank();
        for (int k = 0; fits && k < order.length; k++) {
            fits = wanted.dim(k) == stored.dim(order[k]);
        }
        return fits;
    }

    /// Whether the order of the numbers stays as it is.
    private boolean isPlain() {
        for (int k = 0; k < order.length; k++) {
            if (order[k] != k) {
                return false;
            }
        }
        return images.length == 0 || images[0] == 1 || images[1] * images[2] == 1;
    }

    /// What is done to a tensor, in words; empty if nothing.
    String change() {
        if (isPlain()) {
            return "";
        }
        return images.length > 0
                ? "rows from height, width, channel to channel, height, width"
                : "axes " + Arrays.toString(order);
    }

    /// Puts the stored numbers where they belong.
    void copy(Tensor stored, Tensor target) {
        int rank = order.length;
        int[] strides = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= stored.shape().dim(axis);
        }
        int[] at = new int[rank];
        for (int i = 0; i < target.size(); i++) {
            int from = 0;
            for (int k = 0; k < rank; k++) {
                int place = k == 0 && images.length > 0 ? channelsLast(at[0]) : at[k];
                from += place * strides[order[k]];
            }
            target.setFromDouble(i, stored.getAsDouble(from));
            for (int k = rank - 1; k >= 0 && ++at[k] == target.shape().dim(k); k--) {
                at[k] = 0;
            }
        }
    }

    /// Where a pixel lies when its channels are last.
    private int channelsLast(int row) {
        int pixels = images[1] * images[2];
        return row % pixels * images[0] + row / pixels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightAxes that
                && Arrays.equals(order, that.order)
                && (isPlain() == that.isPlain())
                && (isPlain() || Arrays.equals(images, that.images));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(order);
    }
}
