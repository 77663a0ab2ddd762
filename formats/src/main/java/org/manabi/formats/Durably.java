package org.manabi.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files so that a crash at any instant leaves the old content or the new, never a part of
/// it: into a temporary file in the same folder, which is forced to the disk and then renamed over
/// the old one; at last the folder is forced too.
public final class Durably {

    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private Durably() {}

    /// Writes the content of a file.
    @FunctionalInterface
    public interface Content {

        /// Writes everything into a channel that stands at its beginning.
        ///
        /// @throws IOException if the disk refuses
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Gives a file a new content. When this returns, the content is on the disk.
    ///
    /// @throws WriteException if that fails; the file is then as it was
    public static void write(Path file, Content content) {
        Path folder = folderOf(file);
        Path temporary = Temporaries.next(folder, nameOf(file));
        try {
            Temporaries.sweep(folder, nameOf(file));
            try (FileChannel channel =
                    FileChannel.open(
                            temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(channel);
                channel.force(true);
            }
            rename(temporary, file);
            forceFolder(folder);
        } catch (IOException e) {
            throw failure(file, e);
        } finally {
            Temporaries.discard(temporary);
        }
    }

    /// Gives a file a new content.
    ///
    /// @throws WriteException if that fails; the file is then as it was
    public static void write(Path file, byte[] content) {
        write(file, channel -> writeAll(channel, ByteBuffer.wrap(content)));
    }

    /// Gives a file a new content, in UTF-8.
    ///
    /// @throws WriteException if that fails; the file is then as it was
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Gives a file the content of another in its folder, without writing it again where the file
    /// system can have one content under two names. When this returns, it is on the disk.
    ///
    /// @throws WriteException if that fails; the file is then as it was
    public static void replaceByLink(Path file, Path content) {
        Path folder = folderOf(file);
        Path temporary = Temporaries.next(folder, nameOf(file));
        try {
            try {
                Files.createLink(temporary, content);
            } catch (UnsupportedOperationException | FileSystemException e) {
                Files.copy(content, temporary);
                try (FileChannel copy = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    copy.force(true);
                }
            }
            rename(temporary, file);
            forceFolder(folder);
        } catch (IOException e) {
            throw failure(file, e);
        } finally {
            Temporaries.discard(temporary);
        }
    }

    /// Removes what writers that were killed have left in a folder.
    public static void sweep(Path folder) {
        Temporaries.sweep(folder, "");
    }

    /// Makes one folder, in a folder that exists.
    ///
    /// @return whether it was made; `false` if there is something of that name already
    /// @throws WriteException if it cannot be made
    public static boolean createFolder(Path folder) {
        try {
            Files.createDirectory(folder);
            forceFolder(folderOf(folder));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /// Makes a folder and all those above it that are missing.
    ///
    /// @throws WriteException if one cannot be made, or a file has its name
    public static void createFolders(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        if (!createFolder(folder) && !Files.isDirectory(folder)) {
            throw failure(folder, new FileAlreadyExistsException(folder.toString()));
        }
    }

    /// Writes the whole buffer.
    ///
    /// @throws IOException if the disk refuses
    public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// The exception for a file or folder that could not be written, in words.
    public static WriteException failure(Path file, IOException cause) {
        return new WriteException(file.toString(), reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ ->
                    "may not be written; choose another place or change the folder's permissions";
            case NoSuchFileException _ ->
                    "cannot be written, since its folder does not exist; make the folder first";
            case FileAlreadyExistsException _ ->
                    "cannot be made, since a file of that name exists; choose another name";
            case FileSystemException e when e.getReason() != null ->
                    "cannot be written: " + e.getReason() + "; choose another place";
            default -> "cannot be written: " + cause.getMessage() + "; is the disk full?";
        };
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Forces the names in a folder to the disk; Windows does so by itself and refuses to be asked.
    private static void forceFolder(Path folder) throws IOException {
        if (!WINDOWS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "file" : name.toString();
    }
}
