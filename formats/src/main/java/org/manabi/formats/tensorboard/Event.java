package org.manabi.formats.tensorboard;

import java.util.ArrayList;
import java.util.List;
import org.manabi.formats.protobuf.WireReader;

/// One event of a file.
///
/// @param wallTime in seconds since 1970
/// @param version of the file's events; only the first event has it
/// @param values what is told
public record Event(double wallTime, long step, String version, List<Value> values) {

    private static final int MAX_VALUES = 100_000;

    public Event {
        values = List.copyOf(values);
    }

    /// What a value is.
    public enum Kind {
        SCALAR,
        IMAGE,
        HISTOGRAM,
        TENSOR,
        OTHER
    }

    /// A value under its tag.
    ///
    /// @param number of a scalar; NaN for others
    public record Value(String tag, Kind kind, double number) {}

    static Event read(WireReader in) {
        double wallTime = 0;
        long step = 0;
        String version = "";
        List<Value> values = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> wallTime = in.real64();
                case 2 -> step = in.integer();
                case 3 -> version = in.text();
                case 5 -> summary(in.message(), values);
                default -> in.skip();
            }
        }
        if (Double.isNaN(wallTime)) {
            throw in.fault("the time of an event is not a number");
        }
        return new Event(wallTime, step, version, values);
    }

    private static void summary(WireReader in, List<Value> values) {
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            if (values.size() == MAX_VALUES) {
                throw in.fault("an event has more than %d values".formatted(MAX_VALUES));
            }
            values.add(value(in.message()));
        }
    }

    private static Value value(WireReader in) {
        String tag = "";
        Kind kind = Kind.OTHER;
        double number = Double.NaN;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tag = in.text();
                case 2 -> {
                    kind = Kind.SCALAR;
                    number = in.real32();
                }
                case 4 -> {
                    kind = Kind.IMAGE;
                    skipMessage(in);
                }
                case 5 -> {
                    kind = Kind.HISTOGRAM;
                    skipHistogram(in.message());
                }
                case 8 -> {
                    kind = Kind.TENSOR;
                    skipMessage(in);
                }
                default -> in.skip();
            }
        }
        return new Value(tag, kind, number);
    }

    /// The numbers of a histogram are doubles, its edges and counts many of them together.
    private static void skipHistogram(WireReader in) {
        while (in.next()) {
            boolean isList = in.field() == 6 || in.field() == 7;
            if (isList && in.isBytes()) {
                int bytes = in.bytes().remaining();
                if (bytes % Double.BYTES != 0) {
                    throw in.fault(
                            "the numbers of a histogram have %d bytes, not %d each"
                                    .formatted(bytes, Double.BYTES));
                }
            } else if (in.field() <= 7) {
                in.real64();
            } else {
                in.skip();
            }
        }
    }

    /// Goes over a message field by field, so that a damaged one is found.
    private static void skipMessage(WireReader in) {
        WireReader message = in.message();
        while (message.next()) {
            message.skip();
        }
    }
}
