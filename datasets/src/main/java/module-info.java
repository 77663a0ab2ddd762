import org.jspecify.annotations.NullMarked;

/// MNIST and the small tables, as resources.
@NullMarked
module org.manabi.datasets {
    requires transitive org.manabi;
    requires org.manabi.formats;
    requires static transitive org.jspecify;
}
