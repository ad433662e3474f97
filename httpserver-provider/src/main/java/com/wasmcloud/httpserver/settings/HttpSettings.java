package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Sources;
import java.net.InetAddress;
import java.util.Map;

/**
 * The settings of one link. An immutable value.
 *
 * @param server shared by all links of the address
 * @param routes the requests to the address that are routed to this link
 */
public record HttpSettings(HttpAddress address, ServerSettings server, HttpRoutes routes, RequestSettings requests) {
    /**
     * Reads the settings of a link: its values, over the documents and the file that these hold or name, over the provider
     * configuration.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    public static HttpSettings of(Map<String, String> link, Sources configuration) {
        return Sources.ofLink(link)
                .withDocuments()
                .withFile("config_file", HttpDocument::parser)
                .over(configuration)
                .read(settings -> new HttpSettings(
                        address(settings),
                        ServerSettings.from(settings),
                        HttpRoutes.from(settings),
                        RequestSettings.from(settings)));
    }

    /** A port alone is one of the loopback address, as it always was; a host replaces the IP address of whatever ranks below it. */
    private static HttpAddress address(Settings settings) {
        HttpAddress address = HttpAddress.DEFAULT;
        if (settings.outranks("port", "address")) {
            address = settings.parsed(
                    "port", address, text -> new HttpAddress(HttpAddress.DEFAULT.ip(), HttpAddress.port(text)));
        } else if (settings.has("address")) {
            address = settings.parsed("address", address, HttpAddress::parse);
        }
        if (settings.outranks("host", "address")) {
            InetAddress ip = settings.parsed("host", address.ip(), HttpAddress::ip);
            address = new HttpAddress(ip, address.port());
        }
        return address;
    }
}
