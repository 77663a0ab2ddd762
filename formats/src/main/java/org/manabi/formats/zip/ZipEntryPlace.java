package org.manabi.formats.zip;

/// An entry of a zip archive, as its directory describes it.
///
/// @param name its name; it is never used as a path
/// @param deflated whether it is compressed
/// @param size its bytes when inflated
/// @param compressedSize its bytes in the archive
/// @param crc the CRC-32 of its content
/// @param header the byte of the archive where its local header begins
public record ZipEntryPlace(
        String name, boolean deflated, long size, long compressedSize, long crc, long header) {}
