package org.manabi.board.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Speaks to the server in bytes, as no client library would.
class WebServerTests {

    private static final int TIMEOUT_MILLISECONDS = 5_000;

    private final Guard guard = Guard.ofPages(true);
    private WebServer server;

    @BeforeEach
    void start() {
        Routes routes =
                new Routes()
                        .get("/", _ -> Response.text("text/html", "<p>hello"))
                        .get("/api/things", _ -> Response.text("text/plain", "things"))
                        .get("/things/{name}", r -> Response.text("text/plain", r.part("name")))
                        .post("/change", r -> Response.text("text/plain", r.bodyText(100)))
                        .get(
                                "/bug",
                                _ -> {
                                    throw new IllegalStateException("a bug");
                                })
                        .get("/stream", _ -> Response.events(sink -> sink.send("tick", "7", "{}")));
        server = WebServer.start(Bind.loopback(0), guard, routes);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersWithHeadersThatBindTheBrowser() throws IOException {
        String answer = ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .endsWith("<p>hello")
                .containsIgnoringCase("script-src 'self'")
                .containsIgnoringCase("default-src 'none'")
                .containsIgnoringCase("frame-ancestors 'none'")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .doesNotContain("unsafe-inline");
    }

    @Test
    void aNameOfAnotherHostIsRefused() throws IOException {
        // DNS rebinding: a page of evil.example whose name now leads to this machine.
        assertThat(ask("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws IOException {
        assertThat(ask(get("Origin: https://evil.example"))).startsWith("HTTP/1.1 403");
        assertThat(ask(get("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void aLinkElsewhereLeadsToPagesAndToNothingElse() throws IOException {
        String link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate";
        assertThat(ask(get(link))).startsWith("HTTP/1.1 200");
        assertThat(ask(get(link).replace("GET / ", "GET /api/things "))).startsWith("HTTP/1.1 403");
        assertThat(ask(get("Sec-Fetch-Site: none").replace("GET / ", "GET /api/things ")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aChangeNeedsTheToken() throws IOException {
        String begin = "POST /change HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        String end = "Content-Length: 3\r\n\r\nabc";

        assertThat(ask(begin + end)).startsWith("HTTP/1.1 403");
        assertThat(ask(begin + "X-Manabi-Token: wrong\r\n" + end)).startsWith("HTTP/1.1 403");
        assertThat(ask(begin + "X-Manabi-Token: " + guard.token() + "\r\n" + end))
                .startsWith("HTTP/1.1 200")
                .endsWith("abc");
    }

    @Test
    void aGigabyteIsRefusedBeforeItIsRead() throws IOException {
        String begin = change("X-Manabi-Token: " + guard.token(), "Content-Length: 1073741824");
        assertThat(firstLine(begin + "only the beginning")).startsWith("HTTP/1.1 413");
        assertAlive();
    }

    @Test
    void aChunkedBodyWithoutLengthIsBoundedToo() throws IOException {
        String chunk = "40\r\n" + "x".repeat(64) + "\r\n";
        assertThat(
                        ask(
                                "POST /change HTTP/1.1\r\nHost: localhost\r\nX-Manabi-Token: "
                                        + guard.token()
                                        + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + chunk.repeat(4)
                                        + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void aMistakeOfOursIsAnsweredAndHarmsNobody() throws IOException {
        assertThat(ask("GET /bug HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500")
                .contains("mistake in Manabi");
        assertAlive();
    }

    @Test
    void whatIsNotThereAndWhatIsNotAllowedAreToldApart() throws IOException {
        assertThat(ask("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(ask("GET /change HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: POST");
    }

    @Test
    void eventsAreWrittenAsTheStandardSays() throws IOException {
        assertThat(ask("GET /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsIgnoringCase("content-type: text/event-stream")
                .contains("event: tick\nid: 7\ndata: {}\n\n");
    }

    static final List<String> MALFORMED =
            List.of(
                    "\r\n\r\n",
                    "GET\r\n\r\n",
                    "GET /\r\n\r\n",
                    "nonsense\0\1\2\3\r\n\r\n",
                    "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                    "GET / HTTP/1.1\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
                    "GET / HTTP/1.1\r\n: no name\r\nHost: localhost\r\n\r\n",
                    "GET http://[::bad/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: local\u0000host\r\n\r\n",
                    "POST /change HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                    "POST /change HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
                    change("Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                    change("Transfer-Encoding: chunked") + "zz\r\nx\r\n",
                    "POST /change HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nshort",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nLong: "
                            + "x".repeat(200_000)
                            + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(5_000) + "\r\n",
                    "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void survivesMalformedRequests(String request) throws IOException {
        assertThat(firstLine(request)).doesNotContain(" 200 ").doesNotContain(" 500 ");
        assertAlive();
    }

    @Test
    void aClientThatSendsNothingHoldsUpNobody() throws IOException {
        try (Socket silent = connect();
                Socket half = connect()) {
            half.getOutputStream().write("GET / HT".getBytes(ISO_8859_1));
            half.getOutputStream().flush();
            assertThat(silent.isConnected()).isTrue();
            assertAlive();
        }
    }

    @Test
    void aPortInUseIsNamed() {
        assertThatThrownBy(() -> WebServer.start(Bind.loopback(server.port()), guard, new Routes()))
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining("port " + server.port());
    }

    @Test
    void anAddressOfAnotherMachineIsNoPortInUse() {
        Bind elsewhere = new Bind("192.0.2.1", 0); // kept free for examples, RFC 5737
        assertThatThrownBy(() -> WebServer.start(elsewhere, guard, new Routes()))
                .isInstanceOf(CannotListenException.class)
                .isNotInstanceOf(PortInUseException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void aServerForOtherMachinesNeedsItsTokenForAll() throws IOException {
        Guard strict = Guard.ofPages(false);
        Routes routes = new Routes().get("/", _ -> Response.text("text/plain", "hello"));
        try (WebServer open = WebServer.start(Bind.loopback(0), strict, routes)) {
            String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
            assertThat(ask(open.port(), "GET /" + end + "\r\n")).startsWith("HTTP/1.1 401");
            assertThat(ask(open.port(), "GET /?token=" + strict.token() + end + "\r\n"))
                    .startsWith("HTTP/1.1 303")
                    .containsIgnoringCase("samesite=strict");
            assertThat(
                            ask(
                                    open.port(),
                                    "GET /"
                                            + end
                                            + "Cookie: manabi_token="
                                            + strict.token()
                                            + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void closingEndsStreamsThatNobodyReads() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Routes routes =
                new Routes()
                        .get(
                                "/flood",
                                _ ->
                                        Response.events(
                                                sink -> {
                                                    try {
                                                        flood(sink);
                                                    } finally {
                                                        ended.countDown();
                                                    }
                                                }));
        WebServer flooding = WebServer.start(Bind.loopback(0), guard, routes);
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), flooding.port())) {
            deaf.getOutputStream()
                    .write("GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(ended.await(300, TimeUnit.MILLISECONDS)).isFalse();
            flooding.close();
            assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void flood(EventSink sink) throws IOException {
        String much = "x".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            sink.send("flood", "", much);
        }
    }

    private static String get(String... headers) {
        return "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    private static String change(String... headers) {
        return "POST /change HTTP/1.1\r\nHost: localhost\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    private void assertAlive() throws IOException {
        assertThat(ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .endsWith("<p>hello");
    }

    private String ask(String request) throws IOException {
        return ask(server.port(), request);
    }

    private static String ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /// The first line of the answer; empty if the server closes the connection or waits for more.
    private String firstLine(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(500);
            StringBuilder line = new StringBuilder();
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                InputStream in = socket.getInputStream();
                for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                    line.append((char) c);
                }
            } catch (SocketTimeoutException e) {
                return "waits for more";
            } catch (IOException e) {
                return "closed by the server";
            }
            return line.toString();
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
}
