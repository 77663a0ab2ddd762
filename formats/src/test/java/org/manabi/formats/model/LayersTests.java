package org.manabi.formats.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.manabi.layers.Layer;

class LayersTests {

    @Test
    void everyLayerOfCoreCanBeHeld() throws IOException, URISyntaxException {
        assertThat(Layers.names()).containsExactlyElementsOf(layersOfCore());
    }

    private static Set<String> layersOfCore() throws IOException, URISyntaxException {
        Path core =
                Path.of(Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(core)) {
            return layersIn(core);
        }
        try (FileSystem jar = FileSystems.newFileSystem(core)) {
            return layersIn(jar.getPath("/"));
        }
    }

    private static Set<String> layersIn(Path classes) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes.resolve("org/manabi/layers"))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName()).replace(".class", "");
                if (isLayer(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isLayer(String name) {
        try {
            Class<?> type = Class.forName("org.manabi.layers." + name);
            return Layer.class.isAssignableFrom(type) && type.isRecord();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
