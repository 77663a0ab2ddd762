package org.manabi.formats;

/// A file that is not what it should be. The message begins with the file's name, says where the
/// fault lies and what it is, and, where one is known, the likely remedy:
///
///     data/t10k-labels-idx1-ubyte: ends after 512 bytes where 10008 are promised; copy it again
///
/// What the file itself says may stand in it, and is made [Printable].
///
/// It is the only exception that a reader of this module throws for the content of a file, however
/// damaged that may be.
public final class FormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What a file says may be of any length.
    private static final int LONGEST = 4000;

    private final String file;
    private final String fault;

    /// @param file the file's path, or the name under which a person knows the data
    /// @param fault the place, the fault and the remedy, in one line
    public FormatException(String file, String fault) {
        super(Printable.start(file + ": " + fault, LONGEST));
        this.file = file;
        this.fault = Printable.start(fault, LONGEST);
    }

    /// The file's path or name.
    public String file() {
        return file;
    }

    /// The message without the file's name.
    public String fault() {
        return fault;
    }
}
