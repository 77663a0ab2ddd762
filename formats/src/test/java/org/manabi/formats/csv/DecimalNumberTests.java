package org.manabi.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.manabi.formats.ForAll;

class DecimalNumberTests {

    private static double parse(String text) {
        return DecimalNumber.parse(("x" + text + "y").toCharArray(), 1, 1 + text.length());
    }

    @Test
    void numbersAreThoseOfTheJdkToTheLastBit() {
        ForAll.seeds(
                2_000,
                random -> {
                    double any = Double.longBitsToDouble(random.nextLong());
                    double usual = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 8);
                    String fixed =
                            String.format(Locale.ROOT, "%." + random.nextInt(20) + "f", usual);
                    for (String text :
                            new String[] {
                                Double.toString(any),
                                Double.toString(usual),
                                fixed,
                                Long.toString(random.nextLong()),
                                "+" + Math.abs(usual),
                                "-" + random.nextInt(1000),
                                "." + random.nextInt(1000),
                                random.nextInt(1000) + "."
                            }) {
                        if (Double.isFinite(Double.parseDouble(text))) {
                            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
                        }
                    }
                });
        assertThat(Double.doubleToRawLongBits(parse("-0"))).isEqualTo(1L << 63);
        assertThat(parse("9007199254740993")).isEqualTo(9007199254740992.0);
    }

    @Test
    void whatIsNoNumberIsNone() {
        for (String text :
                new String[] {
                    "",
                    "-",
                    ".",
                    "-.",
                    "1e",
                    "e1",
                    "1d",
                    "1f",
                    "0x1p3",
                    "1 ",
                    "1,5",
                    "1.2.3",
                    "NaN",
                    "Infinity",
                    "1e999",
                    "--1",
                    "１",
                    "1_000"
                }) {
            assertThat(parse(text)).as(text).isNaN();
        }
    }
}
