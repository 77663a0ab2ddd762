package org.manabi.tensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class ChecksTests {

    @Test
    void whatHoldsPasses() {
        assertThatCode(() -> Checks.require(true, "%d", 1)).doesNotThrowAnyException();
    }

    @Test
    void aMessageWithoutArgumentsIsTakenAsItIs() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Checks.require(false, "100% sure"))
                .withMessage("100% sure");
    }

    @Test
    @ResourceLock(Resources.LOCALE)
    void numbersArePrintedAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> Checks.require(false, "row %d, loss %.2f", 7, 0.5))
                    .withMessage("row 7, loss 0.50");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aFaultOfShapeIsAnIllegalArgument() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Checks.require(false, "expected %s, got %s", "[2]", "[3]"))
                .isInstanceOf(ShapeException.class)
                .withMessage("expected [2], got [3]");
    }
}
