package com.wasmcloud.httpclient.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "2001:0:a9fe:a9fe::",
                "2001:0:808:808:0:0:5601:5601",
                "fd00::5efe:169.254.169.254"
            })
    void whereCloudsGiveCredentialsNobodyGetsWithoutBeingAllowed(String address) throws Exception {
        assertThat(allows(Map.of(), address)).isFalse();
        assertThat(allows(Map.of("deny_networks", ""), address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.1.2.3", "::1", "fd12::1", "8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8"})
    void allElseIsAllowedByDefault(String address) throws Exception {
        assertThat(allows(Map.of(), address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "172.31.0.1",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fc00::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:a00:1::",
                "2001:db8::1"
            })
    void privateIsAllThatIsNotThePublicInternet(String address) throws Exception {
        Map<String, String> values = Map.of("deny_networks", "private");
        assertThat(allows(values, address)).isFalse();
        assertThat(allows(values, "8.8.8.8")).isTrue();
        assertThat(allows(values, "2606:4700::1111")).isTrue();
        assertThat(allows(values, "64:ff9b::8.8.8.8")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "10.1.9.9, false",
        "10.2.0.1, false",
        "8.8.8.8, true",
        "169.254.169.254, false",
        "::1, false"
    })
    void theNarrowestNetworkDecides(String address, boolean allowed) throws Exception {
        assertThat(allows(
                        Map.of("allow_networks", "any, 10.1.0.0/16", "deny_networks", "private, 10.1.9.0/24"), address))
                .isEqualTo(allowed);
    }

    @Test
    void alistOfWhatIsAllowedAllowsNothingElse() throws Exception {
        Map<String, String> values = Map.of("allow_networks", "192.168.7.0/24,fd00::1");
        assertThat(allows(values, "192.168.7.9")).isTrue();
        assertThat(allows(values, "fd00::1")).isTrue();
        assertThat(allows(values, "192.168.8.9")).isFalse();
        assertThat(allows(values, "8.8.8.8")).isFalse();
        assertThat(allows(Map.of("allow_networks", "10.0.0.1", "deny_networks", "10.0.0.1"), "10.0.0.1"))
                .isFalse();
    }

    private static boolean allows(Map<String, String> values, String address) throws Exception {
        return rules(values).networks().allow(InetAddress.getByName(address));
    }

    private static AccessRules rules(Map<String, String> values) {
        return Sources.ofLink(values).read(AccessRules::from);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, true",
        "https://EXAMPLE.com.:8443/, true",
        "http://www.example.com/, false",
        "http://a.b.internal/, true",
        "http://internal/, false",
        "http://one-port:8080/, true",
        "http://one-port/, false",
        "http://10.0.0.1/, true",
        "http://0xa000001/, true",
        "http://[fd00:0::1]/, true",
        "http://[fd00::2]/, false",
        "http://secret.internal/, false",
    })
    void hostsAreAllowedAndDeniedByPattern(String url, boolean allowed) {
        AccessRules rules = rules(Map.of(
                "allow_hosts", "example.com,*.internal,one-port:8080,10.0.0.1,fd00::1",
                "deny_hosts", "secret.internal"));
        if (allowed) {
            rules.checkHost(Target.parse(url));
        } else {
            assertThatThrownBy(() -> rules.checkHost(Target.parse(url)))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("_hosts of the link");
        }
    }

    @Test
    void allProblemsAreSaid() {
        assertThatThrownBy(() -> rules(Map.of(
                        "allow_hosts", "http://example.com/,ok.example",
                        "deny_hosts", "a b",
                        "allow_networks", "10.0.0.0/33",
                        "deny_networks", "example.com")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setting 'allow_hosts' must be")
                .hasMessageContaining("setting 'deny_hosts' must be")
                .hasMessageContaining("setting 'allow_networks' must be")
                .hasMessageContaining("setting 'deny_networks' must be");
    }
}
