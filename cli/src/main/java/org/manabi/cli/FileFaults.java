package org.manabi.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.manabi.cli.console.Console;

/// Why the system refused a file, in words: Java's own messages are often the bare file name.
final class FileFaults {

    private FileFaults() {}

    static String reason(FileSystemException e, Console console) {
        return switch (e) {
            case AccessDeniedException _ -> console.text("error.file.denied");
            case NoSuchFileException _ -> console.text("error.file.missing");
            case FileAlreadyExistsException _ -> console.text("error.file.exists");
            case NotDirectoryException _ -> console.text("error.file.not-directory");
            case DirectoryNotEmptyException _ -> console.text("error.file.not-empty");
            default -> e.getReason() == null ? e.toString() : e.getReason();
        };
    }
}
