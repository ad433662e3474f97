package com.wasmcloud.httpclient.access;

import com.wasmcloud.provider.settings.Settings;
import java.net.InetAddress;
import java.util.List;

/**
 * Which servers a link may ask. An immutable value.
 *
 * @param allowed if not empty, the only hosts that may be asked
 * @param denied hosts that may not
 */
public record AccessRules(HostPatterns allowed, HostPatterns denied, NetworkRules networks) {
    /** Reads the lists of a link. */
    public static AccessRules from(Settings settings) {
        return new AccessRules(
                HostPatterns.from(settings, "allow_hosts"),
                HostPatterns.from(settings, "deny_hosts"),
                NetworkRules.from(settings));
    }

    /**
     * Checks the name.
     *
     * @throws DeniedException when it may not be asked
     */
    public void checkHost(Target target) {
        if (denied.match(target)) {
            throw new DeniedException(target.origin() + " is in deny_hosts of the link");
        }
        if (!allowed.isEmpty() && !allowed.match(target)) {
            throw new DeniedException(target.origin() + " is not in allow_hosts of the link");
        }
    }

    /**
     * Checks the addresses of a name.
     *
     * @return those that may be connected to, one at the least
     * @throws DeniedException when none may
     */
    List<InetAddress> check(Target target, List<InetAddress> addresses) {
        List<InetAddress> usable = addresses.stream().filter(networks::allow).toList();
        if (usable.isEmpty()) {
            throw new DeniedException(target.origin()
                    + " has an address that allow_networks and deny_networks of the link do not let it reach");
        }
        return usable;
    }
}
