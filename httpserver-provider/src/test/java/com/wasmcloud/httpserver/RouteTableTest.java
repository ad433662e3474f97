package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.httpserver.settings.HttpRoutes.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private static final List<Route> ROUTES = List.of(
            new Route("", ""),
            new Route("", "/api"),
            new Route("", "/api/v2"),
            new Route("a.example", "/api"),
            new Route("*.example", ""),
            new Route("*.b.example", "/api"));

    @ParameterizedTest
    @CsvSource({
        "elsewhere, /, any host/",
        "elsewhere, /apis, any host/",
        "elsewhere, /api, any host/api",
        "elsewhere, /api/, any host/api",
        "elsewhere, /api/v1, any host/api",
        "elsewhere, /api/v2/x, any host/api/v2",
        "elsewhere, /API, any host/",
        "'', /x, any host/",
        "a.example, /api/v2, a.example/api",
        "a.example, /x, *.example/",
        "example, /x, any host/",
        "x.example, /api, *.example/",
        "x.b.example, /api/x, *.b.example/api",
        "x.b.example, /x, *.example/",
        "b.example, /api, *.example/"
    })
    void findsTheRouteThatSaysMost(String host, String path, String route) {
        RouteTable<Route> table = RouteTable.empty();
        for (Route each : ROUTES) {
            table = table.with(List.of(each), each);
        }

        assertThat(table.find(host, path)).hasToString(route);
    }

    @Test
    void findsNothingWhereNothingIs() {
        RouteTable<String> table = RouteTable.<String>empty().with(List.of(new Route("a", "/x")), "it");

        assertThat(table.find("a", "/y")).isNull();
        assertThat(table.find("b", "/x")).isNull();
        assertThat(RouteTable.<String>empty().find("a", "/x")).isNull();
    }

    @Test
    void knowsWhoHasARoute() {
        Route route = new Route("a", "/x");
        RouteTable<String> table = RouteTable.<String>empty().with(List.of(route), "it");

        assertThat(table.taken(List.of(new Route("b", "/x"), route))).contains(Map.entry(route, "it"));
        assertThat(table.without("it").taken(List.of(route))).isEmpty();
        assertThat(table.without("it").isEmpty()).isTrue();
    }
}
