package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Nonlinearity;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A node of an expression: a leaf that holds numbers, or the result of an operation on other nodes.
///
/// Variables are built, then run: an operation on variables computes nothing, it only writes down
/// what is to be computed, with the shape of the result. A [Plan] runs an expression again and
/// again on buffers laid out once; [#value] and [#gradients] make such a plan for a single use:
///
///     var w = Parameter.of("w", 2.0);
///     var loss = w.times(w).plus(w);
///     loss.value().item();             // 6.0
///     loss.gradients(w).of(w).item();  // 2w + 1 = 5.0
public abstract sealed class Variable permits Input, Parameter, Constant, Result {

    private final DType dtype;
    private final Shape shape;

    Variable(DType dtype, Shape shape) {
        this.dtype = dtype;
        this.shape = shape;
    }

    /// The shape, known before anything is computed.
    public final Shape shape() {
        return shape;
    }

    /// The type of the elements; float32 and float64 are not mixed in one operation.
    public final DType dtype() {
        return dtype;
    }

    /// A variable that always holds these numbers; they are not copied.
    public static Variable of(Tensor value) {
        return new Constant(value);
    }

    /// The matrix product, `[N, K] × [K, M] → [N, M]`.
    public final Variable matmul(Variable other) {
        return Result.of(new MatMul(), this, other);
    }

    /// The element-wise sum; axes of length 1 and missing outer axes are broadcast as in NumPy.
    public final Variable plus(Variable other) {
        return Result.of(Binary.ADD, this, other);
    }

    /// The element-wise difference, broadcast as in NumPy.
    public final Variable minus(Variable other) {
        return Result.of(Binary.SUBTRACT, this, other);
    }

    /// The element-wise product, broadcast as in NumPy.
    public final Variable times(Variable other) {
        return Result.of(Binary.MULTIPLY, this, other);
    }

    /// The element-wise quotient, broadcast as in NumPy.
    public final Variable dividedBy(Variable other) {
        return Result.of(Binary.DIVIDE, this, other);
    }

    /// Every element times a number.
    public final Variable times(double factor) {
        return times(new Constant(Tensor.of(dtype, Shape.SCALAR, factor)));
    }

    /// e to the power of every element.
    public final Variable exp() {
        return Result.of(Unary.EXP, this);
    }

    /// The natural logarithm of every element.
    public final Variable log() {
        return Result.of(Unary.LOG, this);
    }

    /// Every element times itself.
    public final Variable square() {
        return Result.of(Unary.SQUARE, this);
    }

    /// An activation function of every element.
    public final Variable activate(Activation activation) {
        return Result.of(new Activate(activation), this);
    }

    /// A nonlinear function of every element.
    public final Variable apply(Nonlinearity f) {
        return Result.of(new ApplyNonlinearity(f), this);
    }

    /// `x − log Σ exp(x)`, the logarithm of the softmax, along the innermost axis.
    public final Variable logSoftmax() {
        return Result.of(new LogSoftmax(), this);
    }

    /// `exp(x) / Σ exp(x)` along the innermost axis.
    public final Variable softmax() {
        return Result.of(new Softmax(), this);
    }

    /// The same elements under another shape.
    public final Variable reshape(Shape to) {
        return shape.equals(to) ? this : Result.of(new Reshape(to), this);
    }

    /// The sum of all elements, of shape `[]`.
    public final Variable sum() {
        return Result.of(Reduce.SUM, this);
    }

    /// The mean of all elements (divided by their number), of shape `[]`.
    public final Variable mean() {
        return Result.of(Reduce.MEAN, this);
    }

    /// Computes this variable now, on one thread.
    public final Tensor value() {
        Plan plan = Plan.forInference(Engine.serial(), List.of(this));
        plan.forward();
        return plan.value(this).copy();
    }

    /// Computes the gradients of this single number now, on one thread.
    public final Gradients gradients(Parameter... parameters) {
        Checks.require(
                shape.size() == 1, "gradients are of a single number, this variable is %s", shape);
        Plan plan = Plan.forTraining(Engine.serial(), this, List.of(parameters), List.of());
        plan.forward();
        plan.backward();
        return plan.gradients().copy();
    }
}
