package org.manabi.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.manabi.train.ShardTree.Node;

/// Adds the values of nodes in the order of a [ShardTree]: given from left to right, each is added to
/// its sibling as soon as that is there. Of the shards that one replica computes, no more values are
/// kept than the tree is high.
///
/// @param <V> what is added
public final class ShardFold<V> {

    private final ShardTree tree;
    private final BinaryOperator<V> sum;
    private final Deque<Entry<V>> entries = new ArrayDeque<>();

    private record Entry<V>(Node node, V value) {}

    /// @param sum adds a right value to a left one; it may use up both
    public ShardFold(ShardTree tree, BinaryOperator<V> sum) {
        this.tree = tree;
        this.sum = sum;
    }

    /// Takes the next value to the right.
    public void add(Node node, V value) {
        Node at = node;
        V total = value;
        while (!at.equals(tree.root())) {
            if (tree.isRight(at)) {
                Entry<V> left = entries.peekLast();
                if (left == null || !left.node().equals(new Node(at.level(), at.index() - 1))) {
                    break;
                }
                entries.removeLast();
                total = sum.apply(left.value(), total);
            } else if (!tree.isAlone(at)) {
                break;
            }
            at = new Node(at.level() + 1, at.index() / 2);
        }
        entries.addLast(new Entry<>(at, total));
    }

    /// Whether a value of this node, given next, is added to one that is there.
    boolean isAdded(Node node) {
        Node at = node;
        while (!tree.isRight(at)) {
            if (at.equals(tree.root()) || !tree.isAlone(at)) {
                return false;
            }
            at = new Node(at.level() + 1, at.index() / 2);
        }
        Entry<V> left = entries.peekLast();
        return left != null && left.node().equals(new Node(at.level(), at.index() - 1));
    }

    /// The sum over all shards, which is taken out.
    ///
    /// @throws IllegalStateException if some shards are missing
    public V total() {
        Entry<V> last = entries.pollLast();
        if (last == null || !entries.isEmpty() || !last.node().equals(tree.root())) {
            throw new IllegalStateException("the sums of some virtual shards are missing");
        }
        return last.value();
    }

    /// The values that could not be added further, from left to right.
    public void forEach(BiConsumer<Node, V> action) {
        entries.forEach(entry -> action.accept(entry.node(), entry.value()));
    }

    /// The number of values that could not be added further.
    public int size() {
        return entries.size();
    }

    /// Forgets all values, handing each over.
    public void drain(BiConsumer<Node, V> action) {
        for (Iterator<Entry<V>> all = entries.iterator(); all.hasNext(); ) {
            Entry<V> entry = all.next();
            all.remove();
            action.accept(entry.node(), entry.value());
        }
    }
}
