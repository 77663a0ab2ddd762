package org.manabi.formats.run;

import org.manabi.formats.json.JsonObject;

/// The machine that computes, without anything that names its owner.
final class Host {

    private Host() {}

    static JsonObject describe() {
        Runtime runtime = Runtime.getRuntime();
        return JsonObject.EMPTY
                .with("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .with("arch", System.getProperty("os.arch", "unknown"))
                .with("processors", runtime.availableProcessors())
                .with("maxHeapMiB", runtime.maxMemory() >> 20)
                .with("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
    }
}
