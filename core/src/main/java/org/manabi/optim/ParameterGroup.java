package org.manabi.optim;

import java.util.regex.Pattern;

/// Parameters with a rule of their own. A parameter belongs to the first group whose pattern fits its
/// name; those that fit none follow the general rule.
///
/// @param names which parameters: a path such as `0.weight`, where `*` stands for any characters
/// @param optimizer their rule, with its own rate and weight decay
public record ParameterGroup(String names, Optimizer optimizer) {

    /// Whether a parameter belongs to this group, by its path.
    boolean holds(String name) {
        return Pattern.matches(
                "\\Q" + names.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E", name);
    }
}
