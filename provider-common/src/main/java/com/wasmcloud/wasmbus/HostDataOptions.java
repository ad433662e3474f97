package com.wasmcloud.wasmbus;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.nkeys.KeyText;
import com.wasmcloud.provider.Standalone.NewHostData;
import com.wasmcloud.provider.support.FileReasons;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options from which host data is made. Read once. */
final class HostDataOptions {
    static final String USAGE = """
            --lattice NAME          the lattice; default
            --nats URL              its NATS servers, with commas between them; nats://127.0.0.1:4222
            --nats-user-jwt FILE    user token for NATS
            --nats-user-seed FILE   user seed for NATS
            --js-domain NAME        JetStream domain of the lattice
            --link-name NAME        the link name to serve; default
            --provider-key V…       the key of the provider; a new one
            --cluster-seed FILE     seed of the key that signs calls (SC…); made, with a new key, if it does not exist
            --cluster-issuer C…     another key whose calls are accepted; can be repeated
            --host-key N…           the host to be named in calls; a new one
            --issuer A…             the issuer to be announced to hosts; a new one
            --link actor=M… [contract=ID] [KEY=VALUE]…
                                    a link with its values; KEY=@FILE takes a value from a file now, and
                                    KEY=file:PATH whenever the link is opened; can be repeated
            --links-from-bucket     if no host answers, take the links of the lattice from its bucket
            --config FILE           the provider configuration, JSON
            --rpc-timeout MS        how long a call to an actor may take; 2000
            --log-level LEVEL       trace, debug, info, warn, error or off
            --structured-logging    log in JSON""";

    private final String contractId;
    private final Map<String, @Nullable Object> json = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> standalone = new LinkedHashMap<>();
    private final List<Map<String, String>> links = new ArrayList<>();
    private final List<String> issuers = new ArrayList<>();
    private Optional<KeyPair> cluster = Optional.empty();

    HostDataOptions(String contractId) {
        this.contractId = contractId;
        json.put("host_id", "");
        json.put("lattice_rpc_prefix", "default");
        json.put("link_name", "default");
        json.put("lattice_rpc_user_jwt", "");
        json.put("lattice_rpc_user_seed", "");
        json.put("lattice_rpc_url", "nats://127.0.0.1:4222");
        json.put("provider_key", "");
        json.put("env_values", Map.of());
        json.put("instance_id", "");
        json.put("default_rpc_timeout_ms", 2000);
        json.put("structured_logging", false);
    }

