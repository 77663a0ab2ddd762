import org.jspecify.annotations.NullMarked;

/// Tensors, differentiation, layers, losses, optimizers and the training loop, on the JDK alone.
@NullMarked
module org.manabi {
    exports org.manabi.data;

    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;
}
