import org.jspecify.annotations.NullMarked;

/// Strict readers and writers of file formats.
@SuppressWarnings("requires-automatic") // hardwood has a name for its module, but no descriptor
@NullMarked
module org.manabi.formats {
    exports org.manabi.formats;
    exports org.manabi.formats.array;
    exports org.manabi.formats.csv;
    exports org.manabi.formats.gzip;
    exports org.manabi.formats.idx;
    exports org.manabi.formats.image;
    exports org.manabi.formats.json;
    exports org.manabi.formats.model;
    exports org.manabi.formats.npy;
    exports org.manabi.formats.onnx;
    exports org.manabi.formats.onnx.run;
    exports org.manabi.formats.png;
    exports org.manabi.formats.protobuf;
    exports org.manabi.formats.run;
    exports org.manabi.formats.safetensors;
    exports org.manabi.formats.source;
    exports org.manabi.formats.yaml;
    exports org.manabi.formats.table;
    exports org.manabi.formats.tensorboard;
    exports org.manabi.formats.zip;

    requires dev.hardwood.core;
    requires java.desktop;
    requires java.logging;
    requires transitive org.manabi;
    requires org.xerial.snappy;
    requires org.snakeyaml.engine.v2;
    requires tools.jackson.core;
    requires static transitive org.jspecify;
}
