package org.manabi.formats;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hidden files in which a new content grows, `.NAME.PROCESS-NUMBER.tmp`. A process that was
/// killed leaves its own behind; the next writer of the same file removes it.
final class Temporaries {

    private static final Pattern TAIL = Pattern.compile("\\.(\\d{1,18})-[0-9a-f]{16}\\.tmp$");

    private Temporaries() {}

    /// A name that no other writer has.
    static Path next(Path folder, String name) {
        String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return folder.resolve(
                "." + name + "." + ProcessHandle.current().pid() + "-" + number + ".tmp");
    }

    /// Removes what processes that are no more left of a file; an empty name means every file.
    static void sweep(Path folder, String name) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> isLeftover(file, name))) {
            files.forEach(Temporaries::discard);
        } catch (IOException | DirectoryIteratorException e) {
            leftBehind(folder, e);
        }
    }

    private static boolean isLeftover(Path file, String name) {
        String full = String.valueOf(file.getFileName());
        if (!full.startsWith("." + name)) {
            return false;
        }
        Matcher tail = TAIL.matcher(full.substring(1 + name.length()));
        return (name.isEmpty() ? tail.find() : tail.matches())
                && ProcessHandle.of(Long.parseLong(tail.group(1))).isEmpty();
    }

    /// Removes a file; one that cannot be removed harms nobody.
    static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            leftBehind(temporary, e);
        }
    }

    private static void leftBehind(Path place, Exception cause) {
        System.getLogger(Temporaries.class.getName())
                .log(System.Logger.Level.DEBUG, "left behind: " + place, cause);
    }
}
