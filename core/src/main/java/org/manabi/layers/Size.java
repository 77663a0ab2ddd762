package org.manabi.layers;

/// A height and a width in elements.
public record Size(int height, int width) {

    /// The same height and width.
    public static Size of(int side) {
        return new Size(side, side);
    }

    /// `3` for a square, otherwise `3×5`.
    @Override
    public String toString() {
        return height == width ? Integer.toString(height) : height + "×" + width;
    }
}
