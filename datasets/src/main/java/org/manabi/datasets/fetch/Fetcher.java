package org.manabi.datasets.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.Durably;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;

/// Downloads files into a folder. A file has its name there only when all its bytes have come and
/// digest to what they must; until then it is called `….part`, and a download that was interrupted
/// goes on where it was.
public final class Fetcher {

    private static final String LOCK = ".lock";

    private final Path folder;
    private final Duration patience;
    private final FetchProgress progress;

    /// @param patience how long a mirror may send nothing
    public Fetcher(Path folder, Duration patience, FetchProgress progress) {
        this.folder = folder;
        this.patience = patience;
        this.progress = progress;
    }

    /// Makes sure that the folder has the files.
    ///
    /// @return how many were downloaded; the others were there already
    /// @throws FetchException if no mirror gives a file
    public int fetch(List<RemoteFile> files) {
        Durably.createFolders(folder);
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(LOCK),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw new FormatException(
                        folder.toString(), "another process is downloading into this folder");
            }
            int count = 0;
            for (RemoteFile file : files) {
                if (!isThere(file)) {
                    fetch(file);
                    count++;
                }
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("NullAway") // tryLock answers null when another process has it
    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process has it
        }
    }

    /// Whether the folder has the file, whole and sound.
    public boolean isThere(RemoteFile file) throws IOException {
        Path path = folder.resolve(file.name());
        return Files.isRegularFile(path) && fault(file, path) == null;
    }

    private void fetch(RemoteFile file) throws IOException {
        Path part = folder.resolve(file.name() + ".part");
        List<String> reasons = new ArrayList<>();
        for (URI mirror : file.mirrors()) {
            String fault = fetch(file, mirror, part);
            if (fault == null) {
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(
                        part,
                        folder.resolve(file.name()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            progress.failed(file, mirror, fault);
            reasons.add(mirror + ": " + fault);
        }
        throw new FetchException(file, folder, reasons);
    }

    /// Asks one mirror; `null` if all went well, else why not. What came of a file that then breaks
    /// off is kept for the next mirror; what came whole and is wrong is not.
    private @Nullable String fetch(RemoteFile file, URI mirror, Path part) throws IOException {
        boolean resumed = Files.exists(part) && Files.size(part) > 0;
        String fault = attempt(file, mirror, part);
        if (fault != null && resumed && !Files.exists(part)) {
            // The beginning may have been of another version.
            fault = attempt(file, mirror, part);
        }
        return fault;
    }

    private @Nullable String attempt(RemoteFile file, URI mirror, Path part) throws IOException {
        try (Transfer transfer = new Transfer(file, mirror, part, patience, progress)) {
            transfer.run();
        } catch (Transfer.Failure e) {
            if (e.partIsUseless()) {
                Files.deleteIfExists(part);
            }
            return e.getMessage();
        }
        String fault = fault(file, part);
        if (fault != null) {
            Files.deleteIfExists(part);
        }
        return fault;
    }

    /// What is wrong with a file that came whole; `null` if nothing is.
    private static @Nullable String fault(RemoteFile file, Path path) throws IOException {
        String actual;
        try {
            actual = file.digest().actual(path, file.name());
        } catch (FormatException e) {
            return "sent something else than %s%s".formatted(file.name(), looks(path));
        }
        return actual.equals(file.digest().hex())
                ? null
                : "sent something else than %s: its %s is %s, not %s%s"
                        .formatted(
                                file.name(),
                                file.digest().algorithm(),
                                actual,
                                file.digest().hex(),
                                looks(path));
    }

    private static String looks(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(FileKind.HEAD);
            return FileKind.guess(Arrays.copyOf(head, head.length))
                    .map(kind -> "; this looks like " + kind)
                    .orElse("");
        }
    }
}
