package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manabi.formats.FormatException;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;

/// Which trainings a sweep consists of.
///
/// @param data what all of them learn from
/// @param strategy how combinations are chosen
/// @param trials the options of each training, by name
record SweepPlan(String data, Strategy strategy, List<Map<String, String>> trials) {

    private static final Set<String> OWN = Set.of("data", "sweep", "trials", "sweep-seed");
    private static final int MOST = 10_000;

    /// How combinations are chosen.
    enum Strategy {
        /// All of them.
        GRID,
        /// Some of them, at random.
        RANDOM,
        /// All of them for a short time, the better third of them for longer, and so on.
        HALVING
    }

    /// @throws FormatException if the file says nothing that can be done
    static SweepPlan of(ExperimentFile file) {
        Map<String, List<String>> values = file.values();
        String data =
                single(file, "data")
                        .orElseThrow(() -> fault(file, "data: is missing, such as data: mnist"));
        if (!values.containsKey("validation")) {
            throw fault(
                    file,
                    "validation: is missing; a sweep compares validation losses, so that the test"
                            + " data stays unseen; add validation: 0.1");
        }
        Strategy strategy = strategy(file);
        List<Map<String, String>> all = combinations(file);
        if (strategy == Strategy.HALVING && !values.containsKey("epochs")) {
            throw fault(file, "epochs: is missing, of which halving gives the worse ones fewer");
        }
        if (strategy == Strategy.RANDOM) {
            all = chosen(all, number(file, "trials", 10), number(file, "sweep-seed", 0));
        }
        return new SweepPlan(data, strategy, all);
    }

    private static Strategy strategy(ExperimentFile file) {
        return switch (single(file, "sweep").orElse("grid")) {
            case "grid" -> Strategy.GRID;
            case "random" -> Strategy.RANDOM;
            case "halving" -> Strategy.HALVING;
            default -> throw fault(file, "sweep: is one of grid, random, halving");
        };
    }

    private static Optional<String> single(ExperimentFile file, String name) {
        List<String> values = file.values().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw fault(file, name + ": takes one value, not a list");
        }
        return values.stream().findFirst();
    }

    private static int number(ExperimentFile file, String name, int usual) {
        String text = single(file, name).orElse(Integer.toString(usual));
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw fault(file, name + ": " + text + " is not a whole number of 0 or more");
    }

    private static List<Map<String, String>> combinations(ExperimentFile file) {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(Map.of());
        for (Map.Entry<String, List<String>> option : file.values().entrySet()) {
            if (OWN.contains(option.getKey())) {
                continue;
            }
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (String value : option.getValue()) {
                    Map<String, String> longer = new LinkedHashMap<>(one);
                    longer.put(option.getKey(), value);
                    more.add(longer);
                }
            }
            if (more.size() > MOST) {
                throw fault(file, "there are more than " + MOST + " combinations");
            }
            all = more;
        }
        return all;
    }

    private static List<Map<String, String>> chosen(
            List<Map<String, String>> all, int count, int seed) {
        RandomStream random = Seed.of(seed).child("sweep").stream();
        List<Map<String, String>> shuffled = new ArrayList<>(all);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Map<String, String> other = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, other);
        }
        return List.copyOf(shuffled.subList(0, Math.min(Math.max(1, count), shuffled.size())));
    }

    private static FormatException fault(ExperimentFile file, String what) {
        return new FormatException(file.file(), what);
    }
}
