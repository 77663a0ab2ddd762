package org.manabi.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.data.augment.Augmentation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Samples and what is to be learned of them: labels of classes, or real numbers.
///
/// Inputs may lie as unsigned bytes, as images do in their files; they become floating point only
/// when a batch is gathered, each divided by [#divisor].
public final class Dataset {

    private final String name;
    private final Tensor inputs;
    private final double divisor;
    private final Tensor targets;
    private final List<String> classNames;
    private final @Nullable Augmentation augmentation;

    private Dataset(
            String name,
            Tensor inputs,
            double divisor,
            Tensor targets,
            List<String> classNames,
            @Nullable Augmentation augmentation) {
        Checks.require(
                inputs.shape().rank() >= 1 && inputs.shape().dim(0) > 0,
                "dataset %s is empty: its inputs are %s",
                name,
                inputs.shape());
        Checks.require(
                targets.shape().rank() >= 1 && targets.shape().dim(0) == inputs.shape().dim(0),
                "dataset %s: %d inputs but targets are %s",
                name,
                inputs.shape().dim(0),
                targets.shape());
        Checks.require(
                divisor > 0 && Double.isFinite(divisor),
                "dataset %s: divisor %s is not a number greater than 0",
                name,
                divisor);
        this.name = name;
        this.inputs = inputs;
        this.divisor = divisor;
        this.targets = targets;
        this.classNames = List.copyOf(classNames);
        this.augmentation = augmentation;
    }

    /// A dataset of classes.
    ///
    /// @param inputs `[n, …]`
    /// @param labels `[n]`, each in 0 … classes − 1
    /// @param classNames the names of the classes, in the order of their labels, at least 2
    /// @throws org.manabi.tensor.ShapeException naming the row of a label that is out of range
    public static Dataset ofClasses(
            String name, Tensor inputs, IntTensor labels, List<String> classNames) {
        Checks.require(
                classNames.size() >= 2,
                "dataset %s: at least 2 classes are needed, got %d",
                name,
                classNames.size());
        TargetKind.requireLabels("dataset " + name + ": ", labels.shape());
        for (int row = 0; row < labels.size(); row++) {
            int label = labels.array()[labels.offset() + row];
            Checks.require(
                    label >= 0 && label < classNames.size(),
                    "dataset %s: label %d at row %d is outside 0 … %d",
                    name,
                    label,
                    row,
                    classNames.size() - 1);
        }
        return new Dataset(name, inputs, 1, labels, classNames, null);
    }

    /// A dataset of real numbers.
    ///
    /// @param inputs `[n, …]`
    /// @param values floating `[n, K]`
    /// @throws org.manabi.tensor.ShapeException naming the row of a value that is NaN
    public static Dataset ofValues(String name, Tensor inputs, Tensor values) {
        Checks.require(
                values.dtype().isFloating(),
                "dataset %s: values are floating [n, K], got %s %s",
                name,
                values.dtype(),
                values.shape());
        TargetKind.requireValues("dataset " + name + ": ", values.shape());
        for (int i = 0; i < values.size(); i++) {
            Checks.require(
                    !Double.isNaN(values.getAsDouble(i)),
                    "dataset %s: the value at row %d, column %d is not a number",
                    name,
                    i / values.shape().dim(1),
                    i % values.shape().dim(1));
        }
        return new Dataset(name, inputs, 1, values, List.of(), null);
    }

    /// The same samples with each input divided by a number as a batch is gathered: 255 brings
    /// pixels to 0 … 1.
    public Dataset dividedBy(double number) {
        return new Dataset(name, inputs, divisor * number, targets, classNames, augmentation);
    }

    /// The same samples with each input under another shape.
    public Dataset reshaped(Shape sample) {
        return new Dataset(
                name,
                inputs.reshape(sample.prepend(size())),
                divisor,
                targets,
                classNames,
                augmentation);
    }

    /// The same samples under another name.
    public Dataset named(String other) {
        return new Dataset(other, inputs, divisor, targets, classNames, augmentation);
    }

    /// The same images, changed at random each time that they are learned from. They are measured
    /// as they are.
    ///
    /// @throws org.manabi.tensor.ShapeException if the samples are no images
    public Dataset augmented(Augmentation how) {
        Augmentation.requireImages(sampleShape());
        return new Dataset(name, inputs, divisor, targets, classNames, how);
    }

