package org.manabi.datasets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The size of an image in pixels, as people write it: width × height.
public record ImageSize(int width, int height) {

    private static final int MAX = 8192;
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:[x×](\\d{1,5}))?");

    public ImageSize {
        if (width < 1 || width > MAX || height < 1 || height > MAX) {
            throw new IllegalArgumentException(
                    "%d × %d pixels; each is 1 … %d".formatted(width, height, MAX));
        }
    }

    /// Reads `28x28`, or `28` for a square.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static ImageSize of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no size; write width and height, such as 28x28".formatted(text));
        }
        int width = Integer.parseInt(matcher.group(1));
        String height = matcher.group(2);
        return new ImageSize(width, height == null ? width : Integer.parseInt(height));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
