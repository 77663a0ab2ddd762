package org.manabi.formats.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The methods from which generated classes are put together: those that a network needs, and those
/// that they need in turn.
final class KernelText {

    private static final String MARK = "//// ";

    private record Kernel(List<String> needs, String text) {}

    private static final Map<String, Kernel> ALL = read();

    private final Set<String> used = new TreeSet<>();

    private static Map<String, Kernel> read() {
        try (InputStream in = KernelText.class.getResourceAsStream("kernels.txt")) {
            if (in == null) {
                throw new IllegalStateException("kernels.txt is not beside its class");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Kernel> all = new LinkedHashMap<>();
            for (String part : text.split("(?m)^" + MARK, -1)) {
                if (!part.isBlank()) {
                    int end = part.indexOf('\n');
                    List<String> names = List.of(part.substring(0, end).strip().split(" ", -1));
                    String method = part.substring(end + 1).stripTrailing() + "\n";
                    all.put(
                            names.getFirst(),
                            new Kernel(names.subList(1, names.size()), "\n" + method));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void use(String name) {
        Kernel kernel = ALL.get(name);
        if (kernel == null) {
            throw new IllegalArgumentException("there is no kernel " + name);
        }
        if (used.add(name)) {
            kernel.needs().forEach(this::use);
        }
    }

    /// The methods, in the order of the file.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        ALL.forEach((name, kernel) -> text.append(used.contains(name) ? kernel.text() : ""));
        return text.toString();
    }
}
