package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// `Σ ℓₙ / Σ dₙ` of losses and divisors `[N]`, and 0 if Σ dₙ is 0; added in double, in order.
record MeanByWeight() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return Shape.SCALAR;
    }

    @Override
    public Bound bind(Site site) {
        Tensor losses = site.input(0);
        Tensor divisors = site.input(1);
        return new Bound() {
            @Override
            public void forward() {
                double weight = sum(divisors);
                site.output().setFromDouble(0, weight == 0 ? 0 : sum(losses) / weight);
            }

            @Override
            public void backward() {
                double weight = sum(divisors);
                double upstream = site.outputGradient().getAsDouble(0);
                double each = weight == 0 ? 0 : upstream / weight;
                if (site.wants(0)) {
                    fill(site.inputGradient(0), each);
                }
                if (site.wants(1)) {
                    double mean = weight == 0 ? 0 : sum(losses) / weight;
                    fill(site.inputGradient(1), -each * mean);
                }
            }

            private double sum(Tensor of) {
                double sum = 0;
                for (int i = 0; i < of.size(); i++) {
                    sum += of.getAsDouble(i);
                }
                return sum;
            }

            private void fill(Tensor to, double value) {
                for (int i = 0; i < to.size(); i++) {
                    to.setFromDouble(i, value);
                }
            }
        };
    }
}
