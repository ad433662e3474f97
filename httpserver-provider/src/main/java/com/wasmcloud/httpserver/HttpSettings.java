package com.wasmcloud.httpserver;

import com.wasmcloud.provider.settings.Settings;
import java.net.InetAddress;

/**
 * What one link asks for.
 *
 * @param server what all links of one address must agree on
 * @param routes which of the requests to that address are for this link
 */
record HttpSettings(HttpAddress address, ServerSettings server, HttpRoutes routes, RequestSettings requests) {
    /**
     * Reads the settings of a link.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    static HttpSettings of(HttpSources sources) {
        return sources.read(settings -> new HttpSettings(
                address(settings, sources),
                ServerSettings.from(settings),
                HttpRoutes.from(settings),
                RequestSettings.from(settings)));
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
}
