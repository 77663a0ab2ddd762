package org.manabi.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Direct connections between all replicas of a stage: each listens, all exchange their addresses, and
/// each calls those of lower rank.
final class Mesh implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    private final ServerSocketChannel server;
    private final int rank;
    private final int timeoutMilliseconds;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("manabi-mesh-", 0).daemon().factory());
    private final List<@Nullable Peer> peers = new ArrayList<>();
    private final AtomicLong progress = new AtomicLong();

    /// Begins to listen.
    ///
    /// @param host the address of this executor, by which the others reach it
    /// @param timeoutMilliseconds how long another replica may keep silent before it counts as lost
    Mesh(String host, int rank, int timeoutMilliseconds) throws IOException {
        this.rank = rank;
        this.timeoutMilliseconds = timeoutMilliseconds;
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(host, 0), BACKLOG);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    int rank() {
        return rank;
    }

    /// Connects to all others.
    ///
    /// @param addresses of all replicas, by rank
    void connect(List<InetSocketAddress> addresses, Handshake handshake) throws IOException {
        for (int i = 0; i < addresses.size(); i++) {
            peers.add(null);
        }
        Future<?> calling =
                threads.submit(
                        () -> {
                            for (int other = 0; other < rank; other++) {
                                peers.set(other, call(addresses.get(other), handshake, other));
                            }
                            return Optional.empty();
                        });
        server.socket().setSoTimeout(timeoutMilliseconds);
        for (int missing = addresses.size() - 1 - rank; missing > 0; ) {
            Socket socket = server.socket().accept();
            if (accept(socket, handshake, addresses.size())) {
                missing--;
            }
        }
        await(calling);
    }

    private Peer call(InetSocketAddress address, Handshake handshake, int other)
            throws IOException {
        Socket socket = SocketChannel.open().socket();
        prepare(socket);
        socket.connect(address, timeoutMilliseconds);
        Peer peer = new Peer(socket);
        handshake.call(peer.in(), peer.out(), rank, other);
        return peer;
    }

    /// Lets in who knows the secret; whoever does not is sent away and changes nothing.
    private boolean accept(Socket socket, Handshake handshake, int replicas) throws IOException {
        try {
            prepare(socket);
            Peer peer = new Peer(socket);
            int caller = handshake.accept(peer.in(), peer.out(), rank);
            if (caller > rank && caller < replicas && peers.get(caller) == null) {
                peers.set(caller, peer);
                return true;
            }
        } catch (IOException e) {
            // Not one of us, or one that has died; if it is missed, accepting times out.
        }
        socket.close();
        return false;
    }

    private void prepare(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(timeoutMilliseconds);
    }

    /// The connection to another replica.
    Peer peer(int other) {
        Peer peer = peers.get(other);
        if (peer == null) {
            throw new IllegalStateException("replica " + rank + " has no connection to " + other);
        }
        return peer;
    }

    /// Work on connections.
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// Begins work in a thread of its own.
    Future<?> begin(Work work) {
        Callable<Void> task =
                () -> {
                    work.run();
                    return null;
                };
        return threads.submit(task);
    }

    /// Notes that something came or went, so that nobody counts as silent.
    void progressed() {
        progress.incrementAndGet();
    }

    /// Waits for work, as long as there is progress.
    ///
    /// @throws IOException if it failed, since a replica was lost or kept silent for too long
    void await(Future<?> work) throws IOException {
        try {
            long seen;
            do {
                seen = progress.get();
                try {
                    work.get(timeoutMilliseconds, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    // was anybody heard of meanwhile?
                }
            } while (progress.get() != seen);
            close();
            throw new IOException(
                    "a replica was lost: none was heard of for "
                            + timeoutMilliseconds / 1_000.0
                            + " s");
        } catch (ExecutionException e) {
            close();
            throw new IOException("a replica was lost: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for another replica", e);
        }
    }

    long sent() {
        long sent = 0;
        for (Peer peer : peers) {
            sent += peer == null ? 0 : peer.bytesSent();
        }
        return sent;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Peer peer : peers) {
            if (peer != null) {
                peer.close();
            }
        }
        threads.shutdownNow();
    }
}
