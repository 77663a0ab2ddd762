import org.jspecify.annotations.NullMarked;

/// MNIST and the small tables, as resources.
@NullMarked
module org.manabi.datasets {
    exports org.manabi.datasets;

    requires transitive org.manabi;
    requires transitive org.manabi.formats;
    requires static transitive org.jspecify;
}
