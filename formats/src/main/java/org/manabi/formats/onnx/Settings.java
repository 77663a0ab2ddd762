package org.manabi.formats.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.layers.Padding;
import org.manabi.layers.Size;
import org.manabi.tensor.Checks;
import org.manabi.tensor.ShapeException;

/// The attributes of a node, as the settings of a layer.
final class Settings {

    private final Map<String, OnnxAttribute> attributes;

    Settings(Map<String, OnnxAttribute> attributes) {
        this.attributes = attributes;
    }

    long whole(String name, long otherwise) {
        return switch (attributes.get(name)) {
            case null -> otherwise;
            case OnnxAttribute.Whole(long value) -> value;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    /// As the shortest decimal number that rounds to the float in the file: `0.1`, not
    /// `0.10000000149011612`.
    double real(String name, double otherwise) {
        return switch (attributes.get(name)) {
            case null -> otherwise;
            case OnnxAttribute.Real(float value) -> Double.parseDouble(Float.toString(value));
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    /// Whether a number is absent or this one in float.
    boolean near(String name, double wanted) {
        return Math.abs(real(name, wanted) - wanted) < 1e-6;
    }

    String text(String name, String otherwise) {
        return switch (attributes.get(name)) {
            case null -> otherwise;
            case OnnxAttribute.Text(String value) -> value;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    /// @throws ShapeException if a whole number is given and is another one
    void require(String name, long wanted) {
        long value = whole(name, wanted);
        Checks.require(value == wanted, "%s=%d is no setting of a layer", name, value);
    }

    private List<Long> wholes(String name, List<Long> otherwise) {
        return switch (attributes.get(name)) {
            case null -> otherwise;
            case OnnxAttribute.Wholes(List<Long> values) -> values;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    /// @throws ShapeException unless windows have no gaps
    void requireNoGaps() {
        Checks.require(
                wholes("dilations", List.of()).stream().allMatch(gap -> gap == 1),
                "windows with gaps are not pooled");
    }

    /// Two numbers, rows first.
    ///
    /// @param otherwise if there are none; `null` if they must be given
    Size size(String name, @Nullable Size otherwise) {
        List<Long> values = wholes(name, List.of());
        if (values.isEmpty() && otherwise != null) {
            return otherwise;
        }
        Checks.require(values.size() == 2, "%s=%s are not two numbers", name, values);
        return new Size(Math.toIntExact(values.get(0)), Math.toIntExact(values.get(1)));
    }

    /// The only number, 1 if it is left out.
    int single(String name) {
        List<Long> values = wholes(name, List.of(1L));
        Checks.require(values.size() == 1, "%s=%s is not one number", name, values);
        return Math.toIntExact(values.getFirst());
    }

    Padding padding() {
        List<Long> pads = pads(List.of(0L, 0L, 0L, 0L));
        Checks.require(pads.size() == 4, "pads=%s are not four numbers", pads);
        return same()
                ? Padding.SAME
                : new Padding.Around(at(pads, 0), at(pads, 2), at(pads, 1), at(pads, 3));
    }

    Padding paddingOfSequences() {
        List<Long> pads = pads(List.of(0L, 0L));
        Checks.require(pads.size() == 2, "pads=%s are not two numbers", pads);
        return same() ? Padding.SAME : new Padding.Around(0, 0, at(pads, 0), at(pads, 1));
    }

    private boolean same() {
        String how = text("auto_pad", "NOTSET");
        Checks.require(!how.equals("SAME_LOWER"), "auto_pad=SAME_LOWER is no padding of a layer");
        return how.equals("SAME_UPPER");
    }

    private List<Long> pads(List<Long> none) {
        return text("auto_pad", "NOTSET").equals("VALID") ? none : wholes("pads", none);
    }

    private static int at(List<Long> numbers, int i) {
        return Math.toIntExact(numbers.get(i));
    }

    private static ShapeException wrong(String name, OnnxAttribute other) {
        return new ShapeException("the setting %s=%s is of the wrong type".formatted(name, other));
    }
}
