package com.wasmcloud.provider.settings;

/** Whose settings they are, in order of precedence. */
public enum Origin {
    /** The link: its values, and the documents that these hold or name. */
    LINK,
    /** The provider configuration, which is for all links. */
    CONFIGURATION,
    /** The environment of the process. */
    ENVIRONMENT,
    /** Nobody's: there is no such setting, and its default counts. */
    NOWHERE
}
