package com.wasmcloud.testkit.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.archive.ProviderArchive.UnusableException;
import com.wasmcloud.wasmbus.Claims;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderArchiveTest {
    private static final String TARGET = "x86_64-linux";
    private static final ProviderClaims.About ABOUT =
            new ProviderClaims.About("Key-value", "wasmcloud:keyvalue", "somebody", "1.2.3", 0);
    private static final Map<String, @Nullable Object> SCHEMA = Map.of("type", "object");

    private final KeyPair account = KeyPair.generate(KeyRole.ACCOUNT);
    private final KeyPair provider = KeyPair.generate(KeyRole.PROVIDER);

    @TempDir
    private Path folder;

    private Path executable = Path.of("");
    private Path archive = Path.of("");

    @BeforeEach
    void make() throws IOException {
        executable = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + "echo hello\n".repeat(5000));
        archive = folder.resolve("program.par.gz");
    }

    private ArchiveWriter writer() {
        return new ArchiveWriter(ABOUT, SCHEMA, Map.of(TARGET, executable), 1_700_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.par", "a.par.gz", "new/folder/a.par.gz"})
    void readsWhatItWrites(String name) throws IOException {
        Path file = folder.resolve(name);
        ProviderClaims signed = writer().write(file, account, provider);
        ProviderArchive read = ProviderArchive.read(file);
        assertThat(read.claims()).isEqualTo(signed);
        assertThat(read.claims().issuer()).isEqualTo(account.publicKey());
        assertThat(read.claims().subject()).isEqualTo(provider.publicKey());
        assertThat(read.claims().about().name()).isEqualTo("Key-value");
        assertThat(read.claims().schema()).isEqualTo(SCHEMA);
        assertThat(read.sizes()).containsExactly(Map.entry(TARGET, Files.size(executable)));
        assertThat(Files.readAllBytes(file)[0]).isEqualTo(name.endsWith(".gz") ? (byte) 0x1f : (byte) 'c');
    }

    @Test
    void isTheSameForTheSameAndHasAnotherRevisionForAnotherExecutable() throws IOException {
        Path again = folder.resolve("again.par.gz");
        int revision = writer().write(archive, account, provider).about().revision();
        writer().write(again, account, provider);
        assertThat(again).hasSameBinaryContentAs(archive);
        assertThat(revision).isPositive();

        Files.writeString(executable, "another");
        assertThat(writer().write(archive, account, provider).about().revision())
                .isPositive()
                .isNotEqualTo(revision);
    }

    @Test
    void writesClaimsAsWashDoes() throws IOException {
        String token = new ProviderClaims(
                        account.publicKey(),
                        provider.publicKey(),
                        1_700_000_000,
                        new ProviderClaims.About("n", "c", "v", "1.0", 7),
                        Map.of(TARGET, "AB".repeat(32)),
                        Map.of())
                .sign(account);
        String json = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(token).startsWith("eyJ0eXAiOiJqd3QiLCJhbGciOiJFZDI1NTE5In0.");
        assertThat(json)
                .matches("\\{\"jti\":\"[0-9A-F]{22}\",\"iat\":1700000000,\"iss\":\"" + account.publicKey()
                        + "\",\"sub\":\"" + provider.publicKey()
                        + "\",\"wascap\":\\{\"name\":\"n\",\"capid\":\"c\",\"vendor\":\"v\",\"rev\":7,\"ver\":\"1.0\","
                        + "\"target_hashes\":\\{\"x86_64-linux\":\"(AB){32}\"}},\"wascap_revision\":3}");
    }

    @Test
    void saysThatAnArchiveIsCutShort() throws IOException {
        writer().write(archive, account, provider);
        byte[] whole = Files.readAllBytes(archive);
        for (int length : List.of(0, 1, 2, 30, whole.length / 2, whole.length - 9)) {
            Files.write(archive, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ProviderArchive.read(archive))
                    .as("the first %s bytes", length)
                    .isInstanceOf(UnusableException.class)
                    .hasMessageStartingWith(archive + " is no archive that a host can use: it ")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void noticesAnExecutableThatWasChanged() throws IOException {
        Path plain = folder.resolve("a.par");
        writer().write(plain, account, provider);
        byte[] bytes = Files.readAllBytes(plain);
        bytes[2100] = (byte) (bytes[2100] ^ 1); // within the executable
        Files.write(plain, bytes);
        assertThatThrownBy(() -> ProviderArchive.read(plain))
                .hasMessageContaining("its executable for x86_64-linux is not the one that was signed: its SHA-256 is");
    }

    @Test
    void noticesClaimsThatSomebodyElseSigned() throws IOException {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("iss", account.publicKey());
        claims.put("sub", provider.publicKey());
        claims.put("wascap", Map.of("capid", "c", "vendor", "v", "target_hashes", Map.of(TARGET, "00")));
        String forged = Claims.sign(
                KeyPair.generate(KeyRole.ACCOUNT), Json.write(claims).getBytes(StandardCharsets.UTF_8));
        write("claims.jwt", forged, TARGET + ".bin", "x");
        assertUnusable("its claims are not signed by the issuer they name, " + account.publicKey());
    }

    @Test
    void refusesKeysOfTheWrongKind() {
        String seed = KeyPair.generate(KeyRole.CLUSTER).seed();
        assertThatThrownBy(() -> SigningKeys.read("--issuer", seed, KeyRole.ACCOUNT))
                .hasMessage("--issuer must be the seed of a key that begins with A (SA…); this one begins with C");
        assertThatThrownBy(() -> SigningKeys.read("--issuer", "/nowhere", KeyRole.ACCOUNT))
                .hasMessageStartingWith("--issuer is neither a seed nor a file that holds one");
    }

    @Test
    void readsAKeyFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key.nk"), account.seed() + "\n");
        assertThat(SigningKeys.read("--issuer", file.toString(), KeyRole.ACCOUNT)
                        .publicKey())
                .isEqualTo(account.publicKey());
    }

    @Test
    void refusesWhatIsNoArchiveOfAProvider() throws IOException {
        write();
        assertUnusable("it has no claims.jwt");
        write(TARGET + ".bin", "x");
        assertUnusable("it has no claims.jwt");
        write("claims.jwt", "a.b.c");
        assertUnusable("it has no executable for any target");
        write("claims.jwt", "nonsense", TARGET + ".bin", "x");
        assertUnusable("its claims are no token of three parts");
        write("claims.jwt", "a", "deep/claims.jwt", "b");
        assertUnusable("it has more than one entry 'claims'");
        write("./.bin", "x");
        assertUnusable("it has an entry whose name is not that of a target such as x86_64-linux.bin");
        Files.writeString(archive, "no archive at all, and long enough to be one ".repeat(100));
        assertUnusable("it");
    }

    @Test
    void refusesTargetsThatNoHostLooksFor() {
        assertThatThrownBy(() -> new ArchiveWriter(ABOUT, Map.of(), Map.of("Linux", executable), 0))
                .hasMessage("'Linux' is no target; it must be like x86_64-linux or aarch64-macos");
        assertThatThrownBy(() -> new ArchiveWriter(ABOUT, Map.of(), Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertUnusable(String why) {
        assertThatThrownBy(() -> ProviderArchive.read(archive))
                .isInstanceOf(UnusableException.class)
                .hasMessageStartingWith(archive + " is no archive that a host can use: " + why);
    }

    /** An archive of names and contents, in turn. */
    private void write(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            for (int i = 0; i < entries.length; i += 2) {
                byte[] content = entries[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(entries[i]);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        Files.write(archive, bytes.toByteArray());
    }
}
