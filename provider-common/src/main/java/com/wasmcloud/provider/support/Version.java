package com.wasmcloud.provider.support;

/** The version of what runs. */
public final class Version {
    private Version() {}

    /** The version in the manifest of the jar, {@code 0.0.0} when there is none. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0" : version;
    }
}
