package com.wasmcloud.nats;

import com.wasmcloud.provider.support.LineText;
import io.nats.client.impl.NatsServerPool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Servers whose names have an underscore, as in Compose and Swarm: they resolve like any name, but are none in the eyes of
 * {@link java.net.URI}, which the client takes addresses apart with. So it gets another name for them, which is told from
 * others by its end and turned back when it is looked up.
 */
final class ServerNames extends NatsServerPool {
    private static final String END = ".underscore";
    private static final Pattern DISGUISED = Pattern.compile("h((?:[0-9a-f]{2})+)" + Pattern.quote(END));
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<before>.*@)?(?<host>[^:\\[\\]]*)(?<port>:[0-9]*)?(?<after>/.*)?");

    /** The servers in a comma-separated list, each with a scheme and a name that the client can read. */
    static String[] of(String urls) {
        List<String> servers = new ArrayList<>();
        String scheme = "nats://";
        for (String part : urls.split(",", -1)) {
            String url = part.strip();
            if (url.isEmpty()) {
                continue;
            }
            int colon = url.indexOf("://");
            scheme = colon < 0 ? scheme : url.substring(0, colon + 3); // what has none is like the one before
            servers.add(scheme + disguised(colon < 0 ? url : url.substring(colon + 3)));
        }
        return servers.toArray(new String[0]);
    }

    private static String disguised(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || parts.group("host").indexOf('_') < 0) {
            return authority;
        }
        String host = "h" + HexFormat.of().formatHex(parts.group("host").getBytes(StandardCharsets.UTF_8)) + END;
        return given(parts.group("before")) + host + given(parts.group("port")) + given(parts.group("after"));
    }

    private static String given(@Nullable String part) {
        return part == null ? "" : part;
    }

    /** A text of the client with the names as they were given. */
    static String readable(String text) {
        return DISGUISED
                .matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(
                        new String(HexFormat.of().parseHex(name.group(1)), StandardCharsets.UTF_8)));
    }

    /** What a failure of the client says, without the credentials of the servers that it names. */
    static String shown(Throwable failure) {
        return LineText.withoutCredentials(readable(String.valueOf(failure.getMessage())));
    }

    @Override
    public List<String> resolveHostToIps(String host, boolean all, boolean ipv4Only) {
        return super.resolveHostToIps(readable(host), all, ipv4Only);
    }
}
