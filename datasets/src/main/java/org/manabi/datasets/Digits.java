package org.manabi.datasets;

import java.util.stream.IntStream;

/// Small handwritten digits: 1797 pictures of 8 × 8 pixels from 0 to 16.
///
/// Source: E. Alpaydin, C. Kaynak, *Optical Recognition of Handwritten Digits* (1998), its test
/// set; UCI Machine Learning Repository; the copy of scikit-learn 1.2.1.
public final class Digits {

    private static final int SIDE = 8;

    private static final TableSource SOURCE =
            new TableSource(
                    "digits",
                    "digits.csv.gz",
                    "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8",
                    TableSource.Header.NONE,
                    IntStream.range(0, SIDE * SIDE)
                            .mapToObj(i -> "pixel_%s_%s".formatted(i / SIDE, i % SIDE))
                            .toList(),
                    Mnist.CLASS_NAMES);

    private Digits() {}

    public static Table load() {
        return SOURCE.load();
    }
}
