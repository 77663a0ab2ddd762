package org.manabi.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.data.augment.Augmentation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Samples and what is to be learned of them: labels of classes, or real numbers.
///
/// Inputs may lie as unsigned bytes, as images do in their files; they become floating point only
/// when a batch is gathered, each divided by [#divisor]. They may also lie outside the memory, as
/// [StoredRows]; then they are read as batches are gathered.
public final class Dataset {

    private final String name;
    private final Inputs inputs;
    private final double divisor;
    private final Tensor targets;
    private final List<String> classNames;
    private final @Nullable Augmentation augmentation;
    private final RowNotes notes;

    private Dataset(
            String name,
            Inputs inputs,
            double divisor,
            Tensor targets,
            List<String> classNames,
            @Nullable Augmentation augmentation,
            RowNotes notes) {
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
        this.notes = notes;
    }

    /// A dataset of classes.
    ///
    /// @param inputs `[n, …]`
    /// @param labels `[n]`, each in 0 … classes − 1
    /// @param classNames the names of the classes, in the order of their labels, at least 2
    /// @throws org.manabi.tensor.ShapeException naming the row of a label that is out of range
    public static Dataset ofClasses(
            String name, Tensor inputs, IntTensor labels, List<String> classNames) {
        return ofClasses(name, new HeldInputs(inputs), labels, classNames);
    }

    /// A dataset of classes whose inputs are read as they are needed.
    ///
    /// @param inputs `[n, …]`
    /// @param labels `[n]`, each in 0 … classes − 1
    /// @param classNames the names of the classes, in the order of their labels, at least 2
    /// @throws org.manabi.tensor.ShapeException naming the row of a label that is out of range
    public static Dataset ofClasses(
            String name, StoredRows inputs, IntTensor labels, List<String> classNames) {
        return ofClasses(name, StreamedInputs.all(inputs), labels, classNames);
    }

    private static Dataset ofClasses(
            String name, Inputs inputs, IntTensor labels, List<String> classNames) {
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
        return new Dataset(name, inputs, 1, labels, classNames, null, RowNotes.NONE);
    }

    /// A dataset of real numbers.
    ///
    /// @param inputs `[n, …]`
    /// @param values floating `[n, K]`
    /// @throws org.manabi.tensor.ShapeException naming the row of a value that is NaN
    public static Dataset ofValues(String name, Tensor inputs, Tensor values) {
        return ofValues(name, new HeldInputs(inputs), values);
    }

    /// A dataset of real numbers whose inputs are read as they are needed.
    ///
    /// @param inputs `[n, …]`
    /// @param values floating `[n, K]`
    /// @throws org.manabi.tensor.ShapeException naming the row of a value that is NaN
    public static Dataset ofValues(String name, StoredRows inputs, Tensor values) {
        return ofValues(name, StreamedInputs.all(inputs), values);
    }

    private static Dataset ofValues(String name, Inputs inputs, Tensor values) {
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
        return new Dataset(name, inputs, 1, values, List.of(), null, RowNotes.NONE);
    }

    /// The same samples with each input divided by a number as a batch is gathered: 255 brings
    /// pixels to 0 … 1.
    public Dataset dividedBy(double number) {
        return new Dataset(
                name, inputs, divisor * number, targets, classNames, augmentation, notes);
    }

    /// The same samples with each input under another shape.
    public Dataset reshaped(Shape sample) {
        return new Dataset(
                name, inputs.reshaped(sample), divisor, targets, classNames, augmentation, notes);
    }

    /// The same samples under another name.
    public Dataset named(String other) {
        return new Dataset(other, inputs, divisor, targets, classNames, augmentation, notes);
    }

    /// The same images, changed at random each time that they are learned from. They are measured
    /// as they are.
    ///
    /// @throws org.manabi.tensor.ShapeException if the samples are no images
    public Dataset augmented(Augmentation how) {
        Augmentation.requireImages(sampleShape());
        return new Dataset(name, inputs, divisor, targets, classNames, how, notes);
    }

    private Dataset noting(RowNotes other) {
        return new Dataset(name, inputs, divisor, targets, classNames, augmentation, other);
    }

