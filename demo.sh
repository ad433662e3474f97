#!/bin/sh
# Shows the providers at work; ./demo.sh --help tells the options. Builds what is missing or out of date first.
set -eu

fail() {
  echo "The demo cannot run: $1" >&2
  exit 1
}

root=$(cd "$(dirname "$0")" && pwd)
providers='keyvalue-redis-provider blobstore-s3-provider logging-provider httpclient-provider httpserver-provider'
modules="interfaces provider-common launcher provider-testkit $providers demo"
jar=$root/demo/target/demo.jar

java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
version=$("$java" -version 2>&1) || fail 'there is no Java; install a JDK 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME.'
version=${version#*\"}
version=${version%%[!0-9]*}
[ "${version:-0}" -ge 17 ] || fail "$java is a Java ${version:-of unknown version}; JDK 17 or newer is needed: set JAVA_HOME to one."

out_of_date() {
  [ -f "$jar" ] && [ -d "$root/demo/target/lib" ] || return 0
  for provider in $providers; do
    [ -x "$root/$provider/target/$provider" ] || return 0
  done
  for module in $modules; do
    [ -z "$(find "$root/$module/src/main" "$root/$module/pom.xml" -newer "$jar" -type f | head -n 1)" ] || return 0
  done
  [ -n "$(find "$root/pom.xml" "$root/dependencies/pom.xml" "$root/provider-parent/pom.xml" -newer "$jar")" ]
}

if out_of_date; then
  command -v mvn >/dev/null || fail 'it has to be built first, and there is no Maven; install it (Debian, Ubuntu: apt-get install maven).'
  echo 'Building; this is needed once and takes a minute.'
  (cd "$root" && mvn -q -B -Dquick -pl demo -am package) || fail 'the build failed; what is printed above tells why.'
fi

for provider in $providers; do
  set -- "--$provider" "$root/$provider/target/$provider" "$@"
done
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$jar:$root/demo/target/lib/*" com.wasmcloud.demo.Demo "$@"