    /**
     * Makes host data.
     *
     * @throws IOException when a file cannot be read or written
     * @throws IllegalArgumentException when an option is wrong
     */
    NewHostData read(List<String> options) throws IOException {
        for (ListIterator<String> rest = options.listIterator(); rest.hasNext(); ) {
            read(rest.next(), rest);
        }
        KeyPair signs = cluster.orElseGet(() -> KeyPair.generate(KeyRole.CLUSTER));
        issuers.add(0, signs.publicKey());
        json.put("invocation_seed", signs.seed());
        json.put("cluster_issuers", issuers);
        newKeyFor(json, "host_id", KeyRole.HOST);
        newKeyFor(json, "provider_key", KeyRole.PROVIDER);
        newKeyFor(standalone, "issuer", KeyRole.ACCOUNT);
        json.put("standalone", standalone);
        json.put("link_definitions", links.stream().map(this::definition).toList());
        return new NewHostData(
                Base64.getEncoder().encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8)), summary(signs));
    }

    private String summary(KeyPair signs) {
        return "host data for provider " + json.get("provider_key") + " on link " + json.get("link_name")
                + " in lattice " + json.get("lattice_rpc_prefix") + " with " + links.size()
                + (links.size() == 1 ? " link" : " links") + ", trusting " + String.join(", ", issuers)
                + (cluster.isPresent() ? "" : " (a new key, whose seed is in this host data only)") + "; signing as "
                + signs.publicKey();
    }

    private void read(String option, ListIterator<String> rest) throws IOException {
        switch (option) {
            case "--lattice" -> json.put("lattice_rpc_prefix", subjectName(option, next(option, rest)));
            case "--nats" -> json.put("lattice_rpc_url", next(option, rest));
            case "--nats-user-jwt" -> json.put("lattice_rpc_user_jwt", content(next(option, rest)));
            case "--nats-user-seed" -> json.put("lattice_rpc_user_seed", content(next(option, rest)));
            case "--js-domain" -> json.put("js_domain", next(option, rest));
            case "--link-name" -> json.put("link_name", subjectName(option, next(option, rest)));
            case "--provider-key" -> json.put("provider_key", key(option, next(option, rest), 'V'));
            case "--cluster-seed" -> cluster = Optional.of(seed(Path.of(next(option, rest))));
            case "--cluster-issuer" -> issuers.add(key(option, next(option, rest), 'C'));
            case "--host-key" -> json.put("host_id", key(option, next(option, rest), 'N'));
            case "--issuer" -> standalone.put("issuer", key(option, next(option, rest), 'A'));
            case "--link" -> links.add(link(rest));
            case "--links-from-bucket" -> standalone.put("links_from_bucket", true);
            case "--config" -> json.put("config_json", configuration(next(option, rest)));
            case "--rpc-timeout" -> json.put("default_rpc_timeout_ms", millis(option, next(option, rest)));
            case "--log-level" -> json.put("log_level", next(option, rest));
            case "--structured-logging" -> json.put("structured_logging", true);
            default -> throw new IllegalArgumentException("unknown option '" + option + "'; --help lists all");
        }
    }

    private static String next(String option, Iterator<String> rest) {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return value;
    }

    /** Goes into subjects: a wildcard or white space there would be for others to hear, or refused by the server. */
    private static String subjectName(String option, String name) {
        if (!name.matches("[^\\s*>.]+")) {
            throw new IllegalArgumentException(option + " must be a name without white space, '.', '*' and '>'");
        }
        return name;
    }

    private static String key(String option, String key, char type) {
        if (key.indexOf(type) != 0) {
            throw new IllegalArgumentException(option + " needs a public key that begins with " + type);
        }
        try {
            KeyText.publicBytes(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " needs a public key: " + e.getMessage(), e);
        }
        return key;
    }

    private static int millis(String option, String number) {
        if (!number.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(option + " must be a number of milliseconds above 0");
        }
        return Integer.parseInt(number);
    }

    private static String content(String file) throws IOException {
        return SmallFile.namedText(Path.of(file)).strip();
    }

    private static String configuration(String file) throws IOException {
        String text = content(file);
        try {
            Json.object(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the configuration in " + file + " is unusable: " + e.getMessage(), e);
        }
        return text;
    }

    /** The key in a file; a new one, which is written to it, when there is none. */
    private static KeyPair seed(Path file) throws IOException {
        if (!Files.exists(file)) {
            KeyPair made = KeyPair.generate(KeyRole.CLUSTER);
            if (written(file, made.seed())) {
                return made;
            }
        }
        try {
            return KeyPair.fromSeed(content(file.toString()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the seed in " + file + " is unusable: " + e.getMessage(), e);
        }
    }

    /** Whether it was written; not, when somebody else has just done so. */
    private static boolean written(Path file, String seed) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        Path whole;
        try {
            whole = Files.createTempFile(folder, ".seed", ""); // for its owner only
        } catch (IOException e) {
            throw new IOException("cannot write to " + folder + ": " + FileReasons.of(e), e);
        }
        try {
            Files.writeString(whole, seed + "\n");
            Files.createLink(file, whole); // as a whole, and never over another
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Reads the words up to the next option. */
    private static Map<String, String> link(ListIterator<String> rest) throws IOException {
        Map<String, String> link = new LinkedHashMap<>();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.startsWith("--")) {
                rest.previous();
                break;
            }
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--link takes words such as URL=redis://… only");
            }
            String value = word.substring(equals + 1);
            link.put(word.substring(0, equals), value.startsWith("@") ? content(value.substring(1)) : value);
        }
        key("--link actor=…", link.getOrDefault("actor", ""), 'M');
        return link;
    }

    private Map<String, Object> definition(Map<String, String> link) {
        Map<String, String> values = new LinkedHashMap<>(link);
        String actor = values.remove("actor");
        String contract = Optional.ofNullable(values.remove("contract")).orElse(contractId);
        return new LinkDefinition(
                        String.valueOf(actor),
                        String.valueOf(json.get("provider_key")),
                        String.valueOf(json.get("link_name")),
                        contract,
                        values)
                .toJson();
    }

    private static void newKeyFor(Map<String, @Nullable Object> json, String member, KeyRole role) {
        if (json.getOrDefault(member, "").equals("")) {
            json.put(member, KeyPair.generate(role).publicKey());
        }
    }
}
