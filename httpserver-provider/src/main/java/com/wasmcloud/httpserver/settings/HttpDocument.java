package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Parser;
import com.wasmcloud.provider.support.Json;
import java.util.Locale;

/** The forms that a {@code config_file} may have. */
final class HttpDocument {
    private HttpDocument() {}

    /**
     * Chooses a parser by the end of a file's name.
     *
     * @throws IllegalArgumentException when it ends in neither
     */
    static Parser parser(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (file.endsWith(".json")) {
            return Json::object;
        }
        if (file.endsWith(".toml")) {
            return TomlDocument::parse;
        }
        int dot = file.lastIndexOf('.');
        throw new IllegalArgumentException(
                (dot < 0 ? "unrecognized file type" : "unrecognized extension " + file.substring(dot + 1))
                        + "; its name must end in .json or .toml");
    }
}
