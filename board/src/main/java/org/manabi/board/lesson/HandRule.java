package org.manabi.board.lesson;

import java.util.function.Predicate;
import org.manabi.data.Dataset;

/// A person's rules for telling digits, thought out while looking at training pictures: the first
/// that holds decides. Nothing of it is learned by a machine.
public enum HandRule {
    TWO_HOLES(8, t -> t.holes() >= 2),
    THIN(1, t -> t.holes() == 0 && t.tallness() > 2.3),
    LARGE_HOLE(0, t -> t.holes() == 1 && t.holeShare() > 0.2),
    HOLE_ON_A_LEG(9, t -> t.holes() == 1 && t.holeHeight() < 0.47 && t.lowerLeft() > 0.35),
    LOOP_AT_THE_FOOT(
            2,
            t ->
                    t.holes() == 1
                            && t.holeHeight() > 0.5
                            && t.upperLeft() > 0.4
                            && t.upperLeft() > t.upperRight()),
    HOLE_UNDER_AN_ARC(
            6,
            t ->
                    t.holes() == 1
                            && t.holeHeight() > 0.5
                            && t.upperRight() > 0.4
                            && t.topWidth() < 0.6),
    HOLE_OF_SOME_SIZE(0, t -> t.holes() == 1 && t.holeShare() > 0.1),
    SMALL_HOLE(8, t -> t.holes() == 1),
    OPEN_ABOVE(4, t -> t.above() > 0.35 && t.upperStrokes() > 1.4 && t.lowerStrokes() < 1.5),
    OPEN_LEFT_THEN_RIGHT(
            2,
            t ->
                    t.upperLeft() > 0.4
                            && t.lowerRight() > 0.35
                            && t.upperRight() < 0.4
                            && t.bottomWidth() > 0.6),
    OPEN_RIGHT_THEN_LEFT(
            5, t -> t.upperRight() > 0.4 && t.lowerLeft() > 0.4 && t.upperLeft() < 0.35),
    ROOF_ON_A_LEG(
            7,
            t ->
                    t.upperLeft() > 0.3
                            && t.topWidth() > 0.5
                            && t.bottomWidth() < 0.45
                            && t.lowerLeft() > 0.2
                            && t.lowerRight() > 0.15),
    OPEN_LEFT_TWICE(3, t -> t.upperLeft() > 0.4 && t.lowerLeft() > 0.4 && t.lowerRight() < 0.4),
    OPEN_UPPER_RIGHT(6, t -> t.upperRight() > 0.4 && t.lowerLeft() < 0.3),
    TWO_SIDES(0, t -> t.middleStrokes() > 1.6 && t.lowerStrokes() > 1.5),
    OPEN_LOWER_LEFT(7, t -> t.lowerLeft() > 0.35 && t.upperLeft() < 0.3),
    OPEN_UPPER_LEFT(2, t -> t.upperLeft() > 0.4),
    ANYTHING_ELSE(3, t -> true);

    private final int digit;

    @SuppressWarnings("ImmutableEnumChecker") // a predicate of traits that remembers nothing
    private final Predicate<Traits> holds;

    HandRule(int digit, Predicate<Traits> holds) {
        this.digit = digit;
        this.holds = holds;
    }

    /// The rule that decides what a digit with these traits is.
    public static HandRule of(Traits traits) {
        for (HandRule rule : values()) {
            if (rule.holds.test(traits)) {
                return rule;
            }
        }
        return ANYTHING_ELSE;
    }

    /// The rule that decides what a picture of a dataset is.
    public static HandRule of(Dataset pictures, int row) {
        return of(Traits.of(GrayImage.of(pictures, row)));
    }

    /// What the rule takes the picture for.
    public int digit() {
        return digit;
    }
}
