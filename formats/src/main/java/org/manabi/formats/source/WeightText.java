package org.manabi.formats.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/// Writes weights as texts of Base64. A text in a class file has at most 65,535 bytes, so there is
/// one for every 12,000 numbers.
final class WeightText {

    private static final int NUMBERS = 12_000;
    private static final int LINE = 96;

    private final StringBuilder text = new StringBuilder();
    private int count;

    /// Adds a field and returns its name.
    String add(float... numbers) {
        String name = "W" + count++;
        text.append("\n    private static final float[] ").append(name).append(" =\n");
        text.append("            weights(");
        for (int from = 0; from < numbers.length; from += NUMBERS) {
            text.append(from == 0 ? "" : ",");
            chunk(numbers, from, Math.min(NUMBERS, numbers.length - from));
        }
        text.append(");\n");
        return name;
    }

    private void chunk(float[] numbers, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers, from, count);
        String encoded = Base64.getEncoder().encodeToString(bytes.array());
        String indent = "\n                    ";
        text.append(indent).append("\"\"\"");
        for (int at = 0; at < encoded.length(); at += LINE) {
            boolean last = at + LINE >= encoded.length();
            text.append(indent).append(encoded, at, Math.min(encoded.length(), at + LINE));
            text.append(last ? "\"\"\"" : "\\");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
