package org.manabi.cli.machine;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/// The JDK's Vector API, an incubator module that a JVM leaves out unless it is told otherwise.
/// Commands that compute load it themselves, late, so that the others start fast and nobody sees a
/// warning; see `docs/adr/0003`.
public final class VectorModule {

    private static final String NAME = "jdk.incubator.vector";

    /// How it stands with the module.
    public enum State {
        /// It was there from the start, by `--add-modules`.
        RESOLVED,
        /// It was loaded now.
        LOADED,
        /// It could not be loaded: plain loops compute the same bits, more slowly.
        ABSENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private VectorModule() {}

    /// Loads the module if it is not there; to be called before anything computes. Failing is no
    /// error.
    public static State load() {
        if (ModuleLayer.boot().findModule(NAME).isPresent()) {
            return State.RESOLVED;
        }
        try {
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
            return State.LOADED;
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            System.getLogger(VectorModule.class.getName())
                    .log(System.Logger.Level.DEBUG, "no " + NAME, e);
            return State.ABSENT;
        }
    }
}
