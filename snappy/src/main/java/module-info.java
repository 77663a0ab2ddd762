import org.jspecify.annotations.NullMarked;

/// What the reader of Parquet calls of snappy-java, without native code.
@NullMarked
module org.xerial.snappy {
    exports org.xerial.snappy;

    requires static org.jspecify;
}
