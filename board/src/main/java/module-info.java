import org.jspecify.annotations.NullMarked;

/// The chapter's lessons as computations, for the terminal and the web.
@NullMarked
module org.manabi.board {
    exports org.manabi.board.lesson;

    requires transitive org.manabi;
    requires transitive org.manabi.formats;
    requires static transitive org.jspecify;
}