    /// How samples are changed as they are learned from; nothing if they are not.
    public Optional<Augmentation> augmentation() {
        return Optional.ofNullable(augmentation);
    }

    /// What messages call it.
    public String name() {
        return name;
    }

    /// The number of samples.
    public int size() {
        return inputs.shape().dim(0);
    }

    /// The shape of one input.
    public Shape sampleShape() {
        return inputs.shape().tail();
    }

    /// The inputs as they are stored, before [#divisor].
    public Tensor inputs() {
        return inputs;
    }

    /// What each stored input is divided by.
    public double divisor() {
        return divisor;
    }

    /// The targets: labels int32 `[n]`, or values `[n, K]`.
    public Tensor targets() {
        return targets;
    }

    /// Whether the targets are classes.
    public boolean hasClasses() {
        return !classNames.isEmpty();
    }

    /// The names of the classes in the order of their labels; empty for real numbers.
    public List<String> classNames() {
        return classNames;
    }

    /// The label of one sample; only for classes.
    public int label(int row) {
        return labels().array()[labels().offset() + row];
    }

    /// How many samples each class has; only for classes.
    public int[] classCounts() {
        int[] counts = new int[classNames.size()];
        for (int row = 0; row < size(); row++) {
            counts[label(row)]++;
        }
        return counts;
    }

    /// The labels of all samples, if they have classes.
    public Optional<int[]> classes() {
        return hasClasses()
                ? Optional.of(IntStream.range(0, size()).map(this::label).toArray())
                : Optional.empty();
    }

    private IntTensor labels() {
        if (targets instanceof IntTensor labels && hasClasses()) {
            return labels;
        }
        throw new IllegalStateException("dataset " + name + " has real numbers for targets");
    }

    /// The samples of these rows, as a copy.
    public Dataset select(int[] rows) {
        Tensor chosenInputs = Tensor.zeros(inputs.dtype(), sampleShape().prepend(rows.length));
        Tensor chosenTargets =
                Tensor.zeros(targets.dtype(), targets.shape().tail().prepend(rows.length));
        requireRows(rows, 0, rows.length);
        for (int i = 0; i < rows.length; i++) {
            chosenInputs.rows(i, 1).copyFrom(inputs.rows(rows[i], 1));
            chosenTargets.rows(i, 1).copyFrom(targets.rows(rows[i], 1));
        }
        return new Dataset(name, chosenInputs, divisor, chosenTargets, classNames, augmentation);
    }

    /// The first `count` samples, as a view.
    public Dataset first(int count) {
        return new Dataset(
                name,
                inputs.rows(0, count),
                divisor,
                targets.rows(0, count),
                classNames,
                augmentation);
    }

    /// Writes the samples `rows[from … from + count)` into a batch.
    ///
    /// @param batchInputs floating, `[count, …]`
    /// @param batchTargets of the targets' type (floating types are converted), `[count]` or
    ///     `[count, K]`
    /// @throws org.manabi.tensor.ShapeException if a row does not exist or a batch has another shape
    public void gather(int[] rows, int from, int count, Tensor batchInputs, Tensor batchTargets) {
        gather(Engine.serial(), rows, from, count, batchInputs, batchTargets);
    }

    /// Writes the samples `rows[from … from + count)` into a batch, on an engine's threads.
    ///
    /// @param batchInputs floating, `[count, …]`
    /// @param batchTargets of the targets' type (floating types are converted), `[count]` or
    ///     `[count, K]`
    /// @throws org.manabi.tensor.ShapeException if a row does not exist or a batch has another shape
    public void gather(
            Engine engine,
            int[] rows,
            int from,
            int count,
            Tensor batchInputs,
            Tensor batchTargets) {
        requireRows(rows, from, count);
        requireBatch(inputs, count, batchInputs);
        requireBatch(targets, count, batchTargets);
        Gather.rows(engine, inputs, divisor, rows, from, count, batchInputs);
        Gather.rows(engine, targets, 1, rows, from, count, batchTargets);
    }