    /// The same samples in groups, such as the rows of one patient: each split and each fold takes
    /// whole groups.
    ///
    /// @param groups of each sample, any numbers
    public Dataset grouped(int... groups) {
        requireOneForEach(groups.length, "groups");
        return noting(notes.withGroups(groups));
    }

    /// The same samples, which stand in the order of time: each split holds the latest back.
    public Dataset inOrderOfTime() {
        return noting(notes.withOrder());
    }

    /// The same samples, of which [Sampling#WEIGHTED] draws some more often than others.
    ///
    /// @param weights of each sample, finite, at least 0, and not all 0
    /// @throws ShapeException naming the row of a weight that is none
    public Dataset weighted(double... weights) {
        requireOneForEach(weights.length, "weights");
        return noting(notes.withWeights(name, weights));
    }

    private void requireOneForEach(int count, String what) {
        Checks.require(
                count == size(),
                "dataset %s has %d samples, but there are %s of %d",
                name,
                size(),
                what,
                count);
    }

    /// Whether its samples stand in the order of time.
    public boolean isInOrderOfTime() {
        return notes.ordered();
    }

    /// How often each sample is drawn beside others, if that is said.
    public Optional<double[]> weights() {
        return notes.weights();
    }

    /// The group of each sample, if they have some.
    Optional<int[]> groupOfRow() {
        return notes.groups();
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
    ///
    /// @throws IllegalStateException if they lie outside the memory; [#gather] some then
    public Tensor inputs() {
        return inputs.tensor();
    }

    /// Whether the inputs are read as they are needed, and only some are ever in memory.
    public boolean isStreamed() {
        return inputs instanceof StreamedInputs;
    }

    /// Where each streamed input stands among the [StoredRows].
    ///
    /// @throws IllegalStateException if the inputs are in memory
    public int[] places() {
        if (inputs instanceof StreamedInputs streamed) {
            return streamed.places();
        }
        throw new IllegalStateException("dataset " + name + " is in memory");
    }

    /// The same samples with their inputs read into memory.
    public Dataset inMemory() {
        return new Dataset(
                name,
                inputs instanceof StreamedInputs streamed ? streamed.read() : inputs,
                divisor,
                targets,
                classNames,
                augmentation,
                notes);
    }

    /// One input, divided by [#divisor], as float64, with the shape of a sample.
    public DoubleTensor input(int row) {
        int[] rows = {row};
        requireRows(rows, 0, 1);
        DoubleTensor batch = DoubleTensor.zeros(sampleShape().prepend(1));
        inputs.gather(Engine.serial(), divisor, rows, 0, 1, batch);
        return batch.reshape(sampleShape());
    }

    /// Says that these samples will soon be gathered, so that a disk may begin to read them.
    public void prefetch(int[] rows, int from, int count) {
        inputs.prefetch(rows, from, count);
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

    /// The samples of these rows, as a copy; inputs that are streamed stay where they are.
    public Dataset select(int[] rows) {
        requireRows(rows, 0, rows.length);
        return new Dataset(
                name,
                inputs.select(rows),
                divisor,
                Gather.select(targets, rows),
                classNames,
                augmentation,
                notes.select(rows));
    }

    /// The first `count` samples, as a view.
    public Dataset first(int count) {
        return new Dataset(
                name,
                inputs.first(count),
                divisor,
                targets.rows(0, count),
                classNames,
                augmentation,
                notes.first(count));
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
        requireBatch(inputs.shape(), count, batchInputs);
        requireBatch(targets.shape(), count, batchTargets);
        inputs.gather(engine, divisor, rows, from, count, batchInputs);
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

    private void requireBatch(Shape all, int count, Tensor batch) {
        if (batch.shape().rank() == 0
                || batch.shape().dim(0) != count
                || batch.size() != count * all.tail().size()) {
            throw new ShapeException(
                    "dataset %s: %d samples of %s do not fill a batch of shape %s"
                            .formatted(name, count, all.tail(), batch.shape()));
        }
    }

    /// Holds some samples back: shuffled, and for classes in the same proportion of each class; whole
    /// groups of samples that are [#grouped]; the latest of those [#inOrderOfTime].
    ///
    /// @param fraction of the samples that go into [Split#test], greater than 0 and less than 1
    /// @throws ShapeException if nothing would remain on one of the sides
    public Split split(double fraction, Seed seed) {
        requireFraction(fraction);
        if (notes.ordered()) {
            return splitAtEnd(fraction);
        }
        Optional<int[]> own = notes.groups();
        if (own.isPresent()) {
            return splitByGroups(own.get(), fraction, seed);
        }
        boolean[] held = new boolean[size()];
        int[][] groups = groups();
        for (int i = 0; i < groups.length; i++) {
            int[] group = groups[i];
            BatchCursor.shuffle(group, group.length, seed.child(i).stream());
            int count = (int) Math.round(group.length * fraction);
            for (int k = 0; k < count; k++) {
                held[group[k]] = true;
            }
        }
        return split(held, fraction);
    }

    private static void requireFraction(double fraction) {
        Checks.require(
                fraction > 0 && fraction < 1,
                "the fraction of samples held back is between 0 and 1, got %s",
                fraction);
    }

    private Split split(boolean[] held, double fraction) {
        int count = 0;
        for (boolean one : held) {
            count += one ? 1 : 0;
        }
        Checks.require(
                count > 0 && count < size(),
                "dataset %s has too few samples (%d) to hold back %s of them",
                name,
                size(),
                fraction);
        return new Split(
                select(rows(held, false, size() - count)), select(rows(held, true, count)));
    }

    private static int[] rows(boolean[] held, boolean wanted, int count) {
        int[] rows = new int[count];
        int next = 0;
        for (int row = 0; row < held.length; row++) {
            if (held[row] == wanted) {
                rows[next++] = row;
            }
        }
        return rows;
    }

    /// Holds whole groups back, such as all rows of one patient, so that no group is on both sides.
    ///
    /// @param groups of each sample, any numbers
    /// @param fraction of the samples, as nearly as whole groups allow
    /// @throws ShapeException if nothing would remain on one of the sides
    public Split splitByGroups(int[] groups, double fraction, Seed seed) {
        requireOneForEach(groups.length, "groups");
        requireFraction(fraction);
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (int group : groups) {
            sizes.merge(group, 1, Integer::sum);
        }
        Checks.require(
                sizes.size() > 1,
                "dataset %s has only one group, so that none can be held back",
                name);
        int[] distinct = sizes.keySet().stream().mapToInt(Integer::intValue).toArray();
        BatchCursor.shuffle(distinct, distinct.length, seed.stream());
        Set<Integer> heldGroups = new HashSet<>();
        long count = 0;
        for (int group : distinct) {
            int own = sizes.getOrDefault(group, 0);
            // Taken if that comes nearer to the fraction than to leave it.
            if (count + own / 2.0 <= fraction * size()) {
                heldGroups.add(group);
                count += own;
            }
        }
        boolean[] held = new boolean[size()];
        for (int row = 0; row < size(); row++) {
            held[row] = heldGroups.contains(groups[row]);
        }
        return split(held, fraction);
    }

    /// Holds the last samples back, for samples in the order of time: what is learned from is older
    /// than what it is tested on.
    ///
    /// @param fraction of the samples that go into [Split#test], greater than 0 and less than 1
    /// @throws ShapeException if nothing would remain on one of the sides
    public Split splitAtEnd(double fraction) {
        requireFraction(fraction);
        boolean[] held = new boolean[size()];
        Arrays.fill(held, size() - (int) Math.round(size() * fraction), size(), true);
        return split(held, fraction);
    }

    /// The rows of each class; one group of all rows for real numbers.
    int[][] groups() {
        int[][] groups = new int[Math.max(1, classNames.size())][];
        int[] next = hasClasses() ? classCounts() : new int[] {size()};
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new int[next[i]];
        }
        for (int row = size() - 1; row >= 0; row--) {
            int group = hasClasses() ? label(row) : 0;
            groups[group][--next[group]] = row;
        }
        return groups;
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
