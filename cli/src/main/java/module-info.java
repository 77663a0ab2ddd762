import org.jspecify.annotations.NullMarked;

/// The `manabi` command.
@NullMarked
module org.manabi.cli {
    requires info.picocli;
    requires org.manabi;
    requires org.manabi.datasets;
    requires org.manabi.formats;
    requires tools.jackson.databind;
    requires static transitive org.jspecify;
}
