package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;
import org.manabi.formats.array.ElementType;

/// Products of matrices.
final class Products {

    private Products() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Gemm", Operator.of(Products::gemm)),
                    entry("MatMul", Operator.of(call -> matMul(call, call.in(0), call.in(1)))));

    private static Value gemm(Call call) {
        Value a = call.flag("transA", 0) ? transposed(call, call.in(0)) : call.in(0);
        Value b = call.flag("transB", 0) ? transposed(call, call.in(1)) : call.in(1);
        call.require(
                a.rank() == 2 && b.rank() == 2 && a.dim(1) == b.dim(0),
                "%s and %s cannot be multiplied".formatted(a, b));
        Value product = matMul(call, a, b);
        float alpha = call.real("alpha", 1);
        float beta = call.real("beta", 1);
        if (alpha != 1) {
            product = Elementwise.map(product, x -> alpha * x);
        }
        if (call.optional(2).isEmpty()) {
            return product;
        }
        Value c = beta == 1 ? call.in(2) : Elementwise.map(call.in(2), x -> beta * x);
        Value sum =
                Elementwise.combine(
                        product, Broadcast.to(c, product.dims()), Double::sum, Long::sum);
        return sum;
    }

    private static Value transposed(Call call, Value x) {
        call.require(x.rank() == 2, "a matrix is needed, got " + x);
        return Layouts.transpose(x, 1, 0);
    }

    static Value matMul(Call call, Value left, Value right) {
        call.require(
                left.rank() >= 1 && right.rank() >= 1 && left.type() == right.type(),
                "%s and %s cannot be multiplied".formatted(left, right));
        Value a = left.rank() == 1 ? left.reshape(1, left.size()) : left;
        Value b = right.rank() == 1 ? right.reshape(right.size(), 1) : right;
        int m = a.dim(-2);
        int k = a.dim(-1);
        int n = b.dim(-1);
        call.require(b.dim(-2) == k, "%s and %s cannot be multiplied".formatted(left, right));
        int[] outer =
                Broadcast.shape(
                        Arrays.copyOf(a.dims(), a.rank() - 2),
                        Arrays.copyOf(b.dims(), b.rank() - 2));
        int[] shape = Arrays.copyOf(outer, outer.length + 2);
        shape[outer.length] = m;
        shape[outer.length + 1] = n;
        Value out = Value.zeros(a.type(), shape);
        int[] first = batchStrides(a, outer);
        int[] second = batchStrides(b, outer);
        Broadcast.Walk lefts = new Broadcast.Walk(outer, first, 0);
        Broadcast.Walk rights = new Broadcast.Walk(outer, second, 0);
        for (int i = 0; i < Value.size(outer); i++) {
            multiply(a, lefts.next(), b, rights.next(), out, i * m * n, m, k, n);
        }
        return out.reshape(withoutAdded(shape, left, right));
    }

    private static int[] batchStrides(Value x, int[] outer) {
        int[] full = Arrays.copyOf(outer, outer.length + 2);
        full[outer.length] = x.dim(-2);
        full[outer.length + 1] = x.dim(-1);
        return Arrays.copyOf(Broadcast.strides(x, full), outer.length);
    }

    private static int[] withoutAdded(int[] shape, Value left, Value right) {
        int rank = shape.length;
        int[] kept = shape.clone();
        if (right.rank() == 1) {
            kept = Arrays.copyOf(kept, rank - 1);
        }
        if (left.rank() == 1) {
            int at = rank - 2;
            int[] without = new int[kept.length - 1];
            System.arraycopy(kept, 0, without, 0, at);
            System.arraycopy(kept, at + 1, without, at, without.length - at);
            kept = without;
        }
        return kept;
    }

    private static void multiply(
            Value a, int atA, Value b, int atB, Value out, int to, int m, int k, int n) {
        if (a.type() == ElementType.FLOAT32) {
            multiply(a.floats(), atA, b.floats(), atB, out.floats(), to, m, k, n);
            return;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                long whole = 0;
                for (int p = 0; p < k; p++) {
                    if (a.isFloating()) {
                        sum += a.get(atA + i * k + p) * b.get(atB + p * n + j);
                    } else {
                        whole += a.getLong(atA + i * k + p) * b.getLong(atB + p * n + j);
                    }
                }
                if (a.isFloating()) {
                    out.set(to + i * n + j, sum);
                } else {
                    out.setLong(to + i * n + j, whole);
                }
            }
        }
    }

    /// Adds the product of `[m, k]` and `[k, n]` to what is there, a row of the result at a time.
    static void multiply(
            float[] a, int atA, float[] b, int atB, float[] out, int to, int m, int k, int n) {
        for (int i = 0; i < m; i++) {
            int row = to + i * n;
            for (int p = 0; p < k; p++) {
                float factor = a[atA + i * k + p];
                int from = atB + p * n;
                for (int j = 0; j < n; j++) {
                    out[row + j] += factor * b[from + j];
                }
            }
        }
    }
}
