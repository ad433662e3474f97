package @PACKAGE@;

import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Wasmbus;

/** The program. */
public final class @CLASS@Provider {
    static final Provider PROVIDER =
            Provider.named("@NAME@-provider").speaks(Wasmbus.serves(@CLASS@Contract.INSTANCE, @CLASS@Provider::open));

    private @CLASS@Provider() {}

    /** Runs until a host or a signal ends it. */
    public static void main(String... arguments) {
        PROVIDER.run(arguments);
    }

    private static @CLASS@ open(Link link) {
        return new @CLASS@Session(link.settings().read(@CLASS@Settings::from));
    }
}
