package org.manabi.board.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.manabi.formats.FormatException;
import org.manabi.tensor.ShapeException;

/// The JDK's HTTP server with limits: bounded connections, headers, bodies and times, and headers
/// that keep a browser from doing more than these pages need. Each request has a virtual thread, so
/// a client that does not read holds up nobody else.
public final class WebServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WebServer.class.getName());

    private static final int MAX_CONNECTIONS = 2_000;
    private static final int MAX_STREAMS = 1_000;
    private static final Set<String> VERSIONS = Set.of("HTTP/1.0", "HTTP/1.1");
    private static final int BACKLOG = 1_024;
    private static final int REFUSED_BYTES = 1 << 16;

    static {
        // They are read once, when the first server of the process is made.
        limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        limit("sun.net.httpserver.maxReqTime", 30); // seconds for a request to arrive
        limit("sun.net.httpserver.idleInterval", 60);
        limit("sun.net.httpserver.maxIdleConnections", MAX_CONNECTIONS);
        limit("sun.net.httpserver.maxReqHeaders", 100);
        limit("sun.net.httpserver.maxReqHeaderSize", 32 << 10);
        limit("sun.net.httpserver.drainAmount", REFUSED_BYTES);
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final AtomicInteger active = new AtomicInteger();
    private volatile boolean draining;
    private final Deadlines deadlines = new Deadlines();
    private final Guard guard;
    private final Routes routes;

    private WebServer(HttpServer server, Guard guard, Routes routes) {
        this.server = server;
        this.guard = guard;
        this.routes = routes;
    }

    private static void limit(String name, int value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, Integer.toString(value));
        }
    }

    /// Starts to listen.
    ///
    /// @throws PortInUseException if another program does already
    /// @throws CannotListenException if the system does not allow it
    public static WebServer start(Bind bind, Guard guard, Routes routes) {
        try {
            HttpServer server = HttpServer.create(bind.address(), BACKLOG);
            WebServer web = new WebServer(server, guard, routes);
            server.createContext("/", web::answer);
            server.setExecutor(web.threads);
            server.start();
            return web;
        } catch (IOException e) {
            throw isInUse(e) ? new PortInUseException(bind, e) : new CannotListenException(bind, e);
        }
    }

    /// A [BindException] may also say that the address is not this machine's, or not allowed.
    private static boolean isInUse(IOException e) {
        return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
    }

    /// The port, which the system chose if 0 was asked for.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Ends all streams and connections at once.
    @Override
    public void close() {
        close(0);
    }

    /// Refuses further requests, gives those that are being answered some time to end, then ends.
    public void close(int seconds) {
        draining = true;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (active.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        deadlines.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) {
        active.incrementAndGet();
        try (exchange;
                var deadline = deadlines.watch(Thread.currentThread())) {
            Response response = response(exchange);
            EventSource events = response.events();
            if (events == null || exchange.getRequestMethod().equals("HEAD")) {
                send(exchange, response);
            } else {
                deadline.lift();
                stream(exchange, response, events);
            }
        } catch (IOException e) {
            // The client has gone, and there is nobody left to tell.
            LOG.log(System.Logger.Level.DEBUG, "a client left before its answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            active.decrementAndGet();
        }
    }

    private Response response(HttpExchange exchange) {
        try {
            if (!VERSIONS.contains(exchange.getProtocol())) {
                throw new HttpFault(505, "this server speaks HTTP/1.1");
            }
            Request request = Request.of(exchange);
            guard.check(request);
            if (draining) {
                throw new HttpFault(503, "the server is ending");
            }
            return guard.needsTokenForAll() ? remember(request) : routes.answer(request);
        } catch (HttpFault fault) {
            return Response.fault(fault);
        } catch (FormatException | ShapeException e) {
            return Response.fault(new HttpFault(422, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "answering " + exchange.getRequestURI(), e);
            return Response.fault(
                    new HttpFault(500, "this is a mistake in Manabi, not yours: " + e));
        }
    }

    /// Puts a token from the address into a cookie, so that it leaves the address.
    private Response remember(Request request) {
        boolean fromAddress = request.query("token").isPresent();
        if (fromAddress && request.method().equals("GET") && request.path().getLast().isEmpty()) {
            return Response.empty(303)
                    .with("Location", "/")
                    .with(
                            "Set-Cookie",
                            Guard.COOKIE
                                    + "="
                                    + guard.token()
                                    + "; HttpOnly; SameSite=Strict; Path=/");
        }
        return routes.answer(request);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        SafeHeaders.addTo(headers);
        response.headers().forEach(headers::set);
        byte[] body = response.body();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            headers.set("Content-Length", Integer.toString(body.length));
        }
        if (response.status() == 413 || response.status() == 503) {
            headers.set("Connection", "close");
        }
        boolean bodiless = head || body.length == 0;
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private void stream(HttpExchange exchange, Response response, EventSource events)
            throws IOException, InterruptedException {
        if (!streams.tryAcquire()) {
            send(
                    exchange,
                    Response.fault(
                            new HttpFault(503, "too many pages are open; close some of them")));
            return;
        }
        try {
            SafeHeaders.addTo(exchange.getResponseHeaders());
            response.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                events.sendTo(new StreamSink(out));
            }
        } finally {
            streams.release();
        }
    }

    /// Writes events as text/event-stream, see the HTML standard, section 9.2.
    private record StreamSink(OutputStream out) implements EventSink {

        private static final byte[] PING = ": \n\n".getBytes(StandardCharsets.US_ASCII);

        @Override
        public void send(EncodedEvent event) throws IOException {
            event.writeTo(out);
            out.flush();
        }

        @Override
        public void ping() throws IOException {
            out.write(PING);
            out.flush();
        }
    }
}
