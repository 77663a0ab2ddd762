package org.manabi.board.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.manabi.board.web.Bind;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.table.Column;
import org.manabi.formats.table.TableSchema;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;

/// A model of a table is asked with cells as they stand in the table, and answers in its units.
class TableServiceTests {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static PredictionService service;

    /// price = 1000 + 100 · ((area − 50) / 10 + 2 · [city = Tokyo])
    private static SavedModel prices() {
        TableSchema schema =
                new TableSchema(
                        List.of("area", "city", "price"),
                        true,
                        List.of(
                                new Column.Numeric("area", 50, 10),
                                new Column.Categorical("city", List.of("Sapporo", "Tokyo"))),
                        "price",
                        List.of(),
                        1000,
                        100);
        Network network = new Network(new Dense(1), Shape.of(3), DType.FLOAT32, Seed.of(0));
        Tensor weight = network.parameters().get("weight").tensor();
        weight.setFromDouble(0, 1);
        weight.setFromDouble(1, 0);
        weight.setFromDouble(2, 2);
        network.parameters().get("bias").tensor().setFromDouble(0, 0);
        return new SavedModel(Model.ofOutputs(network), ModelCard.EMPTY.withTable(schema));
    }

    @BeforeAll
    static void start() {
        service = PredictionService.start(Bind.loopback(0), "prices", prices(), 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        CLIENT.close();
    }

    private static HttpResponse<String> post(String type, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(service.url() + "/v1/predict"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void rawCellsAreAnsweredInUnits() throws Exception {
        HttpResponse<String> rows =
                post("application/json", "{\"inputs\":[[60,\"Tokyo\"],[null,\"Sapporo\"]]}");
        assertThat(rows.body()).contains("\"value\":1300", "\"value\":1000");
        assertThat(post("application/json", "{\"inputs\":[60,\"Tokyo\"]}").body())
                .contains("\"value\":1300");
        assertThat(
                        post("application/json", "{\"inputs\":[{\"city\":\"Tokyo\",\"area\":50}]}")
                                .body())
                .contains("\"value\":1200");
        assertThat(post("text/csv", "city,area\nSapporo,70\n").body()).contains("\"value\":1200");
    }

    @Test
    void faultsNameTheRowAndTheColumn() throws Exception {
        HttpResponse<String> word =
                post("application/json", "{\"inputs\":[[50,\"Tokyo\"],[\"big\",\"Tokyo\"]]}");
        assertThat(word.statusCode()).isEqualTo(422);
        assertThat(word.body()).contains("row 1, column area", "big");
        HttpResponse<String> missing =
                post("application/json", "{\"inputs\":[{\"city\":\"Tokyo\"}]}");
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(missing.body()).contains("row 0 has no column area");
        assertThat(post("application/json", "{\"inputs\":[[1,2,3]]}").statusCode()).isEqualTo(422);
        assertThat(post("application/json", "{\"rows\":[]}").statusCode()).isEqualTo(400);
        assertThat(post("image/png", "x").statusCode()).isEqualTo(415);
        assertThat(post("text/csv", "x\n").statusCode()).isEqualTo(400);
    }
}
