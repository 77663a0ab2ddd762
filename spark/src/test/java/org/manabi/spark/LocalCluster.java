package org.manabi.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/// A standalone cluster from the jars alone: a master and two workers, each a JVM of its own, on the
/// loopback address.
final class LocalCluster implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Path home;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    LocalCluster(Path home) throws IOException, InterruptedException {
        this.home = home;
        port = freePort();
        linkJars();
        start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0");
        await();
        for (int worker = 0; worker < 2; worker++) {
            start(
                    "worker-" + worker,
                    "org.apache.spark.deploy.worker.Worker",
                    url(),
                    "--host",
                    "127.0.0.1",
                    "--cores",
                    "2",
                    "--memory",
                    "2g",
                    "--webui-port",
                    "0",
                    "--work-dir",
                    home.resolve("work-" + worker).toString());
        }
    }

    private static List<Path> classpath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    /// Spark finds its own jars in a folder: here one jar that names them all. What is Manabi's comes
    /// to executors as a user's would.
    private void linkJars() throws IOException {
        String listed = Files.readString(Path.of(System.getProperty("spark.classpath.file")));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(listed.strip().split(File.pathSeparator))
                                .map(Path::of)
                                .filter(LocalCluster::isSparks)
                                .map(jar -> jar.toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path all = Files.createDirectories(home.resolve("jars")).resolve("all.jar");
        try (OutputStream out = Files.newOutputStream(all);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }

    private static boolean isSparks(Path jar) {
        return jar.toString().endsWith(".jar")
                && Stream.of("org/manabi", "tools/jackson", "snakeyaml", "junit", "manabi-")
                        .noneMatch(jar.toString()::contains);
    }

    static String manabiClasspath() {
        return String.join(
                File.pathSeparator,
                classpath().stream()
                        .filter(entry -> !isSparks(entry))
                        .map(Path::toString)
                        .toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start(String name, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-cp", home.resolve("jars") + "/*", "-Xmx256m"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(home.resolve(name + ".log").toFile());
        processes.add(builder.start());
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException(
                "the master did not start: " + Files.readString(home.resolve("master.log")));
    }

    String url() {
        return "spark://127.0.0.1:" + port;
    }

    /// A driver in this JVM whose executors have one core each.
    JavaSparkContext context(int executors) {
        return context(executors, manabiClasspath());
    }

    /// The same, whose executors know of Spark only.
    JavaSparkContext contextWithoutManabi() {
        return context(1, "");
    }

    private JavaSparkContext context(int executors, String classpath) {
        return new JavaSparkContext(
                new SparkConf()
                        .setMaster(url())
                        .setAppName("manabi-tests")
                        .set("spark.driver.host", "127.0.0.1")
                        .set("spark.driver.bindAddress", "127.0.0.1")
                        .set("spark.ui.enabled", "false")
                        .set("spark.executor.cores", "1")
                        .set("spark.cores.max", Integer.toString(executors))
                        .set("spark.executor.memory", "512m")
                        .set("spark.stage.maxConsecutiveAttempts", "20")
                        .set("spark.executor.extraClassPath", classpath));
    }

    /// The processes of the executors there are now.
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(process -> process.toHandle().descendants())
                .filter(
                        handle ->
                                handle.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes.reversed()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        for (Process process : processes) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
