package org.manabi.bench;

/// A program that does nothing: what starting Java takes, to measure other starts by.
public final class Empty {

    private Empty() {}

    public static void main(String[] arguments) {
        // only to start and to end
    }
}
