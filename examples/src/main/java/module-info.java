import org.jspecify.annotations.NullMarked;

/// Programs of one page each.
@NullMarked
module org.manabi.examples {
    requires org.manabi;
    requires org.manabi.datasets;
    requires static org.jspecify;
}
