package org.manabi.formats.table;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.FieldPath;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.csv.Csv;

/// Records in a Parquet file, whose columns are numbers, texts, dates and truth values; a column within a
/// column is refused.
///
/// Source: the Apache Parquet format, version 2. The library decodes; what it is given has been held
/// against the file's length before.
record ParquetFormat(Path path, List<Kind> kinds, List<String> columns) implements TableFormat {

    private static final String FORMAT = "a Parquet file";
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 8;

    /// Kept, or its level would be forgotten. The library tells how it decompresses.
    private static final Logger LIBRARY = Logger.getLogger("dev.hardwood");

    static {
        LIBRARY.setLevel(Level.WARNING);
        // The library would otherwise look for a native one.
        System.setProperty("hardwood.uselibdeflate", "false");
    }

    ParquetFormat {
        kinds = List.copyOf(kinds);
        columns = List.copyOf(columns);
    }

    /// What the cells of a column are.
    enum Kind {
        BOOLEAN,
        INT32,
        INT64,
        FLOAT,
        DOUBLE,
        DECIMAL,
        DATE,
        TIMESTAMP,
        TIME,
        UUID,
        TEXT
    }

    /// Whether a file begins as Parquet does.
    static boolean isOne(Path path) {
        return OpenedFile.read(
                path,
                "a table",
                file ->
                        file.length() >= MAGIC.length
                                && Arrays.equals(file.bytes(0, MAGIC.length), MAGIC));
    }

    /// @throws FormatException if the file is damaged, or has a column that is no such cell
    static ParquetFormat of(Path path) {
        OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    requireEnd(file);
                    return file.length();
                });
        try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(path))) {
            List<Kind> kinds = new ArrayList<>();
            List<String> names = new ArrayList<>();
            if (reader.getFileSchema().getColumns().isEmpty()) {
                throw new FormatException(path.toString(), "has no columns");
            }
            for (ColumnSchema column : reader.getFileSchema().getColumns()) {
                kinds.add(kind(path, column));
                names.add(column.name());
            }
            requirePlaces(path, reader.getFileMetaData());
            return new ParquetFormat(path, kinds, names);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(path, e);
        }
    }

    private static void requireEnd(OpenedFile file) throws IOException {
        long length = file.length();
        if (length < MAGIC.length + TAIL) {
            throw file.fault("ends after %d bytes; it is cut off".formatted(length));
        }
        ByteBuffer tail =
                ByteBuffer.wrap(file.bytes(length - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
        int footer = tail.getInt();
        byte[] end = new byte[MAGIC.length];
        tail.get(end);
        if (!Arrays.equals(end, MAGIC)) {
            throw file.fault("does not end with PAR1 as a Parquet file does; it is cut off");
        }
        if (footer <= 0 || footer > length - TAIL - MAGIC.length) {
            throw file.fault(
                    "says that its footer has %d bytes, but the whole has %d"
                            .formatted(footer, length));
        }
    }

    private static void requirePlaces(Path path, FileMetaData data) throws IOException {
        long length = java.nio.file.Files.size(path);
        long rows = 0;
        for (RowGroup group : data.rowGroups()) {
            rows += group.numRows();
            for (ColumnChunk chunk : group.columns()) {
                long start = chunk.chunkStartOffset();
                long size = chunk.metaData().totalCompressedSize();
                if (start < MAGIC.length || size < 0 || start > length - size) {
                    throw new FormatException(
                            path.toString(),
                            "column %s should have %d bytes from byte %d on, but the file ends after %d"
                                    .formatted(
                                            chunk.metaData().pathInSchema(), size, start, length));
                }
            }
        }
        if (rows != data.numRows() || rows < 0) {
            throw new FormatException(
                    path.toString(),
                    "says that it has %d rows, but its row groups have %d"
                            .formatted(data.numRows(), rows));
        }
    }

    private static Kind kind(Path path, ColumnSchema column) {
        if (column.maxRepetitionLevel() > 0
                || !column.fieldPath().equals(FieldPath.of(column.name()))) {
            throw new FormatException(
                    path.toString(),
                    "column %s holds lists or columns of its own; a table has one value in a cell"
                            .formatted(column.fieldPath()));
        }
        String logical =
                column.logicalType() == null ? "" : column.logicalType().getClass().getSimpleName();
        return switch (logical) {
            case "StringType", "EnumType", "JsonType" -> Kind.TEXT;
            case "DateType" -> Kind.DATE;
            case "TimestampType" -> Kind.TIMESTAMP;
            case "TimeType" -> Kind.TIME;
            case "DecimalType" -> Kind.DECIMAL;
            case "UuidType" -> Kind.UUID;
            case "", "IntType", "NullType" ->
                    switch (column.type()) {
                        case BOOLEAN -> Kind.BOOLEAN;
                        case INT32 -> Kind.INT32;
                        case INT64 -> Kind.INT64;
                        case FLOAT -> Kind.FLOAT;
                        case DOUBLE -> Kind.DOUBLE;
                        case INT96 -> Kind.TIMESTAMP;
                        case BYTE_ARRAY -> Kind.TEXT;
                        case FIXED_LEN_BYTE_ARRAY -> throw unknown(path, column, "bytes");
                    };
            default -> throw unknown(path, column, logical);
        };
    }

    private static FormatException unknown(Path path, ColumnSchema column, String type) {
        return new FormatException(
                path.toString(),
                "column %s is of type %s; numbers, texts, dates and truth values can be read"
                        .formatted(column.name(), type));
    }

    /// The exception for whatever the library stumbled over.
    static FormatException damaged(Path path, Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new FormatException(
                path.toString(),
                "is damaged or no Parquet file that can be read: "
                        + message.lines().findFirst().orElse(""));
    }

    @Override
    public Names names(@Nullable String known) {
        return new Names(columns, true);
    }

    @Override
    public TableRecords records(boolean named) {
        try {
            return new ParquetRecords(this, ParquetFileReader.open(new ParquetInput(path)));
        } catch (IOException | RuntimeException e) {
            throw damaged(path, e);
        }
    }

    @Override
    public Optional<Csv> text() {
        return Optional.empty();
    }
}
