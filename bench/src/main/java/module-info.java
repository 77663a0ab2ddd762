import org.jspecify.annotations.NullMarked;

/// Whole-run and kernel benchmarks, with the roofline of the machine they run on.
@NullMarked
module org.manabi.bench {
    requires jdk.management;
    requires jdk.incubator.vector;
    requires org.manabi;
    requires org.manabi.board;
    requires org.manabi.datasets;
    requires org.manabi.formats;
    requires static org.jspecify;
}
