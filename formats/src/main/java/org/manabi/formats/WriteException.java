package org.manabi.formats;

/// A file or folder that could not be written. The message begins with its name, says why, and what
/// may help:
///
///     runs: may not be written to; choose another folder or change its permissions
public final class WriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;

    /// @param file the path of the file or folder
    /// @param fault why it could not be written, and the remedy
    public WriteException(String file, String fault, Throwable cause) {
        super(file + ": " + fault, cause);
        this.file = file;
    }

    /// The path of the file or folder.
    public String file() {
        return file;
    }
}
