package org.manabi.cli.machine;

/// The version of Manabi.
public final class ProgramVersion {

    private ProgramVersion() {}

    /// The version by which the jar was built; `development` without a jar.
    public static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
