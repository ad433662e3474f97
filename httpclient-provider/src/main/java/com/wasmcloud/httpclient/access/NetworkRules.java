package com.wasmcloud.httpclient.access;

import com.wasmcloud.provider.settings.Settings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses a link may connect to. The narrowest network that contains an address decides, and if two are the same the
 * one that denies; where none does, the address is allowed unless a list says which are. What an IPv6 address
 * stands for in IPv4 must be allowed as well.
 *
 * <p>An immutable value.
 */
public record NetworkRules(List<Network> allowed, List<Network> denied) {
    private static final String BY_DEFAULT = "metadata";

    /** Reads the lists. */
    public static NetworkRules from(Settings settings) {
        List<Network> denied =
                settings.has("deny_networks") ? networks(settings, "deny_networks") : Network.parse(BY_DEFAULT);
        return new NetworkRules(networks(settings, "allow_networks"), denied);
    }

    private static List<Network> networks(Settings settings, String key) {
        List<Network> networks = new ArrayList<>();
        for (String element : settings.list(key)) {
            try {
                networks.addAll(Network.parse(element));
            } catch (IllegalArgumentException e) {
                settings.problem(key, String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(networks);
    }

    /** Whether a link may connect to an address. */
    public boolean allow(InetAddress address) {
        return allowsItself(address) && EmbeddedIpv4.in(address).stream().allMatch(this::allowsItself);
    }

    private boolean allowsItself(InetAddress address) {
        int allows = narrowest(allowed, address);
        int denies = narrowest(denied, address);
        return allows == denies ? allows < 0 && allowed.isEmpty() : allows > denies;
    }

    /** The common bits of the narrowest network that contains the address, -1 if there is none. */
    private static int narrowest(List<Network> networks, InetAddress address) {
        int bits = -1;
        for (Network network : networks) {
            if (network.bits() > bits && network.contains(address)) {
                bits = network.bits();
            }
        }
        return bits;
    }
}
