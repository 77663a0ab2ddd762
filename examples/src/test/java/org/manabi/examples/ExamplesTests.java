package org.manabi.examples;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/// Runs the examples as they are. Each ends with an error below its accuracy.
class ExamplesTests {

    @Test
    void digitsAreRead() {
        assertThatCode(ReadDigits::main).doesNotThrowAnyException();
    }

    @Test
    void spiralsAreToldApart() {
        assertThatCode(TwoSpirals::main).doesNotThrowAnyException();
    }
}
