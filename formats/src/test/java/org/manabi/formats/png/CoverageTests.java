package org.manabi.formats.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.formats.ForAll;

class CoverageTests {

    private static double total(Coverage coverage) {
        double sum = 0;
        for (int y = 0; y < coverage.height; y++) {
            for (int x = 0; x < coverage.width; x++) {
                assertThat(coverage.at(x, y)).isBetween(0f, 1f);
                sum += coverage.at(x, y);
            }
        }
        return sum;
    }

    @Test
    void pixelsAreCoveredByTheirPart() {
        Outline rectangle = new Outline();
        rectangle.moveTo(1.25, 1).lineTo(3.5, 1).lineTo(3.5, 2.5).lineTo(1.25, 2.5);
        Coverage coverage = rectangle.coverage(10, 10);
        assertThat(coverage.left).isEqualTo(1);
        assertThat(coverage.top).isEqualTo(1);
        assertThat(coverage.at(0, 0)).isEqualTo(0.75f);
        assertThat(coverage.at(1, 0)).isEqualTo(1f);
        assertThat(coverage.at(2, 0)).isEqualTo(0.5f);
        assertThat(coverage.at(0, 1)).isEqualTo(0.375f);
    }

    /// A triangle's area is half the cross product of two sides.
    @Test
    void coverageOfATriangleIsItsArea() {
        ForAll.seeds(
                300,
                random -> {
                    double[] p = random.doubles(6, 0, 50).toArray();
                    Outline triangle = new Outline();
                    triangle.moveTo(p[0], p[1]).lineTo(p[2], p[3]).lineTo(p[4], p[5]);
                    double area =
                            Math.abs((p[2] - p[0]) * (p[5] - p[1]) - (p[4] - p[0]) * (p[3] - p[1]))
                                    / 2;
                    // floats of at most 50 summands per row, 50 rows
                    assertThat(total(triangle.coverage(50, 50))).isCloseTo(area, within(1e-2));
                });
    }

    @Test
    void holesAreNotCovered() {
        Outline ring = new Outline();
        ring.moveTo(0, 0).lineTo(10, 0).lineTo(10, 10).lineTo(0, 10);
        ring.moveTo(2, 2).lineTo(2, 8).lineTo(8, 8).lineTo(8, 2);
        assertThat(total(ring.coverage(20, 20))).isCloseTo(64, within(1e-3));
    }

    @Test
    void whatLiesOutsideTheCanvasIsCutOff() {
        Outline large = new Outline();
        large.moveTo(-5, -5).lineTo(30, -5).lineTo(30, 30).lineTo(-5, 30);
        assertThat(total(large.coverage(8, 6))).isCloseTo(48, within(1e-3));
        Outline outside = new Outline();
        outside.moveTo(50, 50).lineTo(60, 50).lineTo(60, 60);
        assertThat(total(outside.coverage(8, 6))).isZero();
        assertThat(total(new Outline().coverage(8, 6))).isZero();
    }

    /// A line of length l and thickness t with round ends covers l·t + π(t/2)².
    @Test
    void strokesHaveTheirThickness() {
        ForAll.seeds(
                100,
                random -> {
                    double[] p = random.doubles(4, 10, 90).toArray();
                    double thickness = random.nextDouble(2, 8);
                    Coverage coverage = Coverage.around(0, 0, 100, 100, 100, 100);
                    coverage.stroke(p[0], p[1], p[2], p[3], thickness);
                    double expected =
                            thickness * Math.hypot(p[2] - p[0], p[3] - p[1])
                                    + Math.PI * thickness * thickness / 4;
                    // the edge pixels' coverage is taken from a distance, good to some percent
                    assertThat(total(coverage)).isCloseTo(expected, within(0.03 * expected + 1));
                });
    }
}
