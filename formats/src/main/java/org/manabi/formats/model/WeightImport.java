package org.manabi.formats.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.manabi.formats.FormatException;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gru;
import org.manabi.layers.Layer;
import org.manabi.layers.MultiHeadSelfAttention;
import org.manabi.layers.Network;
import org.manabi.layers.Summary;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Brings weights of other programs into a network, by their names and shapes:
///
///     conv1.weight, bn.running_mean, fc.bias                PyTorch's state_dict
///     conv2d/kernel:0, dense_1/bias:0, …/moving_mean:0      Keras
///
/// Layers of the same name belong together; then those that only fit each other; then as many layers
/// as fit, whose names differ in their numbers alone, in the order of these. Whatever is open beyond
/// that is refused and never guessed, and so is a matrix that fits in two ways when the layout is not
/// told. Nothing is changed in the network unless all is well.
public final class WeightImport {

    /// Whether all must find its place.
    public enum Extent {
        /// Every tensor of the network gets stored numbers, and none are left over.
        WHOLE,
        /// What does not fit is told and left alone.
        PARTIAL
    }

    private final String file;
    private final Network network;
    private final Optional<WeightLayout> layout;
    private final Map<String, Tensor> targets;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, Shape> flattened = new LinkedHashMap<>();

    private WeightImport(Network network, Optional<WeightLayout> layout, String file) {
        this.file = file;
        this.network = network;
        this.layout = layout;
        this.targets = network.parameters().tensors();
        survey();
    }

    /// Brings stored weights into a network.
    ///
    /// @param stored by their names there
    /// @param layout of the program that stored them; if empty, what fits in one way only is taken
    /// @param names layers of the network by the names of the layers that stored them
    /// @param file where they were stored, for messages
    /// @throws FormatException if the weights do not fit, or there is more than one way to place them
    public static WeightMatches into(
            Network network,
            Map<String, Tensor> stored,
            Optional<WeightLayout> layout,
            Map<String, String> names,
            Extent extent,
            String file) {
        return new WeightImport(network, layout, file).run(stored, names, extent);
    }

    /// Notes which layers there are, and what dense layers get flattened.
    private void survey() {
        List<Summary.Row> rows = network.summary().rows();
        Shape before = network.sampleShape();
        Shape images = null;
        for (Summary.Row row : rows) {
            layers.put(row.path(), row.layer());
            if (row.layer() instanceof Flatten) {
                images = before.rank() == 3 ? before : null;
            } else if (row.output().rank() != 1) {
                images = null;
            }
            Tensor weight = targets.get(joined(row.path(), "weight"));
            if (images != null && weight != null && weight.shape().rank() == 2) {
                if (weight.shape().dim(0) == images.size()) {
                    flattened.put(row.path(), images);
                }
                images = null;
            }
            before = row.output();
        }
    }

    private static String joined(String path, String role) {
        return path.isEmpty() ? role : path + "." + role;
    }

    /// The tensors of the network by its layers and by what they are there.
    private Map<String, Map<String, Tensor>> wanted() {
        Map<String, Map<String, Tensor>> wanted = new LinkedHashMap<>();
        targets.forEach(
                (name, tensor) -> {
                    int end = name.lastIndexOf('.');
                    wanted.computeIfAbsent(
                                    name.substring(0, Math.max(end, 0)),
                                    layer -> new LinkedHashMap<>())
                            .put(name.substring(end + 1), tensor);
                });
        return wanted;
    }

