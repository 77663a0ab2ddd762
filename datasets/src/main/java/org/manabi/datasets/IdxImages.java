package org.manabi.datasets;

import org.manabi.formats.idx.IdxArray;

/// Pictures and labels to learn from and to test on, as they lie in their four files.
///
/// @param trainImages `UINT8[n, height, width]`
/// @param trainLabels `UINT8[n]`
/// @param testImages `UINT8[m, height, width]`
/// @param testLabels `UINT8[m]`
public record IdxImages(
        IdxArray trainImages, IdxArray trainLabels, IdxArray testImages, IdxArray testLabels) {}
