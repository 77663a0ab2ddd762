package org.manabi.datasets;

import java.util.List;

/// Fisher's iris flowers: 150 rows of 4 lengths in centimeters, 50 of each of 3 species.
///
/// Source: R. A. Fisher, *The use of multiple measurements in taxonomic problems* (Annual Eugenics
/// 7, 1936); the copy of scikit-learn 1.2.1.
public final class Iris {

    private static final TableSource SOURCE =
            new TableSource(
                    "iris",
                    "iris.csv",
                    "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449",
                    TableSource.Header.COUNTS_AND_CLASSES,
                    List.of(
                            "sepal length (cm)",
                            "sepal width (cm)",
                            "petal length (cm)",
                            "petal width (cm)"),
                    List.of("setosa", "versicolor", "virginica"));

    private Iris() {}

    public static Table load() {
        return SOURCE.load();
    }
}
