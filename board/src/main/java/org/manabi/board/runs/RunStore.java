package org.manabi.board.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.HttpFault;
import org.manabi.formats.FormatException;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;
import org.manabi.formats.run.RunState;

/// The runs in a folder, and the one that is being trained in this process, each by its folder's
/// name.
public final class RunStore {

    private final Path root;
    private final Map<String, RunControl> live = new ConcurrentHashMap<>();
    private final Map<String, Path> elsewhere = new ConcurrentHashMap<>();
    private final Map<String, RunHistory> histories = new ConcurrentHashMap<>();
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /// A run and what its `run.json` looked like when it was read.
    private record Opened(FileTime modified, long size, RunDirectory run) {}

    /// @param root the folder whose folders are runs; or a run itself, which is then the only one
    public RunStore(Path root) {
        boolean one = Files.isRegularFile(root.resolve("run.json"));
        Path absolute = root.toAbsolutePath().normalize();
        this.root = absolute;
        if (one) {
            elsewhere.put(name(absolute), absolute);
        }
    }

    private static String name(Path folder) {
        Path name = folder.getFileName();
        return name == null ? "run" : name.toString();
    }

    /// Shows a run wherever it lies.
    public void show(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        elsewhere.put(name(absolute), absolute);
    }

    /// Shows a run of this process, and lets the pages control it until [#detach].
    public void attach(Path folder, RunControl control) {
        show(folder);
        live.put(name(folder.toAbsolutePath().normalize()), control);
    }

    /// The run ended: it can no longer be controlled.
    public void detach(Path folder) {
        live.remove(name(folder.toAbsolutePath().normalize()));
    }

    /// How a run of this process is controlled; `null` for all others.
    @Nullable RunControl control(String id) {
        return live.get(id);
    }

    /// The names of all runs, the newest first as their names begin with the time.
    public List<String> ids() {
        List<String> ids = new ArrayList<>(elsewhere.keySet());
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
                for (Path folder : folders) {
                    if (Files.isRegularFile(folder.resolve("run.json"))
                            && !ids.contains(name(folder))) {
                        ids.add(name(folder));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(root + ": " + e.getMessage(), e);
            }
        }
        ids.sort(Comparator.reverseOrder());
        return ids;
    }

    /// The folder of a run.
    ///
    /// @throws HttpFault with 404 if there is none of that name among them
    public Path folder(String id) {
        Path known = elsewhere.get(id);
        if (known != null) {
            return known;
        }
        // A name that is not one folder's plain name cannot be among those that the folder lists.
        boolean plain = !id.contains("/") && !id.contains("\\") && !id.equals("..");
        if (plain && !id.equals(".") && id.indexOf('\0') < 0) {
            Path folder = root.resolve(id);
            if (Files.isRegularFile(folder.resolve("run.json"))) {
                return folder;
            }
        }
        throw HttpFault.notFound("there is no such run");
    }

    /// A run as its `run.json` tells it, which is read again only when it has changed.
    RunDirectory open(String id) {
        Path folder = folder(id);
        Path file = folder.resolve("run.json");
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Opened known = opened.get(id);
            if (known == null || !known.modified().equals(modified) || known.size() != size) {
                known = new Opened(modified, size, RunDirectory.open(folder));
                opened.put(id, known);
            }
            return known.run();
        } catch (IOException e) {
            throw HttpFault.notFound("there is no such run");
        }
    }

    /// A run that can be read, or nothing if its files are damaged or just being made.
    Optional<RunDirectory> tryOpen(String id) {
        try {
            return Optional.of(open(id));
        } catch (FormatException | HttpFault | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// Its events so far.
    RunHistory history(String id) {
        RunHistory history = histories.computeIfAbsent(id, name -> new RunHistory(folder(name)));
        history.refresh();
        return history;
    }

    /// What has become of it: one that says it is running, but whose lock nobody holds, was killed;
    /// one that was interrupted, and is locked, has been resumed.
    RunState state(String id, RunDirectory run) {
        return switch (run.state()) {
            case RUNNING, INTERRUPTED ->
                    live.containsKey(id) || RunLock.isHeld(run.folder())
                            ? RunState.RUNNING
                            : RunState.INTERRUPTED;
            case FINISHED, DIVERGED -> run.state();
        };
    }

    /// Deletes a run and all its files.
    ///
    /// @throws HttpFault with 409 while it is running
    void delete(String id) {
        Path folder = folder(id);
        if (state(id, open(id)) == RunState.RUNNING) {
            throw new HttpFault(409, "the run is going on; stop it first");
        }
        try {
            deleteTree(folder);
        } catch (IOException e) {
            throw new HttpFault(500, "the run could not be deleted: " + e.getMessage());
        }
        histories.remove(id);
        opened.remove(id);
        elsewhere.remove(id);
    }

    /// Links are removed, not followed.
    private static void deleteTree(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(folder);
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException fault) throws IOException {
                        if (fault != null) {
                            throw fault;
                        }
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
