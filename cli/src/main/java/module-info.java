import org.jspecify.annotations.NullMarked;

/// The `manabi` command.
@NullMarked
module org.manabi.cli {
    requires info.picocli;
    requires static jdk.incubator.vector;
    requires jdk.management;
    requires org.manabi;
    requires org.manabi.board;
    requires org.manabi.datasets;
    requires org.manabi.formats;
    requires static transitive org.jspecify;

    // The parser sets the fields of commands that carry its annotations.
    opens org.manabi.cli to
            info.picocli;
    opens org.manabi.cli.board to
            info.picocli;
    opens org.manabi.cli.console to
            info.picocli;
    opens org.manabi.cli.data to
            info.picocli;
    opens org.manabi.cli.lesson to
            info.picocli;
    opens org.manabi.cli.loss to
            info.picocli;
    opens org.manabi.cli.machine to
            info.picocli;
    opens org.manabi.cli.model to
            info.picocli;
    opens org.manabi.cli.report to
            info.picocli;
    opens org.manabi.cli.train to
            info.picocli;
}
