package org.manabi.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.Diabetes;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.Sha256;
import org.manabi.formats.table.ColumnSurvey;
import org.manabi.formats.table.RowRoles;
import org.manabi.formats.table.Storage;
import org.manabi.formats.table.TableFile;
import org.manabi.formats.table.TableLoader;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.Seed;

/// A table in a text file, of which one column is to be predicted.
///
/// @param word the path as it was given, or the name of one that comes with Manabi
/// @param sha256 the digest of the file's bytes
public record TableSource(String word, Path file, TableLoader.Loaded loaded, String sha256)
        implements DataSource {

    private static final List<String> SUFFIXES =
            List.of(".csv", ".tsv", ".tab", ".txt", ".data", ".parquet");

    /// The table of real numbers that comes with Manabi, and the column that it is about.
    private static final String EMBEDDED = "diabetes";

    /// Whether a word is the path of a table, by its name, or the name of one that comes with Manabi.
    public static boolean isTable(String word) {
        if (word.equals(EMBEDDED)) {
            return true;
        }
        Path path = Path.of(word);
        return Files.isDirectory(path) ? isShards(path) : hasSuffix(path);
    }

    private static boolean hasSuffix(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /// Whether a folder holds nothing but files of a table, besides hidden ones.
    private static boolean isShards(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> visible =
                    files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                            .toList();
            return !visible.isEmpty()
                    && visible.stream()
                            .allMatch(file -> hasSuffix(file) && Files.isRegularFile(file));
        } catch (IOException e) {
            return false; // Whoever opens it will say why.
        }
    }

    /// The file of such a word.
    public static Path file(String word) {
        return word.equals(EMBEDDED) ? embedded() : Path.of(word);
    }

    /// The column to predict if none is named.
    public static Optional<String> usualLabel(String word) {
        return word.equals(EMBEDDED) ? Optional.of(Diabetes.LABEL) : Optional.empty();
    }

    /// What comes with Manabi, as a file for as long as the program runs.
    private static Path embedded() {
        try {
            Path folder = Files.createTempDirectory("manabi-");
            Path file = folder.resolve(EMBEDDED + ".csv");
            Files.writeString(file, Diabetes.csv());
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is to be made of a table.
    ///
    /// @param label the column to predict
    /// @param values whether as real numbers although it could be classes
    /// @param roles of columns that say something of the rows
    /// @param storage where the numbers lie; nothing for where they fit
    public record Request(
            String label, boolean values, RowRoles roles, Optional<Storage> storage) {}

    /// So much of the memory the numbers of a table may take, as a divisor: training, validation and test
    /// data are parts of them, for a while beside the whole.
    private static final long SHARE = 6;

    /// Reads a table.
    ///
    /// @param word its path, or the name of one that comes with Manabi
    /// @param seed decides which rows are held back for the test
    /// @param remaining what remains to learn from of the other rows
    public static TableSource load(
            String word, Request request, Seed seed, UnaryOperator<Dataset> remaining) {
        Path path = file(word);
        String digest = sha256(path);
        Path folder = InstalledSource.caches(System.getenv()).getFirst().resolve("tables");
        TableFile table =
                TableFile.read(path, request.label(), new TableFile.Cache(folder, digest));
        TableLoader loader =
                new TableLoader(table, request.label(), request.values(), request.roles());
        String name = String.valueOf(path.getFileName());
        return new TableSource(
                word,
                path,
                loader.load(
                        name,
                        seed,
                        remaining,
                        bytes -> request.storage().orElseGet(() -> fitting(bytes))),
                digest);
    }

    private static Storage fitting(long bytes) {
        return bytes > Runtime.getRuntime().maxMemory() / SHARE ? Storage.DISK : Storage.MEMORY;
    }

    /// The exception for a table of which nobody said what is to be predicted.
    public static CommandException noLabel(Path path, Console console) {
        String columns =
                TableFile.survey(path).columns().stream()
                        .map(ColumnSurvey::name)
                        .collect(Collectors.joining(", "));
        return CommandException.wrongRequest(console.text("train.error.no-label", path, columns));
    }

    /// The columns that hold too many different words to learn from.
    public List<String> leftOut() {
        return loaded.leftOut();
    }

    @Override
    public String name() {
        return word;
    }

    @Override
    public String path() {
        return word.equals(EMBEDDED) ? word : file.toAbsolutePath().normalize().toString();
    }

    @Override
    public String label() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    @Override
    public Split load() {
        return loaded.split();
    }

    @Override
    public Optional<TableSchema> schema() {
        return Optional.of(loaded.schema());
    }

    /// The digest of a table's bytes: of the file, or of the names and digests of a folder's files.
    static String sha256(Path path) {
        if (!Files.isDirectory(path)) {
            return digest(path);
        }
        StringBuilder all = new StringBuilder();
        for (Path file : TableFile.files(path)) {
            all.append(digest(file)).append("  ").append(file.getFileName()).append('\n');
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(Path file) {
        MessageDigest digest = Sha256.create();
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream in = new DigestInputStream(bytes, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw OpenedFile.failure(file.toString(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
