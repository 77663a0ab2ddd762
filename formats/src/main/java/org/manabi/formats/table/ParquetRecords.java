package org.manabi.formats.table;

import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import org.manabi.formats.FormatException;

/// The rows of a Parquet file, one row group after another.
final class ParquetRecords implements TableRecords {

    private final ParquetFormat format;
    private final ParquetFileReader file;
    private final RowReader in;
    private long row;

    ParquetRecords(ParquetFormat format, ParquetFileReader file) {
        this.format = format;
        this.file = file;
        this.in = file.rowReader();
    }

    @Override
    public boolean advance() {
        try {
            if (!in.hasNext()) {
                return false;
            }
            in.next();
            row++;
            return true;
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private FormatException damaged(RuntimeException e) {
        return ParquetFormat.damaged(format.path(), e);
    }

    @Override
    public int fields() {
        return format.columns().size();
    }

    @Override
    public boolean isMissing(int field) {
        try {
            return in.isNull(field)
                    || switch (format.kinds().get(field)) {
                        case TEXT -> Cells.isMissing(in.getString(field));
                        case FLOAT -> Float.isNaN(in.getFloat(field));
                        case DOUBLE -> Double.isNaN(in.getDouble(field));
                        default -> false;
                    };
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public double number(int field) {
        try {
            double value =
                    switch (format.kinds().get(field)) {
                        case INT32 -> in.getInt(field);
                        case INT64 -> in.getLong(field);
                        case FLOAT -> in.getFloat(field);
                        case DOUBLE -> in.getDouble(field);
                        case DECIMAL -> in.getDecimal(field).doubleValue();
                        case TEXT -> Cells.number(in.getString(field));
                        case BOOLEAN, DATE, TIMESTAMP, TIME, UUID -> Double.NaN;
                    };
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public String text(int field) {
        try {
            if (in.isNull(field)) {
                return "";
            }
            return switch (format.kinds().get(field)) {
                case BOOLEAN -> Boolean.toString(in.getBoolean(field));
                case INT32 -> Integer.toString(in.getInt(field));
                case INT64 -> Long.toString(in.getLong(field));
                case FLOAT -> Double.toString(in.getFloat(field));
                case DOUBLE -> Double.toString(in.getDouble(field));
                case DECIMAL -> in.getDecimal(field).toPlainString();
                case DATE -> in.getDate(field).toString();
                case TIMESTAMP, TIME, UUID -> String.valueOf(in.getValue(field));
                case TEXT -> in.getString(field);
            };
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public long line() {
        return row;
    }

    @Override
    public FormatException fault(String fault) {
        return new FormatException(format.path().toString(), "row %d %s".formatted(row, fault));
    }

    @Override
    public void close() throws IOException {
        in.close();
        file.close();
    }
}