    private void requireRows(int[] rows, int from, int count) {
        for (int i = from; i < from + count; i++) {
            int row = rows[i];
            if (row < 0 || row >= size()) {
                throw new ShapeException(
                        "dataset %s has no row %d, only 0 … %d".formatted(name, row, size() - 1));
            }
        }
    }

    private void requireBatch(Tensor all, int count, Tensor batch) {
        if (batch.shape().rank() == 0
                || batch.shape().dim(0) != count
                || batch.size() != count * (all.size() / size())) {
            throw new ShapeException(
                    "dataset %s: %d samples of %s do not fill a batch of shape %s"
                            .formatted(name, count, all.shape().tail(), batch.shape()));
        }
    }

    /// Holds some samples back: shuffled, and for classes in the same proportion of each class.
    ///
    /// @param fraction of the samples that go into [Split#test], greater than 0 and less than 1
    public Split split(double fraction, Seed seed) {
        requireFraction(fraction);
        List<Integer> kept = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        List<List<Integer>> groups = groups();
        for (int i = 0; i < groups.size(); i++) {
            List<Integer> group = groups.get(i);
            shuffle(group, seed.child(i).stream());
            int count = (int) Math.round(group.size() * fraction);
            held.addAll(group.subList(0, count));
            kept.addAll(group.subList(count, group.size()));
        }
        return split(kept, held, fraction);
    }

    private static void requireFraction(double fraction) {
        Checks.require(
                fraction > 0 && fraction < 1,
                "the fraction of samples held back is between 0 and 1, got %s",
                fraction);
    }

    private Split split(List<Integer> kept, List<Integer> held, double fraction) {
        Checks.require(
                !held.isEmpty() && !kept.isEmpty(),
                "dataset %s has too few samples (%d) to hold back %s of them",
                name,
                size(),
                fraction);
        return new Split(select(sorted(kept)), select(sorted(held)));
    }

    /// Holds whole groups back, such as all rows of one patient, so that no group is on both sides.
    ///
    /// @param groups of each sample, any numbers
    /// @param fraction of the samples, as nearly as whole groups allow
    public Split splitByGroups(int[] groups, double fraction, Seed seed) {
        Checks.require(
                groups.length == size(),
                "dataset %s has %d samples, but there are groups of %d",
                name,
                size(),
                groups.length);
        requireFraction(fraction);
        int[] distinct = Arrays.stream(groups).distinct().sorted().toArray();
        BatchCursor.shuffle(distinct, distinct.length, seed.stream());
        Set<Integer> heldGroups = new HashSet<>();
        long count = 0;
        for (int group : distinct) {
            long own = Arrays.stream(groups).filter(other -> other == group).count();
            // Taken if that comes nearer to the fraction than to leave it.
            if (count + own / 2.0 <= fraction * size()) {
                heldGroups.add(group);
                count += own;
            }
        }
        List<Integer> kept = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        for (int row = 0; row < size(); row++) {
            (heldGroups.contains(groups[row]) ? held : kept).add(row);
        }
        return split(kept, held, fraction);
    }

    /// Holds the last samples back, for samples in the order of time: what is learned from is older
    /// than what it is tested on.
    ///
    /// @param fraction of the samples that go into [Split#test], greater than 0 and less than 1
    public Split splitAtEnd(double fraction) {
        requireFraction(fraction);
        int cut = size() - (int) Math.round(size() * fraction);
        return split(
                IntStream.range(0, cut).boxed().toList(),
                IntStream.range(cut, size()).boxed().toList(),
                fraction);
    }

    /// The rows of each class; one group of all rows for real numbers.
    List<List<Integer>> groups() {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < Math.max(1, classNames.size()); i++) {
            groups.add(new ArrayList<>());
        }
        for (int row = 0; row < size(); row++) {
            groups.get(hasClasses() ? label(row) : 0).add(row);
        }
        return groups;
    }

    static void shuffle(List<Integer> rows, RandomStream random) {
        for (int i = rows.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Integer other = rows.set(i, rows.get(j));
            rows.set(j, other);
        }
    }

    private static int[] sorted(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    @Override
    public String toString() {
        return name
                + "["
                + size()
                + " samples of "
                + sampleShape()
                + (hasClasses() ? ", " + classNames.size() + " classes" : "")
                + "]";
    }
}
