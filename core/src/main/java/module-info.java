import org.jspecify.annotations.NullMarked;

/// Tensors, differentiation, layers, losses, optimizers and the training loop, on the JDK alone.
@NullMarked
module org.manabi {
    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;

    exports org.manabi.autodiff;
    exports org.manabi.data;
    exports org.manabi.data.augment;
    exports org.manabi.layers;
    exports org.manabi.loss;
    exports org.manabi.metrics;
    exports org.manabi.optim;
    exports org.manabi.optim.schedule;
    exports org.manabi.tensor;
    exports org.manabi.train;
}
