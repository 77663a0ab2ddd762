package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LessonJsonTests {

    @Test
    void recordsBecomeObjectsByName() {
        var result =
                new TrainAndTest.Result(
                        300,
                        10,
                        20,
                        List.of(new TrainAndTest.Point(1, 2.5, 0.5, 2.75, 0.25)),
                        Optional.empty(),
                        List.of());

        assertThat(LessonJson.of(result))
                .hasToString(
                        "{\"samples\":300,\"testSamples\":10,\"steps\":20,"
                                + "\"curve\":[{\"epoch\":1,\"trainLoss\":2.5,"
                                + "\"trainAccuracy\":0.5,\"testLoss\":2.75,"
                                + "\"testAccuracy\":0.25}],"
                                + "\"turn\":null,\"remedies\":[]}");
    }

    @Test
    void constantsBecomeWordsAndInfinityAText() {
        assertThat(LessonJson.of(new DataDriven.RuleUse(HandRule.TWO_HOLES, 5, 4)))
                .hasToString("{\"rule\":\"two-holes\",\"used\":5,\"right\":4}");
        assertThat(LessonJson.of(new CrossEntropyBatch.Cost(Double.POSITIVE_INFINITY, 1)))
                .hasToString("{\"loss\":\"Infinity\",\"slope\":1.0}");
    }
}
