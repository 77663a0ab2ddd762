package org.manabi.formats.table;

/// Where the numbers of a table's rows lie while a network learns from them. It changes the speed and the
/// memory that is needed, never a bit of what is learned.
public enum Storage {
    /// All in memory, as the network is shown them.
    MEMORY,
    /// In a mapped file, from which each mini-batch is read: for tables larger than the memory.
    DISK
}
