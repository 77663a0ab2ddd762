package org.manabi.datasets;

import java.util.List;

/// Italian wines: 178 rows of 13 chemical measurements, from 3 growers.
///
/// Source: M. Forina and others, *PARVUS*; UCI Machine Learning Repository; the copy of
/// scikit-learn 1.2.1.
public final class Wine {

    private static final TableSource SOURCE =
            new TableSource(
                    "wine",
                    "wine.csv",
                    "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede",
                    TableSource.Header.COUNTS_AND_CLASSES,
                    List.of(
                            "alcohol",
                            "malic_acid",
                            "ash",
                            "alcalinity_of_ash",
                            "magnesium",
                            "total_phenols",
                            "flavanoids",
                            "nonflavanoid_phenols",
                            "proanthocyanins",
                            "color_intensity",
                            "hue",
                            "od280/od315_of_diluted_wines",
                            "proline"),
                    List.of("class_0", "class_1", "class_2"));

    private Wine() {}

    public static Table load() {
        return SOURCE.load();
    }
}
