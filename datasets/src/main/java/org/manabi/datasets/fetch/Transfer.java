package org.manabi.datasets.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.Durably;

/// One attempt to have a file, or the rest of it, from one mirror.
final class Transfer implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/.*");
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;
    private static final long LOOK_MILLISECONDS = 50;

    private final RemoteFile file;
    private final URI mirror;
    private final Path part;
    private final Duration patience;
    private final FetchProgress progress;
    private final HttpClient client;

    /// When something came last, in nanoseconds.
    private final AtomicLong lastNews = new AtomicLong(System.nanoTime());

    Transfer(RemoteFile file, URI mirror, Path part, Duration patience, FetchProgress progress) {
        this.file = file;
        this.mirror = mirror;
        this.part = part;
        this.patience = patience;
        this.progress = progress;
        this.client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
                        .connectTimeout(patience)
                        .build();
    }

    /// Why an attempt failed.
    static final class Failure extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean partIsUseless;

        Failure(String reason, boolean partIsUseless) {
            super(reason);
            this.partIsUseless = partIsUseless;
        }

        /// Whether what has come is not the beginning of the file.
        boolean partIsUseless() {
            return partIsUseless;
        }
    }

    /// Downloads to the end of what the mirror sends.
    ///
    /// @throws IOException if the disk fails
    void run() throws IOException, Failure {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long from = channel.size();
            progress.asking(file, mirror, from);
            HttpRequest.Builder request = HttpRequest.newBuilder(mirror).GET();
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            Body body = new Body(channel, from);
            CompletableFuture<HttpResponse<Void>> answer =
                    client.sendAsync(
                            request.build(),
                            info -> {
                                body.begin(info);
                                return body.isWanted()
                                        ? BodySubscribers.ofByteArrayConsumer(
                                                bytes -> bytes.ifPresent(body::write))
                                        : BodySubscribers.discarding();
                            });
            HttpResponse<Void> response = await(answer, body);
            body.requireSound(response.statusCode());
        }
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer, Body body)
            throws IOException, Failure {
        while (true) {
            try {
                return answer.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - lastNews.get() > patience.toNanos()) {
                    body.stop();
                    answer.cancel(true);
                    throw new Failure(
                            "has sent nothing for %d seconds".formatted(patience.toSeconds()),
                            false);
                }
            } catch (InterruptedException e) {
                body.stop();
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new Failure("was interrupted", false);
            } catch (ExecutionException e) {
                body.stop();
                Throwable cause = e.getCause();
                throw body.failure(cause == null ? e : cause);
            }
        }
    }

    /// What comes, on its way to the disk. Its methods are called by the client's threads, one after
    /// the other, but for [#stop].
    private final class Body {

        private final FileChannel channel;
        private long position;
        private long total = -1;
        private boolean stopped;
        private boolean wanted;
        private @Nullable IOException disk;
        private @Nullable Failure refused;

        Body(FileChannel channel, long from) {
            this.channel = channel;
            this.position = from;
        }

        synchronized boolean isWanted() {
            return wanted;
        }

        synchronized void begin(HttpResponse.ResponseInfo info) {
            lastNews.set(System.nanoTime());
            long length = info.headers().firstValueAsLong("Content-Length").orElse(-1);
            if (info.statusCode() == PARTIAL) {
                String range = info.headers().firstValue("Content-Range").orElse("");
                Matcher matcher = RANGE.matcher(range);
                if (!matcher.matches() || Long.parseLong(matcher.group(1)) != position) {
                    refused =
                            new Failure(
                                    "was asked for the bytes from %d on and sends \"%s\""
                                            .formatted(position, range),
                                    true);
                    return;
                }
            } else if (info.statusCode() == OK) {
                position = 0; // it does not know ranges, and sends all
                try {
                    channel.truncate(0);
                } catch (IOException e) {
                    disk = e;
                    return;
                }
            } else {
                return;
            }
            total = length < 0 ? -1 : position + length;
            wanted = true;
        }

        synchronized void write(byte[] bytes) {
            lastNews.set(System.nanoTime());
            if (stopped || refused != null) {
                return;
            }
            if (position + bytes.length > file.maxBytes()) {
                refused =
                        new Failure(
                                "sends more than the %d bytes that %s can have"
                                        .formatted(file.maxBytes(), file.name()),
                                true);
                throw new IllegalStateException("too long");
            }
            try {
                channel.position(position);
                Durably.writeAll(channel, ByteBuffer.wrap(bytes));
            } catch (IOException e) {
                disk = e;
                throw new IllegalStateException("the disk fails", e);
            }
            position += bytes.length;
            progress.received(file, position, total);
        }

        /// Nothing is written after this.
        synchronized void stop() {
            stopped = true;
        }

        synchronized void requireSound(int status) throws IOException, Failure {
            if (disk != null) {
                throw disk;
            }
            if (refused != null) {
                throw refused;
            }
            if (status == NOT_SATISFIABLE) {
                throw new Failure("has no more bytes than came before", true);
            }
            if (!wanted) {
                throw new Failure("answers with HTTP status " + status, false);
            }
        }

        synchronized Failure failure(Throwable cause) throws IOException {
            if (disk != null) {
                throw disk;
            }
            if (refused != null) {
                return refused;
            }
            String reason =
                    switch (cause) {
                        case UnknownHostException _ -> "cannot be found; is there a connection?";
                        case ConnectException e
                                when e.getCause() instanceof UnresolvedAddressException ->
                                "cannot be found; is there a connection?";
                        case ConnectException _ -> "cannot be reached";
                        case java.net.http.HttpTimeoutException _ -> "does not answer";
                        default ->
                                "broke off after %d bytes (%s)"
                                        .formatted(
                                                position,
                                                cause.getMessage() == null
                                                        ? cause.getClass().getSimpleName()
                                                        : cause.getMessage());
                    };
            return new Failure(reason, false);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
