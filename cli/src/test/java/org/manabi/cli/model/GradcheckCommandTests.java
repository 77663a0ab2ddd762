package org.manabi.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.cli.CommandRun;
import org.manabi.cli.loss.LossName;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonValue;

class GradcheckCommandTests {

    @ParameterizedTest
    @EnumSource(LossName.class)
    void backPropagationOfTheTwoLayerNetworkAgreesWithDifferences(LossName loss) {
        CommandRun run =
                CommandRun.of("gradcheck", "two-layer", "--loss", loss, "--elements", 60, "--json");
        assertThat(run.code()).isZero();
        JsonFields json = run.json();
        assertThat(json.truth("right")).isTrue();
        assertThat(json.array("parameters")).hasSize(4);
        for (JsonValue parameter : json.array("parameters")) {
            assertThat(JsonFields.of(parameter, "", "").number("relativeError")).isLessThan(1e-7);
        }
    }

    @Test
    void textNamesEachParameter() {
        CommandRun run = CommandRun.of("gradcheck", "mlp:8", "--elements", 20);
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("0.weight", "2.bias", "agree");
    }
}
