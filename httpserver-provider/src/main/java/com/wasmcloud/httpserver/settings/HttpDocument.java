package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** The documents that a link's values point to, as layers of settings; what is wrong with one is told by it. */
final class HttpDocument {
    private static final long LARGEST = 1024 * 1024;

    private HttpDocument() {}

    /** A file on the provider's machine, in the form that its name ends with. */
    static Settings ofFile(String name) {
        String source = "config_file '" + name + "'";
        String form = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        try {
            if (form.endsWith(".json")) {
                return Settings.document(source, content(name), Json::object);
            }
            if (form.endsWith(".toml")) {
                return Settings.document(source, content(name), TomlDocument::parse);
            }
            return Settings.unreadable("cannot use " + source
                    + (form.indexOf('.') < 0
                            ? ": unrecognized file type"
                            : ": unrecognized extension " + form.substring(form.lastIndexOf('.') + 1))
                    + "; its name must end in .json or .toml");
        } catch (IOException | InvalidPathException e) {
            return Settings.unreadable("cannot read " + source
                    + "; give the absolute path of a readable text file of at most 1 MiB on the provider's machine");
        }
    }

    private static String content(String name) throws IOException {
        Path path = Path.of(name);
        if (Files.size(path) > LARGEST) {
            throw new IOException("larger than a document may be");
        }
        return Files.readString(path);
    }
}
