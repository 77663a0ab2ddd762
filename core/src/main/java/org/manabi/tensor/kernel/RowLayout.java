package org.manabi.tensor.kernel;

/// Rows that are normalized each by itself, and which gain and bias an element has: samples are
/// divided into `groups` rows, and `span` neighbors share a gain.
///
/// @param rows how many, a multiple of `groups`
/// @param groups rows of a sample
/// @param length elements of a row, a multiple of `span`
/// @param span neighbors with one gain
/// @param centered whether the mean is taken off
/// @param epsilon what is added to the variance
public record RowLayout(
        int rows, int groups, int length, int span, boolean centered, double epsilon) {

    /// The gain of the first element of a row.
    int firstGain(int row) {
        return row % groups * gainsOfRow();
    }

    int gainsOfRow() {
        return length / span;
    }
}
