package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.train.ShardTree.Node;

class ShardTreeTests {

    /// The sum of the shards `first … end − 1` as far as it goes, written with parentheses.
    private static ShardFold<String> added(ShardTree tree, int first, int end) {
        ShardFold<String> fold = new ShardFold<>(tree, (left, right) -> "(" + left + right + ")");
        for (int shard = first; shard < end; shard++) {
            fold.add(tree.leaf(shard), Character.toString('a' + shard));
        }
        return fold;
    }

    @ParameterizedTest
    @CsvSource({
        "1, a",
        "2, (ab)",
        "3, ((ab)c)",
        "4, ((ab)(cd))",
        "5, (((ab)(cd))e)",
        "6, (((ab)(cd))(ef))",
        "7, (((ab)(cd))((ef)g))",
        "8, (((ab)(cd))((ef)(gh)))"
    })
    void theOrderIsThatOfTheTree(int shards, String order) {
        assertThat(added(new ShardTree(shards), 0, shards).total()).isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 11, 16})
    void everyGroupingIntoReplicasGivesTheSameOrder(int shards) {
        ShardTree tree = new ShardTree(shards);
        String alone = added(tree, 0, shards).total();

        for (int first = 0; first <= shards; first++) {
            for (int second = first; second <= shards; second++) {
                ShardFold<String> met =
                        new ShardFold<>(tree, (left, right) -> "(" + left + right + ")");
                added(tree, 0, first).drain(met::add);
                added(tree, first, second).drain(met::add);
                added(tree, second, shards).drain(met::add);

                assertThat(met.total()).isEqualTo(alone);
            }
        }
    }

    @Test
    void coverNamesWhatIsLeftToBeAdded() {
        assertThat(new ShardTree(8).cover(3, 8)).containsExactly(new Node(0, 3), new Node(2, 1));
        assertThat(new ShardTree(6).cover(4, 6)).containsExactly(new Node(2, 1));
        assertThat(new ShardTree(6).cover(0, 6)).containsExactly(new Node(3, 0));
    }

    @Test
    void aMissingShardIsNoticed() {
        ShardTree tree = new ShardTree(3);
        List<ShardFold<String>> incomplete = new ArrayList<>();
        incomplete.add(added(tree, 0, 2));
        incomplete.add(added(tree, 1, 3));

        assertThat(incomplete)
                .allSatisfy(
                        fold ->
                                assertThatExceptionOfType(IllegalStateException.class)
                                        .isThrownBy(fold::total)
                                        .withMessage(
                                                "the sums of some virtual shards are missing"));
    }
}
