package org.manabi.autodiff;

import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The fast way of [Binary] for float32 tensors of one shape, or with a single number or a row on the
/// right. A sum, difference, product or quotient of two floats is the same whether it is rounded once
/// from double or computed in float, so the bits are those of the slow way.
record FloatPairs(FloatTensor a, FloatTensor b, FloatTensor y, int columns) {

    /// Whether these tensors can be taken the fast way.
    static boolean fit(Tensor a, Tensor b, Tensor y) {
        return a instanceof FloatTensor
                && b instanceof FloatTensor
                && y instanceof FloatTensor
                && a.shape().equals(y.shape())
                && isEnd(b.shape(), y.shape());
    }

    /// Whether `end` is a single number, or the inner axes of `of`.
    private static boolean isEnd(Shape end, Shape of) {
        if (end.size() == 1) {
            return true;
        }
        if (end.rank() > of.rank()) {
            return false;
        }
        for (int fromEnd = 1; fromEnd <= end.rank(); fromEnd++) {
            if (end.dim(-fromEnd) != of.dim(-fromEnd)) {
                return false;
            }
        }
        return true;
    }

    static FloatPairs of(Tensor a, Tensor b, Tensor y) {
        return new FloatPairs((FloatTensor) a, (FloatTensor) b, (FloatTensor) y, b.size());
    }

    void forward(Binary op) {
        if (columns == 1) {
            number(op, b.array()[b.offset()]);
            return;
        }
        for (int from = 0; from < y.size(); from += columns) {
            row(op, from);
        }
    }

    private void row(Binary op, int from) {
        float[] as = a.array();
        float[] bs = b.array();
        float[] ys = y.array();
        int ao = a.offset() + from;
        int bo = b.offset();
        int yo = y.offset() + from;
        switch (op) {
            case ADD -> {
                for (int i = 0; i < columns; i++) {
                    ys[yo + i] = as[ao + i] + bs[bo + i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < columns; i++) {
                    ys[yo + i] = as[ao + i] - bs[bo + i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < columns; i++) {
                    ys[yo + i] = as[ao + i] * bs[bo + i];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < columns; i++) {
                    ys[yo + i] = as[ao + i] / bs[bo + i];
                }
            }
        }
    }

    /// With the same number for all.
    private void number(Binary op, float number) {
        float[] as = a.array();
        float[] ys = y.array();
        int ao = a.offset();
        int yo = y.offset();
        int size = y.size();
        switch (op) {
            case ADD -> {
                for (int i = 0; i < size; i++) {
                    ys[yo + i] = as[ao + i] + number;
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < size; i++) {
                    ys[yo + i] = as[ao + i] - number;
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < size; i++) {
                    ys[yo + i] = as[ao + i] * number;
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < size; i++) {
                    ys[yo + i] = as[ao + i] / number;
                }
            }
        }
    }
}
