package org.manabi.board.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where a server listens.
///
/// @param host a name or address of this machine; `127.0.0.1` is reached from this machine alone
/// @param port 0 … 65535; 0 lets the system choose a free one
public record Bind(String host, int port) {

    /// This machine alone.
    public static Bind loopback(int port) {
        return new Bind("127.0.0.1", port);
    }

    public Bind {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 0 … 65535");
        }
    }

    InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "this machine has no address " + host + "; 127.0.0.1 always works", e);
        }
    }

    /// Whether only this machine can reach it.
    public boolean isLoopback() {
        return address().getAddress().isLoopbackAddress();
    }
}
