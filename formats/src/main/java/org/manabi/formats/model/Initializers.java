package org.manabi.formats.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.layers.Constant;
import org.manabi.layers.FrameworkDefault;
import org.manabi.layers.He;
import org.manabi.layers.Identity;
import org.manabi.layers.Initializer;
import org.manabi.layers.LeCun;
import org.manabi.layers.Normal;
import org.manabi.layers.Orthogonal;
import org.manabi.layers.TruncatedNormal;
import org.manabi.layers.Uniform;
import org.manabi.layers.Xavier;

/// The initializers that a model file can hold. The weights of a saved model no longer need theirs,
/// so an unknown one is no reason to refuse saving: it is written as `Other` and read as zeros.
final class Initializers {

    private static final String TAG = "initializer";
    private static final String OTHER = "Other";

    private static final RecordKinds KINDS =
            new RecordKinds(
                    TAG,
                    List.of(
                            Constant.class,
                            Normal.class,
                            Uniform.class,
                            TruncatedNormal.class,
                            Orthogonal.class,
                            Identity.class));

    private static final Map<String, Initializer> NAMED = new LinkedHashMap<>();

    static {
        for (He form : He.values()) {
            NAMED.put("He." + form.name(), form);
        }
        for (Xavier form : Xavier.values()) {
            NAMED.put("Xavier." + form.name(), form);
        }
        for (LeCun form : LeCun.values()) {
            NAMED.put("LeCun." + form.name(), form);
        }
        for (FrameworkDefault form : FrameworkDefault.values()) {
            NAMED.put("FrameworkDefault." + form.name(), form);
        }
        NAMED.put(OTHER, Initializer.ZEROS);
    }

    private Initializers() {}

    static JsonObject write(Initializer initializer) {
        return switch (initializer) {
            case He form -> JsonObject.EMPTY.with(TAG, "He." + form.name());
            case Xavier form -> JsonObject.EMPTY.with(TAG, "Xavier." + form.name());
            case LeCun form -> JsonObject.EMPTY.with(TAG, "LeCun." + form.name());
            case FrameworkDefault form ->
                    JsonObject.EMPTY.with(TAG, "FrameworkDefault." + form.name());
            case Record known when KINDS.contains(known) -> KINDS.write(known);
            default -> JsonObject.EMPTY.with(TAG, OTHER);
        };
    }

    static Initializer read(JsonFields fields) {
        Initializer named = NAMED.get(fields.text(TAG));
        return named == null ? (Initializer) KINDS.read(fields) : named;
    }
}
