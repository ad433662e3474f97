package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.provider.support.FileWatch;
import java.net.BindException;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Why a port cannot be bound, as a sentence for the operator. */
final class BindFailure {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private BindFailure() {}

    /** The JDK has one exception for all reasons that a system gives for refusing an address; so they are found by checking. */
    static String why(Throwable failure, HttpAddress address) {
        if (failure instanceof BindException && !isOfThisMachine(address)) {
            return "this machine has no such address; use 0.0.0.0 for all that it has";
        }
        // a system that guards low ports does so before it looks who has them; older JDKs report it by the supertype
        if (failure instanceof SocketException && isDenied(failure, address)) {
            return "permission denied; choose a port above 1023";
        }
        if (failure instanceof BindException) {
            return "another program, or another instance of this provider, has the port; stop it or choose another port";
        }
        return FileWatch.reason(failure);
    }

    /** Only the text tells a low port that is taken from one that is forbidden. */
    private static boolean isDenied(Throwable failure, HttpAddress address) {
        return address.port() < FIRST_UNPRIVILEGED_PORT
                && String.valueOf(failure.getMessage()).contains("denied");
    }

    private static boolean isOfThisMachine(HttpAddress address) {
        try {
            return address.ip().isAnyLocalAddress()
                    || address.ip().isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address.ip()) != null;
        } catch (SocketException e) {
            return true; // unknown
        }
    }
}
