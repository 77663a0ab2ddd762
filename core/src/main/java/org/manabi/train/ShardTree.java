package org.manabi.train;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.Checks;

/// The one order in which the virtual shards of a mini-batch are added: a binary tree over their
/// numbers. Node `index` of `level` covers the shards from `index · 2^level` on, `2^level` of them or
/// what is left.
///
///     level 2            0
///     level 1      0           1
///     level 0   0     1     2           five shards would have a level 3 and a node 0:2 of one child
///
/// The tree is a function of the number of shards alone, so a sum does not depend on who adds which
/// part of it.
///
/// @param shards how many there are, at least 1
public record ShardTree(int shards) {

    public ShardTree {
        Checks.require(shards >= 1, "%d virtual shards are too few; give at least 1", shards);
    }

    /// A place in the tree.
    ///
    /// @param level 0 for a shard itself
    /// @param index from the left, from 0
    public record Node(int level, int index) {

        /// The first shard beneath it.
        public int first() {
            return index << level;
        }
    }

    /// The node of one shard.
    public Node leaf(int shard) {
        return new Node(0, shard);
    }

    /// The node above all shards.
    public Node root() {
        return new Node(Integer.SIZE - Integer.numberOfLeadingZeros(shards - 1), 0);
    }

    /// Whether a node is a right child, whose left sibling comes before it.
    boolean isRight(Node node) {
        return node.index() % 2 == 1;
    }

    /// Whether a left child has no sibling, so that it is its parent's whole sum.
    boolean isAlone(Node node) {
        return !isRight(node) && ((long) node.index() + 1) << node.level() >= shards;
    }

    /// The largest nodes that cover the shards `first … end − 1` and no other, from left to right: what
    /// is left of them when they are added as far as they go.
    public List<Node> cover(int first, int end) {
        List<Node> nodes = new ArrayList<>();
        ShardFold<Node> fold =
                new ShardFold<>(
                        this, (left, right) -> new Node(left.level() + 1, left.index() / 2));
        for (int shard = first; shard < end; shard++) {
            fold.add(leaf(shard), leaf(shard));
        }
        fold.forEach((node, covered) -> nodes.add(node));
        return nodes;
    }
}
