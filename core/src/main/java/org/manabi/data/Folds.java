package org.manabi.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Seed;

/// Cross-validation: the samples dealt into k parts, each of which is held back once, while the others
/// are learned from.
///
/// Shuffled by the seed, and for classes stratified: the sizes of any two parts differ by at most 1, and
/// so do the numbers of samples of a class in them. Samples in groups are dealt in whole groups instead.
///
/// Source: Kohavi, *A Study of Cross-Validation and Bootstrap for Accuracy Estimation and Model Selection*
/// (IJCAI 1995).
public final class Folds {

    private final Dataset data;
    private final int count;
    private final int[] foldOfRow;

    private Folds(Dataset data, int count, int[] foldOfRow) {
        this.data = data;
        this.count = count;
        this.foldOfRow = foldOfRow;
    }

    /// Deals the samples.
    ///
    /// @param count k, from 2 to the number of samples
    /// @throws org.manabi.tensor.ShapeException if there are fewer samples, or groups of them, than parts,
    ///     or the samples stand in the order of time
    public static Folds of(Dataset data, int count, Seed seed) {
        Checks.require(
                count >= 2 && count <= data.size(),
                "%d folds of dataset %s: give from 2 to %d, the number of its samples",
                count,
                data.name(),
                data.size());
        Checks.require(
                !data.isInOrderOfTime(),
                "dataset %s stands in the order of time; folds would learn from what came after",
                data.name());
        Optional<int[]> own = data.groupOfRow();
        if (own.isPresent()) {
            return new Folds(data, count, byGroups(data, own.get(), count, seed));
        }
        int[] foldOfRow = new int[data.size()];
        int next = 0;
        int[][] groups = data.groups();
        for (int i = 0; i < groups.length; i++) {
            int[] group = groups[i];
            BatchCursor.shuffle(group, group.length, seed.child(i).stream());
            for (int row : group) {
                foldOfRow[row] = next++ % count;
            }
        }
        return new Folds(data, count, foldOfRow);
    }

    /// Deals whole groups: shuffled, each to the part that has the fewest samples so far.
    private static int[] byGroups(Dataset data, int[] groups, int count, Seed seed) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (int group : groups) {
            sizes.merge(group, 1, Integer::sum);
        }
        Checks.require(
                sizes.size() >= count,
                "dataset %s has %d groups, too few for %d folds of whole groups",
                data.name(),
                sizes.size(),
                count);
        int[] distinct = sizes.keySet().stream().mapToInt(Integer::intValue).toArray();
        BatchCursor.shuffle(distinct, distinct.length, seed.stream());
        long[] dealt = new long[count];
        Map<Integer, Integer> foldOfGroup = new HashMap<>();
        for (int group : distinct) {
            int smallest = 0;
            for (int fold = 1; fold < count; fold++) {
                smallest = dealt[fold] < dealt[smallest] ? fold : smallest;
            }
            dealt[smallest] += sizes.getOrDefault(group, 0);
            foldOfGroup.put(group, smallest);
        }
        return Arrays.stream(groups).map(group -> foldOfGroup.getOrDefault(group, 0)).toArray();
    }

    /// How many parts there are.
    public int count() {
        return count;
    }

    /// The samples to learn from and, as [Split#test], the part that is held back; each in the order of
    /// the data, as a copy.
    ///
    /// @param fold which part is held back, 0 … count − 1
    public Split split(int fold) {
        Checks.require(
                fold >= 0 && fold < count, "there is no fold %d, only 0 … %d", fold, count - 1);
        return new Split(data.select(rows(fold, false)), data.select(rows(fold, true)));
    }

    private int[] rows(int fold, boolean held) {
        int[] rows = new int[foldOfRow.length];
        int size = 0;
        for (int row = 0; row < foldOfRow.length; row++) {
            if ((foldOfRow[row] == fold) == held) {
                rows[size++] = row;
            }
        }
        return Arrays.copyOf(rows, size);
    }
}
