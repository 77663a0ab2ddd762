package org.manabi.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;

/// Servers on this machine that do what servers do: stall, break off, lie, redirect, send pages.
class FetcherTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] CONTENT = new byte[300_000];
    private static final String NAME = "a.gz";

    static {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) random.nextInt(3); // compresses to something long enough
        }
    }

    private static final byte[] PACKED = packed();

    @TempDir private Path folder;
    private final List<AutoCloseable> servers = new ArrayList<>();

    /// The `Range` headers that servers got; "none" where there was none.
    private final List<String> ranges = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    private static byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(CONTENT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static RemoteFile file(URI... mirrors) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(CONTENT);
            return new RemoteFile(
                    NAME,
                    List.of(mirrors),
                    1_000_000,
                    Digest.sha256OfContent(HexFormat.of().formatHex(sha256)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private int fetch(Duration patience, URI... mirrors) {
        return new Fetcher(folder, patience, FetchProgress.NONE).fetch(List.of(file(mirrors)));
    }

    private void assertFetched() throws IOException {
        assertThat(folder.resolve(NAME)).hasBinaryContent(PACKED);
        assertThat(folder.resolve(NAME + ".part")).doesNotExist();
    }

    /// A server that knows ranges.
    private URI sound() throws IOException {
        return raw(
                socket -> {
                    String range = ranges.getLast();
                    if (range.equals("none")) {
                        send(socket, ok(PACKED.length), PACKED, PACKED.length);
                        return;
                    }
                    int from = Integer.parseInt(range.replaceAll("\\D", ""));
                    byte[] rest = Arrays.copyOfRange(PACKED, from, PACKED.length);
                    send(
                            socket,
                            """
                            HTTP/1.1 206 Partial Content
                            Content-Range: bytes %d-%d/%d
                            Content-Length: %d

                            """
                                    .formatted(from, PACKED.length - 1, PACKED.length, rest.length)
                                    .replace("\n", "\r\n"),
                            rest,
                            rest.length);
                });
    }

    private URI redirecting(String location) throws IOException {
        return raw(
                socket ->
                        send(
                                socket,
                                "HTTP/1.1 302 Found\r\nLocation: "
                                        + location
                                        + "\r\nContent-Length: 0\r\n\r\n",
                                PACKED,
                                0));
    }

    /// What a raw server does with a connection after it has read the request.
    @FunctionalInterface
    private interface Answer {
        void to(Socket socket) throws Exception;
    }

    private URI raw(Answer answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        servers.add(server);
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            while (!server.isClosed()) {
                                try (Socket socket = server.accept()) {
                                    byte[] request = new byte[8192];
                                    int count = socket.getInputStream().read(request);
                                    String text =
                                            new String(
                                                    request,
                                                    0,
                                                    Math.max(0, count),
                                                    StandardCharsets.US_ASCII);
                                    ranges.add(
                                            text.lines()
                                                    .filter(line -> line.startsWith("Range: "))
                                                    .map(line -> line.substring(7))
                                                    .findFirst()
                                                    .orElse("none"));
                                    answer.to(socket);
                                } catch (Exception _) {
                                    // the client went away, as it may
                                }
                            }
                        });
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/" + NAME);
    }

    private static void send(Socket socket, String head, byte[] body, int count)
            throws IOException {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body, 0, count);
        socket.getOutputStream().flush();
    }

    private static String ok(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void filesComeOnceAndAreChecked() throws IOException {
        URI server = sound();
        assertThat(fetch(PATIENCE, server)).isEqualTo(1);
        assertFetched();
        assertThat(fetch(PATIENCE, server)).isZero();
        assertThat(ranges).hasSize(1);
        Files.write(folder.resolve(NAME), Arrays.copyOf(PACKED, 99)); // damaged since
        assertThat(fetch(PATIENCE, server)).isEqualTo(1);
        assertFetched();
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        fetch(PATIENCE, redirecting(sound().toString()));
        assertFetched();
    }

    @Test
    void redirectsWithoutEndAreLeft() throws IOException {
        URI server = redirecting("/" + NAME);
        assertThatThrownBy(() -> fetch(PATIENCE, server)).isInstanceOf(FetchException.class);
    }

    /// What came before it broke off is not asked for again.
    @Test
    void brokenDownloadsGoOnAtTheNextMirror() throws IOException {
        URI breaks = raw(socket -> send(socket, ok(PACKED.length), PACKED, 20_000));
        URI server = sound();
        fetch(PATIENCE, breaks, server);
        assertFetched();
        assertThat(ranges).hasSize(2);
        assertThat(ranges.getLast()).matches("bytes=[1-9]\\d*-");
    }

    @Test
    void brokenDownloadsGoOnAnotherDay() throws IOException {
        URI breaks = raw(socket -> send(socket, ok(PACKED.length), PACKED, 20_000));
        assertThatThrownBy(() -> fetch(PATIENCE, breaks))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("broke off after 20000 bytes");
        assertThat(folder.resolve(NAME)).doesNotExist();
        assertThat(Files.size(folder.resolve(NAME + ".part"))).isEqualTo(20_000);
        fetch(PATIENCE, sound());
        assertFetched();
        assertThat(ranges.getLast()).isEqualTo("bytes=20000-");
    }

    @Test
    void rangesMayBeIgnored() throws IOException {
        Files.write(folder.resolve(NAME + ".part"), Arrays.copyOf(PACKED, 5_000));
        URI server = raw(socket -> send(socket, ok(PACKED.length), PACKED, PACKED.length));
        fetch(PATIENCE, server);
        assertFetched();
        assertThat(ranges.getFirst()).isEqualTo("bytes=5000-");
    }

    /// The beginning was of another version; with it nothing fits, so all is asked for again.
    @Test
    void wrongBeginningsAreForgotten() throws IOException {
        Files.write(folder.resolve(NAME + ".part"), new byte[5_000]);
        fetch(PATIENCE, sound());
        assertFetched();
        assertThat(ranges).containsExactly("bytes=5000-", "none");
    }

    @Test
    void rangesThatWereNotAskedForAreRefused() throws IOException {
        Files.write(folder.resolve(NAME + ".part"), Arrays.copyOf(PACKED, 5_000));
        URI server =
                raw(
                        socket ->
                                send(
                                        socket,
                                        """
                                        HTTP/1.1 206 Partial Content
                                        Content-Length: 10
                                        Content-Range: bytes 7-16/99

                                        """
                                                .replace("\n", "\r\n"),
                                        PACKED,
                                        10));
        assertThatThrownBy(() -> fetch(PATIENCE, server))
                .hasMessageContaining("sends \"bytes 7-16/99\"");
    }

    @Test
    void stallingServersAreLeft() throws IOException {
        URI stalls =
                raw(
                        socket -> {
                            send(socket, ok(PACKED.length), PACKED, 20_000);
                            Thread.sleep(600_000);
                        });
        fetch(Duration.ofSeconds(1), stalls, sound());
        assertFetched();
        assertThat(ranges.getLast()).isEqualTo("bytes=20000-");
    }

    @Test
    void silentServersAreLeft() throws IOException {
        URI silent = raw(socket -> Thread.sleep(600_000));
        assertThatThrownBy(() -> fetch(Duration.ofSeconds(1), silent))
                .hasMessageContaining("has sent nothing for 1 seconds");
    }

    @Test
    void liesAboutTheLengthAreFound() throws IOException {
        URI more = raw(socket -> send(socket, ok(PACKED.length + 7), PACKED, PACKED.length));
        assertThatThrownBy(() -> fetch(PATIENCE, more)).hasMessageContaining("broke off");
        Files.deleteIfExists(folder.resolve(NAME + ".part"));
        URI less = raw(socket -> send(socket, ok(1_000), PACKED, PACKED.length));
        assertThatThrownBy(() -> fetch(PATIENCE, less))
                .hasMessageContaining("sent something else than a.gz");
        assertThat(folder.resolve(NAME + ".part")).doesNotExist();
    }

    @Test
    void endlessFilesAreCutOff() throws IOException {
        URI server =
                raw(
                        socket -> {
                            send(socket, "HTTP/1.1 200 OK\r\n\r\n", PACKED, 0);
                            while (true) {
                                socket.getOutputStream().write(PACKED);
                            }
                        });
        assertThatThrownBy(() -> fetch(PATIENCE, server))
                .hasMessageContaining("sends more than the 1000000 bytes");
        assertThat(folder.resolve(NAME + ".part")).doesNotExist();
    }

    @Test
    void otherContentIsNeverKept() throws IOException {
        byte[] page = "<!DOCTYPE html><html>log in</html>".getBytes(StandardCharsets.US_ASCII);
        URI portal = raw(socket -> send(socket, ok(page.length), page, page.length));
        assertThatThrownBy(() -> fetch(PATIENCE, portal))
                .hasMessageContaining("looks like an HTML page");
        byte[] other = PACKED.clone();
        other[other.length / 2] ^= 1;
        URI wrong = raw(socket -> send(socket, ok(other.length), other, other.length));
        assertThatThrownBy(() -> fetch(PATIENCE, wrong)).isInstanceOf(FetchException.class);
        assertThat(folder.resolve(NAME)).doesNotExist();
        assertThat(folder.resolve(NAME + ".part")).doesNotExist();
    }

    @Test
    void allMirrorsAreNamedWhenNoneHelps() throws IOException {
        URI missing =
                raw(
                        socket ->
                                send(
                                        socket,
                                        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                                        PACKED,
                                        0));
        ServerSocket closed = new ServerSocket(0);
        URI refused = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/" + NAME);
        closed.close();
        assertThatThrownBy(() -> fetch(PATIENCE, missing, refused))
                .isInstanceOfSatisfying(
                        FetchException.class,
                        e -> {
                            assertThat(e.folder()).isEqualTo(folder);
                            assertThat(e.reasons())
                                    .containsExactly(
                                            missing + ": answers with HTTP status 404",
                                            refused + ": cannot be reached");
                        });
    }

    @Test
    void twoDownloadsIntoOneFolderAreRefused() throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> fetch(PATIENCE, sound()))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("another process is downloading");
        }
    }
}
