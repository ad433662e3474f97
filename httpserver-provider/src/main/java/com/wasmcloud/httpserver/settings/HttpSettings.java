package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import java.net.InetAddress;

/**
 * The settings of one link. An immutable value.
 *
 * @param server shared by all links of the address
 * @param routes the requests to the address that are routed to this link
 */
public record HttpSettings(HttpAddress address, ServerSettings server, HttpRoutes routes, RequestSettings requests) {
    /**
     * Reads the settings of a link.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    public static HttpSettings of(HttpSources sources) {
        return sources.read(settings -> new HttpSettings(
                address(settings, sources),
                ServerSettings.from(settings),
                HttpRoutes.from(settings),
                RequestSettings.from(settings)));
    }

    /** A port alone is one of the loopback address, as it always was; a host replaces the IP address of whatever ranks below it. */
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
