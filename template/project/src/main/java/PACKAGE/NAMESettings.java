package @PACKAGE@;

import com.wasmcloud.provider.settings.Settings;

/** The settings of a link. */
record @CLASS@Settings(long mostSides) {
    static @CLASS@Settings from(Settings settings) {
        return new @CLASS@Settings(settings.number("most_sides", 100, 2, 1_000_000));
    }
}
