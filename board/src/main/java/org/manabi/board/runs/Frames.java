package org.manabi.board.runs;

import java.util.ArrayList;
import java.util.List;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// Whole events of one kind, spread over the time of a training. When there are too many, every
/// second one is dropped, and from then on only every second one is taken.
final class Frames {

    static final int MAX = 64;

    private final List<JsonObject> frames = new ArrayList<>();
    private long seen;
    private long stride = 1;

    void add(JsonObject event) {
        if (seen % stride == 0) {
            frames.add(event);
        }
        seen++;
        if (frames.size() > MAX) {
            stride *= 2;
            List<JsonObject> kept = new ArrayList<>();
            for (int i = 0; i < frames.size(); i += 2) {
                kept.add(frames.get(i));
            }
            frames.clear();
            frames.addAll(kept);
        }
    }

    JsonValue toJson() {
        return new JsonValue.Array(List.copyOf(frames));
    }
}
