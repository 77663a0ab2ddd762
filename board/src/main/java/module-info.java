import org.jspecify.annotations.NullMarked;

/// The chapter's lessons as computations, for the terminal and the web; the web board; and the
/// prediction service.
@NullMarked
module org.manabi.board {
    exports org.manabi.board;
    exports org.manabi.board.lesson;
    exports org.manabi.board.predict;
    exports org.manabi.board.runs;
    exports org.manabi.board.web;

    requires java.desktop; // reads the PNG and JPEG pictures that are sent
    requires jdk.httpserver;
    requires transitive org.manabi;
    requires transitive org.manabi.formats;
    requires static transitive org.jspecify;
}
