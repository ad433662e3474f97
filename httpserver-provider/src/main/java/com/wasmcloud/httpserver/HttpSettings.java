package com.wasmcloud.httpserver;

import com.wasmcloud.provider.Settings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What one link asks for.
 *
 * @param timeout how long the actor may take for an answer; the host's timeout when empty
 * @param maxContentLength largest body of a request, in bytes
 */
record HttpSettings(HttpAddress address, Optional<Duration> timeout, int maxContentLength) {
    private static final String DEFAULT_MAX_CONTENT_LENGTH = "100M";
    private static final int GIB = 1 << 30;

    /**
     * Reads the settings of a link.
     *
     * @throws com.wasmcloud.provider.SettingsException with everything that is wrong
     */
    static HttpSettings of(HttpSources sources) {
        return sources.read(settings ->
                new HttpSettings(address(settings, sources), timeout(settings), maxContentLength(settings)));
    }

    /** The port alone stands for one of loopback, as it always has; a host changes whatever there was before it. */
    private static HttpAddress address(Settings settings, HttpSources sources) {
        boolean port = settings.has("port") && sources.rank("port") <= sources.rank("address");
        HttpAddress address = HttpAddress.DEFAULT;
        if (port) {
            address = settings.parsed(
                    "port", address, text -> new HttpAddress(HttpAddress.DEFAULT.ip(), HttpAddress.port(text)));
        } else if (settings.has("address")) {
            address = settings.parsed("address", address, HttpAddress::parse);
        }
        if (settings.has("host") && sources.rank("host") <= sources.rank("address")) {
            InetAddress ip = settings.parsed("host", address.ip(), HttpAddress::ip);
            address = new HttpAddress(ip, address.port());
        }
        return address;
    }

    private static Optional<Duration> timeout(Settings settings) {
        return settings.has("timeout_ms")
                ? Optional.of(settings.millis("timeout_ms", Duration.ofSeconds(2)))
                : Optional.empty();
    }

    private static int maxContentLength(Settings settings) {
        return settings.parsed("max_content_len", bytes(DEFAULT_MAX_CONTENT_LENGTH), HttpSettings::bytes);
    }

    /** A number of bytes, or of KiB, MiB or GiB with the suffix K, M or G. */
    private static int bytes(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int suffix = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
        String digits = suffix < 0 ? upper : upper.substring(0, upper.length() - 1);
        try {
            long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (suffix + 1)));
            if (bytes >= 0 && bytes <= GIB) {
                return (int) bytes;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a number of bytes up to 1G, such as 1048576, 512K or 100M");
    }
}
