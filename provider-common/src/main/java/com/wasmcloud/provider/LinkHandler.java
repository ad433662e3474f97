package com.wasmcloud.provider;

import com.wasmcloud.provider.settings.SettingsException;

/**
 * Opens the session that serves one actor's link.
 *
 * @param <S> the session: the contract's interface for a provider that serves operations
 */
@FunctionalInterface
public interface LinkHandler<S extends AutoCloseable> {
    /**
     * Opens a session. Links are opened one after another on one thread: return at once and connect in the background.
     * The library closes the session when the link is deleted or replaced, and at shutdown, after its calls in flight.
     *
     * @throws SettingsException to refuse the link because of its settings; calls of the actor are then answered with
     *     the reason. A backend that is unavailable is no reason to refuse: connect in the background and fail calls meanwhile.
     */
    S open(Link link);
}