    private WeightMatches run(
            Map<String, Tensor> tensors, Map<String, String> names, Extent extent) {
        StoredWeights stored = new StoredWeights(tensors);
        Map<String, Map<String, Tensor>> wanted = wanted();
        Map<String, String> pairs = new Pairing(wanted, stored).pairs(names);
        List<WeightMatches.Match> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<Runnable> copies = new ArrayList<>();
        Set<String> used = new HashSet<>();
        wanted.forEach(
                (path, roles) -> {
                    Map<String, StoredWeights.Entry> source =
                            pairs.containsKey(path)
                                    ? Objects.requireNonNull(stored.layers().get(pairs.get(path)))
                                    : Map.of();
                    roles.forEach(
                            (role, target) -> {
                                StoredWeights.Entry entry = source.get(role);
                                if (entry == null) {
                                    missing.add(joined(path, role));
                                    return;
                                }
                                WeightAxes axes = axes(path, role, target, entry);
                                matched.add(
                                        new WeightMatches.Match(
                                                joined(path, role),
                                                entry.name(),
                                                entry.tensor().shape(),
                                                target.shape(),
                                                axes.change()));
                                used.add(entry.name());
                                copies.add(() -> axes.copy(entry.tensor(), target));
                                second(role, source, target, used, copies);
                            });
                });
        List<String> leftOver =
                tensors.keySet().stream()
                        .filter(name -> !used.contains(name) && !StoredWeights.isCounter(name))
                        .toList();
        WeightMatches matches = new WeightMatches(matched, missing, leftOver);
        requireAll(matches, extent);
        copies.forEach(Runnable::run);
        return matches;
    }

    /// PyTorch's recurrent layers have two biases, which are added.
    private static void second(
            String role,
            Map<String, StoredWeights.Entry> source,
            Tensor target,
            Set<String> used,
            List<Runnable> copies) {
        StoredWeights.Entry more = source.get(StoredWeights.SECOND_BIAS);
        if (role.equals("bias") && more != null && more.tensor().size() == target.size()) {
            used.add(more.name());
            copies.add(
                    () -> {
                        for (int i = 0; i < target.size(); i++) {
                            target.setFromDouble(
                                    i, target.getAsDouble(i) + more.tensor().getAsDouble(i));
                        }
                    });
        }
    }

