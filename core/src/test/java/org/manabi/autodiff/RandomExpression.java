package org.manabi.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A directed acyclic graph of random operations, many of them sharing what they read. Numbers stay
/// within a few units, since whatever could grow passes through tanh.
final class RandomExpression {

    private static final List<Shape> SHAPES =
            List.of(
                    Shape.SCALAR,
                    Shape.of(1),
                    Shape.of(3),
                    Shape.of(1, 3),
                    Shape.of(3, 1),
                    Shape.of(2, 3),
                    Shape.of(3, 2),
                    Shape.of(3, 3),
                    Shape.of(6),
                    Shape.of(2, 1, 3));

    private final RandomStream random;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Variable> nodes = new ArrayList<>();

    RandomExpression(RandomStream random, DType dtype, int operations) {
        this.random = random;
        for (Shape shape : SHAPES) {
            Tensor value = Tensor.zeros(dtype, shape);
            for (int i = 0; i < value.size(); i++) {
                value.setFromDouble(i, 2 * random.nextDouble() - 1);
            }
            parameters.add(Parameter.of("p" + shape, value));
        }
        nodes.addAll(parameters);
        for (int i = 0; i < operations; i++) {
            nodes.add(next());
        }
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /// Some of the nodes, parameters and views among them.
    List<Variable> someNodes(int count) {
        List<Variable> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(anyOf(nodes));
        }
        return some;
    }

    /// A single number that reads several nodes, some of them more than once.
    Variable loss() {
        Variable loss = nodes.getLast().mean();
        for (Variable node : someNodes(5)) {
            loss = loss.plus(node.mean()).plus(node.square().sum());
        }
        return loss;
    }

    private Variable next() {
        Variable a = anyOf(nodes);
        return switch (random.nextInt(12)) {
            case 0 -> a.plus(partner(a)).activate(Activation.TANH);
            case 1 -> a.minus(partner(a)).activate(Activation.TANH);
            case 2 -> a.times(partner(a)).activate(Activation.TANH);
            case 3 -> a.dividedBy(a.square().plus(a.exp())).activate(Activation.TANH);
            case 4 -> a.square().plus(a.exp()).log().activate(Activation.TANH);
            case 5 -> a.activate(anyOf(List.of(Activation.values())));
            case 6 -> a.shape().rank() > 0 ? a.softmax() : a.square().activate(Activation.TANH);
            case 7, 8 -> reshaped(a);
            case 9 -> random.nextInt(2) == 0 ? a.mean() : a.sum().activate(Activation.TANH);
            default -> product();
        };
    }

    private Variable partner(Variable a) {
        return anyOf(nodes, b -> broadcasts(a.shape(), b.shape()));
    }

    private static boolean broadcasts(Shape a, Shape b) {
        for (int axis = 1; axis <= Math.min(a.rank(), b.rank()); axis++) {
            if (a.dim(-axis) != b.dim(-axis) && a.dim(-axis) != 1 && b.dim(-axis) != 1) {
                return false;
            }
        }
        return true;
    }

    private Variable reshaped(Variable a) {
        List<Shape> fitting =
                SHAPES.stream().filter(shape -> shape.size() == a.shape().size()).toList();
        return fitting.isEmpty()
                ? a.reshape(Shape.of(a.shape().size()))
                : a.reshape(fitting.get(random.nextInt(fitting.size())));
    }

    /// With or without bias and activation, as [MatMul] or as [Affine].
    private Variable product() {
        List<Variable> matrices = nodes.stream().filter(n -> n.shape().rank() == 2).toList();
        Variable x = anyOf(matrices, a -> matrices.stream().anyMatch(b -> multiplies(a, b)));
        Variable w = anyOf(matrices, b -> multiplies(x, b));
        Shape bias = Shape.of(w.shape().dim(1));
        List<Variable> biases = nodes.stream().filter(n -> n.shape().equals(bias)).toList();
        return switch (random.nextInt(3)) {
            case 0 -> x.matmul(w).activate(Activation.TANH);
            case 1 -> Result.of(Affine.LINEAR, x, w).activate(Activation.TANH);
            default ->
                    biases.isEmpty()
                            ? Result.of(new Affine(Activation.SIGMOID), x, w)
                            : Result.of(Affine.LINEAR, x, w, anyOf(biases))
                                    .activate(Activation.TANH);
        };
    }

    private static boolean multiplies(Variable a, Variable b) {
        return a.shape().dim(1) == b.shape().dim(0);
    }

    private Variable anyOf(List<Variable> from, Predicate<Variable> fits) {
        return anyOf(from.stream().filter(fits).toList());
    }

    private <E> E anyOf(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }
}
