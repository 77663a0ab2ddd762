package org.manabi.cli.data;

import org.manabi.formats.idx.IdxDescription;
import org.manabi.formats.json.JsonObject;

/// What there is to say of an IDX file, as JSON.
final class IdxReport {

    private IdxReport() {}

    static JsonObject of(IdxDescription array) {
        return JsonObject.EMPTY
                .with("format", "idx")
                .with("type", array.type().name())
                .with("shape", array.dims().stream().mapToInt(Long::intValue).toArray())
                .with("bytes", array.rawBytes())
                .with("sha256", array.sha256());
    }
}
