package org.manabi.formats.run;

import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;

/// What a run sets out to do: enough to do it again.
///
/// @param config everything that was asked for, as one likes
/// @param data the name of the data
/// @param dataDigest the SHA-256 of the data, in hexadecimal
/// @param versions of the programs by their names; Java's is added
/// @param seed of all that is random
/// @param parameters how many numbers are learned
public record RunDescription(
        JsonObject config,
        String data,
        String dataDigest,
        JsonObject versions,
        long seed,
        long parameters) {

    public RunDescription {
        versions = versions.with("java", Runtime.version().toString());
    }

    JsonObject addTo(JsonObject run) {
        return run.with("config", config)
                .with("data", JsonObject.EMPTY.with("name", data).with("sha256", dataDigest))
                .with("versions", versions)
                .with("seed", seed)
                .with("parameters", parameters);
    }

    static RunDescription of(JsonFields run) {
        JsonFields data = run.object("data");
        return new RunDescription(
                run.object("config").object(),
                data.text("name"),
                data.text("sha256"),
                run.object("versions").object(),
                run.integer("seed"),
                run.integer("parameters"));
    }
}
