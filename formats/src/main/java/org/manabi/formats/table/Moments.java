package org.manabi.formats.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Dates and times as ISO 8601 writes them: `2026-01-31`, `2026-01-31 12:00`, `2026-01-31T12:00:00Z`.
final class Moments {

    private static final int DATE = 10;

    private Moments() {}

    /// The seconds since 1970-01-01T00:00Z; NaN if the text is no date. What names no time zone is taken
    /// for UTC.
    static double seconds(String text) {
        if (text.length() < DATE || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Double.NaN;
        }
        try {
            if (text.length() == DATE) {
                return LocalDate.parse(text).toEpochDay() * 86_400.0;
            }
            String iso = text.replace(' ', 'T');
            boolean zoned =
                    iso.endsWith("Z") || iso.lastIndexOf('+') > DATE || iso.lastIndexOf('-') > DATE;
            OffsetDateTime moment =
                    zoned
                            ? OffsetDateTime.parse(iso)
                            : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
            return moment.toEpochSecond() + moment.getNano() / 1e9;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }
}
