package org.manabi.datasets;

/// How pictures and their labels are handed out. The defaults are those of the book's `load_mnist`:
/// pixels from 0 to 1, each picture one row of numbers, labels as class numbers.
///
/// @param pixels the range of the pixels (`normalize`)
/// @param layout the shape of one picture (`flatten`)
/// @param targets the form of the labels (`one_hot_label`)
public record ImageOptions(Pixels pixels, Layout layout, Targets targets) {

    public static final ImageOptions DEFAULTS =
            new ImageOptions(Pixels.ZERO_TO_ONE, Layout.FLAT, Targets.LABELS);

    /// The range of the pixels.
    public enum Pixels {
        /// Bytes divided by 255: the book's `normalize=True`.
        ZERO_TO_ONE,
        /// Bytes as they lie in the file: `normalize=False`.
        ZERO_TO_255
    }

    /// The shape of one picture.
    public enum Layout {
        /// `[height · width]`, so that 28 × 28 pixels are 784 numbers: `flatten=True`.
        FLAT,
        /// `[1, height, width]`, where 1 is the number of channels: `flatten=False`.
        IMAGE
    }

    /// The form of the labels.
    public enum Targets {
        /// The number of the class, such as 7: `one_hot_label=False`.
        LABELS,
        /// 1 at the class's place and 0 elsewhere: `one_hot_label=True`.
        ONE_HOT
    }

    public ImageOptions withPixels(Pixels pixels) {
        return new ImageOptions(pixels, layout, targets);
    }

    public ImageOptions withLayout(Layout layout) {
        return new ImageOptions(pixels, layout, targets);
    }

    public ImageOptions withTargets(Targets targets) {
        return new ImageOptions(pixels, layout, targets);
    }
}
