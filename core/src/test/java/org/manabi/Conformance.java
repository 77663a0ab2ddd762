package org.manabi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Numbers from outside that are read in place, from a folder beside the project; whoever does not
/// have them sees the tests skipped.
public final class Conformance {

    private static final Path FOLDER = Path.of("../../shared/conformance");

    private Conformance() {}

    /// A file of that folder; the test is skipped if it is not there.
    public static Path file(String name) {
        Path file = FOLDER.resolve(name);
        assumeTrue(Files.exists(file), "skipped: there is no " + file);
        return file;
    }

    /// A JSON file of that folder; the test is skipped if it is not there.
    public static JsonNode json(String name) {
        return new JsonMapper().readTree(file(name).toFile());
    }
}
