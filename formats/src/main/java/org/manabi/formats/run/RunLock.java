package org.manabi.formats.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;

/// Lets at most one training write into a run's folder. The lock is the operating system's, on the
/// file `run.lock`, so it goes with the process that holds it however that ends; the file tells
/// others who it is. A file that is left behind without a lock is stale and taken over.
public final class RunLock implements AutoCloseable {

    private static final String NAME = "run.lock";

    /// Beyond the text, which stays readable where locks forbid reading.
    private static final long LOCKED = 1L << 40;

    /// The locks of this very process. They must be known without opening their files: closing any
    /// channel to a file gives up all locks that a POSIX process has on it.
    private static final Map<Path, Holder> OWN = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /// Who holds a lock.
    ///
    /// @param pid the number of the process
    /// @param host the name of its machine
    /// @param since when it began, in ISO 8601
    public record Holder(long pid, String host, String since) {

        private static Holder here() {
            return new Holder(
                    ProcessHandle.current().pid(),
                    hostName(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    /// The run is being trained already.
    public static final class HeldException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String folder;
        private final transient @Nullable Holder holder;

        HeldException(Path folder, @Nullable Holder holder) {
            super(folder + " is being trained by " + (holder == null ? "another" : holder));
            this.folder = folder.toString();
            this.holder = holder;
        }

        public String folder() {
            return folder;
        }

        /// Who trains; `null` if it has not said yet.
        public @Nullable Holder holder() {
            return holder;
        }
    }

    /// Locks a run's folder until [#close].
    ///
    /// @throws HeldException if another training holds the lock
    /// @throws org.manabi.formats.WriteException if the disk refuses
    public static RunLock take(Path folder) {
        Path file = fileOf(folder);
        Holder here = Holder.here();
        Holder own = OWN.putIfAbsent(file, here);
        if (own != null) {
            throw new HeldException(folder, own);
        }
        boolean taken = false;
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(LOCKED, 1, false);
            if (lock == null) {
                channel.close();
                throw new HeldException(folder, holder(file));
            }
            channel.truncate(0);
            Durably.writeAll(channel, ByteBuffer.wrap(text(here).getBytes(StandardCharsets.UTF_8)));
            taken = true;
            return new RunLock(file, channel, lock);
        } catch (IOException e) {
            throw Durably.failure(file, e);
        } finally {
            if (!taken) {
                OWN.remove(file);
            }
        }
    }

    private static Path fileOf(Path folder) {
        return folder.resolve(NAME).toAbsolutePath().normalize();
    }

    private static String text(Holder holder) {
        return JsonObject.EMPTY
                        .with("pid", holder.pid())
                        .with("host", holder.host())
                        .with("since", holder.since())
                + "\n";
    }

    /// Who wrote the lock file last, whether or not the lock is still held.
    private static @Nullable Holder holder(Path file) {
        try {
            String text = Files.readString(file);
            JsonFields fields =
                    JsonFields.of(JsonReader.parse(text, file.toString(), ""), file.toString(), "");
            return new Holder(fields.integer("pid"), fields.text("host"), fields.text("since"));
        } catch (IOException | FormatException e) {
            return null;
        }
    }

    /// Whether a training is writing into the folder now.
    public static boolean isHeld(Path folder) {
        Path file = fileOf(folder);
        if (OWN.containsKey(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(LOCKED, 1, false)) {
            return lock == null;
        } catch (IOException e) {
            return false; // there is no such file, or nobody may write it
        }
    }

    /// Gives the folder free.
    @Override
    public void close() {
        try {
            channel.truncate(0); // the file stays: removing it could part two who want to lock it
            lock.release();
            channel.close();
        } catch (IOException e) {
            System.getLogger(RunLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "not released in good order: " + file, e);
        } finally {
            OWN.remove(file);
        }
    }
}
