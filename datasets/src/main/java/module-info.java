import org.jspecify.annotations.NullMarked;

/// MNIST and the small tables, as resources, and the downloader for the others.
@NullMarked
module org.manabi.datasets {
    exports org.manabi.datasets;
    exports org.manabi.datasets.fetch;

    requires java.net.http;
    requires transitive org.manabi;
    requires transitive org.manabi.formats;
    requires static transitive org.jspecify;
}
