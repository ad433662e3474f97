package com.wasmcloud.provider.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What links share, such as the threads of a client or an open port: made for the first that uses it, ended after the last.
 *
 * <p>Thread-safe. Making one holds up only those who want the one of the same key.
 *
 * @param <K> what users have in common that share one
 * @param <T> what is shared
 */
public final class Shared<K, T> {
    private final Life<K, T> life;
    /** Guarded by itself. */
    private final Map<K, Entry> entries = new HashMap<>();

    /** How one begins and ends. Neither is called twice at a time for one key. */
    public interface Life<K, T> {
        /**
         * Makes one for its first user; what this throws, that user gets.
         *
         * @param ending the one before, if it has not ended yet: to be waited for, or to be given again if it can be revived
         */
        T begin(K key, @Nullable T ending);

        /** Begins to end one whose last user is gone; completes when nothing of it is left. */
        CompletionStage<?> end(T shared);
    }

    /** @param life how one begins and ends */
    public Shared(Life<K, T> life) {
        this.life = life;
    }

    /** One user's hold on what is shared. Thread-safe. */
    public interface Use<T> extends AutoCloseable {
        /** What is shared; not to be used after {@link #close}. */
        T value();

        /** Lets go of it; the last one to do so ends it. Once more changes nothing. */
        @Override
        void close();
    }

    /** Begins to use the one of a key, which is made when there is none. */
    public Use<T> use(K key) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, Entry::new);
            entry.holders++;
        }
        try {
            return new Hold(entry, entry.enter());
        } catch (Throwable e) {
            forget(entry);
            throw e;
        }
    }

    private void forget(Entry entry) {
        synchronized (entries) {
            entry.holders--;
            if (entry.holders == 0) {
                entries.remove(entry.key, entry);
            }
        }
    }

    private final class Hold implements Use<T> {
        private final Entry entry;
        private final T value;
        private final AtomicBoolean closed = new AtomicBoolean();

        Hold(Entry entry, T value) {
            this.entry = entry;
            this.value = value;
        }

        @Override
        public T value() {
            return value;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                entry.leave();
            }
        }
    }

    /** The one of a key. */
    private final class Entry {
        private final K key;
        /** Its users, and its ends that are under way: as long as there are any, this stays in the map. */
        private int holders;

        private int users;
        private @Nullable T shared;
        private final List<T> ending = new ArrayList<>();

        Entry(K key) {
            this.key = key;
        }

        synchronized T enter() {
            T entered = shared;
            if (entered == null) {
                entered = life.begin(key, ending.isEmpty() ? null : ending.get(ending.size() - 1));
                shared = entered;
                ended(entered); // if it has been revived
            }
            users++;
            return entered;
        }

        synchronized void leave() {
            users--;
            T last = shared;
            if (users > 0 || last == null) {
                forget(this);
                return;
            }
            shared = null;
            ending.add(last);
            try {
                life.end(last).whenComplete((end, failure) -> ended(last));
            } catch (Throwable e) {
                ended(last);
                throw e;
            }
        }

        @SuppressWarnings("ReferenceEquality") // it is about this one, whatever it equals
        private synchronized void ended(T last) {
            if (ending.removeIf(each -> each == last)) {
                forget(this);
            }
        }
    }
}
