package org.manabi.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.tensor.Shape;

class TableTests {

    private static final TableSource SOURCE =
            new TableSource(
                    "pairs",
                    "pairs.csv",
                    "",
                    TableSource.Header.COUNTS_AND_CLASSES,
                    List.of("a", "b"),
                    List.of("no", "yes"));

    private static double mean(Table table, int feature) {
        double sum = 0;
        for (double[] row : table.rows()) {
            sum += row[feature];
        }
        return sum / table.rows().length;
    }

    /// The means as published with the data (iris.names of the UCI repository).
    @Test
    void irisIsFishers() {
        Table iris = Iris.load();
        assertThat(iris).hasToString("iris[150 rows of 4 features, 3 classes]");
        assertThat(iris.dataset().classCounts()).containsExactly(50, 50, 50);
        assertThat(iris.rows()[0]).containsExactly(5.1, 3.5, 1.4, 0.2);
        assertThat(mean(iris, 0)).isCloseTo(5.84, within(0.005));
        assertThat(mean(iris, 2)).isCloseTo(3.76, within(0.005));
    }

    /// Class counts as in scikit-learn's documentation of its toy datasets, as below.
    @Test
    void wineHasItsClasses() {
        Table wine = Wine.load();
        assertThat(wine).hasToString("wine[178 rows of 13 features, 3 classes]");
        assertThat(wine.dataset().classCounts()).containsExactly(59, 71, 48);
        assertThat(wine.featureNames()).endsWith("hue", "od280/od315_of_diluted_wines", "proline");
    }

    @Test
    void breastCancerHasItsClasses() {
        Table cancer = BreastCancer.load();
        assertThat(cancer).hasToString("breast-cancer[569 rows of 30 features, 2 classes]");
        assertThat(cancer.dataset().classCounts()).containsExactly(212, 357);
        assertThat(cancer.featureNames()).startsWith("mean radius", "mean texture");
        assertThat(cancer.featureNames().get(10)).isEqualTo("radius error");
        assertThat(cancer.featureNames()).endsWith("worst fractal dimension");
    }

    @Test
    void digitsHaveTheirClassesAndRange() {
        Table digits = Digits.load();
        assertThat(digits).hasToString("digits[1797 rows of 64 features, 10 classes]");
        assertThat(digits.dataset().classCounts())
                .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        for (double[] row : digits.rows()) {
            for (double pixel : row) {
                assertThat(pixel).isBetween(0.0, 16.0).isEqualTo(Math.rint(pixel));
            }
        }
    }

    @Test
    void tableIsADataset() {
        Dataset dataset = Iris.load().dataset();
        assertThat(dataset.inputs().shape()).isEqualTo(Shape.of(150, 4));
        assertThat(dataset.inputs().get(149, 3)).isEqualTo(1.8);
        assertThat(dataset.label(149)).isEqualTo(2);
        assertThat(dataset.classNames()).containsExactly("setosa", "versicolor", "virginica");
    }

    private static void assertRefused(String text, String fault) {
        assertThatThrownBy(() -> SOURCE.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessage("pairs.csv: " + fault);
    }

    @Test
    void faultyTablesAreRefusedWithTheirLine() {
        assertThat(SOURCE.parse("2,2,no,yes\n1,2,0\n3,4e-1,1\n").labels()).containsExactly(0, 1);
        assertRefused("", "has no rows");
        assertRefused("1,2,no,yes\n1,2\n", "line 2 has 2 cells, not 2 features and a label");
        assertRefused("1,2,no,yes\n1,x,0\n", "line 2: \"x\" is not a finite number");
        assertRefused("1,2,no,yes\n1,NaN,0\n", "line 2: \"NaN\" is not a finite number");
        assertRefused("1,2,no,yes\n1,2,2\n", "line 2: label \"2\" is not one of 0 … 1");
        assertRefused(
                "3,2,no,yes\n1,2,0\n", "line 1 is \"3,2,no,yes\", but the file has \"1,2,no,yes\"");
    }
}
