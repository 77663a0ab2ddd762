package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Scaled dot-product attention of each sequence to itself, in several heads.
///
///     y = P·V,   P = softmax(Q·Kᵀ / √d), row by row
///     ∂L/∂V = Pᵀ·g,   ∂L/∂S = P ⊙ (h − Σ h ⊙ P),   h = g·Vᵀ
///     ∂L/∂Q = ∂L/∂S·K / √d,   ∂L/∂K = (∂L/∂S)ᵀ·Q / √d
///
/// **Shapes:** input `[N, T, 3D]`, queries, keys and values behind each other, each of `heads` blocks of
/// d = D / heads columns; result `[N, T, D]`.
///
/// @param heads a divisor of D
/// @param causal whether a step sees itself and earlier ones only
public record SelfAttention(int heads, boolean causal) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.getFirst().shape();
        Checks.require(
                x.rank() == 3 && x.size() > 0 && x.dim(2) % (3 * heads) == 0,
                "expected queries, keys and values [N, T, 3D] with D a multiple of the %d heads,"
                        + " got %s",
                heads,
                x);
        return Shape.of(x.dim(0), x.dim(1), x.dim(2) / 3);
    }

    @Override
    public Bound bind(Site site) {
        return new BoundAttention(site, heads, causal);
    }

    private static final class BoundAttention implements Bound {

        private final Site site;
        private final Engine engine;
        private final int samples;
        private final int heads;
        private final boolean causal;
        private final int steps;
        private final int width;
        private final int all;
        private final double scale;
        private final Tensor query;
        private final Tensor key;
        private final Tensor value;
        private final Tensor result;
        private final Tensor scores;
        private final Tensor[] probabilities;

        BoundAttention(Site site, int heads, boolean causal) {
            this.site = site;
            this.heads = heads;
            this.causal = causal;
            engine = site.engine();
            Shape y = site.output().shape();
            samples = y.dim(0);
            steps = y.dim(1);
            all = y.dim(2);
            width = all / heads;
            scale = 1 / Math.sqrt(width);
            DType dtype = site.output().dtype();
            Shape block = Shape.of(steps, width);
            query = site.keep(dtype, block);
            key = site.keep(dtype, block);
            value = site.keep(dtype, block);
            result = site.keep(dtype, block);
            scores = site.keep(dtype, Shape.of(steps, steps));
            int kept = site.differentiates() ? samples * heads : 1;
            Tensor whole = site.keep(dtype, Shape.of(kept * steps, steps));
            probabilities = new Tensor[kept];
            for (int i = 0; i < kept; i++) {
                probabilities[i] = whole.rows(i * steps, steps);
            }
        }

        /// Where the block of a head begins in a sample of the input; `part` is 0, 1 or 2.
        private int begin(int sample, int head, int part) {
            return (sample * steps * 3 + part) * all + head * width;
        }

        private void load(int sample, int head) {
            Tensor x = site.input(0);
            engine.copyRows(x, begin(sample, head, 0), 3 * all, query, 0, width, steps, width);
            engine.copyRows(x, begin(sample, head, 1), 3 * all, key, 0, width, steps, width);
            engine.copyRows(x, begin(sample, head, 2), 3 * all, value, 0, width, steps, width);
        }

        private void store(Tensor gradient, int sample, int head, int part) {
            engine.copyRows(
                    gradient,
                    0,
                    width,
                    site.inputGradient(0),
                    begin(sample, head, part),
                    3 * all,
                    steps,
                    width);
        }

        @Override
        public void forward() {
            for (int n = 0; n < samples; n++) {
                for (int h = 0; h < heads; h++) {
                    load(n, h);
                    Tensor p = probabilities[(n * heads + h) % probabilities.length];
                    engine.product(Product.ABT, query, key, scores);
                    engine.scale(scale, scores);
                    if (causal) {
                        hideLater();
                    }
                    engine.softmax(scores, p);
                    engine.product(Product.AB, p, value, result);
                    engine.copyRows(
                            result,
                            0,
                            width,
                            site.output(),
                            n * steps * all + h * width,
                            all,
                            steps,
                            width);
                }
            }
        }

        private void hideLater() {
            for (int t = 0; t < steps; t++) {
                for (int later = t + 1; later < steps; later++) {
                    scores.setFromDouble(t * steps + later, Double.NEGATIVE_INFINITY);
                }
            }
        }

        @Override
        public void backward() {
            Tensor dy = site.outputGradient();
            for (int n = 0; n < samples; n++) {
                for (int h = 0; h < heads; h++) {
                    load(n, h);
                    Tensor p = probabilities[n * heads + h];
                    engine.copyRows(
                            dy, n * steps * all + h * width, all, result, 0, width, steps, width);
                    engine.product(Product.ABT, result, value, scores);
                    engine.softmaxGradient(p, scores, scores);
                    engine.scale(scale, scores);
                    engine.product(Product.ATB, p, result, value);
                    store(value, n, h, 2);
                    engine.product(Product.ATB, scores, query, value);
                    store(value, n, h, 1);
                    engine.product(Product.AB, scores, key, value);
                    store(value, n, h, 0);
                }
            }
        }
    }
}
