package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.servers.Ports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code wasmcloud:httpserver}, whose providers serve no operation: they call the actor. */
final class HttpServerKit extends OtherKit {
    HttpServerKit() {
        super(HttpServerContract.INSTANCE.id());
    }

    /** Each link has a port of its own. */
    @Override
    public Map<String, String> linkValues(Map<String, String> given) {
        Map<String, String> values = new HashMap<>(given);
        values.putIfAbsent("address", "127.0.0.1:" + Ports.free());
        return values;
    }

    @Override
    public void prepare(TestActor actor) {
        actor.serves(HttpServerContract.INSTANCE, new EchoSite());
    }

    @Override
    public List<Check> suite() {
        return new HttpServerChecks(contractId()).all();
    }
}
