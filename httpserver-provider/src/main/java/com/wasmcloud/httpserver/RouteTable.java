package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.settings.HttpRoutes;
import com.wasmcloud.httpserver.settings.HttpRoutes.Route;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is served at an address: for each request the one with the most specific route, by host first and then by path. An
 * immutable value.
 *
 * @param <T> who is served
 */
final class RouteTable<T> {
    private final Map<Route, T> owners;
    /** For each host, the longest path first. */
    private final Map<String, List<Entry<T>>> byHost = new HashMap<>();

    /** The one owner, when its route is that of every request. */
    private final @Nullable T only;

    private record Entry<T>(String path, T owner) {
        boolean matches(String requested) {
            int end = path.length();
            return requested.startsWith(path) && (requested.length() == end || requested.charAt(end) == '/');
        }
    }

    private RouteTable(Map<Route, T> owners) {
        this.owners = owners;
        owners.forEach((route, owner) ->
                byHost.computeIfAbsent(route.host(), host -> new ArrayList<>()).add(new Entry<>(route.path(), owner)));
        Comparator<Entry<T>> longestFirst = Comparator.comparingInt(entry -> -entry.path.length());
        byHost.values().forEach(entries -> entries.sort(longestFirst));
        only = owners.size() == 1 ? owners.get(new Route(HttpRoutes.ANY_HOST, "")) : null;
    }

    static <T> RouteTable<T> empty() {
        return new RouteTable<>(Map.of());
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    Set<T> owners() {
        return new LinkedHashSet<>(owners.values());
    }

    /** The owner of one of some routes, if there is one. */
    Optional<Map.Entry<Route, T>> taken(Collection<Route> routes) {
        return routes.stream()
                .filter(owners::containsKey)
                .map(route -> Map.entry(route, owners.get(route)))
                .findFirst();
    }

    RouteTable<T> with(Collection<Route> routes, T owner) {
        Map<Route, T> more = new HashMap<>(owners);
        routes.forEach(route -> more.put(route, owner));
        return new RouteTable<>(more);
    }

    RouteTable<T> without(T owner) {
        Map<Route, T> less = new HashMap<>(owners);
        less.values().removeIf(owner::equals);
        return new RouteTable<>(less);
    }

    /** Who serves a request, null when nobody does. */
    @Nullable
    T find(HttpServerRequest request) {
        return only != null ? only : find(host(request), String.valueOf(request.path()));
    }

    /** By a host in lower case without a port, and a path as it stands in the request. */
    @Nullable
    T find(String host, String path) {
        T found = match(host, path);
        for (int dot = host.indexOf('.'); found == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            found = match("*" + host.substring(dot), path);
        }
        return found == null ? match(HttpRoutes.ANY_HOST, path) : found;
    }

    private @Nullable T match(String host, String path) {
        for (Entry<T> entry : byHost.getOrDefault(host, List.of())) {
            if (entry.matches(path)) {
                return entry.owner;
            }
        }
        return null;
    }

    private static String host(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            return HttpRoutes.ANY_HOST;
        }
        String host = authority.host().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
