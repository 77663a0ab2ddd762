package org.manabi.formats.model;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.Shape;

/// Which stored weights went into a network, and which did not.
///
/// @param matched in the order of the network
/// @param missing names of the network for which there were none; they are as they were
/// @param leftOver names of stored weights that were not needed
public record WeightMatches(List<Match> matched, List<String> missing, List<String> leftOver) {

    public WeightMatches {
        matched = List.copyOf(matched);
        missing = List.copyOf(missing);
        leftOver = List.copyOf(leftOver);
    }

    /// One tensor of the network.
    ///
    /// @param name in the network
    /// @param source its stored name
    /// @param stored the shape in which it was stored
    /// @param shape the shape that it has now
    /// @param change what was done to it; empty if nothing
    public record Match(String name, String source, Shape stored, Shape shape, String change) {}

    /// A table with a line for each name.
    @Override
    public String toString() {
        List<String[]> lines = new ArrayList<>();
        for (Match match : matched) {
            lines.add(
                    new String[] {
                        match.name(),
                        match.shape().toString(),
                        match.source(),
                        match.stored().toString(),
                        match.change()
                    });
        }
        missing.forEach(name -> lines.add(new String[] {name, "", "missing", "", ""}));
        leftOver.forEach(name -> lines.add(new String[] {"left over", "", name, "", ""}));
        int[] widths = new int[5];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        List<String> texts = new ArrayList<>();
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line[i]).repeat(" ", widths[i] - line[i].length() + 2);
            }
            texts.add(text.toString().stripTrailing());
        }
        return String.join("\n", texts);
    }
}
