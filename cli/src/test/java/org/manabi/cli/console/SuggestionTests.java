package org.manabi.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTests {

    private static final List<String> WORDS = List.of("train", "evaluate", "predict", "data");

    @Test
    void slipsOfTheHandAreUnderstood() {
        assertThat(Suggestion.of("trian", WORDS)).contains("train");
        assertThat(Suggestion.of("evalaute", WORDS)).contains("evaluate");
        assertThat(Suggestion.of("pred", WORDS)).contains("predict");
        assertThat(Suggestion.of("DATA", WORDS)).contains("data");
    }

    @Test
    void otherWordsAreNotGuessed() {
        assertThat(Suggestion.of("banana", WORDS)).isEmpty();
        assertThat(Suggestion.of("", WORDS)).isEmpty();
    }

    @Test
    void distanceCountsInsertionDeletionReplacementAndSwap() {
        assertThat(Suggestion.distance("mnist", "mnist")).isZero();
        assertThat(Suggestion.distance("mnist", "minst")).isOne();
        assertThat(Suggestion.distance("mnit", "mnist")).isOne();
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    }
}
