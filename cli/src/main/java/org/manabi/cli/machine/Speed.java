package org.manabi.cli.machine;

/// What a machine gives, measured on one thread and on all.
///
/// @param onePeak billions of operations in a second at best, 0 where there are no vectors
/// @param oneGigaflops billions of operations in a second in a matrix product
/// @param oneGigabytes billions of bytes in a second to and from memory
record Speed(
        double onePeak,
        double allPeak,
        double oneGigaflops,
        double allGigaflops,
        double oneGigabytes,
        double allGigabytes) {

    static Speed measure(int processors) {
        SpeedTest.Arithmetic one = SpeedTest.arithmetic(1);
        SpeedTest.Arithmetic all = SpeedTest.arithmetic(processors);
        return new Speed(
                one.peak(),
                all.peak(),
                one.product(),
                all.product(),
                SpeedTest.gigabytes(1),
                SpeedTest.gigabytes(processors));
    }

    /// The product's share of the peak, 0 where there is none.
    double oneShare() {
        return onePeak == 0 ? 0 : oneGigaflops / onePeak;
    }

    double allShare() {
        return allPeak == 0 ? 0 : allGigaflops / allPeak;
    }
}
