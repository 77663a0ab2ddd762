package org.manabi.datasets;

import java.util.List;
import java.util.stream.Stream;

/// Cells of breast tumors: 569 rows of 30 measurements of their nuclei, malignant or benign.
///
/// Source: W. N. Street, W. H. Wolberg, O. L. Mangasarian, *Nuclear feature extraction for breast
/// tumor diagnosis* (1993); UCI Machine Learning Repository; the copy of scikit-learn 1.2.1.
public final class BreastCancer {

    private static final List<String> MEASUREMENTS =
            List.of(
                    "radius",
                    "texture",
                    "perimeter",
                    "area",
                    "smoothness",
                    "compactness",
                    "concavity",
                    "concave points",
                    "symmetry",
                    "fractal dimension");

    private static final TableSource SOURCE =
            new TableSource(
                    "breast-cancer",
                    "breast-cancer.csv",
                    "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
                    TableSource.Header.COUNTS_AND_CLASSES,
                    Stream.of("mean %s", "%s error", "worst %s")
                            .flatMap(kind -> MEASUREMENTS.stream().map(kind::formatted))
                            .toList(),
                    List.of("malignant", "benign"));

    private BreastCancer() {}

    public static Table load() {
        return SOURCE.load();
    }
}
