package @PACKAGE@;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider with a host, a lattice and actors around it. */
@ExtendWith(Servers.class)
class @CLASS@ProviderTest {
    private final NatsServer nats;

    @CLASS@ProviderTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void rollsWithinTheLimitOfTheLink(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(@CLASS@Contract.INSTANCE)
                    .link(actor, Map.of("most_sides", "20"))
                    .start(@CLASS@Provider.PROVIDER);
            @CLASS@ service = actor.calling(provider, @CLASS@Contract.INSTANCE);

            assertThat(Await.result(service.roll(new RollRequest(6))).number()).isBetween(1L, 6L);
            assertThatThrownBy(() -> Await.result(service.roll(new RollRequest(21))))
                    .hasMessage("invalid parameter: sides must be from 1 to 20, not 21");
        }
    }
}
