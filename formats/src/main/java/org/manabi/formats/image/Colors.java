package org.manabi.formats.image;

/// What a pixel is made of.
public enum Colors {
    /// One number, its brightness: `0.299 R + 0.587 G + 0.114 B` (ITU-R BT.601).
    GRAY(1),
    /// Red, green and blue.
    RGB(3);

    private final int channels;

    Colors(int channels) {
        this.channels = channels;
    }

    /// How many numbers a pixel has.
    public int channels() {
        return channels;
    }
}
