package org.manabi.formats.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.manabi.tensor.Tensor;

/// Stored weights by the layers that their names tell, and by what they are there.
final class StoredWeights {

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /// What other programs call the weights of a layer.
    private static final Map<String, String> ROLES =
            Map.ofEntries(
                    Map.entry("kernel", "weight"),
                    Map.entry("gamma", "weight"),
                    Map.entry("embeddings", "weight"),
                    Map.entry("beta", "bias"),
                    Map.entry("running_mean", "runningMean"),
                    Map.entry("moving_mean", "runningMean"),
                    Map.entry("running_var", "runningVariance"),
                    Map.entry("moving_variance", "runningVariance"),
                    Map.entry("weight_ih_l0", "weight"),
                    Map.entry("weight_hh_l0", "recurrentWeight"),
                    Map.entry("recurrent_kernel", "recurrentWeight"),
                    Map.entry("bias_ih_l0", "bias"),
                    Map.entry("bias_hh_l0", "bias_hh_l0"));

    /// A bias that is added to the other one of the same layer.
    static final String SECOND_BIAS = "bias_hh_l0";

    /// How many batches were seen, which no computation needs.
    private static final String COUNTER = "num_batches_tracked";

    /// A stored tensor under its full name.
    record Entry(String name, Tensor tensor) {}

    private final Map<String, Map<String, Entry>> layers =
            new TreeMap<>(Comparator.comparing(StoredWeights::ordered).thenComparing(name -> name));

    StoredWeights(Map<String, Tensor> tensors) {
        tensors.forEach(
                (name, tensor) -> {
                    String plain =
                            name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
                    int end = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('/'));
                    String role = plain.substring(end + 1);
                    if (!isCounter(name)) {
                        layers.computeIfAbsent(
                                        plain.substring(0, Math.max(end, 0)),
                                        layer -> new LinkedHashMap<>())
                                .put(ROLES.getOrDefault(role, role), new Entry(name, tensor));
                    }
                });
    }

    /// Whether a name is of a number that no network needs.
    static boolean isCounter(String name) {
        return name.endsWith(COUNTER);
    }

    /// The layers in the order of their names, in which 10 comes after 9.
    Map<String, Map<String, Entry>> layers() {
        return layers;
    }

    /// A name whose numbers sort as numbers do. What has no number comes first, as `dense` before
    /// `dense_1`.
    private static String ordered(String name) {
        return DIGITS.matcher(name).replaceAll(digits -> padded(digits.group()));
    }

    private static String padded(String digits) {
        return "0".repeat(Math.max(0, 20 - digits.length())) + digits;
    }

    /// A name without its numbers, which layers of the same kind have in common.
    static String stem(String name) {
        return DIGITS.matcher(name).replaceAll((MatchResult digits) -> "").replaceAll("_$", "");
    }
}