    private void requireAll(WeightMatches matches, Extent extent) {
        if (matches.matched().isEmpty()) {
            throw new FormatException(file, "has no weights that fit any layer of the network");
        }
        boolean whole = matches.missing().isEmpty() && matches.leftOver().isEmpty();
        if (extent == Extent.WHOLE && !whole) {
            throw new FormatException(
                    file,
                    (matches.missing().isEmpty()
                                    ? ""
                                    : "has no weights that fit "
                                            + some(matches.missing())
                                            + (matches.leftOver().isEmpty() ? "" : ", and "))
                            + (matches.leftOver().isEmpty()
                                    ? ""
                                    : "has left over " + some(matches.leftOver()))
                            + "; --partial takes what fits");
        }
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(10, names.size())))
                + (names.size() > 10 ? ", …" : "");
    }

    private WeightAxes axes(String path, String role, Tensor target, StoredWeights.Entry entry) {
        List<WeightAxes> ways = ways(path, target, entry);
        if (ways.size() > 1) {
            throw new FormatException(
                    file,
                    ("%s %s fits %s in %d different orders of its numbers; say whose layout it is:"
                                    + " --layout pytorch, keras or manabi")
                            .formatted(
                                    entry.name(),
                                    entry.tensor().shape(),
                                    joined(path, role),
                                    ways.size()));
        }
        return ways.getFirst();
    }

    private List<WeightAxes> ways(String path, Tensor target, StoredWeights.Entry entry) {
        return WeightAxes.fitting(
                Objects.requireNonNull(layers.getOrDefault(path, network.layer())),
                target.shape(),
                entry.tensor().shape(),
                Optional.ofNullable(flattened.get(path)),
                layout);
    }

    /// Finds out which stored layer belongs to which of the network.
    private final class Pairing {

        private final Map<String, Map<String, Tensor>> wanted;
        private final StoredWeights stored;
        private final Map<String, String> pairs = new LinkedHashMap<>();

        Pairing(Map<String, Map<String, Tensor>> wanted, StoredWeights stored) {
            this.wanted = wanted;
            this.stored = stored;
        }

        /// Names of stored layers by paths in the network.
        Map<String, String> pairs(Map<String, String> names) {
            byNames(names);
            for (String path : wanted.keySet()) {
                if (!pairs.containsKey(path) && fits(path, path) && isFree(path)) {
                    pairs.put(path, path);
                }
            }
            while (byShape() || byNumber()) {
                // each pair may leave only one way for others
            }
            for (String path : wanted.keySet()) {
                List<String> open = pairs.containsKey(path) ? List.of() : candidates(path);
                if (!open.isEmpty()) {
                    throw new FormatException(
                            file,
                            ("the weights of layer %s may be those of %s; say which they are, as"
                                            + " by --names %s=%s")
                                    .formatted(path, some(open), open.getFirst(), path));
                }
            }
            return pairs;
        }

        private void byNames(Map<String, String> names) {
            names.forEach(
                    (source, path) -> {
                        if (!stored.layers().containsKey(source)) {
                            throw new FormatException(file, "has no layer " + source);
                        }
                        if (!wanted.containsKey(path)) {
                            throw new FormatException(
                                    file,
                                    "cannot give weights to layer %s; the network has %s"
                                            .formatted(path, some(List.copyOf(wanted.keySet()))));
                        }
                        if (!fits(path, source)) {
                            throw new FormatException(
                                    file,
                                    "the weights of %s do not fit layer %s"
                                            .formatted(source, path));
                        }
                        pairs.put(path, source);
                    });
        }

        /// Layers that only fit each other.
        private boolean byShape() {
            boolean found = false;
            for (String path : wanted.keySet()) {
                List<String> open = pairs.containsKey(path) ? List.of() : candidates(path);
                if (open.size() == 1 && openFor(open.getFirst()).size() == 1) {
                    pairs.put(path, open.getFirst());
                    found = true;
                }
            }
            return found;
        }

        /// As many layers as fit, whose names differ in their numbers alone.
        private boolean byNumber() {
            for (String path : wanted.keySet()) {
                List<String> open = pairs.containsKey(path) ? List.of() : candidates(path);
                if (open.size() < 2) {
                    continue;
                }
                List<String> same = openFor(open.getFirst());
                boolean alike =
                        same.size() == open.size()
                                && same.stream().allMatch(one -> candidates(one).equals(open))
                                && open.stream().map(StoredWeights::stem).distinct().count() == 1;
                if (alike) {
                    for (int i = 0; i < same.size(); i++) {
                        pairs.put(same.get(i), open.get(i));
                    }
                    return true;
                }
            }
            return false;
        }

        private List<String> candidates(String path) {
            return stored.layers().keySet().stream()
                    .filter(source -> isFree(source) && fits(path, source))
                    .toList();
        }

        private List<String> openFor(String source) {
            return wanted.keySet().stream()
                    .filter(path -> !pairs.containsKey(path) && fits(path, source))
                    .toList();
        }

        private boolean isFree(String source) {
            return stored.layers().containsKey(source) && !pairs.containsValue(source);
        }

        private boolean fits(String path, String source) {
            Map<String, StoredWeights.Entry> entries = stored.layers().get(source);
            Layer layer = layers.get(path);
            boolean isForeign = layout.isEmpty() || layout.get() != WeightLayout.MANABI;
            boolean hasOwnOrder = layer instanceof Gru || layer instanceof MultiHeadSelfAttention;
            if (entries == null || (isForeign && hasOwnOrder)) {
                return false;
            }
            for (Map.Entry<String, Tensor> role :
                    Objects.requireNonNull(wanted.get(path)).entrySet()) {
                StoredWeights.Entry entry = entries.get(role.getKey());
                if (entry == null || ways(path, role.getValue(), entry).isEmpty()) {
                    return false;
                }
            }
            return true;
        }
    }
}
